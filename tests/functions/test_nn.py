"""`tf.nn`: values against NumPy, axes and types, and what is refused."""

import numpy as np
import pytest

import kudari as tf

X = np.array([[-1.5, 0.25, 2.0], [0.5, -3.0, 1.0]])
LABELS = np.array([[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]])


def run(fetches):
    with tf.Session() as session:
        return session.run(fetches)


def softmax(x, axis=-1):
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


@pytest.mark.parametrize("name, wanted", [
    ("relu", np.maximum(X, 0)),
    ("relu6", np.clip(4 * X, 0, 6) / 4),
    ("elu", np.where(X < 0, np.expm1(X), X)),
    ("selu", 1.0507009873554805 * np.where(X < 0, 1.6732632423543772 * np.expm1(X), X)),
    ("leaky_relu", np.where(X < 0, np.float64(np.float32(0.2)) * X, X)),  # attributes are single floats
    ("softplus", np.log1p(np.exp(X))),
    ("softsign", X / (1 + np.abs(X))),
])
def test_activations(name, wanted):
    function = getattr(tf.nn, name)
    found = function(4 * X) / 4 if name == "relu6" else function(X)
    np.testing.assert_allclose(run(found), wanted, rtol=1e-12)


def test_crelu_joins_both_signs():
    np.testing.assert_array_equal(run(tf.nn.crelu([1.0, -2.0])), [1.0, 0.0, 0.0, 2.0])


def test_integers_leak_as_floats():
    found = tf.nn.leaky_relu([-10, 5], alpha=np.array(0.5))
    np.testing.assert_array_equal(run(found), np.array([-5.0, 5.0], np.float32))


def test_nan_passes_through():
    assert np.isnan(run(tf.nn.relu(np.float32(np.nan))))


@pytest.mark.parametrize("axis", [None, -1, 0, 1, -2])
def test_softmax_along_an_axis(axis):
    wanted = softmax(X, -1 if axis is None else axis)
    plain, log = run([tf.nn.softmax(X, axis), tf.nn.log_softmax(X, dim=axis)])
    np.testing.assert_allclose(plain, wanted, rtol=1e-12)
    np.testing.assert_allclose(log, np.log(wanted), rtol=1e-12)


def test_softmax_of_far_numbers_does_not_overflow():
    np.testing.assert_array_equal(run(tf.nn.softmax([[1e4, 0.0, -1e4]])), [[1.0, 0.0, 0.0]])


def test_softmax_cross_entropy():
    loss = tf.nn.softmax_cross_entropy_with_logits_v2(labels=LABELS, logits=X)
    np.testing.assert_allclose(run(loss), -(LABELS * np.log(softmax(X))).sum(-1), rtol=1e-12)


def test_classes_on_another_axis():
    loss = tf.nn.softmax_cross_entropy_with_logits(labels=LABELS.T, logits=X.T, dim=0)
    np.testing.assert_allclose(run(loss), -(LABELS * np.log(softmax(X))).sum(-1), rtol=1e-12)


def test_the_old_form_keeps_gradients_from_the_labels():
    labels, logits = tf.constant(LABELS), tf.constant(X)
    old = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    new = tf.nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits)
    assert tf.gradients(old, labels) == [None]
    np.testing.assert_allclose(run(tf.gradients(old, logits)[0]), softmax(X) - LABELS, rtol=1e-12)
    np.testing.assert_allclose(run(tf.gradients(new, labels)[0]), -np.log(softmax(X)), rtol=1e-12)


def test_half_precision_is_computed_in_single():
    logits = tf.constant([[1000.0, 999.0]], tf.float16)
    loss = tf.nn.softmax_cross_entropy_with_logits_v2(labels=tf.constant([[1.0, 0.0]], tf.float16), logits=logits)
    assert loss.dtype == tf.float16
    np.testing.assert_allclose(run(loss), [0.3132617], rtol=1e-3)


@pytest.mark.parametrize("shape", [(2,), (1, 2), (2, 1, 1)])
def test_sparse_cross_entropy_of_any_rank(shape):
    classes = np.array([2, 0]).reshape(shape)
    loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=classes, logits=X.reshape((*shape, 3)))
    wanted = -np.log(softmax(X))[[0, 1], [2, 0]]
    np.testing.assert_allclose(run(loss), wanted.reshape(shape), rtol=1e-12)


def test_a_label_that_is_no_class_is_nan_where_only_a_step_knows_it():
    labels = tf.placeholder(tf.int32, [2])
    loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=X)
    with tf.Session() as session:
        assert np.isnan(session.run(loss, {labels: [3, 0]})).tolist() == [True, False]


def test_shapes_that_only_a_step_knows_are_checked_there():
    labels, logits = tf.placeholder(tf.int32, [None, None]), tf.placeholder(tf.float32, [None, None, 3])
    loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    with tf.Session() as session:
        found = session.run(loss, {labels: [[2, 0]], logits: X[None]})
        np.testing.assert_allclose(found, -np.log(softmax(X))[[0, 1], [2, 0]][None], rtol=1e-6)
        with pytest.raises(tf.errors.InvalidArgumentError, match="Condition x == y did not hold element-wise:"):
            session.run(loss, {labels: [[2], [0]], logits: X[None]})


def test_sigmoid_cross_entropies():
    odds = 1 / (1 + np.exp(-X))
    plain = tf.nn.sigmoid_cross_entropy_with_logits(labels=LABELS, logits=X)
    weighted = tf.nn.weighted_cross_entropy_with_logits(targets=LABELS, logits=X, pos_weight=3.0)
    np.testing.assert_allclose(run(plain), -LABELS * np.log(odds) - (1 - LABELS) * np.log(1 - odds), rtol=1e-9)
    np.testing.assert_allclose(run(weighted), -3 * LABELS * np.log(odds) - (1 - LABELS) * np.log(1 - odds), rtol=1e-9)


def test_sigmoid_cross_entropy_has_a_slope_at_zero():
    logits = tf.constant([0.0])
    loss = tf.nn.sigmoid_cross_entropy_with_logits(labels=[1.0], logits=logits)
    np.testing.assert_array_equal(run(tf.gradients(loss, logits)[0]), [-0.5])


def test_layers_and_biases():
    weights, biases = np.arange(6.0).reshape(3, 2), np.array([0.5, -100.0])
    np.testing.assert_allclose(run(tf.nn.xw_plus_b(X, weights, biases)), X @ weights + biases)
    np.testing.assert_allclose(run(tf.nn.relu_layer(X, weights, biases)), np.maximum(X @ weights + biases, 0))
    images = np.zeros([1, 2, 2, 3])
    assert run(tf.nn.bias_add(images, [1.0, 2.0, 3.0]))[0, 0, 0].tolist() == [1.0, 2.0, 3.0]
    assert run(tf.nn.bias_add(images, [1.0, 2.0], data_format="NCHW"))[0, :, 0, 0].tolist() == [1.0, 2.0]


def test_normalization_and_moments():
    np.testing.assert_allclose(run(tf.nn.l2_normalize(X, 1)), X / np.linalg.norm(X, axis=1, keepdims=True))
    np.testing.assert_allclose(run(tf.nn.l2_normalize(X, dim=[0, 1])), X / np.linalg.norm(X))
    mean, variance = run(tf.nn.moments(X, [0]))
    np.testing.assert_allclose([mean, variance], [X.mean(0), X.var(0)])
    assert [t.shape.as_list() for t in tf.nn.moments(X, [0, 1], keep_dims=True)] == [[1, 1], [1, 1]]


def test_in_top_k():
    scores = np.array([[0.1, 0.7, 0.2], [0.5, 0.5, 0.4], [0.3, np.nan, 0.1], [0.1, 0.2, 0.3]], np.float32)
    assert run(tf.nn.in_top_k(scores, [1, 1, 0, 5], 1)).tolist() == [True, True, False, False]


def fed():
    return tf.placeholder(tf.float32, [2, 3], name="x")


@pytest.mark.parametrize("error, message, call", [
    (ValueError, "Only call `softmax_cross_entropy_with_logits` with named arguments (labels=..., logits=..., ...)",
     lambda x: tf.nn.softmax_cross_entropy_with_logits(x, x)),
    (ValueError, "Both labels and logits must be provided.",
     lambda x: tf.nn.softmax_cross_entropy_with_logits(labels=x)),
    (ValueError, "Cannot specify both 'dim' and 'axis'", lambda x: tf.nn.softmax(x, axis=1, dim=1)),
    (ValueError, "Rank mismatch: Rank of labels (received 2) should equal rank of logits minus 1 (received 2).",
     lambda x: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[[1, 2, 3]], logits=x)),
    (ValueError, "Shape mismatch: The shape of labels (received (3,)) should equal the shape of logits except for the "
                 "last dimension (received (2, 3)).",
     lambda x: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[1, 2, 3], logits=x)),
    (ValueError, "logits and labels must have the same shape ((2, 3) vs (2,))",
     lambda x: tf.nn.sigmoid_cross_entropy_with_logits(labels=[1.0, 2.0], logits=x)),
    (ValueError, "data_format must be of the form `N...C` or `NC...`",
     lambda x: tf.nn.bias_add(x, [1.0, 2.0], data_format="foo")),
    (ValueError, "Dimensions must be equal, but are 3 and 2 for 'BiasAdd' (op: 'BiasAdd') with input shapes: [2,3], "
                 "[2].", lambda x: tf.nn.bias_add(x, [1.0, 2.0])),
    (tf.errors.InvalidArgumentError,
     "Dimension (5) must be in the range [-2, 2) where 2 is the number of dimensions in the input.",
     lambda x: tf.nn.softmax(x, axis=5)),
])
def test_refusals_are_tensorflows(error, message, call):
    with pytest.raises(error) as caught:
        call(fed())
    assert getattr(caught.value, "message", str(caught.value)) == message
