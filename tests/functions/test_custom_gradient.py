"""Functions with gradients of their own; the values are TensorFlow 1.15's."""

import pytest

import kudari as tf


def values(tensors):
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        return session.run(tensors)


def test_a_gradient_of_its_own_replaces_that_of_the_ops():
    @tf.custom_gradient
    def log1pexp(x):
        e = tf.exp(x)
        return tf.log(1 + e), lambda dy: dy * (1 - 1 / (1 + e))

    x = tf.constant(100.0)
    assert values(tf.gradients(log1pexp(x), x)) == [1.0]


def test_several_arguments_and_results():
    @tf.custom_gradient
    def pair(x, y):
        return (x * y, x + y), lambda da, db: (da * 2.0, db * 3.0)

    x, y = tf.constant(100.0), tf.constant(2.0)
    assert values([pair(x, y), tf.gradients(pair(x, y), [x, y])]) == [(200.0, 102.0), [2.0, 3.0]]


def scaled(x, takes_variables=True):
    scale = tf.get_variable("scale", [], initializer=tf.constant_initializer(2.0))

    def with_variables(dy, variables=None):
        return dy * 10.0, [dy * float(len(variables))]

    return x * scale, with_variables if takes_variables else lambda dy: dy


def test_variables_have_gradients_of_their_own():
    y = tf.constant(2.0)
    with tf.variable_scope("s", use_resource=True):
        out = tf.custom_gradient(scaled)(y)
    assert values(tf.gradients(out, [y, *tf.global_variables()])) == [10.0, 1.0]


@pytest.mark.parametrize(("use_resource", "takes", "words"), [
    (False, True, "must be `ResourceVariable`s"), (True, False, "must accept a keyword argument 'variables'")])
def test_what_uses_variables_must_say_so(use_resource, takes, words):
    with tf.variable_scope("s", use_resource=use_resource), pytest.raises(TypeError, match=words):
        tf.custom_gradient(lambda x: scaled(x, takes))(tf.constant(2.0))


def test_keywords_are_refused():
    with pytest.raises(ValueError, match="supports keywords arguments only when eager"):
        tf.custom_gradient(scaled)(x=tf.constant(1.0))


def test_swish_computes_the_sigmoid_again_for_its_gradient():
    x = tf.constant([-1.0, 0.0, 2.0])
    y = tf.nn.swish(x)
    slope = tf.gradients(y, x)[0]
    assert values([y, slope])[0] == pytest.approx([-0.26894143, 0.0, 1.761594], rel=1e-6)
    assert values([y, slope])[1] == pytest.approx([0.07232948, 0.5, 1.0907843], rel=1e-6)
    sigmoids = [op for op in x.graph.get_operations() if op.type == "Sigmoid"]
    assert [len(op.control_inputs) for op in sigmoids] == [0, 1]
