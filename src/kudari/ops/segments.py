"""Ops that add up the rows of a tensor that belong together."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from ..dtypes import INDEX, NUMBER, TINDEX, as_dtype
from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..op.constant import constant, constant_value
from ..op.convert import register_tensor_conversion_function
from ..op.definition import op
from ..op.rules import fail, merge_shapes
from ..op.scope import scoped
from ..shape import Shape
from .forms import node
from .indexing import item
from .shapes import shape_of, zeros_like


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
    count = int(num_segments)
    rows = data.reshape(-1, *data.shape[segment_ids.ndim:])
    ids = segment_ids.reshape(-1)
    places = jnp.where(ids < 0, count, ids)
    return jnp.zeros((count, *rows.shape[1:]), data.dtype).at[places].add(rows, mode="drop")


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
    ids = op.inputs[1]
    inside = node("Maximum", ids, zeros_like(ids))
    rows = node("GatherV2", grad, inside, 0)
    is_kept = _like_rows(node("GreaterEqual", ids, 0), ids, rows)
    return node("Select", is_kept, rows, zeros_like(rows)), None, None


def _like_rows(is_kept, ids, rows):
    """A condition for each row as one for each element."""
    for _ in range(len(rows.static_shape) - len(ids.static_shape)):
        is_kept = node("ExpandDims", is_kept, -1)
    with scoped(None, "ones_like", [rows]) as scope:
        everywhere = node("Fill", shape_of(rows), constant(True), name=scope)
    return node("LogicalAnd", is_kept, everywhere, name="and")
