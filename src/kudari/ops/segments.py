"""Ops that add up the rows of a tensor that belong together."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import INDEX, NUMBER, REALNUMBER, TINDEX, as_dtype, int32
from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..op.constant import constant, constant_value
from ..op.convert import register_tensor_conversion_function
from ..op.definition import op
from ..op.rules import brackets, fail, merge_shapes
from ..op.scope import scoped
from ..shape import Shape
from .forms import cast, node, over, times
from .indexing import item
from .shapes import ones_like, shape_of, zeros_like


def _summed(op: Operation) -> list[Shape]:
    data, ids, count = op.inputs[0].static_shape, op.inputs[1].static_shape, constant_value(op.inputs[2])
    if data is None or ids is None:
        return [None]
    if len(ids) > len(data):
        fail(op, f"Shape must be at least rank {len(ids)} but is rank {len(data)}")
    merge_shapes(op, data[: len(ids)], ids)
    if count is not None and count < 0:
        fail(op, f"Dimension size, given by scalar input 2, must be non-negative but is {count}")
    return [(None if count is None else int(count), *data[len(ids):])]


@op("UnsortedSegmentSum", "data: T, segment_ids: Tindices, num_segments: Static(Tnumsegments) -> output: T", _summed,
    T=NUMBER, Tindices=TINDEX, Tnumsegments=INDEX)
def unsorted_segment_sum(data, segment_ids, num_segments):
    """Row `i` is the sum of the rows of `data` whose segment is `i`; a negative segment is left out."""
    result, places, rows = _prepared(data, segment_ids, num_segments, 0)
    return result.at[places].add(rows, mode="drop")


def _prepared(data: Any, segment_ids: Any, num_segments: Any, first: Any) -> tuple[Any, Any, Any]:
    """The result where no row belongs to a segment, and the rows with their places in it."""
    count = int(num_segments)
    rows = data.reshape(-1, *data.shape[segment_ids.ndim:])
    ids = segment_ids.reshape(-1)
    return jnp.full((count, *rows.shape[1:]), first, data.dtype), jnp.where(ids < 0, count, ids), rows


def _limits(dtype: Any) -> tuple[Any, Any]:
    info = jnp.iinfo(dtype) if jnp.issubdtype(dtype, jnp.integer) else jnp.finfo(dtype)
    return info.min, info.max


_GATHERING = ("Gather", "GatherV2", "ResourceGather")
_UNSORTED = "data: T, segment_ids: Tindices, num_segments: Static(Tnumsegments) -> output: T"


@op("UnsortedSegmentMax", _UNSORTED, _summed, T=REALNUMBER, Tindices=TINDEX, Tnumsegments=INDEX)
def unsorted_segment_max(data, segment_ids, num_segments):
    """Row `i` is the greatest of the rows of segment `i`, element by element; of none, the least number there is."""
    result, places, rows = _prepared(data, segment_ids, num_segments, _limits(data.dtype)[0])
    return result.at[places].max(rows, mode="drop")


@op("UnsortedSegmentMin", _UNSORTED, _summed, T=REALNUMBER, Tindices=TINDEX, Tnumsegments=INDEX)
def unsorted_segment_min(data, segment_ids, num_segments):
    """Row `i` is the least of the rows of segment `i`, element by element; of none, the greatest number there is."""
    result, places, rows = _prepared(data, segment_ids, num_segments, _limits(data.dtype)[1])
    return result.at[places].min(rows, mode="drop")


@op("UnsortedSegmentProd", _UNSORTED, _summed, T=NUMBER, Tindices=TINDEX, Tnumsegments=INDEX)
def unsorted_segment_prod(data, segment_ids, num_segments):
    """Row `i` is the product of the rows of segment `i`."""
    result, places, rows = _prepared(data, segment_ids, num_segments, 1)
    return result.at[places].multiply(rows, mode="drop")


def _is_outside(op, inputs, outputs):
    _, ids, count = inputs
    wrong = ids >= int(count)

    def words():
        place = tuple(int(i) for i in np.argwhere(np.asarray(wrong))[0])
        return f"segment_ids{brackets(place)} = {int(ids[place])} is out of range [0, {int(count)})"

    return wrong.any(), words


def _are_inside(op):
    """Whether the segments are places among the values that `Unique` found, or the rows that a gradient goes back to."""
    ids, count = _source(op.inputs[1]), _source(op.inputs[2])
    if ids.op.type.startswith("Unique") and ids.value_index == 1:
        return any(_source(t).op is ids.op for t in (count, *count.op.inputs))
    return any(_has_rows(reader.inputs[0], op.inputs[2], count) for reader in ids.consumers() if reader.type in _GATHERING)


def _source(tensor):
    """The tensor whose elements `tensor` has."""
    while tensor.op.type in ("Reshape", "Cast", "Identity", "StridedSlice"):
        tensor = tensor.op.inputs[0]
    return tensor


def _has_rows(table, count, source):
    """Whether `count`, which is taken from `source`, is the number of rows of a tensor or variable."""
    if source.op.type in ("Shape", "VariableShape"):
        return _source(source.op.inputs[0]) is _source(table)
    shape = table.op["shape"] if table.op.type == "VarHandleOp" else table.static_shape
    return bool(shape) and shape[0] is not None and constant_value(count) == shape[0]


for _unsorted in (unsorted_segment_sum, unsorted_segment_max, unsorted_segment_min, unsorted_segment_prod):
    _unsorted.watch(_is_outside)
    _unsorted.trust(_are_inside)


def _densified(value: IndexedSlices, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Any:
    if dtype is not None and not as_dtype(dtype).is_compatible_with(value.dtype):
        raise ValueError(f"Tensor conversion requested dtype {as_dtype(dtype).name} for IndexedSlices with dtype "
                         f"{value.dtype.name}")
    if value.dense_shape is None:
        raise ValueError(f"Tensor conversion requested for IndexedSlices without dense_shape: {value}")
    return unsorted_segment_sum(value.values, value.indices, item(value.dense_shape, 0), name=name)


register_tensor_conversion_function(IndexedSlices, _densified)


@unsorted_segment_sum.gradient
def _(op, grad):
    return _rows_of(grad, op.inputs[1])[0], None, None


def _rows_of(rows: Any, ids: Any, inside: Any = None, is_kept: Any = None) -> tuple[Any, Any, Any]:
    """The row of each segment id, zeros for a negative one; and the ids made positive, and whether they were."""
    if inside is None:
        inside = node("Maximum", ids, zeros_like(ids))
    rows = node("GatherV2", rows, inside, 0)
    if is_kept is None:
        is_kept = _like_rows(node("GreaterEqual", ids, 0), ids, rows)
    return node("Select", is_kept, rows, zeros_like(rows)), inside, is_kept


@unsorted_segment_max.gradient
@unsorted_segment_min.gradient
def _(op, grad):
    data, ids, count = op.inputs
    extremes, inside, is_kept = _rows_of(op.outputs[0], ids)
    is_chosen = node("Equal", data, extremes)
    is_chosen = node("LogicalAnd", is_chosen, is_kept)
    sharing = node("UnsortedSegmentSum", cast(is_chosen, grad.dtype), ids, count)
    share = _rows_of(over(grad, sharing), None, inside, is_kept)[0]
    return node("Select", is_chosen, share, zeros_like(share)), None, None


@unsorted_segment_prod.gradient
def _(op, grad):
    data, ids, count = op.inputs
    is_zero = node("Equal", data, 0)
    zeros = node("UnsortedSegmentSum", cast(is_zero, int32), ids, count)
    several = node("Greater", zeros, 1)
    grad = node("Select", several, zeros_like(grad), grad)
    without = node("Select", is_zero, ones_like(data), data)
    without = node("UnsortedSegmentProd", without, ids, count)
    inside = node("Maximum", ids, zeros_like(ids))
    products = node("GatherV2", op.outputs[0], inside, 0)
    without = node("GatherV2", without, inside, 0)
    slope = node("Select", is_zero, without, over(products, data))
    return times(_rows_of(grad, ids, inside)[0], slope), None, None


def _like_rows(is_kept, ids, rows):
    """A condition for each row as one for each element."""
    for _ in range(len(rows.static_shape) - len(ids.static_shape)):
        is_kept = node("ExpandDims", is_kept, -1)
    with scoped(None, "ones_like", [rows]) as scope:
        everywhere = node("Fill", shape_of(rows), constant(True), name=scope)
    return node("LogicalAnd", is_kept, everywhere, name="and")
