"""Ops that pick elements by condition or by index."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from ..dtypes import (
    ANY,
    NUMBER,
    TINDEX,
    DType,
    TypeSet,
    bfloat16,
    bool,
    complex64,
    complex128,
    float16,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    qint8,
    qint16,
    qint32,
    quint8,
    quint16,
    uint8,
    uint16,
    uint32,
    uint64,
)
from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant, constant_value
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, fail, merge_shapes, with_rank
from ..op.signature import required
from ..shape import Shape
from .fitting import must_be_alike
from .forms import cast, node, plus, times
from .indexing import item
from .joining import concat
from .packing import stack
from .shapes import counting, shape_of, size_of, zeros, zeros_like

_LOCATABLE = TypeSet((*NUMBER.allowed, bool), bool)
_BITS = TypeSet((bfloat16, float16, float32, float64, int64, int32, uint8, uint16, uint32, uint64, int8, int16,
                 complex64, complex128, qint8, quint8, qint16, quint16, qint32))


def _selected(op: Operation) -> list[Shape]:
    condition, t, e = (tensor.static_shape for tensor in op.inputs)
    chosen = merge_shapes(op, t, e)
    if chosen is None or condition is None or condition == ():
        return [chosen]
    if len(condition) == 1 and chosen:
        merge_shapes(op, condition, chosen[:1])
        return [chosen]
    return [merge_shapes(op, chosen, condition)]


@op("Select", "condition: bool, t: T, e: T -> output: T", _selected, T=ANY)
def select(condition, t, e):
    """Elements of `t` where `condition` holds, of `e` elsewhere; a condition may be of one element, or one a row."""
    if condition.ndim == 1 and t.ndim > 1:
        condition = condition.reshape(-1, *[1] * (t.ndim - 1))
    return (np if isinstance(t, np.ndarray) else jnp).where(condition, t, e)


select.fold(select.lower)


@select.check
def _(op, condition, t, e):
    sizes, shape, other = np.shape(condition), np.shape(t), np.shape(e)
    if len(sizes) == 1 and len(shape) != 1:
        if not shape:
            raise ValueError(f"'then' must be at least a vector, but saw shape: {brackets(shape)}")
        if sizes[0] != shape[0]:
            raise ValueError("Number of batches of 'then' must match size of 'cond', but saw: "
                             f"{shape[0]} vs. {sizes[0]}")
    elif sizes:
        must_be_alike(op, condition, t, e)
    if shape != other:
        raise ValueError("'then' and 'else' must have the same size.  but received: "
                         f"{brackets(shape)} vs. {brackets(other)}")


@select.gradient
def _(op, grad):
    condition, chosen, _ = op.inputs
    zeros = zeros_like(chosen)
    return None, node("Select", condition, grad, zeros), node("Select", condition, zeros, grad)


def _found(op: Operation) -> list[Shape]:
    shape = op.inputs[0].static_shape
    return [(None, None if shape is None else len(shape))]


@op("Where", "input: T -> index: int64", _found, host=True, T=_LOCATABLE)
def where(input):
    """The indices of the elements that are not zero, one row for each, in row-major order."""
    return np.argwhere(np.asarray(input)).astype(np.int64)


where.fold(where.lower)
not_differentiable(where)


def _gathered(op: Operation) -> list[Shape]:
    params, indices, axis = op.inputs[0].static_shape, op.inputs[1].static_shape, constant_value(op.inputs[2])
    batch = op["batch_dims"]
    if params is not None and not params:
        fail(op, "Shape must be at least rank 1 but is rank 0", known=())
    if axis is None or params is None or indices is None:
        return [None if params is None or indices is None else (None,) * (len(params) + len(indices) - 1 - batch)]
    least = int(axis) + 1 if axis >= 0 else -int(axis)
    if least > len(params):
        fail(op, f"Shape must be at least rank {least} but is rank {len(params)}")
    at = int(axis) % len(params)
    batch += len(indices) if batch < 0 else 0
    return [(*params[:at], *indices[batch:], *params[at + 1:])]


@op("GatherV2", "params: Tparams, indices: Tindices, axis: Static(Taxis) -> output: Tparams", _gathered, batch_dims=0,
    Tparams=ANY, Tindices=TINDEX, Taxis=TINDEX)
def gather_v2(params, indices, axis, *, batch_dims):
    """The slices of `params` along `axis` that `indices` name; zeros for an index outside, as on TensorFlow's GPUs."""
    batch = batch_dims + indices.ndim if batch_dims < 0 else batch_dims
    if isinstance(params, np.ndarray):
        return _taken(params, np.asarray(indices), axis, batch_dims=batch)
    return _gather(params, indices, int(axis) % params.ndim, batch)


def _gather(params: Any, indices: Any, axis: int, batch_dims: int) -> Any:
    if batch_dims:
        return jax.vmap(lambda p, i: _gather(p, i, axis - 1, batch_dims - 1))(params, indices)
    is_inside = (indices >= 0) & (indices < params.shape[axis])
    if not params.shape[axis]:
        return jnp.zeros((*params.shape[:axis], *indices.shape, *params.shape[axis + 1:]), params.dtype)
    # A place past the end, unlike a negative one, is never wrapped round.
    places = jnp.where(is_inside, indices, params.shape[axis])
    return jnp.take(params, places, axis=axis, mode="fill", fill_value=params.dtype.type(0))


@gather_v2.fold
def _taken(params, indices, axis, *, batch_dims):
    if batch_dims:
        pairs = zip(params, indices, strict=True)
        return np.stack([_taken(p, i, int(axis) % params.ndim - 1, batch_dims=batch_dims - 1) for p, i in pairs])
    outside = indices[(indices < 0) | (indices >= params.shape[int(axis)])]
    if outside.size:
        raise ValueError(f"indices has {outside[0]}, which is not in [0, {params.shape[int(axis)]})")
    return np.take(params, indices, int(axis))


@gather_v2.gradient
def _(op, grad):
    params, indices, axis = op.inputs
    with get_default_graph().colocate_with(params):
        shape = cast(shape_of(params, out_type=int64), int32)
    count = node("ExpandDims", size_of(indices), 0)
    if constant_value(axis) != 0:
        return _gradient_along(op, grad, shape, axis), None, None
    values = node("Reshape", grad, concat([count, item(shape, slice(1, None))], 0))
    return IndexedSlices(values, node("Reshape", indices, count), shape), None, None


def _gradient_along(op: Operation, grad: Any, shape: Tensor, axis: Tensor) -> Tensor:
    """The gradient of a lookup along another axis than the first: that axis is brought to the front and back again."""
    indices, batch = op.inputs[1], op["batch_dims"]
    batch += len(indices.static_shape or ()) if batch < 0 else 0
    outer, inner = item(shape, slice(None, axis)), item(item(shape, slice(axis, None)), slice(1, None))
    values_shape = concat([outer, [-1], inner], 0)
    rank, before = size_of(values_shape), size_of(outer)
    batches, outers, inners = counting(0, batch), counting(batch, before), counting(plus(before, 1), rank)
    values = node("Reshape", grad, values_shape)
    values = node("Transpose", values, concat([batches, [before], outers, inners], 0), name="transpose")
    is_next = constant_value(axis) == batch
    summed = _batch_sums(shape, values, indices, batch, item(shape, axis), is_next)
    return node("Transpose", summed, concat([batches, plus(outers, 1), [batch], inners], 0), name="transpose")


def _batch_sums(shape: Tensor, values: Tensor, indices: Tensor, batch: int, length: Tensor, is_next: Any) -> Tensor:
    count = node("ExpandDims", size_of(indices), 0)
    if not batch:
        return node("UnsortedSegmentSum", values, node("Reshape", indices, count), length)
    sizes = shape_of(values)
    outer, inner = item(sizes, slice(None, batch)), item(item(sizes, slice(batch, None)), slice(1, None))
    batches = node("Prod", outer, [0], keep_dims=False)
    flat = concat([[-1], inner], 0)
    total = times(length, batches)
    # TensorFlow 1.15 takes the size after the batches here even when another axis is gathered, and is then wrong.
    flat_indices = _flat_indices(shape, indices, batch, None if is_next else length)
    values = node("Reshape", values, flat)
    summed = node("UnsortedSegmentSum", values, node("Reshape", flat_indices, count), total)
    return node("Reshape", summed, concat([outer, flat], 0))


def _flat_indices(shape: Tensor, indices: Tensor, batch: int, length: Tensor | None) -> Tensor:
    """The indices into the batches one after another, where those of each start further on."""
    dtype = indices.dtype.base_dtype
    sizes, stride, rank = cast(shape, dtype), _one(dtype), len(indices.static_shape or ())
    for dim in reversed(range(batch)):
        size = item(sizes, dim)
        is_last = dim == batch - 1 and length is not None
        stride = times(stride, cast(length, dtype) if is_last else item(sizes, dim + 1))
        start, step = zeros((), dtype), _one(dtype)
        steps = times(node("Range", start, size, step, name="range"), stride)
        place = stack([1] * dim + [size] + [1] * (rank - dim - 1))
        indices = plus(indices, node("Reshape", steps, place))
    return indices


def _one(dtype: DType) -> Tensor:
    return constant(1, dtype, name="ones")


def _nd_gathered(op: Operation) -> list[Shape]:
    params, indices = op.inputs[0].static_shape, op.inputs[1].static_shape
    if params is None or indices is None or indices[-1] is None:
        return [None]
    if indices[-1] > len(params):
        fail(op, "indices.shape[-1] must be <= params.rank, but saw indices shape: "
                 f"{brackets(indices)} and params shape: {brackets(params)}")
    return [indices[:-1] + params[indices[-1]:]]


@op("GatherNd", "params: Tparams, indices: Tindices -> output: Tparams", _nd_gathered, Tparams=ANY, Tindices=TINDEX)
def gather_nd(params, indices):
    """The elements, or slices, of `params` whose index is a row of `indices`; zeros for an index outside."""
    depth = indices.shape[-1]
    sizes = np.array(params.shape[:depth], indices.dtype)
    is_inside = jnp.all((indices >= 0) & (indices < sizes), axis=-1, keepdims=True)
    places = jnp.where(is_inside, indices, sizes)
    return params.at[tuple(jnp.moveaxis(places, -1, 0))].get(mode="fill", fill_value=0)


@gather_nd.gradient
def _(op, grad):
    params, indices = op.inputs
    shape, places = shape_of(params, out_type=indices.dtype), indices.static_shape
    if places is not None and len(places) == 2 and places[-1] == 1:
        return IndexedSlices(grad, node("Squeeze", indices, squeeze_dims=[-1]), shape), None
    return node("ScatterNd", indices, grad, shape), None


def _scattered(op: Operation) -> list[Shape]:
    from_shape = constant_value(op.inputs[2])
    length = with_rank(op, op.inputs[2], 1)[0]  # type: ignore[index]
    if from_shape is None:
        return [None if length is None else (None,) * length]
    return [tuple(int(n) for n in from_shape)]


@op("ScatterNd", "indices: Tindices, updates: T, shape: Static(Tindices) -> output: T", _scattered, T=ANY,
    Tindices=TINDEX)
def scatter_nd(indices, updates, shape):
    """Zeros of `shape` with each of `updates` added at its row of `indices`."""
    sizes = [int(n) for n in shape]
    places = tuple(jnp.moveaxis(indices, -1, 0))
    return jnp.zeros(sizes, updates.dtype).at[places].add(updates, mode="drop")


@scatter_nd.gradient
def _(op, grad):
    return None, node("GatherNd", grad, op.inputs[0]), None


def _bits(op: Operation) -> list[Shape]:
    old, here, there = op.inputs[0].static_shape, op["T"].size, op["type"].size
    if old is None or here == there:
        return [old]
    if here > there:
        return [(*old, here // there)]
    if not old or old[-1] not in (None, there // here):
        fail(op, f"Cannot bitcast due to shape. {old[-1] if old else 0} does not match {there // here}")
    return [old[:-1]]


@op("Bitcast", "input: T -> output: type", _bits, T=_BITS, type=required("type", _BITS))
def bitcast(input, *, type):
    """The bytes of `input` read as another type; a smaller one adds an axis, a larger one takes the last away."""
    return jax.lax.bitcast_convert_type(input, type.as_numpy_dtype)


not_differentiable(bitcast)
