"""Steps whose values are looked at while they run: what fails, what is kept, and what it costs."""

import numpy as np
import pytest

import kudari as tf
from kudari.runtime.stats import stats


def test_the_error_names_the_op_and_its_line():
    x = tf.placeholder(tf.float32, [1])
    checked = tf.check_numerics(tf.log(x), "logarithm", name="checked")  # this line
    with tf.Session() as session, pytest.raises(tf.errors.InvalidArgumentError) as caught:
        session.run(checked, {x: [0.0]})
    assert caught.value.op is checked.op
    assert str(caught.value).startswith("logarithm : Tensor had Inf values\n")
    assert "test_watched.py:" in str(caught.value)


def test_what_waits_for_a_failed_check_does_not_happen():
    v = tf.Variable([1.0, 2.0])
    x = tf.placeholder(tf.float32, [2])
    with tf.control_dependencies([tf.check_numerics(x, "x")]):
        update = tf.assign_add(v, x)
    with tf.Session() as session:
        session.run(v.initializer)
        session.run(update.op, {x: [1.0, 1.0]})
        with pytest.raises(tf.errors.InvalidArgumentError, match="x : Tensor had NaN values"):
            session.run(update.op, {x: [1.0, np.nan]})
        np.testing.assert_array_equal(session.run(v), [2.0, 3.0])


def test_what_comes_before_a_failed_check_has_happened():
    v = tf.Variable(1.0)
    update = tf.assign_add(v, 1.0)
    with tf.control_dependencies([update]):
        checked = tf.check_numerics(tf.constant(np.inf), "always")
    with tf.Session() as session:
        session.run(v.initializer)
        with pytest.raises(tf.errors.InvalidArgumentError, match="always"):
            session.run(checked)
        assert session.run(v) == 2.0


def test_a_check_is_compiled_into_the_step_and_the_step_is_not_held_back():
    v = tf.Variable(1.0)
    with tf.control_dependencies([tf.check_numerics(v, "v")]):
        update = tf.assign(v, v * 10.0)
    with tf.Session() as session:
        session.run(v.initializer)
        before = stats.compilations
        with pytest.raises(tf.errors.InvalidArgumentError):
            for _ in range(100):
                session.run(update.op)
        assert stats.compilations == before + 1
        assert session._deferred is None


def test_an_assertion_with_texts_stays_in_the_compiled_step():
    x = tf.placeholder(tf.float32, [])
    from kudari.ops.control import check
    with tf.control_dependencies([check(x > 0.0, [tf.constant("x is"), x], summarize=3)]):
        root = tf.sqrt(x)
    with tf.Session() as session:
        assert session.run(root, {x: 4.0}) == 2.0
        plan, = session._plans.values()
        assert [segment.on_host for segment in plan.segments] == [False]
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"assertion failed: \[x is\] \[-4"):
            session.run(root, {x: -4.0})
