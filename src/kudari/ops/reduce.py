"""Reductions over some axes of a tensor, and the places of extremes."""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import INDEX, NN_FLOATING, NUMBER, int32, int64
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant, constant_value
from ..op.definition import op
from ..op.rules import fail, scalar
from ..shape import Shape, is_defined
from .forms import cast, conjugate, modulo, node, over, plus, times
from .scan import cumprod
from .shapes import counting, known_reduction, rank_of, reduced_shape, reduction, safe_shape_div, shape_of

_REDUCE = "input: T, reduction_indices: Static(Tidx) -> output: T"
_REDUCE_BOOL = "input: bool, reduction_indices: Static(Tidx) -> output: bool"
_PLACE = "input: T, dimension: Static(Tidx) -> output: output_type"
_PLACE_TYPE = INDEX.with_default(int64)


def _reduced(op: Operation) -> list[Shape]:
    shape, axes = op.inputs[0].static_shape, constant_value(op.inputs[1])
    if shape is None:
        return [None]
    rank = len(shape)
    if axes is None:
        return [(None,) * rank if op["keep_dims"] else None]
    for axis in axes.ravel():
        if not -rank <= axis < rank:
            fail(op, f"Invalid reduction dimension {axis} for input with {rank} dimensions.")
    gone = _axes(axes, rank)
    if op["keep_dims"]:
        return [tuple(1 if i in gone else size for i, size in enumerate(shape))]
    return [tuple(size for i, size in enumerate(shape) if i not in gone)]


def _axes(indices: np.ndarray, rank: int) -> tuple[int, ...]:
    return tuple(sorted({int(axis) % rank for axis in np.ravel(indices)}))


def _check_axes(op: Operation, input: Any, reduction_indices: np.ndarray) -> None:
    rank = np.ndim(input)
    for axis in np.ravel(reduction_indices):
        if not -rank <= axis < rank:
            raise ValueError(f"Invalid reduction dimension ({axis} for input with {rank} dimension(s)")


@op("Sum", _REDUCE, _reduced, T=NUMBER, Tidx=INDEX, keep_dims=False)
def sum(input, reduction_indices, *, keep_dims):
    """Sum of the elements along axes."""
    return jnp.sum(input, _axes(reduction_indices, input.ndim), dtype=input.dtype, keepdims=keep_dims)


@op("Mean", _REDUCE, _reduced, T=NUMBER, Tidx=INDEX, keep_dims=False)
def mean(input, reduction_indices, *, keep_dims):
    """Mean of the elements along axes; of integers, rounded toward zero."""
    axes = _axes(reduction_indices, input.ndim)
    total = jnp.sum(input, axes, dtype=input.dtype, keepdims=keep_dims)
    return lax.div(total, jnp.full_like(total, math.prod(input.shape[axis] for axis in axes)))


@op("Prod", _REDUCE, _reduced, T=NUMBER, Tidx=INDEX, keep_dims=False)
def prod(input, reduction_indices, *, keep_dims):
    """Product of the elements along axes."""
    return jnp.prod(input, _axes(reduction_indices, input.ndim), dtype=input.dtype, keepdims=keep_dims)


@op("Max", _REDUCE, _reduced, T=NUMBER, Tidx=INDEX, keep_dims=False)
def max(input, reduction_indices, *, keep_dims):
    """Greatest of the elements along axes; of none, the least number there is."""
    initial = None if input.size else _lowest(input.dtype)
    return jnp.max(input, _axes(reduction_indices, input.ndim), keepdims=keep_dims, initial=initial)


@op("Min", _REDUCE, _reduced, T=NUMBER, Tidx=INDEX, keep_dims=False)
def min(input, reduction_indices, *, keep_dims):
    """Least of the elements along axes; of none, the greatest number there is."""
    initial = None if input.size else _highest(input.dtype)
    return jnp.min(input, _axes(reduction_indices, input.ndim), keepdims=keep_dims, initial=initial)


def _lowest(dtype):
    return jnp.iinfo(dtype).min if jnp.issubdtype(dtype, jnp.integer) else -jnp.inf


def _highest(dtype):
    return jnp.iinfo(dtype).max if jnp.issubdtype(dtype, jnp.integer) else jnp.inf


@op("All", _REDUCE_BOOL, _reduced, Tidx=INDEX, keep_dims=False)
def all(input, reduction_indices, *, keep_dims):
    """Whether all of the elements along axes hold."""
    return jnp.all(input, _axes(reduction_indices, input.ndim), keepdims=keep_dims)


@op("Any", _REDUCE_BOOL, _reduced, Tidx=INDEX, keep_dims=False)
def any(input, reduction_indices, *, keep_dims):
    """Whether at least one of the elements along axes holds."""
    return jnp.any(input, _axes(reduction_indices, input.ndim), keepdims=keep_dims)


@sum.fold
def _(input, reduction_indices, *, keep_dims):
    return np.sum(input, _axes(reduction_indices, input.ndim), dtype=input.dtype, keepdims=keep_dims)


@prod.fold
def _(input, reduction_indices, *, keep_dims):
    return np.prod(input, _axes(reduction_indices, input.ndim), dtype=input.dtype, keepdims=keep_dims)


@max.fold
def _(input, reduction_indices, *, keep_dims):
    initial = None if input.size else _lowest(input.dtype)
    return np.max(input, _axes(reduction_indices, input.ndim), keepdims=keep_dims, initial=initial)


@min.fold
def _(input, reduction_indices, *, keep_dims):
    initial = None if input.size else _highest(input.dtype)
    return np.min(input, _axes(reduction_indices, input.ndim), keepdims=keep_dims, initial=initial)


@all.fold
def _(input, reduction_indices, *, keep_dims):
    return np.all(input, _axes(reduction_indices, input.ndim), keepdims=keep_dims)


@any.fold
def _(input, reduction_indices, *, keep_dims):
    return np.any(input, _axes(reduction_indices, input.ndim), keepdims=keep_dims)


for _definition in (sum, mean, prod, max, min, all, any):
    _definition.check(_check_axes)


@sum.gradient
def _(op, dy):
    return _spread(op, dy), None


def _spread(op: Operation, dy: Tensor) -> Tensor:
    """The gradient of a sum: `dy` for every element."""
    x, axes = op.inputs
    shape, known = x.static_shape, constant_value(axes)
    if shape is not None and known is not None:
        if np.array_equal(known, np.arange(len(shape))):
            column = node("Reshape", dy, [1] * len(shape))
            sizes = constant(list(shape), int32) if is_defined(shape) else shape_of(x)
            return node("Tile", column, sizes)
        if is_defined(shape):
            kept, times_each = known_reduction(shape, tuple(int(axis) for axis in known.ravel()))
            return node("Tile", node("Reshape", dy, kept), times_each)
    sizes = shape_of(x)
    with get_default_graph().colocate_with(sizes.op):
        kept_sizes = reduced_shape(sizes, axes)
        repeats = safe_shape_div(sizes, kept_sizes)
    return node("Tile", node("Reshape", dy, kept_sizes), repeats)


@mean.gradient
def _(op, dy):
    spread = _spread(op, dy)
    shape, reduced = op.inputs[0].static_shape, op.outputs[0].static_shape
    if is_defined(shape) and is_defined(reduced):
        count = math.prod(shape) // (math.prod(reduced) or 1)
        factor = constant(count, spread.dtype.base_dtype)
    else:
        sizes, reduced_sizes = shape_of(op.inputs[0]), shape_of(op.outputs[0])
        elements = reduction("Prod", sizes)
        factor = safe_shape_div(elements, reduction("Prod", reduced_sizes))
    return over(spread, cast(factor, spread.dtype)), None


@max.gradient
@min.gradient
def _(op, dy):
    x, axes = op.inputs
    kept = reduced_shape(shape_of(x), axes)
    y = node("Reshape", op.outputs[0], kept)
    dy = node("Reshape", dy, kept)
    chosen = cast(node("Equal", y, x), dy.dtype)
    count = node("Reshape", reduction("Sum", chosen, axes), kept)
    return times(over(chosen, count), dy), None


@prod.gradient
def _(op, dy):
    """Each element's slope is the product of all others: those before it times those after it."""
    x, axes = op.inputs
    sizes = shape_of(x)
    axes = node("Reshape", axes, [-1])
    kept = reduced_shape(sizes, op.inputs[1])
    repeats = safe_shape_div(sizes, kept)
    dy = node("Tile", node("Reshape", dy, kept), repeats)
    order, matrix_shape = _reduced_first(x, sizes, axes)
    turned = node("Transpose", x, order, name="transpose")
    turned_sizes = shape_of(turned)
    matrix = node("Reshape", turned, matrix_shape)
    before = cumprod(matrix, 0, exclusive=True)
    behind = cumprod(matrix, 0, exclusive=True, reverse=True)
    others = node("Reshape", times(conjugate(before), conjugate(behind)), turned_sizes)
    back = node("Transpose", others, node("InvertPermutation", order), name="transpose")
    return node("Reshape", times(dy, back), sizes), None


def _reduced_first(x: Tensor, sizes: Tensor, axes: Tensor) -> tuple[Tensor, tuple[Tensor, Tensor]]:
    """The order of axes that puts the reduced ones first, and the sizes of the matrix of reduced by kept."""
    with get_default_graph().device("/cpu:0"):
        rank = rank_of(x)
        reduced = cast(modulo(plus(axes, rank), rank), int32)
        kept, _ = node("ListDiff", counting(0, rank), reduced)
        order = node("ConcatV2", [reduced, kept], 0, name="concat")
        reduced_count = reduction("Prod", node("GatherV2", sizes, reduced, 0))
        kept_count = reduction("Prod", node("GatherV2", sizes, kept, 0))
    return order, (reduced_count, kept_count)


def _without_axis(op: Operation) -> list[Shape]:
    shape = op.inputs[0].static_shape
    if shape is None:
        return [None]
    rank, axis = len(shape), constant_value(op.inputs[1])
    if rank <= 1:
        return [()]
    if axis is None:
        return [(None,) * (rank - 1)]
    if not -rank <= axis < rank:
        fail(op, f"Dimension ({axis}) must be in the range [{-rank}, {rank}), where {rank} is the number of dimensions "
                 "in the input.")
    return [tuple(size for i, size in enumerate(shape) if i != axis % rank)]


@op("ArgMax", _PLACE, _without_axis, T=NUMBER, Tidx=INDEX, output_type=_PLACE_TYPE)
def arg_max(input, dimension, *, output_type):
    """Place of the greatest element along an axis, the first of several."""
    return lax.argmax(_without_nan(input, -jnp.inf), int(dimension) % input.ndim, output_type.as_numpy_dtype)


@op("ArgMin", _PLACE, _without_axis, T=NUMBER, Tidx=INDEX, output_type=_PLACE_TYPE)
def arg_min(input, dimension, *, output_type):
    """Place of the least element along an axis, the first of several."""
    return lax.argmin(_without_nan(input, jnp.inf), int(dimension) % input.ndim, output_type.as_numpy_dtype)


def _without_nan(x, last):
    """NaN is never the place of an extreme."""
    return jnp.where(jnp.isnan(x), last, x).astype(x.dtype) if jnp.issubdtype(x.dtype, jnp.floating) else x


@arg_max.check
@arg_min.check
def _(op, input, dimension):
    rank = np.ndim(input)
    if not -rank <= int(dimension) < rank:
        raise ValueError(f"Expected dimension in the range [{-rank}, {rank}), but got {int(dimension)}")


@arg_max.gradient
@arg_min.gradient
def _(op, dy):
    return None, None


@op("L2Loss", "t: T -> output: T", scalar, T=NN_FLOATING)
def l2_loss(t):
    """Half the sum of the squares of all elements."""
    return jnp.sum(t * t * t.dtype.type(0.5), dtype=t.dtype)


@l2_loss.gradient
def _(op, dy):
    return times(op.inputs[0], dy)
