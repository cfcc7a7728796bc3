"""Resource variables in a session: when they are read, deferred steps, and what they share with other variables."""

import numpy as np
import pytest

import kudari as tf
from kudari.ops.forms import node


def variable(value=(1.0, 2.0), **kwargs):
    return tf.Variable(value, use_resource=True, **kwargs)


def initialized(session):
    session.run(tf.global_variables_initializer())
    return session


def test_a_read_sees_what_ran_before_it_and_nothing_after():
    v = variable(1.0)
    before = v.read_value()
    with tf.control_dependencies([before]):
        update = v.assign_add(1.0, read_value=False)
    with tf.control_dependencies([update]):
        after = v.read_value()
    with initialized(tf.Session()) as session:
        assert session.run([before, after, update]) == [1.0, 2.0, None]


def test_steps_nobody_looks_at_are_counted():
    v = variable()
    step = v.assign_sub([0.5, 1.0], read_value=False)
    with initialized(tf.Session()) as session:
        for _ in range(300):
            session.run(step)
        np.testing.assert_array_equal(session.run(v), [-149.0, -298.0])


def test_an_update_read_through_its_result():
    v = variable()
    doubled = v.assign(v * 2.0)
    with initialized(tf.Session()) as session:
        np.testing.assert_array_equal(session.run(doubled + 1.0), [3.0, 5.0])
        np.testing.assert_array_equal(session.run(doubled), [4.0, 8.0])


def test_host_and_device_ops_change_it_in_turn():
    count = variable(0)
    with tf.control_dependencies([count.count_up_to(10)]):
        tripled = count.assign(count.read_value() * 3)
    with initialized(tf.Session()) as session:
        assert [session.run(tripled) for _ in range(2)] == [3, 12]
        with pytest.raises(tf.errors.OutOfRangeError, match="Reached limit of 10"):
            session.run(tripled)


def test_a_destroyed_variable_has_no_value():
    v = variable()
    gone = node("DestroyResourceOp", v.handle)
    with initialized(tf.Session()) as session:
        session.run(gone)
        assert not session.run(tf.is_variable_initialized(v))
        with pytest.raises(tf.errors.FailedPreconditionError, match="Error while reading resource variable Variable"):
            session.run(v)


def test_gradients_of_several_reads_are_summed():
    v = variable()
    loss = tf.reduce_sum(v * v) + tf.reduce_sum(tf.gather(v, [1, 1]))
    with initialized(tf.Session()) as session:
        np.testing.assert_array_equal(session.run(tf.gradients(loss, v)[0]), [2.0, 6.0])


def test_its_definition_brings_it_back():
    v = variable(name="v", trainable=False)
    again = tf.Variable.from_proto(v.to_proto())
    assert (again.name, again.dtype, again.shape, again.trainable) == (v.name, v.dtype, v.shape, False)
    with tf.Session() as session:
        session.run(again.initializer)
        np.testing.assert_array_equal(session.run(v), [1.0, 2.0])
