"""`tf.scatter_update` and its like: rows of variables."""

import numpy as np
import pytest

import kudari as tf


def after(change):
    w = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    changed = change(w)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        result = session.run(changed)
        np.testing.assert_array_equal(session.run(w), result)
        return result.tolist()


@pytest.mark.parametrize("change, wanted", [
    (lambda w: tf.scatter_update(w, [2, 0], [[0.0, 1.0], [2.0, 3.0]]), [[2, 3], [3, 4], [0, 1]]),
    (lambda w: tf.scatter_add(w, [1, 1], [[1.0, 1.0], [2.0, 2.0]]), [[1, 2], [6, 7], [5, 6]]),
    (lambda w: tf.scatter_sub(w, [1, 1], [[1.0, 1.0], [2.0, 2.0]]), [[1, 2], [0, 1], [5, 6]]),
    (lambda w: tf.scatter_sub(w, 0, [1.0, 2.0]), [[0, 0], [3, 4], [5, 6]]),
    (lambda w: tf.scatter_add(w, [[0], [2]], [[[1.0, 1.0]], [[2.0, 2.0]]]), [[2, 3], [3, 4], [7, 8]]),
    (lambda w: tf.scatter_update(w, [3, -1], [[9.0, 9.0], [9.0, 9.0]]), [[1, 2], [3, 4], [5, 6]]),
])
def test_rows_change(change, wanted):
    assert after(change) == wanted


def test_the_update_must_fit_the_rows():
    with pytest.raises(ValueError, match="ScatterAdd"):
        after(lambda w: tf.scatter_add(w, [0, 1], [[1.0, 2.0, 3.0]]))


def test_only_variables_have_rows_to_change():
    with pytest.raises(AttributeError, match="_lazy_read"):  # as TensorFlow 1.15
        tf.scatter_add(tf.constant([1.0]), [0], [1.0])
