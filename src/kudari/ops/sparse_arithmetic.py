"""Ops that combine and reduce sparse tensors. What comes out depends on data, so most of them run in Python."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import NUMBER, REALNUMBER, TypeSet, float32, float64, int64
from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.definition import not_differentiable, op
from ..op.rules import with_rank
from ..op.sparse_tensor import SparseTensor
from ..shape import Shape
from .forms import cast, floor_over, negated, node, times
from .shapes import reduced_shape
from .sparse import sparse_rank
from .sparse_shapes import picked

_TWO = "a_indices: int64, a_values: T, a_shape: int64, b_indices: int64, b_values: T, b_shape: int64"
_ONE = "input_indices: int64, input_values: T, input_shape: int64, reduction_axes: int32"
_TO_SPARSE = "output_indices: int64, output_values: T, output_shape: int64"


def _must_share_shape(a_shape: np.ndarray, b_shape: np.ndarray, words: str) -> None:
    if len(a_shape) != len(b_shape):
        raise ValueError(f"Ranks of input tensors must match, but saw ranks: {len(a_shape)} and {len(b_shape)}")
    for i, (a, b) in enumerate(zip(a_shape, b_shape)):
        if a != b:
            raise ValueError(words.format(i=i, a=a, b=b))


def _merged(a_indices: Any, b_indices: Any) -> tuple[np.ndarray, np.ndarray]:
    """The rows of both in order, each once, and the place among them of each row of the one, then of the other."""
    both = np.concatenate([a_indices, b_indices])
    if not both.shape[1]:
        return both[:1], np.zeros(len(both), np.int64)
    rows, places = np.unique(both, axis=0, return_inverse=True)
    return rows, places.reshape(-1)


def _sum_shapes(op: Operation) -> list[Shape]:
    _, rank = sparse_rank(op)
    return [(None, rank), (None,), (rank,)]


@op("SparseAdd", f"{_TWO}, thresh: Treal -> sum_indices: int64, sum_values: T, sum_shape: int64", _sum_shapes, host=True,
    T=NUMBER, Treal=REALNUMBER)
def sparse_add(a_indices, a_values, a_shape, b_indices, b_values, b_shape, thresh):
    """The sum of two sparse tensors, without the elements smaller than a threshold."""
    _must_share_shape(a_shape, b_shape, "Input shapes must match: got {a} and {b} at dimension {i}")
    rows, places = _merged(a_indices, b_indices)
    values = np.zeros(len(rows), a_values.dtype)
    np.add.at(values, places, np.concatenate([a_values, b_values]))
    kept = np.abs(values) >= thresh
    return rows[kept], values[kept], a_shape


@sparse_add.gradient
def _(op, _, grad, __):
    a, b = node("SparseAddGrad", grad, op.inputs[0], op.inputs[3], op.outputs[0])
    a.set_shape(op.inputs[1].static_shape)
    b.set_shape(op.inputs[4].static_shape)
    return None, a, None, None, b, None, None


def _two_lists(op: Operation) -> list[Shape]:
    return [with_rank(op, op.inputs[1], 2)[:1], with_rank(op, op.inputs[2], 2)[:1]]


@op("SparseAddGrad", "backprop_val_grad: T, a_indices: int64, b_indices: int64, sum_indices: int64 -> a_val_grad: T, "
    "b_val_grad: T", _two_lists, host=True, T=NUMBER)
def sparse_add_grad(backprop_val_grad, a_indices, b_indices, sum_indices):
    """For each element of the summands the gradient of its sum, zero if that is not there."""
    return picked(backprop_val_grad, sum_indices, a_indices), picked(backprop_val_grad, sum_indices, b_indices)


def _both_shapes(op: Operation) -> list[Shape]:
    return [(None, None), (None,)]


def _elementwise(combine: Any, a_indices: Any, a_values: Any, a_shape: Any, b_indices: Any, b_values: Any,
                 b_shape: Any) -> tuple:
    _must_share_shape(a_shape, b_shape, "Operands' shapes do not match: got {a} and {b} for dimension {i}")
    rows, places = _merged(a_indices, b_indices)
    sides = np.zeros((2, len(rows)), a_values.dtype)
    sides[0, places[:len(a_values)]], sides[1, places[len(a_values):]] = a_values, b_values
    return rows, combine(*sides)


@op("SparseSparseMaximum", f"{_TWO} -> output_indices: int64, output_values: T", _both_shapes, host=True, T=REALNUMBER)
def sparse_sparse_maximum(a_indices, a_values, a_shape, b_indices, b_values, b_shape):
    """The greater of two elements where one of the tensors has one; the other may be zero."""
    return _elementwise(np.maximum, a_indices, a_values, a_shape, b_indices, b_values, b_shape)


@op("SparseSparseMinimum", f"{_TWO} -> output_indices: int64, output_values: T", _both_shapes, host=True, T=NUMBER)
def sparse_sparse_minimum(a_indices, a_values, a_shape, b_indices, b_values, b_shape):
    """The smaller of two elements where one of the tensors has one; the other may be zero."""
    return _elementwise(np.minimum, a_indices, a_values, a_shape, b_indices, b_values, b_shape)


@sparse_sparse_maximum.gradient
def _(op, _, grad):
    raise NotImplementedError("Gradient for SparseSparseMaximum is currently not implemented yet.")


@sparse_sparse_minimum.gradient
def _(op, _, grad):
    raise NotImplementedError("Gradient for SparseSparseMinimum is currently not implemented yet.")


def _reduced_axes(axes: np.ndarray, rank: int) -> list[int]:
    for axis in axes.ravel():
        if not -rank <= axis < rank:
            raise ValueError(f"Invalid reduction dimension {axis}, for input with {rank} dimensions.")
    return sorted({int(axis) % rank for axis in axes.ravel()})


def _groups(indices: Any, shape: Any, axes: Any) -> tuple[np.ndarray, np.ndarray, list[int]]:
    """The places of the result in order, and for each element the place it goes to."""
    dropped = _reduced_axes(axes, len(shape))
    kept = [i for i in range(len(shape)) if i not in dropped]
    columns = indices[:, kept]
    if not kept:
        return np.zeros((min(len(indices), 1), 0), np.int64), np.zeros(len(indices), np.int64), dropped
    rows, places = np.unique(columns, axis=0, return_inverse=True)
    return rows, places.reshape(-1), dropped


def _reduce(combine: Any, indices: Any, values: Any, shape: Any, axes: Any, keep_dims: bool) -> tuple:
    """The reduced elements: their indices, values and the shape of the whole."""
    rows, places, dropped = _groups(indices, shape, axes)
    order = np.argsort(places, kind="stable")
    starts = np.searchsorted(places[order], np.arange(len(rows)))
    reduced = combine.reduceat(values[order], starts).astype(values.dtype) if len(rows) else values[:0]
    whole = np.delete(shape, dropped)
    for axis in dropped if keep_dims else ():
        rows, whole = np.insert(rows, axis, 0, 1), np.insert(whole, axis, 1)
    return rows.astype(np.int64), reduced, whole.astype(np.int64)


def _dense(rows: np.ndarray, values: np.ndarray, shape: np.ndarray) -> np.ndarray:
    dense = np.zeros(tuple(shape), values.dtype)
    if len(values):
        dense[tuple(rows[:, i] for i in range(rows.shape[1]))] = values if rows.shape[1] else values[0]
    return dense


def _reduced_shape(op: Operation) -> list[Shape]:
    shape, axes = constant_value(op.inputs[2]), constant_value(op.inputs[3])
    if shape is None or axes is None:
        return [None]
    try:
        dropped = _reduced_axes(axes, len(shape))
    except ValueError:
        return [None]
    sizes: list[int | None] = [1 if i in dropped else int(s) for i, s in enumerate(shape)]
    return [tuple(s for i, s in enumerate(sizes) if op["keep_dims"] or i not in dropped)]


@op("SparseReduceSum", f"{_ONE} -> output: T", _reduced_shape, host=True, keep_dims=False, T=NUMBER)
def sparse_reduce_sum(input_indices, input_values, input_shape, reduction_axes, *, keep_dims):
    """The sums over some dimensions, as a dense tensor."""
    return _dense(*_reduce(np.add, input_indices, input_values, input_shape, reduction_axes, keep_dims))


@sparse_reduce_sum.gradient
def _(op, grad):
    indices, _, shape, axes = op.inputs
    kept = reduced_shape(shape, axes)
    grad = node("Reshape", grad, kept)
    scale = floor_over(shape, cast(kept, int64))
    return None, node("GatherNd", grad, floor_over(indices, scale)), None, None


@op("SparseReduceMax", f"{_ONE} -> output: T", _reduced_shape, host=True, keep_dims=False, T=REALNUMBER)
def sparse_reduce_max(input_indices, input_values, input_shape, reduction_axes, *, keep_dims):
    """The greatest elements over some dimensions, as a dense tensor."""
    return _dense(*_reduce(np.maximum, input_indices, input_values, input_shape, reduction_axes, keep_dims))


@op("SparseReduceSumSparse", f"{_ONE} -> {_TO_SPARSE}", None, host=True, keep_dims=False, T=NUMBER)
def sparse_reduce_sum_sparse(input_indices, input_values, input_shape, reduction_axes, *, keep_dims):
    """The sums over some dimensions, as a sparse tensor."""
    return _reduce(np.add, input_indices, input_values, input_shape, reduction_axes, keep_dims)


@op("SparseReduceMaxSparse", f"{_ONE} -> {_TO_SPARSE}", None, host=True, keep_dims=False, T=REALNUMBER)
def sparse_reduce_max_sparse(input_indices, input_values, input_shape, reduction_axes, *, keep_dims):
    """The greatest elements over some dimensions, as a sparse tensor."""
    return _reduce(np.maximum, input_indices, input_values, input_shape, reduction_axes, keep_dims)


def _values_only(op: Operation) -> list[Shape]:
    return [(sparse_rank(op)[0],)]


@op("SparseSoftmax", "sp_indices: int64, sp_values: T, sp_shape: int64 -> output: T", _values_only, host=True,
    T=TypeSet((float32, float64)))
def sparse_softmax(sp_indices, sp_values, sp_shape):
    """The softmax over the elements there are in each row of the last dimension."""
    if len(sp_shape) < 2:
        raise ValueError(f"Input should have rank >= 2, but received shape: {', '.join(map(str, sp_shape))}")
    rows, places, _ = _groups(sp_indices, sp_shape, np.array([-1]))
    greatest = np.full(len(rows), -np.inf, sp_values.dtype)
    np.maximum.at(greatest, places, sp_values)
    powers = np.exp(sp_values - greatest[places])
    totals = np.zeros(len(rows), sp_values.dtype)
    np.add.at(totals, places, powers)
    return powers / totals[places]


@sparse_softmax.gradient
def _(op, grad):
    indices, _, shape = op.inputs
    output = SparseTensor(indices, op.outputs[0], shape)
    incoming = SparseTensor(indices, grad, shape)
    product = SparseTensor(indices, times(output.values, incoming.values), shape)
    total = negated(node("SparseReduceSum", product.indices, product.values, product.dense_shape, [-1], keep_dims=True))
    summed = node("SparseDenseCwiseAdd", incoming.indices, incoming.values, incoming.dense_shape, total)
    return None, times(summed, output.values), None


not_differentiable(sparse_add_grad)
