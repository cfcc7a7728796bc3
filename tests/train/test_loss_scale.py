"""Losses that are scaled before gradients are taken."""

import numpy as np
import pytest

import kudari as tf

experimental = tf.train.experimental


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def test_a_fixed_scale_changes_no_step():
    w, x = tf.Variable([1.0, 2.0]), tf.placeholder(tf.float32, [2])
    optimizer = experimental.MixedPrecisionLossScaleOptimizer(tf.train.MomentumOptimizer(0.5, 0.9), 128)
    step = optimizer.minimize(tf.reduce_sum(w * x))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        session.run(step, {x: [1.0, -1.0]})
        assert session.run(w).tolist() == [0.5, 2.5]
        assert session.run(optimizer.get_slot(w, "momentum")).tolist() == [1.0, -1.0]


def test_a_dynamic_scale_leaves_out_bad_steps_and_shrinks():
    w, x = tf.Variable([1.0]), tf.placeholder(tf.float32, [1])
    scale = experimental.DynamicLossScale(initial_loss_scale=8.0, increment_period=2)
    optimizer = experimental.MixedPrecisionLossScaleOptimizer(tf.train.GradientDescentOptimizer(1.0), scale)
    count = tf.train.get_or_create_global_step()
    step = optimizer.minimize(tf.reduce_sum(w * x), global_step=count)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        seen = []
        for value in (0.25, np.inf, 0.25, 0.25, 0.25):
            session.run(step, {x: [value]})
            seen.append((session.run(w)[0], session.run(scale()), session.run(count)))
        assert seen == [(0.75, 8.0, 1), (0.75, 4.0, 1), (0.5, 4.0, 2), (0.25, 8.0, 3), (0.0, 8.0, 4)]


def test_scales_tell_how_they_were_made():
    scale = experimental.DynamicLossScale(4, 3, 5)
    assert scale.get_config() == {"initial_loss_scale": 4.0, "increment_period": 3, "multiplier": 5.0}
    assert repr(experimental.FixedLossScale.from_config({"loss_scale_value": 2})) == "FixedLossScale(2.0)"
    assert [name for name, _ in scale.tracked()] == ["current_loss_scale", "good_steps"]


@pytest.mark.parametrize(("act", "words"), [
    (lambda: experimental.FixedLossScale(0.5), "must be at least 1"),
    (lambda: experimental.FixedLossScale("2"), "must be a Python int or float"),
    (lambda: experimental.MixedPrecisionLossScaleOptimizer(3, 2), '"opt" must be an instance of Optimizer'),
    (lambda: experimental.MixedPrecisionLossScaleOptimizer(tf.train.GradientDescentOptimizer(1.0), "no"),
     "Could not interpret loss scale identifier: no"),
])
def test_wrong_calls(act, words):
    with pytest.raises(ValueError, match=words):
        act()


def test_the_rewrite_to_mixed_precision_scales_the_loss_and_says_what_it_does_not(caplog):
    plain = tf.train.GradientDescentOptimizer(1.0)
    with caplog.at_level("WARNING", "tensorflow"):
        optimizer = experimental.enable_mixed_precision_graph_rewrite(plain, 8.0)
        assert "ops keep their types" in caplog.text
        w = tf.Variable([2.0])
        (grad, _), = optimizer.compute_gradients(w * 3.0)
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            assert session.run(grad) == 3.0
        for wrong, words in ((optimizer, "must not already be"), (3, "must be an instance of a tf.train.Optimizer")):
            with pytest.raises(ValueError, match=words.replace(".", "[.]")):
                experimental.enable_mixed_precision_graph_rewrite(wrong)
        experimental.disable_mixed_precision_graph_rewrite()
        assert "already disabled" not in caplog.text
        experimental.disable_mixed_precision_graph_rewrite()
        assert "already disabled" in caplog.text
