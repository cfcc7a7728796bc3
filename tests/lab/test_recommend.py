"""Range tests and recommendations on problems that fool learning-rate finders."""

import itertools

import numpy as np
import pytest

import kudari as tf
from kudari.lab import Interrupted, range_test, recommend

from .problems import PROBLEMS

STEPS = 60
DENSE = np.geomspace(1e-5, 10, 19)
# The noise of this one hides what sixty steps do; to say so is the right answer.
UNTOLD = {"noisy"}


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def started():
    session = tf.Session()
    session.run(tf.global_variables_initializer())
    return session


def trained_loss(session, problem, rate):
    """The loss on data of its own after training at a rate."""
    with session.fork() as copy:
        for _, batch in zip(range(STEPS), itertools.cycle(problem.batches)):
            copy.run(problem.step, {**batch, problem.rate: rate})
        return copy.run(problem.loss, problem.judge)


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_recommended_rate_is_nearly_the_best(name):
    problem = PROBLEMS[name](np.random.default_rng(sorted(PROBLEMS).index(name)))
    session = started()
    found = recommend(problem.loss, problem.step, problem.optimizer, feeds=problem.batches, steps=STEPS, session=session)
    if found.learning_rate is None and name in UNTOLD:
        assert "all noise" in " ".join(found.doubts)
        return
    best = min(loss for rate in DENSE if np.isfinite(loss := trained_loss(session, problem, rate)))
    assert trained_loss(session, problem, found.learning_rate) <= 2 * best
    assert found.low <= found.learning_rate <= found.high
    if found.stability is not None:
        assert found.learning_rate < 0.75 * np.median(found.stability.limits)


def line():
    slope, offset = tf.Variable([0.3], name="W"), tf.Variable([-0.3], name="b")
    x, y = tf.placeholder(tf.float32, name="x"), tf.placeholder(tf.float32)
    return tf.reduce_sum(tf.square(slope * x + offset - y)), {x: [1, 2, 3, 4], y: [0, -1, -2, -3]}


def test_the_seed_program_and_nothing_of_it_changes():
    loss, data = line()
    optimizer = tf.train.GradientDescentOptimizer(0.01)
    step = optimizer.minimize(loss)
    session = started()
    session.run(step, data)
    before = [v.tobytes() for v in session.run(tf.global_variables())]
    found = recommend(loss, step, optimizer, data, session=session)
    assert 0.014 < found.learning_rate < 0.027
    assert [v.tobytes() for v in session.run(tf.global_variables())] == before
    said = " ".join(found.explain())
    assert "0.02994" in said and "of the limit" in said and "scale of the data" in said


def test_the_ramp_says_where_the_loss_falls_and_breaks():
    loss, data = line()
    optimizer = tf.train.GradientDescentOptimizer(0.01)
    step = optimizer.minimize(loss)
    found = range_test(loss, step, optimizer, data, session=started())
    assert found.falls_from < found.steepest < 0.03 < found.breaks_at < 1
    assert "falls fastest" in found.explain()[0] and "only gets worse" in found.explain()[1]


def test_a_trained_model_is_flat():
    point = tf.Variable(np.zeros(3, np.float32))
    optimizer = tf.train.GradientDescentOptimizer(0.1)
    step = optimizer.minimize(tf.reduce_sum(tf.square(point)))
    loss = tf.reduce_sum(tf.square(point)) + 1.0
    found = recommend(loss, step, optimizer, steps=20, session=started())
    assert found.learning_rate is None and "already trained" in " ".join(found.explain())


def test_a_schedule_that_helps_is_named():
    rng = np.random.default_rng(0)
    target, point = tf.placeholder(tf.float32, [20]), tf.Variable(np.full(20, 3.0, np.float32))
    loss = tf.reduce_mean(tf.square(point - target))
    optimizer = tf.train.GradientDescentOptimizer(0.1)
    step = optimizer.minimize(loss)
    feeds = [{target: rng.standard_normal(20)} for _ in range(100)]
    found = recommend(loss, step, optimizer, feeds=feeds, steps=100, session=started())
    assert set(found.schedules.decaying) >= {"tf.train.exponential_decay", "tf.train.cosine_decay"}
    assert "decay" in found.reasons[-1]


@pytest.mark.parametrize(("change", "error", "words"), [
    ({"low": 0.0}, ValueError, "must be positive finite numbers, but 0.0 is none"),
    ({"low": "many"}, ValueError, "must be numbers"),
    ({"low": 1.0, "high": 0.1}, ValueError, "a range of rates must go up"),
    ({"learning_rate": 0.1}, ValueError, "an optimizer or a scalar tensor"),
    ({"feed_dict": {"x:0": [float("nan")]}}, FloatingPointError, "no rate cures that"),
])
def test_what_cannot_be_ramped_is_said(change, error, words):
    loss, data = line()
    optimizer = tf.train.GradientDescentOptimizer(0.01)
    step = optimizer.minimize(loss)
    if "feed_dict" in change:
        change = {"feed_dict": {**data, next(iter(data)): [float("nan")] * 4}}
    with pytest.raises(error, match=words):
        range_test(loss, step, **{"learning_rate": optimizer, "feed_dict": data, "session": started(), **change})


def test_an_optimizer_that_has_not_been_used_has_no_rate():
    loss, data = line()
    with pytest.raises(ValueError, match="applies no gradients by GradientDescent"):
        range_test(loss, tf.no_op(), tf.train.GradientDescentOptimizer(0.01), data, session=started())


@pytest.mark.parametrize(("batches", "has_ramp"), [(15, False), (60, True)])
def test_an_interrupted_ramp_says_what_it_saw(batches, has_ramp):
    loss, data = line()
    optimizer = tf.train.GradientDescentOptimizer(0.01)
    step, session = optimizer.minimize(loss), started()
    before = [v.tobytes() for v in session.run(tf.global_variables())]

    def feeds():
        yield from [data] * batches
        raise KeyboardInterrupt

    with pytest.raises(Interrupted) as caught:
        range_test(loss, step, optimizer, feeds=feeds(), session=session)
    found = caught.value.found
    assert (found is not None) == has_ramp
    assert found is None or (len(found.rates) == 50 and found.breaks_at is None)
    assert [v.tobytes() for v in session.run(tf.global_variables())] == before
