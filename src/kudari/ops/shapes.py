"""Shapes as tensors, constants where they are known: what gradient rules and `tf.*` functions reckon with."""

from __future__ import annotations

import math
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from ..dtypes import DType, as_dtype, int32
from ..graph.graph import Graph
from ..graph.indexed_slices import IndexedSlices
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant, constant_value
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..shape import is_defined
from .forms import cast, floor_over, modulo, node, plus

_reduced: WeakKeyDictionary[Graph, dict[Any, tuple]] = WeakKeyDictionary()


def shape_of(x: Any, name: str | None = None, out_type: Any = int32, optimize: bool = True) -> Tensor:
    """Return the shape of `x` as a vector: a constant if it is known, unless `optimize` is false."""
    with scoped(name, "Shape", [x]) as scope:
        x = convert_to_tensor(x)
        if optimize and is_defined(x.static_shape):
            return constant(list(x.static_shape or ()), out_type, name=scope)
        return node("Shape", x, out_type=out_type, name=scope)


def size_of(x: Any, name: str | None = None, out_type: Any = int32) -> Tensor:
    """Return the number of elements of `x`: a constant if it is known."""
    with scoped(name, "Size", [x]) as scope:
        x = convert_to_tensor(x)
        shape = x.static_shape
        if is_defined(shape) or (shape and 0 in shape):
            return constant(0 if 0 in (shape or ()) else math.prod(shape or ()), out_type, name=scope)  # type: ignore[arg-type]
        return node("Size", x, out_type=out_type, name=scope)


def rank_of(x: Any, name: str | None = None) -> Tensor:
    """Return the number of dimensions of `x`: a constant if it is known."""
    with scoped(name, "Rank", [x]) as scope:
        x = convert_to_tensor(x)
        if x.static_shape is not None:
            return constant(len(x.static_shape), int32, name=scope)
        return node("Rank", x, name=scope)


def counting(start: Any, limit: Any) -> Tensor:
    """Return the int32 vector `start, start + 1, … limit - 1`."""
    with scoped("range", "Range", [start, limit]) as scope:
        start, limit = convert_to_tensor(start, name="start"), convert_to_tensor(limit, name="limit")
        return node("Range", start, limit, convert_to_tensor(1, name="delta"), name=scope)


def all_but_last(sizes: Tensor, count: int) -> Tensor:
    """Return `sizes[:-count]`."""
    with scoped(None, "strided_slice", [sizes]) as scope:
        first, last, stride = (constant([n], int32, name="stack") for n in (0, -count, 1))
        return node("StridedSlice", sizes, first, last, stride, begin_mask=1, name=scope)


def zeros(shape: Any, dtype: Any, name: str | None = None) -> Tensor:
    """Return a tensor of zeros; `shape` is a tuple of sizes or a vector tensor."""
    dtype = as_dtype(dtype).base_dtype
    zero: Any = False if dtype.is_bool else "" if dtype.name == "string" else 0
    with scoped(name, "zeros", [shape]) as scope:
        if not isinstance(shape, Tensor):
            if math.prod(shape) < 1000:
                return constant(zero, dtype, shape, name=scope)
            shape = constant(list(shape), int32, name="shape_as_tensor")
        return node("Fill", shape, constant(zero, dtype), name=scope)


def zeros_like(x: Any, dtype: DType | None = None, name: str | None = None) -> Tensor:
    """Return zeros of the shape and type of `x`: a constant if the shape is known and small."""
    with scoped(name, "zeros_like", [x]) as scope:
        x = convert_to_tensor(x, name="tensor")
        if is_defined(x.static_shape):
            return zeros(x.static_shape, dtype or x.dtype, name=scope)
        if dtype is not None and dtype != x.dtype:
            return zeros(shape_of(x), dtype, name=scope)
        return node("ZerosLike", x, name=scope)


def ones_like(x: Tensor) -> Tensor:
    """Return ones of the shape and type of `x`."""
    with scoped(None, "ones_like", [x]) as scope:
        result = node("Fill", shape_of(x), constant(1, x.dtype.base_dtype), name=scope)
        result.set_shape(x.static_shape)
        return result


def scalar_times(scalar: Any, x: Any, name: str | None = None) -> Any:
    """Return the tensor or `IndexedSlices` `x` times a scalar.

    Raises:
      ValueError: if `scalar` is not one.
    """
    scalar = convert_to_tensor(scalar, dtype=x.dtype.base_dtype, name="scalar")
    if scalar.static_shape != ():
        raise ValueError(f"Only scalar multiply works, got shape {scalar.shape}")
    if isinstance(x, IndexedSlices):
        return IndexedSlices(node("Mul", scalar, x.values, name=name), x.indices, x.dense_shape)
    return node("Mul", scalar, x, name=name)


def reduction_axes(x: Any, axis: Any) -> Any:
    """Return `axis`, or all axes of `x` if it is `None`."""
    if axis is not None:
        return axis
    if isinstance(x, Tensor) and x.static_shape is not None:
        return constant(np.arange(len(x.static_shape)), int32)
    return counting(0, rank_of(x))


def reduction(type_name: str, x: Any, axis: Any = None, keepdims: bool | None = False,
              name: str | None = None) -> Tensor:
    """Return `x` reduced over `axis`, over all of them if it is `None`, by the op type `type_name`."""
    keepdims = bool(keepdims)
    result = node(type_name, x, reduction_axes(x, axis), keep_dims=keepdims, name=name)
    if axis is None and not keepdims and not is_defined(result.static_shape):
        result.set_shape(())
    return result


def reduced_shape(input_shape: Any, axes: Any) -> Tensor:
    """Return `input_shape` with a 1 at each of `axes`."""
    input_shape, axes = cast(input_shape, int32), cast(axes, int32)
    rank = size_of(input_shape)
    axes = modulo(plus(axes, rank), rank)
    axes_shape = shape_of(axes)
    indices = [counting(0, rank), axes]
    return node("DynamicStitch", indices, [input_shape, node("Fill", axes_shape, 1)])


def safe_shape_div(x: Any, y: Any) -> Tensor:
    """Return `x // y` for sizes, where 0 // 0 is 0."""
    return floor_over(x, node("Maximum", y, 1))


def known_reduction(input_shape: tuple[Any, ...], axes: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the kept shape of a reduction and how often its gradient is repeated along each axis.

    The nodes that compute them are made once for each graph, shape and axes, although only their values are used:
    TensorFlow makes them, and names and seeds count them.
    """
    cache = _reduced.setdefault(get_default_graph(), {})
    if (input_shape, axes) not in cache:
        kept = _as_sizes(reduced_shape(input_shape, axes))
        cache[input_shape, axes] = kept, _as_sizes(safe_shape_div(input_shape, kept))
    return cache[input_shape, axes]


def _as_sizes(tensor: Tensor) -> tuple[int, ...]:
    value = constant_value(tensor)
    assert value is not None, f"{tensor} is made of constants"
    return tuple(int(size) for size in value)
