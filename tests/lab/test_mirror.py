"""Lanes beside programs whose graph reads its batches itself: they get the program's, no more and no other."""

import numpy as np
import pytest

import kudari as tf
from kudari.lab import Interrupted, study, sweep
from kudari.lab.report.content import content


def sliced(data):
    return tf.data.Dataset.from_tensor_slices(data).make_one_shot_iterator().get_next()


def queued(data):
    queue = tf.train.input_producer(tf.constant(data), num_epochs=1, shuffle=False)
    return queue.dequeue()


def from_python(data):
    rows = iter(data)
    return tf.reshape(tf.py_func(lambda: next(rows), [], tf.float32), [])


def train(reads, rate, ended):
    with tf.Graph().as_default():
        x = reads(np.array([1.0, 2.0, 3.0, 0.5, 1.5], np.float32))
        slope, offset = tf.Variable(1.0, name="slope"), tf.Variable(0.0, name="offset")
        step = tf.train.GradientDescentOptimizer(rate).minimize(tf.square(slope * x + offset))
        with tf.Session() as session:
            session.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
            threads = tf.train.start_queue_runners(session)
            for _ in range(5):
                session.run(step)
            for thread in threads:
                thread.join()
            ended.append(session.run([slope, offset]))


@pytest.mark.parametrize("reads", [sliced, queued, from_python])
def test_lanes_get_the_batches_of_the_program(reads):
    rates, ended = [0.01, 0.03], []
    for rate in rates:
        train(reads, rate, ended)
    found, failed = study(lambda: train(reads, 0.02, []), {"learning_rate": rates}, traces=True)
    assert failed is None and found.steps == 5
    last = found.records[-1][1]
    assert np.array_equal(np.stack([last["slope"], last["offset"]], 1), ended)
    assert found.stability is not None and np.isfinite(np.stack(found.trace.losses)).all()


@pytest.mark.parametrize("reads", [sliced, queued, from_python])
def test_sweeps_take_what_the_graph_reads_once_for_all_copies(reads):
    data, rates = np.array([1.0, 2.0, 3.0, 0.5, 1.5], np.float32), [0.01, 0.03]
    x = reads(data)
    slope = tf.Variable(1.0, name="slope")
    rate = tf.placeholder_with_default(0.1, [])
    step = tf.train.GradientDescentOptimizer(rate).minimize(tf.square(slope * x - 1.0))
    with tf.Session() as session:
        session.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
        threads = tf.train.start_queue_runners(session)
        found = sweep({"slope": slope}, step, {rate: rates}, steps=3, every=1, session=session)
        assert found.steps == 3 and found.notes == []
        wanted = np.ones(2, np.float32)
        for batch, (_, record) in zip(data[:3], found.records):
            assert np.allclose(record["slope"], wanted)
            wanted -= np.float32(rates) * 2 * batch * (wanted * batch - 1)
        assert session.run(slope) == 1 and session.run(x) == data[3]
        if reads is not from_python:
            found = sweep({"slope": slope}, step, {rate: rates}, steps=3, every=1, session=session)
            assert found.steps == 1 and found.notes == ["The data came to their end after 1 of 3 steps."]
            with pytest.raises(ValueError, match="no batch to train on"):
                sweep({"slope": slope}, step, {rate: rates}, session=session)
        for thread in threads:
            thread.join()


@pytest.mark.parametrize(("rates", "lane", "words"), [([0.01, 0.02, 0.03], 1, ""),
                                                      ([0.01, 0.03], None, "own learning_rate 0.02")])
def test_the_lane_of_the_programs_own_rate_is_known(rates, lane, words):
    ended = []
    found, _ = study(lambda: train(sliced, 0.02, ended), {"learning_rate": rates})
    assert found.own_lane == lane and found.own == {"learning_rate": pytest.approx(0.02)}
    assert words in " ".join(found.explain()) and ("printed" in " ".join(found.explain())) == bool(words)
    told = found.to_dict()
    assert told["status"] == "complete" and [entry["own"] for entry in told["lanes"]] == [
        i == lane for i in range(len(rates))]
    assert content(found, "", "")["own_lane"] == lane


def test_no_lane_is_that_of_a_program_that_changes_its_rate():
    def train():
        with tf.Graph().as_default(), tf.Session() as session:
            rate, weight = tf.placeholder(tf.float32, []), tf.Variable(1.0)
            step = tf.train.GradientDescentOptimizer(rate).minimize(tf.square(weight))
            session.run(tf.global_variables_initializer())
            for value in (0.1, 0.1, 0.05):
                session.run(step, {rate: value})

    found, _ = study(train, {"learning_rate": [0.1, 0.05]})
    assert found.own_lane is None and "changes its own learning_rate as it trains" in found.explain()[0]


def test_an_interrupted_sweep_hands_over_what_was_recorded():
    weight, x = tf.Variable(1.0), tf.placeholder(tf.float32, [])
    loss = tf.square(weight * x)
    step = tf.train.GradientDescentOptimizer(0.1).minimize(loss)

    def feeds():
        yield from [{x: 1.0}] * 7
        raise KeyboardInterrupt

    with tf.Session() as session, pytest.raises(Interrupted) as caught:
        session.run(tf.global_variables_initializer())
        sweep(loss, step, {"learning_rate": [0.1, 0.2]}, feeds=feeds(), every=2, session=session)
    found = caught.value.found
    assert found.steps == 7 and [step for step, _ in found.records] == [0, 2, 4, 6]
    assert found.explain()[0].startswith("Interrupted after step 7") and found.words(0) == "training (interrupted)"
