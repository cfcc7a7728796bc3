"""Lanes beside programs whose graph reads its batches itself: they get the program's, no more and no other."""

import numpy as np
import pytest

import kudari as tf
from kudari.lab import study


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
