"""`tf.nn`: softmax along any axis, and the cross-entropies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..dtypes import bfloat16, float16, float32
from ..errors import InvalidArgumentError
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant_value
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops import activation
from ..ops import nn as ops
from ..ops.forms import cast, minus, negated, node, plus, times
from ..ops.shapes import counting, rank_of, shape_of, zeros_like
from ..shape import is_defined, merge, num_elements
from .checking import assert_equal
from .nn import renamed


def softmax(logits: Any, axis: Any = None, name: str | None = None, dim: Any = None) -> Tensor:
    """Return exponentials of `logits`, scaled to sum up to 1 along `axis`.

    Args:
      logits: a floating-point tensor.
      axis: a number; the last axis if `None`.
      name: of the node.
      dim: the old name of `axis`.

    Raises:
      InvalidArgumentError: if there is no such axis.
      ValueError: if both `axis` and `dim` are given.
    """
    return _along(ops.softmax, logits, renamed("axis", axis, "dim", dim), name)


def log_softmax(logits: Any, axis: Any = None, name: str | None = None, dim: Any = None) -> Tensor:
    """Return the logarithm of `softmax(logits, axis)`; arguments as there."""
    return _along(ops.log_softmax, logits, renamed("axis", axis, "dim", dim), name)


def _along(compute: Callable, logits: Any, axis: Any, name: str | None) -> Tensor:
    logits = convert_to_tensor(logits)
    shape = logits.static_shape
    is_number = not isinstance(axis, Tensor)
    if axis is None or (is_number and (axis == -1 or (shape is not None and axis == len(shape) - 1))):
        return compute(logits, name=name)
    rank = len(logits.shape)
    _check_axis(axis if is_number else constant_value(axis), rank)
    ndims = rank_of(logits)
    if not is_number:
        axis = node("Select", node("Less", axis, 0), plus(axis, ndims), axis)
    elif axis < 0:
        axis = plus(axis, ndims)
    input_rank = rank_of(logits)
    index = axis % rank
    swapped = _swapped(logits, index, node("Sub", input_rank, 1))
    result = _swapped(compute(swapped), index, node("Sub", input_rank, 1), name)
    result.set_shape(shape)
    return result


def _check_axis(axis: Any, rank: int) -> None:
    if axis is not None and not -rank <= axis < rank:
        raise InvalidArgumentError(None, None, f"Dimension ({axis}) must be in the range [{-rank}, {rank}) where "
                                               f"{rank} is the number of dimensions in the input.")


def _swapped(x: Tensor, axis: Any, last: Tensor, name: str | None = None) -> Tensor:
    parts = [counting(0, axis), [last], counting(axis + 1, last), [axis]]
    return node("Transpose", x, node("ConcatV2", parts, 0, name="concat"), name=name or "transpose")


def softmax_cross_entropy_with_logits_v2(labels: Any, logits: Any, axis: int | None = None, name: str | None = None,
                                         dim: int | None = None) -> Tensor:
    """Return the cross-entropy of `labels` and the softmax of `logits`; gradients flow into both.

    Args:
      labels: probabilities of the classes, of the shape of `logits`.
      logits: floating-point tensor of unscaled log probabilities.
      axis: the axis of the classes; the last if `None`.
      name: of the node.
      dim: the old name of `axis`.

    Returns:
      A tensor of the type of `logits` without that axis.

    Raises:
      ValueError: if the shapes do not fit, or both `axis` and `dim` are given.
    """
    axis = renamed("axis", axis, "dim", dim)
    axis = -1 if axis is None else axis
    with scoped(name, "softmax_cross_entropy_with_logits", [logits, labels]) as scope:
        logits = convert_to_tensor(logits, name="logits")
        labels = convert_to_tensor(labels, name="labels")
        precise = cast(logits, float32) if logits.dtype.base_dtype in (float16, bfloat16) else logits
        labels = cast(labels, precise.dtype)
        input_rank = rank_of(precise)
        if axis != -1:
            precise, labels = _axis_last(precise, axis, input_rank), _axis_last(labels, axis, input_rank)
        input_shape = shape_of(precise)
        matrix = _as_matrix(precise)
        cost = ops.softmax_cross_entropy_with_logits(matrix, _as_matrix(labels), name=scope)[0]
        kept = node("Sub", input_rank, 1)
        cost = node("Reshape", cost, node("Slice", input_shape, [0], [kept]))
        if logits.static_shape is not None:
            sizes = list(logits.static_shape)
            del sizes[axis]
            cost.set_shape(sizes)
        return cast(cost, logits.dtype)


def _axis_last(x: Tensor, axis: int, rank: Tensor) -> Tensor:
    parts = [counting(0, axis), counting(axis + 1, rank), [axis]]
    return node("Transpose", x, node("ConcatV2", parts, 0, name="concat"), name="transpose")


def _as_matrix(logits: Tensor) -> Tensor:
    rank = rank_of(logits)
    sizes = shape_of(logits)
    last = node("Slice", sizes, [node("Sub", rank, 1)], [1])
    matrix = node("Reshape", logits, node("ConcatV2", [[-1], last], 0, name="concat"))
    shape = logits.static_shape
    if shape is not None and None not in shape[:-1]:
        matrix.set_shape([num_elements(shape[:-1]), shape[-1]])
    return matrix


def softmax_cross_entropy_with_logits(_sentinel: Any = None, labels: Any = None, logits: Any = None, dim: int = -1,
                                      name: str | None = None, axis: int | None = None) -> Tensor:
    """Return the cross-entropy of `labels` and the softmax of `logits`; no gradient flows into the labels.

    Args:
      _sentinel: keeps the others from being given without their names.
      labels: probabilities of the classes, of the shape of `logits`.
      logits: floating-point tensor of unscaled log probabilities.
      dim: the axis of the classes.
      name: of the node.
      axis: not to be given besides `dim`, which has a value by default.

    Raises:
      ValueError: without `labels` or `logits`, or if their shapes do not fit.
    """
    dim = renamed("axis", axis, "dim", dim)
    _check_named("softmax_cross_entropy_with_logits", _sentinel, labels, logits)
    with scoped(name, "softmax_cross_entropy_with_logits_sg", [logits, labels]) as scope:
        labels = node("StopGradient", labels, name="labels_stop_gradient")
    return softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits, axis=dim, name=scope)


def _check_named(function: str, sentinel: Any, labels: Any, logits: Any) -> None:
    if sentinel is not None:
        raise ValueError(f"Only call `{function}` with named arguments (labels=..., logits=..., ...)")
    if labels is None or logits is None:
        raise ValueError("Both labels and logits must be provided.")


def sparse_softmax_cross_entropy_with_logits(_sentinel: Any = None, labels: Any = None, logits: Any = None,
                                             name: str | None = None) -> Tensor:
    """Return the cross-entropy of the classes `labels` and the softmax of `logits`.

    Args:
      _sentinel: keeps the others from being given without their names.
      labels: int32 or int64 tensor of classes; its shape is that of `logits` without the last axis. A label that is no
        class gives NaN.
      logits: floating-point tensor of unscaled log probabilities, classes last.
      name: of the node.

    Returns:
      A tensor of the shape of `labels` and the type of `logits`.

    Raises:
      ValueError: without `labels` or `logits`, or if their shapes do not fit.
    """
    _check_named("sparse_softmax_cross_entropy_with_logits", _sentinel, labels, logits)
    with scoped(name, "SparseSoftmaxCrossEntropyWithLogits", [labels, logits]):
        labels, logits = convert_to_tensor(labels), convert_to_tensor(logits)
        precise = cast(logits, float32) if logits.dtype.base_dtype == float16 else logits
        sizes = shape_of(labels)
        _check_sparse_shapes(labels, logits)
        if logits.static_shape is not None and len(logits.static_shape) == 2:
            cost = ops.sparse_softmax_cross_entropy_with_logits(precise, labels, name=name)[0]
            return cast(cost, logits.dtype)
        with get_default_graph().control_dependencies(_dynamic_checks(labels, logits)):
            sizes_of_logits: Any = shape_of(logits)
            classes = sizes_of_logits[minus(rank_of(logits), 1)]
            precise = node("Reshape", precise, [-1, classes])
            cost = ops.sparse_softmax_cross_entropy_with_logits(precise, node("Reshape", labels, [-1]), name=name)[0]
            cost = node("Reshape", cost, sizes)
            cost.set_shape(labels.shape)
            return cast(cost, logits.dtype)


def _dynamic_checks(labels: Tensor, logits: Tensor) -> list[Operation]:
    if is_defined(labels.static_shape) and logits.static_shape is not None and is_defined(logits.static_shape[:-1]):
        return []
    of_labels = shape_of(labels)
    of_logits: Any = shape_of(logits)
    return [assert_equal(of_labels, of_logits[:-1])]


def _check_sparse_shapes(labels: Tensor, logits: Tensor) -> None:
    of_labels, of_logits = labels.static_shape, logits.static_shape
    if of_logits == ():
        raise ValueError(f"Logits cannot be scalars - received shape {logits.shape}.")
    if of_logits is None or of_labels is None:
        return
    if len(of_labels) != len(of_logits) - 1:
        raise ValueError(f"Rank mismatch: Rank of labels (received {len(of_labels)}) should equal rank of logits "
                         f"minus 1 (received {len(of_logits)}).")
    if is_defined(of_labels) and is_defined(of_logits[:-1]) and of_labels != of_logits[:-1]:
        raise ValueError(f"Shape mismatch: The shape of labels (received {labels.shape}) should equal the shape of "
                         f"logits except for the last dimension (received {logits.shape}).")


def sigmoid_cross_entropy_with_logits(_sentinel: Any = None, labels: Any = None, logits: Any = None,
                                      name: str | None = None) -> Tensor:
    """Return the cross-entropy of `labels` and the sigmoid of `logits`, elementwise.

    Args:
      _sentinel: keeps the others from being given without their names.
      labels: probabilities, of the type and shape of `logits`.
      logits: floating-point tensor of log odds.
      name: of the node.

    Raises:
      ValueError: without `labels` or `logits`, or if their shapes differ.
    """
    _check_named("sigmoid_cross_entropy_with_logits", _sentinel, labels, logits)
    with scoped(name, "logistic_loss", [logits, labels]) as scope:
        logits, labels = _one_shape(logits, labels)
        none = zeros_like(logits, dtype=logits.dtype)
        is_positive = node("GreaterEqual", logits, none)
        positive = node("Select", is_positive, logits, none)
        negative = node("Select", is_positive, negated(logits), logits)
        rest = minus(positive, times(logits, labels))
        return node("Add", rest, node("Log1p", node("Exp", negative)), name=scope)


def weighted_cross_entropy_with_logits(labels: Any = None, logits: Any = None, pos_weight: Any = None,
                                       name: str | None = None, targets: Any = None) -> Tensor:
    """Return the sigmoid cross-entropy with the positive labels weighted by `pos_weight`.

    Args:
      labels: probabilities, of the type and shape of `logits`.
      logits: floating-point tensor of log odds.
      pos_weight: the weight of positive labels, a number or tensor.
      name: of the node.
      targets: the old name of `labels`.

    Raises:
      ValueError: if the shapes differ, or both `labels` and `targets` are given.
    """
    labels = renamed("labels", labels, "targets", targets)
    with scoped(name, "logistic_loss", [logits, labels]) as scope:
        logits, labels = _one_shape(logits, labels)
        weight = plus(1, times(minus(pos_weight, 1) if isinstance(pos_weight, Tensor) else pos_weight - 1, labels))
        first = times(minus(1, labels), logits)
        log_odds = node("Log1p", node("Exp", negated(node("Abs", logits))))
        return node("Add", first, times(weight, plus(log_odds, activation.relu(negated(logits)))), name=scope)


def _one_shape(logits: Any, labels: Any) -> tuple[Tensor, Tensor]:
    logits, labels = convert_to_tensor(logits, name="logits"), convert_to_tensor(labels, name="labels")
    try:
        merge(labels.static_shape, logits.static_shape)
    except ValueError:
        raise ValueError(f"logits and labels must have the same shape ({logits.shape} vs {labels.shape})") from None
    return logits, labels
