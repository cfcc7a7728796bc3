"""Dual coordinate ascent finds the weights that minimize the regularized loss, and quantized graphs keep their ranges."""

import numpy as np
import pytest

import kudari as tf

RANDOM = np.random.default_rng(3)
X = RANDOM.normal(size=(12, 3)).astype(np.float32)
TRUE = np.array([1.5, -2.0, 0.5], np.float32)


def trained(labels, loss, adaptative, l1=0.0, l2=0.5, passes=200):
    """The weights of the features as one dense group, and as one sparse group with an id for each."""
    sparse = [tf.constant(v, tf.int64) for v in (np.repeat(np.arange(12), 3), np.tile([4, 8, 9], 12), [4, 8, 9])]
    dense, by_id = tf.Variable(tf.zeros([3])), tf.Variable(tf.zeros([3]))
    steps, shrinks = [], []
    for weights, groups in ((dense, ([], [], [], [X], [], [], [dense])),
                            (by_id, ([sparse[0]], [sparse[1]], [X.ravel()], [], [sparse[2]], [by_id], []))):
        state = tf.Variable(tf.zeros([12, 4]))
        made = tf.train.sdca_optimizer(*groups[:4], tf.ones([12]), labels, *groups[4:], state, loss, l1, l2, 1, 1,
                                       adaptative=adaptative)
        change, = made.out_delta_sparse_weights + made.out_delta_dense_weights
        steps += [tf.assign_add(weights, change), tf.assign(state, made.out_example_state_data)]
        shrinks.append(tf.train.sdca_shrink_l1([weights], l1, l2))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        for _ in range(passes):
            session.run(steps)
        session.run(shrinks)
        return session.run([dense, by_id])


@pytest.mark.parametrize("adaptative", [True, False])
def test_squared_loss_ends_at_ridge_regression(adaptative):
    labels = X @ TRUE + 0.1
    best = np.linalg.solve(X.T @ X + 0.5 * np.eye(3), X.T @ labels)
    for weights in trained(labels, "squared_loss", adaptative):
        np.testing.assert_allclose(weights, best, rtol=1e-4, atol=1e-5)


def test_l1_makes_weights_zero():
    labels = X @ np.array([1.5, 0.0, 0.0], np.float32)
    for weights in trained(labels, "squared_loss", False, l1=3.0):
        residue = X.T @ (labels - X @ weights) - 0.5 * weights
        assert (weights[1:] == 0).all() and (np.abs(residue[1:]) <= 3).all()
        np.testing.assert_allclose(residue[0], 3 * np.sign(weights[0]), rtol=1e-3)


@pytest.mark.parametrize(("loss", "slope"), [
    ("logistic_loss", lambda y, z: -y / (1 + np.exp(y * z))),
    ("smooth_hinge_loss", lambda y, z: -y * np.clip(1 - y * z, 0, 1)),
    ("poisson_loss", lambda y, z: np.exp(z) - (y + 1) / 2),
])
def test_other_losses_end_where_the_gradient_is_zero(loss, slope):
    labels = (X @ TRUE > 0).astype(np.float32)
    for weights in trained(labels, loss, True):
        gradient = X.T @ slope(2 * labels - 1, X @ weights) + 0.5 * weights
        np.testing.assert_allclose(gradient, 0, atol=2e-3)


def test_hinge_loss_ends_where_no_other_weights_are_better():
    labels = (X @ TRUE > 0).astype(np.float32)

    def objective(weights):
        return np.maximum(0, 1 - (2 * labels - 1) * (X @ weights)).sum() + 0.25 * weights @ weights

    for weights in trained(labels, "hinge_loss", True):
        around = [weights + step for step in RANDOM.normal(size=(200, 3)) * 0.05]
        assert objective(weights) <= min(map(objective, around)) + 1e-3
