"""The Jacobians of tf.test.compute_gradient."""

import numpy as np
import pytest

import kudari as tf


def test_both_jacobians_are_those_of_the_function():
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]], tf.float64)
    y = tf.matmul(x, x)
    with tf.Session():
        exact, approximate = tf.test.compute_gradient(x, [2, 2], y, [2, 2], x_init_value=np.array([[1.0, 2.0], [3.0, 4.0]]))
    wanted = [[2, 2, 3, 0], [3, 5, 0, 3], [2, 0, 5, 2], [0, 2, 3, 8]]
    np.testing.assert_allclose(exact, wanted)
    np.testing.assert_allclose(approximate, wanted, atol=1e-8)


def test_an_error_is_the_largest_difference():
    x = tf.constant([1.0, 2.0], tf.float64)
    with tf.get_default_graph().gradient_override_map({"Square": "Halved"}):
        wrong = tf.square(x)
    tf.RegisterGradient("Halved")(lambda op, grad: op.inputs[0] * grad)
    with tf.Session():
        value = np.array([1.0, 2.0])
        assert tf.test.compute_gradient_error(x, [2], tf.square(x), [2], x_init_value=value) < 1e-8
        assert tf.test.compute_gradient_error(x, [2], wrong, [2], x_init_value=value) == pytest.approx(2.0)


@pytest.mark.parametrize("dtype", [tf.float32, tf.complex64])
def test_lists_sparse_gradients_and_complex_numbers(dtype):
    table = tf.zeros([3, 2], dtype)
    scale = tf.ones([2], dtype)
    y = tf.gather(table, [0, 2, 0]) * scale
    with tf.Session():
        assert tf.test.compute_gradient_error([table, scale], [[3, 2], [2]], y, [3, 2]) < 1e-2
