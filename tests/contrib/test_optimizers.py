"""The wrappers of tf.contrib.opt: optimizers of SciPy, swapped averages, clipped variables, tasks that take turns."""

import logging

import numpy as np
import pytest

import kudari as tf


@pytest.mark.parametrize("method", [None, "SLSQP", "CG"])
def test_scipy_finds_the_minimum(method):
    w = tf.Variable([7.0, 7.0], name="w")
    b = tf.Variable(3.0, name="b")
    loss = tf.reduce_sum(tf.square(w - [1.0, 2.0])) + tf.square(b + 1.0)
    options = {} if method is None else {"method": method}
    optimizer = tf.contrib.opt.ScipyOptimizerInterface(loss, options={"maxiter": 100}, **options)
    losses, steps = [], []
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        optimizer.minimize(session, fetches=[loss], loss_callback=losses.append, step_callback=steps.append)
        np.testing.assert_allclose(session.run(w), [1.0, 2.0], atol=1e-4)
        np.testing.assert_allclose(session.run(b), -1.0, atol=1e-4)
    assert losses[0] == 77.0 and len(steps[-1]) == 3


def test_scipy_keeps_bounds_and_constraints():
    vector = tf.Variable([7.0, 7.0], name="vector")
    loss = tf.reduce_sum(tf.square(vector))
    optimizer = tf.contrib.opt.ScipyOptimizerInterface(
        loss, equalities=[vector[1] - 2.0], inequalities=[vector[0] - 1.0], var_to_bounds={vector: ([1.5, -np.inf], np.inf)},
        method="SLSQP")
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        optimizer.minimize(session)
        np.testing.assert_allclose(session.run(vector), [1.5, 2.0], atol=1e-5)


def test_scipy_tells_how_it_ended(caplog):
    tf.logging.set_verbosity(tf.logging.INFO)
    w = tf.Variable(2.0)
    with tf.Session() as session, caplog.at_level(logging.INFO, "tensorflow"):
        session.run(tf.global_variables_initializer())
        tf.contrib.opt.ScipyOptimizerInterface(tf.square(w)).minimize(session)
    assert "Optimization terminated with:" in caplog.text and "Number of iterations: " in caplog.text


@pytest.mark.parametrize("keyword, words", [("bounds", "Bounds must be set using the var_to_bounds argument"),
                                            ("jac", "'jac' is set automatically and cannot be injected manually")])
def test_scipy_refuses_what_it_sets_itself(keyword, words):
    w = tf.Variable(2.0)
    optimizer = tf.contrib.opt.ScipyOptimizerInterface(tf.square(w), **{keyword: True})
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        with pytest.raises(ValueError, match=words):
            optimizer.minimize(session)


def test_an_external_optimizer_is_a_subclass():
    class Halving(tf.contrib.opt.ExternalOptimizerInterface):
        def _minimize(self, initial_val, loss_grad_func, optimizer_kwargs, **_):
            for _ in range(optimizer_kwargs["times"]):
                _, slope = loss_grad_func(initial_val)
                initial_val = initial_val - slope / 4
            return initial_val

    w = tf.Variable([4.0, 8.0])
    other = tf.Variable(1.0)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        Halving(tf.reduce_sum(tf.square(w)), times=2).minimize(session)
        np.testing.assert_array_equal(session.run(w), [1.0, 2.0])
        assert session.run(other) == 1.0
        with pytest.raises(NotImplementedError, match="subclass from it"):
            tf.contrib.opt.ExternalOptimizerInterface(tf.reduce_sum(w)).minimize(session)


def test_a_swapping_saver_saves_averages_as_variables(tmp_path):
    w = tf.Variable([1.0, 2.0], name="w")
    optimizer = tf.contrib.opt.MovingAverageOptimizer(tf.train.GradientDescentOptimizer(1.0), average_decay=0.5)
    with pytest.raises(RuntimeError, match="Must call apply_gradients or minimize"):
        optimizer.swapping_saver()
    step = optimizer.minimize(tf.reduce_sum(w))
    saver, plain = optimizer.swapping_saver(), tf.train.Saver([w])
    with pytest.raises(ValueError, match="Variable to swap w/ExponentialMovingAverage is not part"):
        optimizer.swapping_saver([w])
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        session.run(step)
        np.testing.assert_array_equal(session.run(w), [0.0, 1.0])
        path = saver.save(session, str(tmp_path / "averages"))
        plain.restore(session, path)
        np.testing.assert_array_equal(session.run(w), [0.5, 1.5])
        saver.restore(session, path)
        np.testing.assert_array_equal(session.run(w), [0.0, 1.0])


def test_variables_are_clipped_after_each_step():
    w = tf.Variable([[3.0, 4.0], [0.3, 0.4]])
    table = tf.Variable([[3.0, 4.0], [6.0, 8.0]])
    optimizer = tf.contrib.opt.VariableClippingOptimizer(tf.train.MomentumOptimizer(0.0, 0.9), {w: [1], table: [1]}, 1.0)
    step = optimizer.minimize(tf.reduce_sum(w) + tf.reduce_sum(tf.gather(table, [1])))
    assert optimizer.get_slot_names() == ["momentum"]
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        session.run(step)
        np.testing.assert_allclose(session.run(w), [[0.6, 0.8], [0.3, 0.4]], rtol=1e-6)
        np.testing.assert_allclose(session.run(table), [[3.0, 4.0], [0.6, 0.8]], rtol=1e-6)


def test_a_task_without_gradient_keeps_its_momentum():
    w, v = tf.Variable(1.0), tf.Variable(1.0)
    is_first = tf.placeholder(tf.float32, [])
    optimizer = tf.contrib.opt.MultitaskOptimizerWrapper(tf.train.MomentumOptimizer(0.25, 0.5))
    step = optimizer.minimize(w * is_first + v * (1.0 - is_first))
    with pytest.raises(TypeError, match="must be an instance of tf"):
        tf.contrib.opt.MultitaskOptimizerWrapper(0.1)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        session.run(step, {is_first: 1.0})
        session.run(step, {is_first: 0.0})
        assert session.run([w, v]) == [0.75, 0.75]
        assert session.run(optimizer.get_slot(w, "momentum")) == 1.0


@pytest.mark.parametrize("make, error, words", [
    (lambda loss: tf.contrib.layers.optimize_loss(loss, None, "fast", "SGD"), ValueError, "should be 0d Tensor or float"),
    (lambda loss: tf.contrib.layers.optimize_loss(loss, None, -0.1, "SGD"), ValueError, "Invalid learning_rate -0.1"),
    (lambda loss: tf.contrib.layers.optimize_loss(loss, None, 0.1, "Best"), ValueError, "Optimizer name should be one of"),
    (lambda loss: tf.contrib.layers.optimize_loss(loss, None, None, "SGD"), ValueError, "Learning rate is None"),
    (lambda loss: tf.contrib.layers.optimize_loss(loss, None, 0.1, 3), ValueError, "Unrecognized optimizer"),
    (lambda loss: tf.contrib.layers.optimize_loss(loss, None, 0.1, "SGD", clip_gradients="no"), ValueError, "Unknown"),
    (lambda loss: tf.contrib.layers.optimize_loss(loss, None, 0.1, "SGD", summaries=["all"]), ValueError, "provided all"),
    (lambda loss: tf.contrib.opt.LARSOptimizer(0.1, momentum=-1.0), ValueError, "momentum should be positive: -1.0"),
])
def test_wrong_calls_say_why(make, error, words):
    loss = tf.square(tf.Variable(1.0))
    with pytest.raises(error, match=words):
        make(loss)
