"""Sparse tensors kept in a session under numbers, so that queues, which hold dense tensors, can hold these."""

from __future__ import annotations

import itertools
import threading
from typing import Any

import numpy as np

from .. import errors
from ..dtypes import ANY
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import scalar
from ..op.signature import required
from ..shape import Shape

_NAMED: dict[str, Any] = {"container": "", "shared_name": ""}


class _Map:
    """Sparse tensors by number."""

    def __init__(self) -> None:
        self._numbers, self._lock = itertools.count(), threading.Lock()
        self._held: dict[int, tuple[np.ndarray, np.ndarray, np.ndarray]] = {}

    def add(self, indices: np.ndarray, values: np.ndarray, shape: np.ndarray) -> int:
        """Keep a sparse tensor and return its number."""
        with self._lock:
            number = next(self._numbers)
        self._held[number] = indices, values, shape
        return number

    def take(self, number: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return a sparse tensor, and keep it no longer."""
        try:
            return self._held.pop(number)
        except KeyError:
            raise errors.InvalidArgumentError(None, None, f"Unable to find SparseTensor: {number} in map") from None


def _kept_map(kept: dict[str, Any]) -> _Map:
    return kept.setdefault("sparse_tensors", _Map())


def _check(indices: np.ndarray, values: np.ndarray, shape: np.ndarray) -> None:
    if indices.ndim != 2:
        raise ValueError(f"Input indices should be a matrix but received shape {list(indices.shape)}")
    if values.ndim != 1:
        raise ValueError(f"Input values should be a vector but received shape {list(values.shape)}")
    if shape.ndim != 1:
        raise ValueError(f"Input shape should be a vector but received shape {list(shape.shape)}")
    if len(indices) != len(values) or indices.shape[1] != len(shape):
        raise ValueError(f"Sparse indices of shape {list(indices.shape)} do not fit {len(values)} values and a dense shape "
                         f"of {len(shape)} dimensions.")


@op("AddSparseToTensorsMap", "sparse_indices: int64, sparse_values: T, sparse_shape: int64 -> sparse_handle: int64", scalar,
    host=True, stateful=True, T=ANY, **_NAMED)
def add_sparse_to_tensors_map(sparse_indices, sparse_values, sparse_shape, *, kept):
    """The number under which a sparse tensor is kept."""
    _check(sparse_indices, sparse_values, sparse_shape)
    return np.asarray(_kept_map(kept).add(sparse_indices, sparse_values, sparse_shape), np.int64)


def _vector(op: Operation) -> list[Shape]:
    return [(None,)]


@op("AddManySparseToTensorsMap", "sparse_indices: int64, sparse_values: T, sparse_shape: int64 -> sparse_handles: int64",
    _vector, host=True, stateful=True, T=ANY, **_NAMED)
def add_many_sparse_to_tensors_map(sparse_indices, sparse_values, sparse_shape, *, kept):
    """The numbers under which the rows of a sparse tensor are kept."""
    _check(sparse_indices, sparse_values, sparse_shape)
    if len(sparse_shape) < 2:
        raise ValueError(f"Rank of input SparseTensor should be > 1, but saw rank: {len(sparse_shape)}")
    table = _kept_map(kept)
    rows = sparse_indices[:, 0]
    order = np.argsort(rows, kind="stable")
    starts = np.searchsorted(rows[order], np.arange(sparse_shape[0] + 1))
    found = (order[start:end] for start, end in itertools.pairwise(starts))
    return np.array([table.add(sparse_indices[at, 1:], sparse_values[at], sparse_shape[1:]) for at in found], np.int64)


def _parts(op: Operation) -> list[Shape]:
    return [(None, None), (None,), (None,)]


@op("TakeManySparseFromTensorsMap",
    "sparse_handles: int64 -> sparse_indices: int64, sparse_values: dtype, sparse_shape: int64", _parts, host=True,
    stateful=True, dtype=required("type"), **_NAMED)
def take_many_sparse_from_tensors_map(sparse_handles, *, dtype, kept):
    """The sparse tensors with some numbers as one with one more dimension."""
    table = _kept_map(kept)
    found = [table.take(int(number)) for number in sparse_handles]
    if not found:
        raise ValueError("Must have at least 1 serialized SparseTensor, but input matrix has 0 rows")
    shapes = [shape for _, _, shape in found]
    if len({len(shape) for shape in shapes}) > 1:
        raise ValueError(f"Inconsistent rank across SparseTensors: rank prior to SparseTensor[1] was: {len(shapes[0])} but "
                         "another is of another rank")
    indices = [np.insert(index, 0, row, axis=1) for row, (index, _, _) in enumerate(found)]
    return (np.concatenate(indices), np.concatenate([values for _, values, _ in found]),
            np.array([len(found), *np.max(shapes, axis=0)], np.int64))


not_differentiable(add_sparse_to_tensors_map, add_many_sparse_to_tensors_map, take_many_sparse_from_tensors_map)
