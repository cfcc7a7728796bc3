"""Deferred steps: nothing a program can see tells them from steps run at once."""

import numpy as np
import pytest

import kudari as tf
from kudari.runtime.stats import stats


def counter(**options):
    v = tf.Variable(0.0)
    x = tf.placeholder(tf.float32, [])
    step = v.assign_add(x).op
    sess = tf.Session(config=tf.SessionOptions(**options))
    sess.run(v.initializer)
    return sess, v, x, step


def deferred_steps(run):
    before = stats.deferred
    run()
    return stats.deferred - before


def test_equal_steps_wait_for_a_fetch():
    sess, v, x, step = counter()

    def run():
        for _ in range(50):
            sess.run(step, {x: 2})
        assert sess.run(v) == 100

    assert deferred_steps(run) == 50


def test_the_switch(monkeypatch):
    sess, v, x, step = counter(defer=False)

    def run():
        for _ in range(5):
            sess.run(step, {x: 2})
        assert sess.run(v) == 10

    assert deferred_steps(run) == 0
    monkeypatch.setenv("KUDARI_DEFER", "0")
    assert not tf.SessionOptions().defer


def test_other_feeds_and_plans_see_all_steps():
    sess, v, x, step = counter()
    double = v.assign(v * 2.0).op
    for value in (1, 1, 3, 3, 1):
        sess.run(step, {x: value})
    sess.run(double)
    sess.run(double)
    sess.run(step, {x: 1})
    assert sess.run(v) == 37


def test_a_feed_changed_in_place_is_another_feed():
    v, x = tf.Variable([0.0, 0.0]), tf.placeholder(tf.float32, [2])
    step = v.assign_add(x).op
    sess = tf.Session()
    sess.run(v.initializer)
    for make in (list, np.array):
        held = make([1.0, 2.0])
        sess.run(step, {x: held})
        sess.run(step, {x: held})
        held[0] = 10.0
        sess.run(step, {x: held})
    np.testing.assert_array_equal(sess.run(v), [24, 12])


def test_zero_and_negative_zero_are_different_feeds():
    v, x = tf.Variable(0.0), tf.placeholder(tf.float32, [])
    step = v.assign(1.0 / x + v * 0.0).op
    sess = tf.Session()
    sess.run(v.initializer)
    sess.run(step, {x: 0.0})
    assert np.isposinf(sess.run(1.0 / x, {x: 0.0}))
    sess.run(v.initializer)
    sess.run(step, {x: 0.0})
    sess.run(v.initializer)
    sess.run(step, {x: -0.0})
    assert np.isneginf(sess.run(v))


def test_close_runs_what_was_held_back():
    sess, _, x, step = counter()

    def run():
        sess.run(step, {x: 2})
        sess.close()

    assert deferred_steps(run) == 1


def test_lists_of_operations_are_deferred_too():
    sess, v, x, step = counter()
    other = tf.Variable(1.0)
    sess.run(other.initializer)
    both = [step, other.assign_sub(1.0).op]

    def run():
        for _ in range(3):
            assert sess.run(list(both), {x: 1}) == [None, None]
        assert sess.run(v) == 3

    assert deferred_steps(run) == 3
    assert sess.run([v, other]) == [3, -2]


def test_a_large_step_is_not_deferred():
    v = tf.Variable(np.zeros((1000, 1000), np.float32))
    step = v.assign_add(v + 1.0).op
    sess = tf.Session()
    sess.run(v.initializer)

    def run():
        sess.run(step)
        sess.run(step)
        assert sess.run(v)[0, 0] == 3

    assert deferred_steps(run) == 0


def test_an_uninitialized_variable_is_found_at_once():
    v = tf.Variable(0.0, name="late")
    sess = tf.Session()
    with pytest.raises(tf.errors.FailedPreconditionError, match="late"):
        sess.run(v.assign_add(1.0).op)


@pytest.mark.parametrize("numerics", ["exact", "fast", "auto"])
def test_deferred_equals_immediate(numerics):
    found = []
    for defer in (True, False):
        tf.reset_default_graph()
        w = tf.Variable(np.linspace(-1, 1, 12, dtype=np.float32).reshape(3, 4))
        x = tf.placeholder(tf.float32, [None, 3])
        train = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_mean(tf.square(tf.tanh(tf.matmul(x, w)) - 0.5)))
        sess = tf.Session(config=tf.SessionOptions(defer=defer, numerics=numerics))
        sess.run(w.initializer)
        for _ in range(30):
            sess.run(train, {x: np.arange(6.0).reshape(2, 3)})
        found.append(sess.run(w))
    if numerics == "fast":
        np.testing.assert_allclose(*found, rtol=1e-5)
    else:
        np.testing.assert_array_equal(*found)
