"""Nodes that keep a state: their numbers go on from run to run, and are the same however a step is executed."""

import numpy as np
import pytest

import kudari as tf
from kudari.runtime.options import SessionOptions

WAYS = {
    "compiled": {"defer": False}, "interpreted": {"interpret": True}, "deferred": {"defer": True},
    "exact": {"numerics": "exact", "defer": False}, "fast": {"numerics": "fast", "defer": False},
}


def walk():
    """A variable that noise is added to at each step, and more noise to look at."""
    tf.set_random_seed(3)
    v = tf.Variable(tf.zeros([5]))
    step = tf.assign_add(v, tf.random_uniform([5])).op
    return v, step, tf.random_normal([3]), tf.truncated_normal([9], dtype=tf.float64)


def walked(options):
    with tf.Graph().as_default():
        v, step, *noise = walk()
        with tf.Session(config=SessionOptions(**options)) as session:
            session.run(tf.global_variables_initializer())
            for _ in range(7):
                session.run(step)
            first = session.run([v, *noise])
            session.run(noise[0])
            return first, session.run([v, *noise])


@pytest.mark.parametrize("way", [way for way in WAYS if way != "compiled"])
def test_every_way_to_run_draws_the_same_numbers(way):
    for found, wanted in zip(walked(WAYS[way]), walked(WAYS["compiled"])):
        for have, want in zip(found, wanted):
            np.testing.assert_allclose(have, want, rtol=3e-7 if have.dtype == np.float32 else 1e-14)


def test_a_new_session_starts_again():
    with tf.Graph().as_default():
        x = tf.random_uniform([4], seed=1)
        with tf.Session() as session:
            first, second = session.run(x), session.run(x)
        with tf.Session() as session:
            again = session.run(x)
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, second)


def test_without_seeds_every_session_and_every_node_differs():
    with tf.Graph().as_default():
        x, y = tf.random_uniform([4]), tf.random_uniform([4])
        found = []
        for _ in range(2):
            with tf.Session() as session:
                found += session.run([x, y])
    assert len({tuple(values) for values in found}) == 4


def test_numbers_without_seeds_spread_as_they_should():
    with tf.Graph().as_default(), tf.Session() as session:
        u, n, t = session.run([tf.random_uniform([40000]), tf.random_normal([40000]), tf.truncated_normal([40000])])
    assert abs(u.mean() - 0.5) < 0.01 and abs(u.var() - 1 / 12) < 0.005
    assert abs(n.mean()) < 0.03 and abs(n.var() - 1) < 0.05
    assert abs(t.mean()) < 0.03 and abs(t.var() - 0.774) < 0.05 and abs(t).max() < 2


def test_a_fed_shape_is_known_when_compiling():
    with tf.Graph().as_default(), tf.Session() as session:
        shape = tf.placeholder(tf.int32, [None])
        x = tf.random_uniform(shape, seed=1)
        assert [session.run(x, {shape: size}).shape for size in ([2], [2, 3], [])] == [(2,), (2, 3), ()]
        with pytest.raises(tf.errors.InvalidArgumentError, match="Dimension -2 must be >= 0"):
            session.run(x, {shape: [-2]})


def test_a_partial_run_draws_once():
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.random_uniform([2], seed=1)
        y, z = x + 1, x + 2
        handle = session.partial_run_setup([y, z])
        first, second = session.partial_run(handle, y), session.partial_run(handle, z)
    np.testing.assert_allclose(first + 1, second)


def test_only_the_branch_that_runs_draws():
    with tf.Graph().as_default(), tf.Session() as session:
        take = tf.placeholder(tf.bool, [])
        y = tf.cond(take, lambda: tf.random_uniform([2], seed=1), lambda: tf.zeros([2]))
        drawn = [session.run(y, {take: flag}) for flag in (True, False, True)]
        with tf.Session() as other:
            wanted = [other.run(y, {take: True}) for _ in range(2)]
    np.testing.assert_array_equal(drawn, [wanted[0], np.zeros(2), wanted[1]])
