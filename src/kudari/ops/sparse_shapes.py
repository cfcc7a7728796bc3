"""Ops that rearrange, cut and join sparse tensors. How many elements come out depends on data, so they run in Python."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import ANY, NUMBER, TINDEX
from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, with_rank
from ..op.signature import required
from ..op.sparse_tensor import SparseTensor
from ..shape import Shape
from .forms import minus, node
from .indexing import item
from .shapes import counting, reduction, shape_of, zeros_like
from .sparse import sparse_rank

_SPARSE = "{0}indices: int64, {0}values: T, {0}shape: int64"


def row_major(indices: np.ndarray) -> np.ndarray:
    """The order that sorts indices."""
    return np.lexsort(indices.T[::-1]) if indices.shape[1] else np.arange(len(indices))


def _flat(indices: np.ndarray, shape: np.ndarray) -> np.ndarray:
    """The places of indices in memory."""
    strides = np.concatenate([np.cumprod(shape[::-1])[::-1][1:], np.ones(1, np.int64)])
    return indices @ strides[:len(shape)].astype(np.int64)


def _reordered(op: Operation) -> list[Shape]:
    return [sparse_rank(op), sparse_rank(op)[:1]]


@op("SparseReorder", f"{_SPARSE.format('input_')} -> output_indices: int64, output_values: T", _reordered, host=True, T=ANY)
def sparse_reorder(input_indices, input_values, input_shape):
    """The elements in row-major order."""
    if len(input_indices) != len(input_values):
        raise ValueError("indices and values rows (indexing dimension) must match. (indices = "
                         f"{len(input_indices)}, values = {len(input_values)})")
    order = row_major(input_indices)
    return input_indices[order], input_values[order]


@sparse_reorder.gradient
def _(op, _, grad):
    indices, _, shape = op.inputs
    entries = counting(0, item(shape_of(indices), 0))
    sparse = SparseTensor(indices, entries, shape)
    _, order = node("SparseReorder", sparse.indices, sparse.values, sparse.dense_shape)
    return None, node("GatherV2", grad, node("InvertPermutation", order), 0), None


def _reshaped(op: Operation) -> list[Shape]:
    count, _ = with_rank(op, op.inputs[0], 2)
    with_rank(op, op.inputs[1], 1)
    rank, = with_rank(op, op.inputs[2], 1)
    return [(count, rank), (rank,)]


@op("SparseReshape", "input_indices: int64, input_shape: int64, new_shape: int64 -> output_indices: int64, "
    "output_shape: int64", _reshaped, host=True)
def sparse_reshape(input_indices, input_shape, new_shape):
    """The indices in another shape with as many elements; a size of -1 follows from the others."""
    total, shape = int(np.prod(input_shape)), np.array(new_shape)
    open_sizes = np.flatnonzero(shape == -1)
    if len(open_sizes) > 1:
        raise ValueError(f"only one output dimension may be -1, not both {open_sizes[0]} and {open_sizes[1]}")
    if len(open_sizes):
        known = int(np.prod(shape[shape != -1]))
        if known == 0:
            raise ValueError("reshape cannot infer the missing input size for an empty tensor unless all specified input "
                             "sizes are non-zero")
        if total % known:
            raise ValueError(f"Input to reshape is a SparseTensor with {total} dense values, but the requested shape "
                             f"requires a multiple of {known}. input_shape={brackets(tuple(input_shape))} output_shape="
                             f"{brackets(tuple(shape))}")
        shape[open_sizes[0]] = total // known
    if np.prod(shape) != total:
        raise ValueError(f"Input to reshape is a tensor with {total} dense values, but the requested shape has "
                         f"{int(np.prod(shape))}. input_shape={brackets(tuple(input_shape))} output_shape="
                         f"{brackets(tuple(shape))}")
    places = _flat(input_indices, input_shape)
    if not len(shape):
        return np.zeros((len(places), 0), np.int64), shape
    return np.stack(np.unravel_index(places, tuple(shape)), 1).astype(np.int64).reshape(-1, len(shape)), shape


def _joined(op: Operation) -> list[Shape]:
    parts = [with_rank(op, tensor, 2) for tensor in op.inputs[:op["N"]]]
    counts = [count for count, _ in parts]
    count = None if None in counts else sum(counts)  # type: ignore[arg-type]
    rank = next((rank for _, rank in parts if rank is not None), None)
    return [(count, rank), (count,), (rank,)]


@op("SparseConcat", "indices: N*int64, values: N*T, shapes: N*int64 -> output_indices: int64, output_values: T, "
    "output_shape: int64", _joined, host=True, concat_dim=required("int"), T=ANY)
def sparse_concat(indices, values, shapes, *, concat_dim):
    """Sparse tensors one after the other along a dimension."""
    rank = len(shapes[0])
    if not -rank <= concat_dim < rank:
        raise ValueError(f"Concat dimension must be in range [{-rank}, {rank}), got {concat_dim}")
    axis = concat_dim % rank
    for i, shape in enumerate(shapes[1:], 1):
        if len(shape) != rank:
            raise ValueError(f"Ranks of all input tensors must match: expected {rank} but got {len(shape)} at position {i}")
        for d in range(rank):
            if d != axis and shape[d] != shapes[0][d]:
                raise ValueError(f"Input shapes must match: expected {shapes[0][d]} for dimension {d} but got {shape[d]} at "
                                 f"position {i}")
    starts = np.cumsum([0, *(shape[axis] for shape in shapes)])
    moved = []
    for part, start in zip(indices, starts):
        moved.append(part.copy())
        moved[-1][:, axis] += start
    every, whole = np.concatenate(moved), shapes[0].copy()
    whole[axis] = starts[-1]
    order = row_major(every)
    return every[order], np.concatenate(values)[order], whole


def _split_shapes(op: Operation) -> list[Shape]:
    _, rank = with_rank(op, op.inputs[1], 2)
    n = op["num_split"]
    shape = constant_value(op.inputs[3])
    rank = len(shape) if shape is not None else rank
    return [*[(None, rank)] * n, *[(None,)] * n, *[(rank,)] * n]


@op("SparseSplit", "split_dim: int64, indices: int64, values: T, shape: int64 -> output_indices: num_split*int64, "
    "output_values: num_split*T, output_shape: num_split*int64", _split_shapes, host=True, T=ANY)
def sparse_split(split_dim, indices, values, shape, *, num_split):
    """A sparse tensor in parts along a dimension, the first of them longer by one if they are not equal."""
    axis = int(split_dim)
    if not -len(shape) <= axis < len(shape):
        raise ValueError(f"Input split_dim should be between [{-len(shape)}, {len(shape)}), got {axis}")
    if not 1 <= num_split <= shape[axis]:
        raise ValueError(f"Input num_split should be between 1 and the splitting dimension size ({shape[axis]}), got "
                         f"{num_split}")
    axis %= len(shape)
    base, extra = divmod(int(shape[axis]), num_split)
    sizes = [base + (i < extra) for i in range(num_split)]
    starts = np.cumsum([0, *sizes])
    parts = []
    for start, size in zip(starts, sizes):
        inside = (indices[:, axis] >= start) & (indices[:, axis] < start + size)
        part, whole = indices[inside].copy(), shape.copy()
        part[:, axis] -= start
        whole[axis] = size
        parts.append((part, values[inside], whole))
    return tuple(part[i] for i in range(3) for part in parts)


def _cut(op: Operation) -> list[Shape]:
    _, rank = sparse_rank(op)
    return [(None, rank), (None,), (rank,)]


@op("SparseSlice", "indices: int64, values: T, shape: int64, start: int64, size: int64 -> output_indices: int64, "
    "output_values: T, output_shape: int64", _cut, host=True, T=ANY)
def sparse_slice(indices, values, shape, start, size):
    """The elements in a box, with their indices in it."""
    whole = np.maximum(np.minimum(size, shape - start), 0)
    inside = ((indices >= start) & (indices < start + whole)).all(1)
    return indices[inside] - start, values[inside], whole


sparse_slice.fold(sparse_slice.lower)


@sparse_slice.gradient
def _(op, _, grad, __):
    slope = node("SparseSliceGrad", grad, op.inputs[0], op.inputs[3], op.outputs[0])
    slope.set_shape(op.inputs[1].static_shape)
    return None, slope, None, None, None


def _like_first_indices(op: Operation) -> list[Shape]:
    return [with_rank(op, op.inputs[1], 2)[:1]]


@op("SparseSliceGrad", "backprop_val_grad: T, input_indices: int64, input_start: int64, output_indices: int64 -> "
    "val_grad: T", _like_first_indices, host=True, T=NUMBER)
def sparse_slice_grad(backprop_val_grad, input_indices, input_start, output_indices):
    """For each element the gradient of the one it became, zero if it was cut off."""
    return picked(backprop_val_grad, output_indices + input_start, input_indices)


def picked(values: np.ndarray, at: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The values found at the rows `wanted` of indices, zero where `at` does not have them."""
    places = {tuple(row): i for i, row in enumerate(at.tolist())}
    found = np.array([places.get(tuple(row), -1) for row in wanted.tolist()], np.int64)
    result = np.zeros(len(wanted), values.dtype)
    result[found >= 0] = values[found[found >= 0]]
    return result


def _filled(op: Operation) -> list[Shape]:
    _, rank = sparse_rank(op)
    shape = constant_value(op.inputs[2])
    return [(None, rank), (None,), (None if shape is None else int(shape[0]),), with_rank(op, op.inputs[0], 2)[:1]]


@op("SparseFillEmptyRows", "indices: int64, values: T, dense_shape: int64, default_value: T -> output_indices: int64, "
    "output_values: T, empty_row_indicator: bool, reverse_index_map: int64", _filled, host=True, T=ANY)
def sparse_fill_empty_rows(indices, values, dense_shape, default_value):
    """The elements, with one of the default value at the start of each row that had none."""
    rows = int(dense_shape[0])
    taken = indices[:, 0] if len(indices) else np.zeros(0, np.int64)
    for i, row in enumerate(taken):
        if not 0 <= row < rows:
            raise ValueError(f"indices({i}, 0) is invalid: {row} >= {rows}")
    is_empty = np.bincount(taken, minlength=rows)[:rows] == 0
    new = np.zeros((int(is_empty.sum()), indices.shape[1]), np.int64)
    new[:, 0] = np.flatnonzero(is_empty)
    every = np.concatenate([indices, new])
    order = np.argsort(every[:, 0], kind="stable")
    filled = np.concatenate([values, np.full(len(new), default_value, values.dtype)])
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return every[order], filled[order], is_empty, place[:len(indices)]


@sparse_fill_empty_rows.gradient
def _(op, _, grad, __, ___):
    values, default = node("SparseFillEmptyRowsGrad", op.outputs[3], grad)
    return None, values, None, default


@op("SparseFillEmptyRowsGrad", "reverse_index_map: int64, grad_values: T -> d_values: T, d_default_value: T",
    lambda op: [op.inputs[0].static_shape, ()], host=True, T=ANY)
def sparse_fill_empty_rows_grad(reverse_index_map, grad_values):
    """The gradients of the elements there were, and the sum of those of the elements filled in."""
    is_new = np.ones(len(grad_values), bool)
    is_new[reverse_index_map] = False
    return grad_values[reverse_index_map], np.asarray(grad_values[is_new].sum(), grad_values.dtype)


def _dense_shape(op: Operation) -> list[Shape]:
    value = constant_value(op.inputs[1])
    if value is not None:
        return [tuple(map(int, value))]
    rank, = with_rank(op, op.inputs[1], 1)
    return [None if rank is None else (None,) * rank]


@op("SparseToDense", "sparse_indices: Tindices, output_shape: Tindices, sparse_values: T, default_value: T -> dense: T",
    _dense_shape, host=True, validate_indices=True, T=ANY, Tindices=TINDEX)
def sparse_to_dense(sparse_indices, output_shape, sparse_values, default_value, *, validate_indices):
    """The dense tensor with the values at the indices, and the default everywhere else."""
    indices = sparse_indices.reshape(-1, 1) if sparse_indices.ndim < 2 else sparse_indices
    _check_dense(indices, output_shape, sparse_values, default_value, validate_indices)
    dense = np.full(tuple(output_shape), default_value, sparse_values.dtype)
    dense[tuple(indices[:, i] for i in range(indices.shape[1]))] = sparse_values
    return dense


_OUT_OF_ORDER = ("is out of order. Many sparse ops require sorted indices.\n    Use `tf.sparse.reorder` to create a "
                 "correctly ordered copy.\n\n")


def _check_dense(indices: Any, shape: Any, values: Any, default: Any, validate: Any) -> None:
    if indices.shape[1] != len(shape):
        raise ValueError(f"output_shape has incorrect number of elements: {len(shape)} should be: {indices.shape[1]}")
    if values.ndim and len(values) != len(indices):
        raise ValueError(f"sparse_values has incorrect shape {brackets(values.shape)}, should be [] or [{len(indices)}]")
    if default.ndim:
        raise ValueError("default_value should be a scalar.")
    outside = np.flatnonzero(((indices < 0) | (indices >= shape)).any(1))
    if len(outside):
        i = outside[0]
        raise ValueError(f"indices[{i}] = [{','.join(map(str, indices[i]))}] is out of bounds: need 0 <= index < "
                         f"[{','.join(map(str, shape))}]")
    if validate:
        for i in range(1, len(indices)):
            before, now = tuple(indices[i - 1]), tuple(indices[i])
            if now <= before:
                what = "is repeated" if now == before else _OUT_OF_ORDER
                raise ValueError(f"indices[{i}] = [{','.join(map(str, now))}] {what}")


@sparse_to_dense.gradient
def _(op, grad):
    indices, shape, _, _ = op.inputs
    values = node("GatherNd", grad, indices)
    default = minus(_total(grad), _total(values))
    return zeros_like(indices), zeros_like(shape), values, default


def _total(x: Any) -> Any:
    return reduction("Sum", x)


not_differentiable(sparse_concat, sparse_slice_grad)
