"""Ops on sets: what stands in the last dimension of a tensor. What comes out depends on data: they run in Python."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..dtypes import ANY, TypeSet, int8, int16, int32, int64, string, uint8, uint16
from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, fail, merge_shapes, with_rank
from ..op.signature import required
from ..shape import Shape
from .sparse import sparse_rank
from .strings import texts

ELEMENTS = TypeSet((int8, int16, int32, int64, uint8, uint16, string))

_SPARSE = "{0}_indices: int64, {0}_values: {1}, {0}_shape: int64"
_RESULT = _SPARSE.format("result", "T")
_OPERATIONS = {"a-b": set.difference, "b-a": lambda a, b: b - a, "intersection": set.intersection, "union": set.union}
_ATTRS: dict[str, Any] = {"set_operation": required("string"), "validate_indices": True, "T": ELEMENTS}

Groups = dict[tuple[int, ...], list]


def _dense_groups(array: np.ndarray) -> Groups:
    return {index: array[index].tolist() for index in np.ndindex(*array.shape[:-1])}


def sparse_groups(indices: np.ndarray, values: np.ndarray) -> Groups:
    """The values that share all but the last index, in order, by these indices."""
    groups: Groups = {}
    for index, value in zip(indices.tolist(), values.tolist()):
        groups.setdefault(tuple(index[:-1]), []).append(value)
    return groups


def must_be_in_order(indices: np.ndarray, shape: np.ndarray) -> None:
    """Refuse indices out of bounds, out of order or repeated, whatever `validate_indices` says, as TensorFlow does.

    Raises:
      ValueError: if there are any.
    """
    previous = None
    for i, index in enumerate(indices.tolist()):
        what = f"indices[{i}] = {brackets(index)} is"
        if any(not 0 <= place < size for place, size in zip(index, shape)):
            raise ValueError(f"{what} out of bounds: need 0 <= index < {brackets(shape.tolist())}")
        if previous is not None and index <= previous:
            raise ValueError(f"{what} repeated" if index == previous else
                             f"{what} out of order. Many sparse ops require sorted indices.")
        previous = index


def _combined(a: Groups, b: Groups, sizes: tuple, other_sizes: tuple, set_operation: str, dtype: Any) -> tuple:
    """The sparse tensor of the sets that an operation makes of those in the same place."""
    combine = _OPERATIONS.get(set_operation.lower())
    if combine is None:
        raise ValueError(f"Invalid set_operation {set_operation}.")
    if sizes != other_sizes:
        raise ValueError(f"Mismatched shapes {brackets(sizes)} vs {brackets(other_sizes)}")
    indices: list[tuple] = []
    values: list = []
    longest = 0
    for place in sorted(a.keys() | b.keys()):
        made = sorted(combine(set(a.get(place, ())), set(b.get(place, ()))))
        indices += [(*place, i) for i in range(len(made))]
        values += made
        longest = max(longest, len(made))
    array = texts(values) if dtype == string else np.array(values, dtype.as_numpy_dtype)
    return np.array(indices, np.int64).reshape(-1, len(sizes) + 1), array, np.array([*sizes, longest], np.int64)


def _results(rank: int | None) -> list[Shape]:
    return [(None, rank), (None,), (rank,)]


def _of_two(op: Operation, i: int) -> Shape:
    shape = op.inputs[i].static_shape
    if shape is not None and len(shape) < 2:
        fail(op, f"Shape must be at least rank 2 but is rank {len(shape)}", known=())
    return shape


def _of_dense(op: Operation) -> list[Shape]:
    first = _of_two(op, 0)
    if first is None:
        second = _of_two(op, 1)
        return _results(None if second is None else len(second))
    second = with_rank(op, op.inputs[1], len(first))
    merge_shapes(op, first[:-1], second[:-1])
    return _results(len(first))


@op("DenseToDenseSetOperation", f"set1: T, set2: T -> {_RESULT}", _of_dense, host=True, **_ATTRS)
def dense_to_dense_set_operation(set1, set2, *, set_operation, T):
    """What an operation makes of the sets in the last dimension of two dense tensors."""
    return _combined(_dense_groups(set1), _dense_groups(set2), set1.shape[:-1], set2.shape[:-1], set_operation, T)


def _of_dense_and_sparse(op: Operation) -> list[Shape]:
    first = _of_two(op, 0)
    _, rank = sparse_rank(op, 1)
    if first is not None and rank is not None and rank != len(first):
        fail(op, f"Dimension must be {len(first)} but is {rank}", known=())
    return _results(rank if first is None else len(first))


@op("DenseToSparseSetOperation", f"set1: T, {_SPARSE.format('set2', 'T')} -> {_RESULT}", _of_dense_and_sparse, host=True,
    **_ATTRS)
def dense_to_sparse_set_operation(set1, set2_indices, set2_values, set2_shape, *, set_operation, T):
    """What an operation makes of the sets in the last dimension of a dense and a sparse tensor."""
    must_be_in_order(set2_indices, set2_shape)
    return _combined(_dense_groups(set1), sparse_groups(set2_indices, set2_values), set1.shape[:-1],
                     tuple(set2_shape[:-1].tolist()), set_operation, T)


def _of_sparse(op: Operation) -> list[Shape]:
    ranks = [sparse_rank(op, first)[1] for first in (0, 3)]
    known = [rank for rank in ranks if rank is not None]
    if known and known[0] < 2:
        fail(op, f"Input {0 if ranks[0] else 1}, expected rank >= 2, got {known[0]}.", known=())
    if len(set(known)) > 1:
        fail(op, f"Dimension must be {ranks[0]} but is {ranks[1]}", known=())
    return _results(known[0] if known else None)


@op("SparseToSparseSetOperation", f"{_SPARSE.format('set1', 'T')}, {_SPARSE.format('set2', 'T')} -> {_RESULT}", _of_sparse,
    host=True, **_ATTRS)
def sparse_to_sparse_set_operation(set1_indices, set1_values, set1_shape, set2_indices, set2_values, set2_shape, *,
                                   set_operation, T):
    """What an operation makes of the sets in the last dimension of two sparse tensors."""
    must_be_in_order(set1_indices, set1_shape)
    must_be_in_order(set2_indices, set2_shape)
    return _combined(sparse_groups(set1_indices, set1_values), sparse_groups(set2_indices, set2_values),
                     tuple(set1_shape[:-1].tolist()), tuple(set2_shape[:-1].tolist()), set_operation, T)


@op("SetSize", f"{_SPARSE.format('set', 'T')} -> size: int32", None, host=True, validate_indices=True, T=ELEMENTS)
def set_size(set_indices, set_values, set_shape):
    """How many different elements each set in the last dimension of a sparse tensor has."""
    must_be_in_order(set_indices, set_shape)
    sizes = np.zeros(set_shape[:-1], np.int32)
    for place, values in sparse_groups(set_indices, set_values).items():
        sizes[place] = len(set(values))
    return sizes


def _distances_shape(op: Operation) -> list[Shape]:
    for first in (0, 3):
        sparse_rank(op, first)
    known = [constant_value(op.inputs[i]) for i in (2, 5)]
    if any(shape is None for shape in known):
        return [None]
    a, b = known
    if len(a) != len(b):
        fail(op, f"Num elements of hypothesis_shape does not match truth_shape: {len(a)} vs. {len(b)}", known=(2, 5))
    return [tuple(np.maximum(a, b)[:-1].tolist())]


@op("EditDistance", f"{_SPARSE.format('hypothesis', 'T')}, {_SPARSE.format('truth', 'T')} -> output: float32",
    _distances_shape, host=True, normalize=True, T=ANY)
def edit_distance(hypothesis_indices, hypothesis_values, hypothesis_shape, truth_indices, truth_values, truth_shape, *,
                  normalize):
    """How many elements of each sequence must be put in, left out or replaced to make another of it."""
    if len(hypothesis_shape) != len(truth_shape):
        raise ValueError(f"Expected hypothesis.shape.rank == truth.shape.rank, got {len(hypothesis_shape)} and "
                         f"{len(truth_shape)}.")
    distances = np.zeros(np.maximum(hypothesis_shape, truth_shape)[:-1], np.float32)
    hypotheses, truths = sparse_groups(hypothesis_indices, hypothesis_values), sparse_groups(truth_indices, truth_values)
    for place in hypotheses.keys() | truths.keys():
        if any(not 0 <= i < size for i, size in zip(place, distances.shape)):
            raise ValueError(f"There is an element of a sequence at {brackets((*place, None))}, but the distances are of "
                             f"shape {brackets(distances.shape)}.")
        truth = truths.get(place, [])
        distance = _distance(hypotheses.get(place, []), truth)
        distances[place] = distance if not normalize else distance / len(truth) if truth else np.inf
    return distances


def _distance(a: list, b: list) -> int:
    *_, last = _rows(a, b)
    return last[-1]


def _rows(a: list, b: list) -> Iterator[list[int]]:
    """The rows of the table of distances between the beginnings of two sequences."""
    row = list(range(len(b) + 1))
    yield row
    for i, x in enumerate(a, 1):
        above, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
        yield row


not_differentiable(dense_to_dense_set_operation, dense_to_sparse_set_operation, sparse_to_sparse_set_operation, set_size,
                   edit_distance)
