"""Ops that bring together the rows of a tensor that belong to one segment, where the segments come in order.

How many segments there are is a matter of values, so these run in Python, but for those that are told the number.
"""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import INDEX, NUMBER, REALNUMBER, TINDEX
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.constant import constant, constant_value
from ..op.definition import OpDef, op
from ..op.rules import fail, merge_shapes, with_rank
from ..shape import Shape
from .forms import cast, minus, node, over
from .indexing import item
from .joining import concat
from .shapes import rank_of, shape_of, zeros_like
from .typesets import SINGLE_OR_DOUBLE

_SEGMENTS = "data: T, segment_ids: Tindices -> output: T"
_CHOSEN = "data: T, indices: Tidx, segment_ids: int32 -> output: T"
_NUMBERED = "data: T, indices: Tidx, segment_ids: int32, num_segments: Static(Tnumsegments) -> output: T"
_CHOSEN_GRADIENT = "grad: T, indices: Tidx, segment_ids: int32, output_dim0: Static(int32) -> output: T"


def _reduced(op: Operation) -> list[Shape]:
    data = _rows(op)
    with_rank(op, op.inputs[1], 1)
    return [None if data is None else (None, *data[1:])]


def _rows(op: Operation) -> Any:
    data = op.inputs[0].static_shape
    if data is not None and not data:
        fail(op, "Shape must be at least rank 1 but is rank 0", known=())
    return data


def _chosen(op: Operation) -> list[Shape]:
    data = _rows(op)
    merge_shapes(op, with_rank(op, op.inputs[1], 1), with_rank(op, op.inputs[2], 1))
    return [None if data is None else (None, *data[1:])]


def _numbered(op: Operation) -> list[Shape]:
    shape, = _chosen(op)
    with_rank(op, op.inputs[3], 0)
    count = constant_value(op.inputs[3])
    if count is not None and count < 0:
        fail(op, f"Cannot specify a negative value for num_segments: {count}")
    return [None if shape is None else (None if count is None else int(count), *shape[1:])]


def _count(ids: np.ndarray) -> int:
    """How many segments there are; they must come in order."""
    count = int(ids[-1]) + 1 if ids.size else 0
    if count < 0:
        raise ValueError("segment ids must be >= 0")
    for i in np.flatnonzero(np.append(np.diff(ids) != 0, True)):
        if i + 1 < len(ids) and ids[i + 1] < ids[i]:
            raise ValueError("segment ids are not increasing")
        if not 0 <= ids[i] < count:
            raise ValueError(f"Segment id {ids[i]} out of range [0, {count}), possibly because 'segment_ids' input is not "
                             "sorted.")
    return count


def _gather(put: np.ufunc, data: np.ndarray, ids: np.ndarray, first: Any) -> np.ndarray:
    """The rows of `data` brought together by a ufunc; a segment without rows is 0."""
    result = np.full((_count(ids), *data.shape[1:]), first, data.dtype)
    put.at(result, ids, data)
    result[np.bincount(ids, minlength=len(result)) == 0] = 1 if put is np.multiply else 0
    return result


@op("SegmentSum", _SEGMENTS, _reduced, host=True, T=NUMBER, Tindices=TINDEX)
def segment_sum(data, segment_ids):
    """Row `i` is the sum of the rows of segment `i`."""
    return _gather(np.add, data, segment_ids, 0)


@op("SegmentMean", _SEGMENTS, _reduced, host=True, T=NUMBER, Tindices=TINDEX)
def segment_mean(data, segment_ids):
    """Row `i` is the mean of the rows of segment `i`; of integers, rounded toward zero."""
    total = _gather(np.add, data, segment_ids, 0)
    rows = np.maximum(np.bincount(segment_ids, minlength=len(total)), 1).reshape(-1, *[1] * (data.ndim - 1))
    if np.issubdtype(data.dtype, np.integer):
        return (np.sign(total) * (np.abs(total) // rows.astype(data.dtype))).astype(data.dtype)
    return (total / rows.astype(data.dtype)).astype(data.dtype)


@op("SegmentProd", _SEGMENTS, _reduced, host=True, T=NUMBER, Tindices=TINDEX)
def segment_prod(data, segment_ids):
    """Row `i` is the product of the rows of segment `i`."""
    return _gather(np.multiply, data, segment_ids, 1)


@op("SegmentMin", _SEGMENTS, _reduced, host=True, T=REALNUMBER, Tindices=TINDEX)
def segment_min(data, segment_ids):
    """Row `i` is the least of the rows of segment `i`, element by element."""
    return _gather(np.minimum, data, segment_ids, _limits(data.dtype)[1])


@op("SegmentMax", _SEGMENTS, _reduced, host=True, T=REALNUMBER, Tindices=TINDEX)
def segment_max(data, segment_ids):
    """Row `i` is the greatest of the rows of segment `i`, element by element."""
    return _gather(np.maximum, data, segment_ids, _limits(data.dtype)[0])


def _limits(dtype: Any) -> tuple[Any, Any]:
    info = jnp.iinfo(dtype) if jnp.issubdtype(dtype, np.integer) else jnp.finfo(dtype)
    return info.min, info.max


def _must_have_ids(op: Operation, data: Any, segment_ids: Any) -> None:
    if np.ndim(segment_ids) != 1:
        raise ValueError("segment_ids should be a vector.")
    if not np.ndim(data) or len(data) != len(segment_ids):
        raise ValueError("segment_ids should be the same size as dimension 0 of input.")


for _definition in (segment_sum, segment_mean, segment_prod, segment_min, segment_max):
    _definition.check(_must_have_ids)


@segment_sum.gradient
def _(op, grad):
    return node("GatherV2", grad, op.inputs[1], 0), None


@segment_mean.gradient
def _(op, grad):
    data, ids = op.inputs
    rank = rank_of(data)
    id_shape = shape_of(ids)
    ones = node("Fill", node("ExpandDims", minus(rank, 1), 0), 1)
    shape = concat([id_shape, ones], 0)
    each = node("Fill", shape, constant(1, grad.dtype))
    return node("GatherV2", over(grad, node("SegmentSum", each, ids)), ids, 0), None


@segment_min.gradient
@segment_max.gradient
def _(op, grad):
    data, ids = op.inputs
    nothing = zeros_like(data, data.dtype)
    is_chosen = node("Equal", data, node("GatherV2", op.outputs[0], ids, 0))
    count = node("SegmentSum", cast(is_chosen, grad.dtype), ids)
    share = node("GatherV2", over(grad, count), ids, 0)
    return node("Select", is_chosen, share, nothing), None


def _weights(kind: str, counts: Any, dtype: Any) -> Any:
    """What each row of a segment is divided by."""
    at_least_one = jnp.maximum(counts, 1).astype(dtype)
    return {"Sum": jnp.ones_like(at_least_one), "Mean": at_least_one, "SqrtN": jnp.sqrt(at_least_one)}[kind]


def _combine(kind: str, data: Any, indices: Any, ids: Any, count: int) -> Any:
    rows = jnp.asarray(data)[jnp.asarray(indices)]
    total = jnp.zeros((count, *data.shape[1:]), data.dtype).at[ids].add(rows, mode="drop")
    if kind == "Sum":
        return total
    per_segment = jnp.zeros(count, np.int32).at[ids].add(1, mode="drop")
    return total / _weights(kind, per_segment, data.dtype).reshape(-1, *[1] * (data.ndim - 1))


def _spread(kind: str, grad: Any, indices: Any, ids: Any, rows: int) -> Any:
    """The gradient of the rows that went into the segments."""
    per_segment = jnp.zeros(grad.shape[0], np.int32).at[ids].add(1, mode="drop")
    share = grad / _weights(kind, per_segment, grad.dtype).reshape(-1, *[1] * (grad.ndim - 1))
    return jnp.zeros((rows, *grad.shape[1:]), grad.dtype).at[indices].add(share[ids], mode="drop")


@op("SparseSegmentSum", _CHOSEN, _chosen, host=True, T=REALNUMBER, Tidx=INDEX)
def sparse_segment_sum(data, indices, segment_ids):
    """Row `i` is the sum of the rows that `indices` names for segment `i`."""
    return np.asarray(_combine("Sum", data, indices, segment_ids, _count(segment_ids)))


@op("SparseSegmentMean", _CHOSEN, _chosen, host=True, T=SINGLE_OR_DOUBLE, Tidx=INDEX)
def sparse_segment_mean(data, indices, segment_ids):
    """Row `i` is the mean of the rows that `indices` names for segment `i`."""
    return np.asarray(_combine("Mean", data, indices, segment_ids, _count(segment_ids)))


@op("SparseSegmentSqrtN", _CHOSEN, _chosen, host=True, T=SINGLE_OR_DOUBLE, Tidx=INDEX)
def sparse_segment_sqrt_n(data, indices, segment_ids):
    """Row `i` is the sum of the `n` rows that `indices` names for segment `i`, divided by the root of `n`."""
    return np.asarray(_combine("SqrtN", data, indices, segment_ids, _count(segment_ids)))


@op("SparseSegmentSumWithNumSegments", _NUMBERED, _numbered, T=REALNUMBER, Tidx=INDEX, Tnumsegments=INDEX)
def sparse_segment_sum_with_num_segments(data, indices, segment_ids, num_segments):
    """What `sparse_segment_sum` computes, for a number of segments."""
    return _combine("Sum", data, indices, segment_ids, int(num_segments))


@op("SparseSegmentMeanWithNumSegments", _NUMBERED, _numbered, T=SINGLE_OR_DOUBLE, Tidx=INDEX, Tnumsegments=INDEX)
def sparse_segment_mean_with_num_segments(data, indices, segment_ids, num_segments):
    """What `sparse_segment_mean` computes, for a number of segments."""
    return _combine("Mean", data, indices, segment_ids, int(num_segments))


@op("SparseSegmentSqrtNWithNumSegments", _NUMBERED, _numbered, T=SINGLE_OR_DOUBLE, Tidx=INDEX, Tnumsegments=INDEX)
def sparse_segment_sqrt_n_with_num_segments(data, indices, segment_ids, num_segments):
    """What `sparse_segment_sqrt_n` computes, for a number of segments."""
    return _combine("SqrtN", data, indices, segment_ids, int(num_segments))


def _gradient_rows(op: Operation) -> list[Shape]:
    grad = _rows(op)
    merge_shapes(op, with_rank(op, op.inputs[1], 1), with_rank(op, op.inputs[2], 1))
    rows = constant_value(op.inputs[3])
    return [None if grad is None else (None if rows is None else int(rows), *grad[1:])]


@op("SparseSegmentMeanGrad", _CHOSEN_GRADIENT, _gradient_rows, T=SINGLE_OR_DOUBLE, Tidx=INDEX)
def sparse_segment_mean_grad(grad, indices, segment_ids, output_dim0):
    """The gradient of `sparse_segment_mean`."""
    return _spread("Mean", grad, indices, segment_ids, int(output_dim0))


@op("SparseSegmentSqrtNGrad", _CHOSEN_GRADIENT, _gradient_rows, T=SINGLE_OR_DOUBLE, Tidx=INDEX)
def sparse_segment_sqrt_n_grad(grad, indices, segment_ids, output_dim0):
    """The gradient of `sparse_segment_sqrt_n`."""
    return _spread("SqrtN", grad, indices, segment_ids, int(output_dim0))


def _must_name_rows(op: Operation, data: Any, indices: Any, segment_ids: Any, *count: Any) -> None:
    if np.ndim(indices) != 1:
        raise ValueError("indices should be a vector.")
    if np.ndim(segment_ids) != 1:
        raise ValueError("segment_ids should be a vector.")
    if len(indices) != len(segment_ids):
        raise ValueError("segment_ids and indices should have same size.")
    if op.definition.host:
        rows = np.shape(data)[0]
        for i in np.flatnonzero((indices < 0) | (indices >= rows))[:1]:
            raise ValueError(f"Bad: indices[{i}] == {indices[i]} out of range [0, {rows})")


def _number_of_rows(data: Tensor) -> Tensor:
    return item(shape_of(data), 0)


def _summed_gradient(op: Operation, grad: Tensor) -> Tensor:
    data, indices, ids = op.inputs[:3]
    rows = _number_of_rows(data)
    return node("UnsortedSegmentSum", node("GatherV2", grad, ids, 0), indices, rows)


@sparse_segment_sum.gradient
def _(op, grad):
    return _summed_gradient(op, grad), None, None


@sparse_segment_sum_with_num_segments.gradient
def _(op, grad):
    return _summed_gradient(op, grad), None, None, None


def _with_gradient(definition: OpDef, gradient_type: str) -> None:
    @definition.gradient
    def _(op, grad):
        data, indices, ids = op.inputs[:3]
        return node(gradient_type, grad, indices, ids, _number_of_rows(data)), *[None] * (len(op.inputs) - 1)


_with_gradient(sparse_segment_mean, "SparseSegmentMeanGrad")
_with_gradient(sparse_segment_mean_with_num_segments, "SparseSegmentMeanGrad")
_with_gradient(sparse_segment_sqrt_n, "SparseSegmentSqrtNGrad")
_with_gradient(sparse_segment_sqrt_n_with_num_segments, "SparseSegmentSqrtNGrad")

for _definition in (sparse_segment_sum, sparse_segment_mean, sparse_segment_sqrt_n, sparse_segment_sum_with_num_segments,
                    sparse_segment_mean_with_num_segments, sparse_segment_sqrt_n_with_num_segments):
    _definition.check(_must_name_rows)
