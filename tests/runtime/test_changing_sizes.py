"""Tensors whose size a host op decides, another one at each step, do not have programs compiled for each size."""

import numpy as np
import pytest

import kudari as tf
from kudari.runtime.stats import stats

RANDOM = np.random.RandomState(0)
PLACES = np.argwhere(RANDOM.rand(6, 5) < 0.5)
VALUES = RANDOM.rand(len(PLACES)).astype(np.float32)


def test_a_sparse_product_compiles_once():
    weights = tf.Variable(RANDOM.rand(5, 3).astype(np.float32))
    keep = tf.placeholder(tf.bool, [None])
    x = tf.sparse_retain(tf.SparseTensor(PLACES, VALUES, [6, 5]), keep) * 2.0
    loss = tf.reduce_sum(tf.square(tf.sparse_tensor_dense_matmul(x, weights)))
    grad = tf.gradients(loss, weights)[0]
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        held = session.run(weights)
        compiled = []
        for count in range(1, len(PLACES)):
            kept = np.arange(len(PLACES)) < count
            dense = np.zeros((6, 5), np.float32)
            dense[tuple(PLACES[kept].T)] = 2 * VALUES[kept]
            np.testing.assert_allclose(session.run(grad, {keep: kept}), dense.T @ (2 * dense @ held), rtol=1e-5)
            compiled.append(stats.compilations)
    assert compiled[0] == compiled[-1]


def test_an_index_outside_is_refused():
    place = tf.placeholder(tf.int64, [1, 2])
    x = tf.sparse_retain(tf.SparseTensor(place, [1.0], [2, 2]), [True])
    with tf.Session() as session, pytest.raises(tf.errors.InvalidArgumentError, match="out of bounds"):
        session.run(tf.sparse_tensor_dense_matmul(x, tf.ones([2, 2])), {place: [[0, 2]]})
