"""`tf.RegisterGradient`, `tf.NotDifferentiable` and `gradient_override_map`."""

import pytest

import kudari as tf


@tf.RegisterGradient("Thrice")
def thrice(op, grad):
    return grad * 3.0


@tf.RegisterGradient("TooMany")
def too_many(op, grad):
    return grad, grad


def overridden(op_type, name, build):
    x = tf.constant([1.0, -2.0])
    with tf.get_default_graph().gradient_override_map({op_type: name}):
        y = build(x)
    return x, y


def gradient(x, y):
    with tf.Session() as session:
        return session.run(tf.gradients(y, x)[0]).tolist()


def test_a_map_names_another_gradient():
    assert gradient(*overridden("Square", "Thrice", tf.square)) == [3.0, 3.0]


def test_a_map_may_name_another_op_type():
    assert gradient(*overridden("Sign", "Identity", tf.sign)) == [1.0, 1.0]


def test_the_map_is_recorded_in_the_node():
    _, y = overridden("Square", "Thrice", tf.square)
    assert y.op.get_attr("_gradient_op_type") == b"Thrice"


def test_a_name_that_nothing_is_registered_under():
    x, y = overridden("Tanh", "Nope", tf.tanh)
    with pytest.raises(LookupError, match=r"No gradient defined for operation 'Tanh' \(op type: Tanh\)"):
        tf.gradients(y, x)


def test_as_many_gradients_as_inputs():
    x, y = overridden("Exp", "TooMany", tf.exp)
    with pytest.raises(ValueError, match="Num gradients 2 generated for op"):
        tf.gradients(y, x)


def test_one_gradient_a_type():
    with pytest.raises(KeyError, match="Registering two gradient with name 'Square'!"):
        tf.RegisterGradient("Square")(thrice)
    with pytest.raises(KeyError, match="Registering two gradient with name 'Thrice'!"):
        tf.NotDifferentiable("Thrice")


def test_types_are_strings():
    with pytest.raises(TypeError, match="op_type must be a string"):
        tf.RegisterGradient(3)
    with pytest.raises(TypeError, match="op_type must be a string"):
        tf.NoGradient(None)


def test_no_gradient_flows_through_what_is_declared_so():
    tf.NotDifferentiable("Opaque")
    x, y = overridden("Square", "Opaque", tf.square)
    assert tf.gradients(y, x) == [None]
