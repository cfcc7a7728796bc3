"""`tf.nn`: activations, biases, normalization."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import float16, float32
from ..graph.tensor import Tensor
from ..op.constant import constant_value
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops import activation
from ..ops import nn as ops
from ..ops.forms import cast, negated, node
from ..ops.shapes import reduction


def relu6(features: Any, name: str | None = None) -> Tensor:
    """Return the positive part of `features`, at most 6.

    Args:
      features: a tensor of real numbers.
      name: of the node.
    """
    with scoped(name, "Relu6", [features]) as scope:
        return activation.relu6(convert_to_tensor(features, name="features"), name=scope)


def leaky_relu(features: Any, alpha: float = 0.2, name: str | None = None) -> Tensor:
    """Return `features` where they are positive, `alpha` times them elsewhere.

    Args:
      features: a tensor of numbers; integers become float32.
      alpha: the slope for negative features, a Python number.
      name: of the node.
    """
    with scoped(name, "LeakyRelu", [features]) as scope:
        features = convert_to_tensor(features, name="features")
        if features.dtype.is_integer:
            features = cast(features, float32)
        alpha = alpha.item() if isinstance(alpha, np.ndarray) else alpha
        return activation.leaky_relu(features, alpha=alpha, name=scope)


def crelu(features: Any, name: str | None = None, axis: int = -1) -> Tensor:
    """Return the positive parts of `features` and of `-features`, joined along `axis`.

    Args:
      features: a tensor of real numbers.
      name: of the scope.
      axis: to join along.
    """
    with scoped(name, "CRelu", [features]) as scope:
        features = convert_to_tensor(features, name="features")
        return activation.relu(node("ConcatV2", [features, negated(features)], axis, name=scope))


def bias_add(value: Any, bias: Any, data_format: str | None = None, name: str | None = None) -> Tensor:
    """Return `value` with a number added to each channel.

    Args:
      value: a tensor of at least two dimensions.
      bias: a vector, a number for each channel.
      data_format: `"N...C"` if the channels are the last axis, as they are by default; `"NC..."` if the second.
      name: of the node.

    Raises:
      ValueError: for another `data_format`, or if the sizes do not fit.
    """
    with scoped(name, "BiasAdd", [value, bias]) as scope:
        data_format = _data_format(data_format)
        value = convert_to_tensor(value, name="input")
        bias = convert_to_tensor(bias, dtype=value.dtype, name="bias")
        return ops.bias_add(value, bias, data_format=data_format, name=scope)


def _data_format(given: str | None) -> str | None:
    if given is None or given.startswith("NC"):
        return given and "NCHW"
    if given.startswith("N") and given.endswith("C"):
        return "NHWC"
    raise ValueError("data_format must be of the form `N...C` or `NC...`")


def bias_add_v1(value: Any, bias: Any, name: str | None = None) -> Tensor:
    """Return `value` with the vector `bias` added along the last axis, by the op of TensorFlow's first versions."""
    with scoped(name, "BiasAddV1", [value, bias]) as scope:
        value = convert_to_tensor(value, name="input")
        return ops.bias_add_v1(value, convert_to_tensor(bias, dtype=value.dtype, name="bias"), name=scope)


def xw_plus_b(x: Any, weights: Any, biases: Any, name: str | None = None) -> Tensor:
    """Return `matmul(x, weights) + biases`.

    Args:
      x: a matrix, `[batch, in]`.
      weights: a matrix, `[in, out]`.
      biases: a vector, `[out]`.
      name: of the node.
    """
    with scoped(name, "xw_plus_b", [x, weights, biases]) as scope:
        x, weights, biases = _layer_inputs(x, weights, biases)
        return bias_add(node("MatMul", x, weights), biases, name=scope)


def relu_layer(x: Any, weights: Any, biases: Any, name: str | None = None) -> Tensor:
    """Return `relu(matmul(x, weights) + biases)`; arguments as in `xw_plus_b`."""
    with scoped(name, "relu_layer", [x, weights, biases]) as scope:
        x, weights, biases = _layer_inputs(x, weights, biases)
        return activation.relu(bias_add(node("MatMul", x, weights), biases), name=scope)


def _layer_inputs(x: Any, weights: Any, biases: Any) -> list[Tensor]:
    named = {"x": x, "weights": weights, "biases": biases}
    return [convert_to_tensor(value, name=name) for name, value in named.items()]


def l2_normalize(x: Any, axis: Any = None, epsilon: float = 1e-12, name: str | None = None, dim: Any = None) -> Tensor:
    """Return `x` scaled to length 1 along `axis`.

    Args:
      x: a floating-point tensor.
      axis: an axis or list of axes; all of them if `None`.
      epsilon: the least squared length to divide by the root of.
      name: of the node.
      dim: the old name of `axis`.

    Raises:
      ValueError: if both `axis` and `dim` are given.
    """
    axis = renamed("axis", axis, "dim", dim)
    with scoped(name, "l2_normalize", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        length = reduction("Sum", node("Square", x), axis, keepdims=True)
        return node("Mul", x, node("Rsqrt", node("Maximum", length, epsilon)), name=scope)


def moments(x: Any, axes: Any, shift: Any = None, name: str | None = None, keep_dims: bool | None = None,
            keepdims: bool | None = None) -> tuple[Tensor, Tensor]:
    """Return the mean and the variance of `x` over `axes`.

    Args:
      x: a floating-point tensor.
      axes: list of the axes to average over.
      shift: not used.
      name: of the scope.
      keep_dims: the old name of `keepdims`.
      keepdims: whether the axes stay, with size 1.

    Returns:
      Two tensors of the type of `x`.

    Raises:
      ValueError: if both `keepdims` and `keep_dims` are given.
    """
    keeps = bool(renamed("keepdims", keepdims, "keep_dims", keep_dims))
    with scoped(name, "moments", [x]):
        x = convert_to_tensor(x)
        wide = cast(x, float32) if x.dtype.base_dtype == float16 else x
        mean = reduction("Mean", wide, axes, keepdims=True, name="mean")
        squares = node("SquaredDifference", wide, node("StopGradient", mean))
        found = [mean, reduction("Mean", squares, axes, keepdims=True, name="variance")]
        if not keeps:
            found = [node("Squeeze", t, squeeze_dims=_axis_list(axes)) for t in found]
        return cast(found[0], x.dtype), cast(found[1], x.dtype)


def _axis_list(axes: Any) -> list[int]:
    known: Any = constant_value(axes) if isinstance(axes, Tensor) else axes
    return [int(axis) for axis in np.ravel(known)]


def in_top_k(predictions: Any, targets: Any, k: Any, name: str | None = None) -> Tensor:
    """Return, for each row of `predictions`, whether its target is among the `k` greatest.

    Args:
      predictions: a float32 matrix, `[batch, classes]`.
      targets: int32 or int64 vector of classes, `[batch]`.
      k: how many count, a number or scalar tensor.
      name: of the scope.

    Returns:
      A vector of booleans; false where the target is no class or a prediction of the row is not finite.
    """
    with scoped(name, "in_top_k"):
        return ops.in_top_k_v2(predictions, targets, k, name=name)


def renamed(new_name: str, new: Any, old_name: str, old: Any) -> Any:
    """Return the value of an argument that has a new name and an old one.

    Raises:
      ValueError: if both are given.
    """
    if old is not None and new is not None:
        raise ValueError(f"Cannot specify both '{old_name}' and '{new_name}'")
    return new if old is None else old
