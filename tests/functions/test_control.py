"""`tf.group`, `tf.tuple`, `tf.no_op`: who waits for whom."""

import pytest

import kudari as tf


def waits_for(op):
    return [other.name for other in op.control_inputs]


def test_a_group_waits_for_all_in_it():
    a, v = tf.constant(1.0, name="a"), tf.Variable(1.0, name="v")
    op = tf.group(a, [v.initializer, {"k": v}], name="both")
    assert (op.name, op.type, waits_for(op)) == ("both", "NoOp", ["a", "v/Assign", "v"])


def test_a_group_of_nothing():
    assert waits_for(tf.group()) == []


def test_a_group_over_devices_has_a_part_on_each():
    with tf.device("/device:CPU:1"):
        a = tf.constant(1.0, name="a")
    b = tf.constant(2.0, name="b")
    op = tf.group(a, b, name="g")
    parts = op.control_inputs
    assert [(part.name, part.device, waits_for(part)) for part in parts] == [
        ("g/NoOp", "", ["b"]), ("g/NoOp_1", "/device:CPU:1", ["a"])]


def test_slices_are_grouped_by_their_tensors():
    slices = tf.IndexedSlices(tf.constant([1.0], name="values"), tf.constant([0], name="indices"))
    assert waits_for(tf.group(slices)) == ["values", "indices"]


def test_a_tuple_gives_each_value_when_all_are_there():
    a, v = tf.constant(1.0, name="a"), tf.Variable(2.0, name="v")
    first, nothing, read, op = tf.tuple([a, None, v, a.op], control_inputs=[v.initializer])
    assert nothing is None
    gate = first.op.control_inputs[0]
    assert (gate.name, waits_for(gate)) == ("tuple/group_deps", ["a", "v", "v/Assign"])
    assert read.op.control_inputs == [gate]
    assert waits_for(op) == ["tuple/group_deps", "a"]
    with tf.Session() as session:
        assert session.run([first, read]) == [1.0, 2.0]


def test_slices_in_a_tuple_stay_slices():
    slices = tf.IndexedSlices(tf.constant([1.0]), tf.constant([0], name="indices"))
    gated, = tf.tuple([slices])
    assert gated.values.op.type == "Identity"
    assert gated.indices is slices.indices


@pytest.mark.parametrize("error, message, call", [
    (TypeError, "Expected tf.group() expected Tensor arguments not '1' with type '<class 'int'>'",
     lambda: tf.group(1, 2)),
    (ValueError, "Unknown keyword arguments: foo", lambda: tf.group(foo=2)),
    (ValueError, "Must have at least one Tensor: [None]", lambda: tf.tuple([None])),
    (TypeError, "Control input must be Operation or Tensor: a",
     lambda: tf.tuple([tf.constant(1.0)], control_inputs=["a"])),
])
def test_refusals_are_tensorflows(error, message, call):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
