"""`tf.gradients`: what is connected, how terms are summed, where a walk stops, and what it refuses."""

import numpy as np
import pytest

import kudari as tf


def run(fetches, feeds=None):
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        return session.run(fetches, feeds)


def test_the_derivative_of_a_polynomial():
    x = tf.placeholder(tf.float32, [3])
    (slope,) = tf.gradients(x * x * x - 2.0 * x, x)
    np.testing.assert_allclose(run(slope, {x: [1.0, 2.0, 3.0]}), [1.0, 10.0, 25.0])


def test_ys_are_summed_and_grad_ys_weigh_them():
    x = tf.constant([1.0, 2.0])
    y, z = tf.square(x), 3.0 * x
    plain, = tf.gradients([y, z], x)
    weighed, = tf.gradients([y, z], x, grad_ys=[tf.constant([10.0, 10.0]), None])
    np.testing.assert_allclose(run(plain), [5.0, 7.0])
    np.testing.assert_allclose(run(weighed), [23.0, 43.0])


def test_what_is_not_connected_is_none_or_zeros():
    x, w = tf.constant([1.0, 2.0]), tf.constant([[3.0]])
    assert tf.gradients(tf.square(x), [w]) == [None]
    assert tf.gradients(tf.cast(tf.cast(x, tf.int32), tf.float32), [x]) == [None]
    zeros, = tf.gradients(tf.square(x), [w], unconnected_gradients=tf.UnconnectedGradients.ZERO)
    np.testing.assert_array_equal(run(zeros), [[0.0]])


def test_a_tensor_is_its_own_derivative():
    x = tf.constant([1.0, 2.0])
    np.testing.assert_array_equal(run(tf.gradients(x, x)[0]), [1.0, 1.0])


def test_a_variable_is_differentiated_through_its_read():
    w = tf.Variable([3.0], name="w")
    grad, = tf.gradients(tf.square(w), w)
    assert grad.name == "gradients/Square_grad/Mul_1:0"
    np.testing.assert_array_equal(run(grad), [6.0])


def test_an_x_between_others_gets_its_whole_gradient():
    x = tf.constant(2.0)
    y = tf.square(x)
    grads = tf.gradients(y * x, [x, y])
    assert run(grads) == [12.0, 2.0]


def test_stop_gradients_are_constants():
    x = tf.constant(2.0)
    y = tf.square(x)
    assert run(tf.gradients(y * x, [x, y], stop_gradients=[y])) == [4.0, 2.0]
    assert tf.gradients(tf.stop_gradient(y), x) == [None]


@pytest.mark.parametrize("method, types", [
    (None, ["AddN"]), (tf.AggregationMethod.ADD_N, ["AddN"]),
    (tf.AggregationMethod.EXPERIMENTAL_TREE, ["AddN", "AddN"]),
    (tf.AggregationMethod.EXPERIMENTAL_ACCUMULATE_N, ["AccumulateNV2"]),
])
def test_terms_are_summed_as_asked(method, types):
    x = tf.constant([1.0, 2.0])
    y = tf.square(x)
    grad, = tf.gradients([y * 2.0, tf.exp(y), 3.0 * y], y, aggregation_method=method)
    made = [op.type for op in tf.get_default_graph().get_operations() if op.name.startswith("gradients/")]
    assert [name for name in made if name in ("AddN", "AccumulateNV2")] == types
    np.testing.assert_allclose(run(grad), 5.0 + np.exp([1.0, 4.0]), rtol=1e-6)


def test_slices_of_several_lookups_are_joined():
    w = tf.Variable(np.ones([4, 2], np.float32))
    y = tf.reduce_sum(tf.gather(w, [0, 2])) + 2.0 * tf.reduce_sum(tf.gather(w, [2]))
    grad, = tf.gradients(y, w)
    assert isinstance(grad, tf.IndexedSlices)
    value = run(grad)
    dense = np.zeros([4, 2])
    np.add.at(dense, value.indices, value.values)
    np.testing.assert_array_equal(dense, [[1, 1], [0, 0], [3, 3], [0, 0]])


def test_slices_and_a_dense_gradient_become_dense():
    w = tf.Variable(np.ones([3, 2], np.float32))
    grad, = tf.gradients(tf.reduce_sum(tf.gather(w, [1, 1])) + tf.reduce_sum(tf.square(w)), w)
    assert isinstance(grad, tf.Tensor)
    np.testing.assert_array_equal(run(grad), [[2, 2], [4, 4], [2, 2]])


def test_gates_make_the_gradients_of_an_op_wait_for_each_other():
    a, b = tf.constant([1.0]), tf.constant([2.0])
    grads = tf.gradients(a * b, [a, b], gate_gradients=True)
    gate = tf.get_default_graph().get_operation_by_name("gradients/mul_grad/tuple/group_deps")
    assert [grad.op.control_inputs for grad in grads] == [[gate], [gate]]
    assert sorted(op.name for op in gate.control_inputs) == ["gradients/mul_grad/Mul", "gradients/mul_grad/Mul_1"]


def test_colocation_is_recorded_when_asked_for():
    x = tf.constant([1.0], name="x")
    y = tf.square(x, name="y")
    assert tf.gradients(y, x, colocate_gradients_with_ops=True)[0].op.colocation_groups() == [b"loc:@y"]
    assert b"loc:@y" not in tf.gradients(y, x)[0].op.colocation_groups()


def test_second_derivatives():
    x = tf.placeholder(tf.float64, [2])
    first, = tf.gradients(tf.sin(x) * x, x)
    second, = tf.gradients(first, x)
    at = np.array([0.3, 1.7])
    np.testing.assert_allclose(run(second, {x: at}), 2 * np.cos(at) - at * np.sin(at), rtol=1e-12)


def test_the_second_derivative_of_the_sparse_cross_entropy_is_refused():
    logits = tf.constant([[1.0, 2.0]])
    loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[1], logits=logits)
    first, = tf.gradients(loss, logits)
    np.testing.assert_allclose(run(first), [[0.26894143, -0.26894143]], rtol=1e-6)
    with pytest.raises(LookupError, match="second derivative of sparse_softmax_cross_entropy_with_logits"):
        tf.gradients(first, logits)


X = [1.0, 2.0]


@pytest.mark.parametrize("error, message, call", [
    (ValueError, "Passed 2 grad_ys for 1 ys", lambda x: tf.gradients(x, x, grad_ys=[None, None])),
    (ValueError, "Unknown value for unconnected_gradients: 'foo'",
     lambda x: tf.gradients(x, x, unconnected_gradients="foo")),
    (ValueError, "Invalid aggregation_method specified 7.", lambda x: tf.gradients(x, x, aggregation_method=7)),
    (TypeError, "Gradients of complex tensors must set grad_ys (y.dtype = tf.complex128)",
     lambda x: tf.gradients(tf.constant(1 + 2j), x)),
    (TypeError, "Gradient type string generated for real or integer-valued tensor "
                'Tensor("y:0", shape=(), dtype=float32) with type float32 must be real or integer',
     lambda x: tf.gradients(tf.constant(1.0, name="y"), x, grad_ys=tf.constant("a"))),
    (LookupError, "No gradient defined for operation 'Digamma' (op type: Digamma)",
     lambda x: _without_rule(x)),
])
def test_refusals_are_tensorflows(error, message, call):
    x = tf.constant(X)
    with pytest.raises(error) as caught:
        call(x)
    assert str(caught.value) == message


def _without_rule(x):
    with tf.get_default_graph().gradient_override_map({"Digamma": "NoSuchGradient"}):
        y = tf.digamma(x)
    tf.gradients(y, x)
