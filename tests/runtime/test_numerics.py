"""Which arithmetic a step gets: what was asked for, or what its size allows."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import kudari as tf
from kudari.runtime.numerics import MOST_ELEMENTS, is_exact, largest_value, may_be_exact


def test_the_largest_value_is_found_inside_loops_and_branches():
    def step(x):
        looped = jax.lax.fori_loop(0, 3, lambda i, s: s + jnp.sum(jnp.outer(x, x)), jnp.float32(0))
        return jax.lax.cond(looped > 0, lambda: jnp.sum(jnp.zeros((50, 50), jnp.float32) + looped), lambda: looped * 2.0)

    traced = jax.jit(step).trace(np.ones(7, np.float32))
    assert largest_value(traced.jaxpr.jaxpr) == 2500


@pytest.mark.skipif(jax.default_backend() != "cpu", reason="auto is exact on CPU only")
def test_auto_goes_by_size():
    assert is_exact("auto", MOST_ELEMENTS) and not is_exact("auto", MOST_ELEMENTS + 1)
    assert may_be_exact("auto", 10, [np.zeros(4)]) and not may_be_exact("auto", 10**6, [np.zeros(4)])
    assert not may_be_exact("auto", 10, [np.zeros(MOST_ELEMENTS + 1)])
    assert may_be_exact("exact", 10**6, [np.zeros(10**6)]) and not may_be_exact("fast", 1, [])


def test_exact_adds_in_lanes_of_four():
    values = np.array([1e8, 1.0, -1e8, 1.0, 3e-8, 7.0], np.float32)
    lanes = np.float32((values[0] + values[2]) + (values[1] + values[3]))
    wanted = np.float32(values[4] + values[5]) + lanes
    with tf.Session(config=tf.SessionOptions(numerics="exact")) as sess:
        x = tf.placeholder(tf.float32, [6])
        assert sess.run(tf.reduce_sum(x), {x: values}) == wanted


@pytest.mark.parametrize("numerics", ["exact", "fast"])
def test_a_large_step_runs_in_either_mode(numerics):
    x = tf.placeholder(tf.float32, [None, 64])
    y = tf.reduce_mean(tf.sigmoid(tf.matmul(x, tf.transpose(x))))
    values = np.linspace(-1, 1, 128 * 64, dtype=np.float32).reshape(128, 64)
    with tf.Session(config=tf.SessionOptions(numerics=numerics)) as sess:
        found = sess.run(y, {x: values})
    wanted = np.mean(1 / (1 + np.exp(-(values.astype(float) @ values.T.astype(float)))))
    np.testing.assert_allclose(found, wanted, rtol=1e-4)


def test_the_mode_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv("KUDARI_NUMERICS", "fast")
    assert tf.SessionOptions().numerics == "fast"
    monkeypatch.setenv("KUDARI_NUMERICS", "sloppy")
    with pytest.raises(ValueError, match="must be one of auto, exact, fast, got 'sloppy'"):
        tf.Session()
