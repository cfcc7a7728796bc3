"""Means and variances in parts, and weighted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..dtypes import float16, float32
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import cast, node, plus, times
from ..ops.shapes import reduction, shape_of, zeros_like
from .arguments import renamed
from .array import squeeze
from .elementwise import multiply, subtract
from .picking import gather


def sufficient_statistics(x: Any, axes: Iterable[int], shift: Any = None, keep_dims: bool | None = None,
                          name: str | None = None,
                          keepdims: bool | None = None) -> tuple[Tensor, Tensor, Tensor, Tensor | None]:
    """Return what the mean and the variance of `x` over `axes` can be computed from.

    Args:
      x: a tensor of numbers.
      axes: the axes to sum over.
      shift: taken from `x` first, best something near its mean; `None` for nothing.
      keep_dims: the old name of `keepdims`.
      name: of the scope.
      keepdims: whether the axes stay, with size 1.

    Returns:
      The number of elements in each sum, the sums, the sums of squares, all of the type of `x`, and `shift`.

    Raises:
      ValueError: if both `keepdims` and `keep_dims` are given.
    """
    axes = list(set(axes))
    keeps = bool(renamed("keepdims", keepdims, "keep_dims", keep_dims))
    with scoped(name, "sufficient_statistics", [x, shift]):
        x = convert_to_tensor(x, name="x")
        counts = _count(x, axes)
        if shift is not None:
            shift = convert_to_tensor(shift, name="shift")
            first, second = subtract(x, shift), node("SquaredDifference", x, shift)
        else:
            first, second = x, node("Square", x)
        return (counts, reduction("Sum", first, axes, keepdims=keeps, name="mean_ss"),
                reduction("Sum", second, axes, keepdims=keeps, name="var_ss"), shift)


def _count(x: Tensor, axes: list[int]) -> Tensor:
    known = x.static_shape
    if known is not None and all(known[axis] is not None for axis in axes):
        count = 1
        for axis in axes:
            count *= known[axis] or 0
        return constant(count, x.dtype.base_dtype)
    return reduction("Prod", gather(cast(shape_of(x), x.dtype), axes), name="count")


def normalize_moments(counts: Any, mean_ss: Any, variance_ss: Any, shift: Any,
                      name: str | None = None) -> tuple[Tensor, Tensor]:
    """Return the mean and the variance that follow from sufficient statistics.

    Args:
      counts: how many elements were summed, a scalar.
      mean_ss: their sums.
      variance_ss: the sums of their squares.
      shift: what was taken from the elements; `None` for nothing.
      name: of the scope.
    """
    with scoped(name, "normalize", [counts, mean_ss, variance_ss, shift]):
        divisor = node("Reciprocal", counts, name="divisor")
        if shift is not None:
            shifted = multiply(mean_ss, divisor, name="shifted_mean")
            mean = node("Add", shifted, shift, name="mean")
        else:
            mean = shifted = multiply(mean_ss, divisor, name="mean")
        return mean, subtract(multiply(variance_ss, divisor), node("Square", shifted), name="variance")


def weighted_moments(x: Any, axes: Any, frequency_weights: Any, name: str | None = None, keep_dims: bool | None = None,
                     keepdims: bool | None = None) -> tuple[Tensor, Tensor]:
    """Return the mean and the variance of `x` over `axes`, each element counted as often as its weight says.

    Args:
      x: a floating-point tensor.
      axes: the axes to average over.
      frequency_weights: a positive tensor that broadcasts with `x`.
      name: of the scope.
      keep_dims: the old name of `keepdims`.
      keepdims: whether the axes stay, with size 1.

    Returns:
      Two tensors of the type of `x`.

    Raises:
      ValueError: if both `keepdims` and `keep_dims` are given.
    """
    keeps = bool(renamed("keepdims", keepdims, "keep_dims", keep_dims))
    with scoped(name, "weighted_moments", [x, frequency_weights, axes]):
        x = convert_to_tensor(x, name="x")
        weights = convert_to_tensor(frequency_weights, name="frequency_weights")
        dtype = x.dtype.base_dtype
        if dtype == float16:
            x = cast(x, float32)
        weights = cast(weights, x.dtype)
        total = reduction("Sum", times(weights, x), axes, keepdims=True, name="weighted_input_sum")
        weight = reduction("Sum", plus(weights, zeros_like(x)), axes, keepdims=True, name="sum_of_weights")
        divisor = node("Reciprocal", weight, name="inv_weight_sum")
        mean = multiply(total, divisor)
        squares = times(weights, node("SquaredDifference", x, mean))
        found = [mean, multiply(reduction("Sum", squares, axes, keepdims=True, name="weighted_distsq"), divisor)]
        if not keeps:
            found = [squeeze(moment, axis=axes) for moment in found]
        return cast(found[0], dtype), cast(found[1], dtype)
