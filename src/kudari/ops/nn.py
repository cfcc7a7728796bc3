"""Biases, softmax, cross-entropies and the other ops of `tf.nn` that are no activation."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import INDEX, NN_FLOATING, NUMBER, TINDEX, int64
from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, broadcasting, fail, fit, merge_shapes, unchanged, with_rank
from ..op.signature import Attr, required
from ..shape import Shape
from .forms import minus, negated, node, plus, times
from .shapes import counting, ones_like, rank_of, reduction, shape_of

_FORMAT = Attr("string", "NHWC", ("NHWC", "NCHW"))
_NO_SECOND_DERIVATIVE = (
    "Currently there is no way to take the second derivative of sparse_softmax_cross_entropy_with_logits due to the "
    "fused implementation's interaction with tf.gradients()")


def _channel_axis(rank: int, data_format: str) -> int:
    return 1 if data_format == "NCHW" and rank > 2 else rank - 1


def _bias_shape(op: Operation) -> list[Shape]:
    value, (channels,) = op.inputs[0].static_shape, with_rank(op, op.inputs[1], 1)
    if value is None:
        return [None]
    if len(value) < 2:
        fail(op, f"Shape must be at least rank 2 but is rank {len(value)}")
    axis = _channel_axis(len(value), op.attrs.get("data_format", "NHWC"))
    if None not in (value[axis], channels) and value[axis] != channels:
        fail(op, f"Dimensions must be equal, but are {value[axis]} and {channels}")
    size = channels if value[axis] is None else value[axis]
    return [(*value[:axis], size, *value[axis + 1:])]


def _with_bias(value, bias, axis):
    return value + bias.reshape([-1 if i == axis else 1 for i in range(value.ndim)])


@op("BiasAdd", "value: T, bias: T -> output: T", _bias_shape, T=NUMBER, data_format=_FORMAT)
def bias_add(value, bias, *, data_format):
    """Add a number to each channel."""
    return _with_bias(value, bias, _channel_axis(value.ndim, data_format))


@op("BiasAddV1", "value: T, bias: T -> output: T", _bias_shape, T=NUMBER)
def bias_add_v1(value, bias):
    """Add a number to each channel, the last axis."""
    return _with_bias(value, bias, value.ndim - 1)


@bias_add.check
@bias_add_v1.check
def _(op, value, bias):
    shape, channels = np.shape(value), np.shape(bias)
    if len(shape) < 2:
        raise ValueError(f"Input tensor must be at least 2D: {brackets(shape)}")
    if len(channels) != 1:
        raise ValueError(f"Biases must be 1D: {brackets(channels)}")
    axis = _channel_axis(len(shape), op.attrs.get("data_format", "NHWC"))
    if shape[axis] != channels[0]:
        which = "last" if axis == len(shape) - 1 else "channel"
        raise ValueError(f"Must provide as many biases as the {which} dimension of the input tensor: "
                         f"{brackets(channels)} vs. {brackets(shape)}")


def _channels(op: Operation) -> list[Shape]:
    shape = op.inputs[0].static_shape
    if shape is not None and len(shape) < 2:
        fail(op, f"Shape must be at least rank 2 but is rank {len(shape)}")
    return [(None,) if shape is None else (shape[_channel_axis(len(shape), op["data_format"])],)]


@op("BiasAddGrad", "out_backprop: T -> output: T", _channels, T=NUMBER, data_format=_FORMAT)
def bias_add_grad(out_backprop, *, data_format):
    """Sum over all axes but the channels."""
    axis = _channel_axis(out_backprop.ndim, data_format)
    return jnp.sum(out_backprop, axis=tuple(i for i in range(out_backprop.ndim) if i != axis), dtype=out_backprop.dtype)


@bias_add.gradient
def _(op, grad):
    return grad, bias_add_grad(grad, data_format=op["data_format"])


@bias_add_v1.gradient
def _(op, grad):
    return grad, reduction("Sum", grad, counting(0, minus(rank_of(grad), 1)))


@bias_add_grad.gradient
def _(op, grad):
    sizes, channels = shape_of(op.inputs[0]), shape_of(grad)
    if op["data_format"] == "NCHW":
        expanded = node("ConcatV2", [ones_like(sizes[:1]), channels, ones_like(sizes[2:])], 0, name="concat")
        repeats = node("ConcatV2", [sizes[:1], [1], sizes[2:]], 0, name="concat")
    else:
        expanded = node("ConcatV2", [ones_like(sizes[:-1]), channels], 0, name="concat")
        repeats = node("ConcatV2", [sizes[:-1], [1]], 0, name="concat")
    return node("Tile", node("Reshape", grad, expanded), repeats)


def _of_vectors(op: Operation) -> list[Shape]:
    if op.inputs[0].static_shape == ():
        fail(op, "Shape must be at least rank 1 but is rank 0")
    return unchanged(op)


def _shifted(logits):
    """The logits less the largest of each row, which keeps their exponentials in range."""
    return logits - jnp.max(logits, axis=-1, keepdims=True)


def _total(values):
    return jnp.sum(values, axis=-1, keepdims=True, dtype=values.dtype)


@op("Softmax", "logits: T -> softmax: T", _of_vectors, T=NN_FLOATING)
def softmax(logits):
    """Exponentials of the last axis, scaled to sum up to 1."""
    exp = jnp.exp(_shifted(logits))
    return exp * (jnp.ones((), exp.dtype) / _total(exp))


@softmax.gradient
def _(op, grad):
    y = op.outputs[0]
    total = reduction("Sum", times(grad, y), -1, keepdims=True)
    return times(minus(grad, total), y)


@op("LogSoftmax", "logits: T -> logsoftmax: T", _of_vectors, T=NN_FLOATING)
def log_softmax(logits):
    """The logarithm of the softmax over the last axis."""
    shifted = _shifted(logits)
    return shifted - jnp.log(_total(jnp.exp(shifted)))


@log_softmax.gradient
def _(op, grad):
    probabilities = node("Exp", op.outputs[0])
    return minus(grad, times(reduction("Sum", grad, -1, keepdims=True), probabilities))


def _entropy_shapes(op: Operation) -> list[Shape]:
    logits, labels = (t.static_shape for t in op.inputs)
    if logits is None or labels is None:
        shape: Any = merge_shapes(op, with_rank(op, op.inputs[0], 2), labels)
    else:
        shape = broadcasting(op)[0]
        if len(shape) != 2:
            fail(op, f"Shape must be broadcasted with rank 2, but is rank {len(shape)}")
    return [shape[:1], shape]


@op("SoftmaxCrossEntropyWithLogits", "features: T, labels: T -> loss: T, backprop: T", _entropy_shapes, T=NN_FLOATING)
def softmax_cross_entropy_with_logits(features, labels):
    """Cross-entropy of each row of labels and the softmax of the features, and its gradient."""
    features, labels = jnp.broadcast_arrays(features, labels)
    shifted = _shifted(features)
    exp = jnp.exp(shifted)
    total = _total(exp)
    loss = jnp.sum(labels * (jnp.log(total) - shifted), axis=-1, dtype=labels.dtype)
    return loss, exp / total - labels


@softmax_cross_entropy_with_logits.check
def _(op, features, labels):
    if not fit(np.shape(features), np.shape(labels)):
        raise ValueError("logits and labels must be broadcastable: "
                         f"logits_size={brackets(np.shape(features))} labels_size={brackets(np.shape(labels))}")


@softmax_cross_entropy_with_logits.gradient
def _(op, grad_loss, grad_slope):
    grad = _times_rows(grad_loss, op.outputs[1])
    logits = op.inputs[0]
    if grad_slope is not None and not _is_zero(grad_slope):
        grad = plus(grad, _through_slope(grad_slope, softmax(logits)))
    log_probabilities = negated(log_softmax(logits))
    return grad, _times_rows(grad_loss, log_probabilities)


def _times_rows(vector, matrix):
    return times(node("ExpandDims", vector, -1), matrix)


def _is_zero(grad):
    if grad.op.type in ("ZerosLike", "Zeros"):
        return True
    value = constant_value(grad)
    return value is not None and not np.any(value)


def _through_slope(grad, probabilities):
    row = node("ExpandDims", grad, 1)
    column = node("ExpandDims", probabilities, 2)
    inner = node("Squeeze", node("BatchMatMulV2", row, column, name="MatMul"), squeeze_dims=[1])
    return times(minus(grad, inner), probabilities)


def _sparse_shapes(op: Operation) -> list[Shape]:
    rows, classes = with_rank(op, op.inputs[0], 2)
    (count,) = with_rank(op, op.inputs[1], 1)
    if None not in (rows, count) and rows != count:
        fail(op, f"Dimensions must be equal, but are {rows} and {count}")
    rows = count if rows is None else rows
    return [(rows,), (rows, classes)]


@op("SparseSoftmaxCrossEntropyWithLogits", "features: T, labels: Tlabels -> loss: T, backprop: T", _sparse_shapes,
    T=NN_FLOATING, Tlabels=TINDEX.with_default(int64))
def sparse_softmax_cross_entropy_with_logits(features, labels):
    """Cross-entropy of the class that labels each row and the softmax of the features, and its gradient.

    A label that is no class makes its row NaN, as it does on TensorFlow's GPUs.
    """
    shifted = _shifted(features)
    exp = jnp.exp(shifted)
    total = _total(exp)
    is_label = labels[:, None] == jnp.arange(features.shape[1], dtype=labels.dtype)
    is_class = ((labels >= 0) & (labels < features.shape[1]))[:, None]
    none, nan = jnp.zeros((), features.dtype), jnp.full((), jnp.nan, features.dtype)
    loss = jnp.sum(jnp.where(is_label, jnp.log(total) - shifted, none), axis=-1, dtype=features.dtype)
    slope = exp / total - is_label.astype(features.dtype)
    return jnp.where(is_class[:, 0], loss, nan), jnp.where(is_class, slope, nan)


@sparse_softmax_cross_entropy_with_logits.check
def _(op, features, labels):
    """Labels that are computed, or fed, are known to XLA only; those of the graph itself are checked."""
    known, classes = constant_value(op.inputs[1]), np.shape(features)[1]
    for label in () if known is None else known:
        if not 0 <= label < classes:
            raise ValueError(f"Received a label value of {label} which is outside the valid range of [0, {classes}).  "
                             f"Label values: {' '.join(map(str, known))}")


@sparse_softmax_cross_entropy_with_logits.gradient
def _(op, grad_loss, grad_slope):
    slope = node("PreventGradient", op.outputs[1], message=_NO_SECOND_DERIVATIVE)
    return _times_rows(grad_loss, slope), None


def _top_k_shape(op: Operation) -> list[Shape]:
    rows, _ = with_rank(op, op.inputs[0], 2)
    (count,) = with_rank(op, op.inputs[1], 1)
    if None not in (rows, count) and rows != count:
        fail(op, f"Dimensions must be equal, but are {rows} and {count}")
    return [(count if rows is None else rows,)]


def _is_in_top(predictions, targets, k):
    classes = predictions.shape[1]
    in_range = (targets >= 0) & (targets < classes)
    wanted = jnp.take_along_axis(predictions, jnp.clip(targets, 0, classes - 1)[:, None], axis=1)
    rank = jnp.sum((predictions > wanted).astype(targets.dtype), axis=1, dtype=targets.dtype)
    return in_range & jnp.all(jnp.isfinite(predictions), axis=1) & (rank < k)


@op("InTopK", "predictions: float32, targets: T -> precision: bool", _top_k_shape, k=required("int"), T=INDEX)
def in_top_k(predictions, targets, *, k):
    """Whether the target of each row is among its `k` greatest predictions."""
    return _is_in_top(predictions, targets, k)


@op("InTopKV2", "predictions: float32, targets: T, k: T -> precision: bool", _top_k_shape, T=INDEX)
def in_top_k_v2(predictions, targets, k):
    """Whether the target of each row is among its `k` greatest predictions."""
    return _is_in_top(predictions, targets, k)


not_differentiable(in_top_k, in_top_k_v2)
