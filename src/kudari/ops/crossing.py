"""Crosses of features: every combination of one element from each of several rows."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from ..dtypes import TypeSet, int64, string
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.signature import required, types
from ..shape import Shape
from .fingerprints import fingerprint64
from .strings import texts

_ALL = (1 << 64) - 1
_EITHER = TypeSet((int64, string))
_KIND = required("type", _EITHER)


def _open(op: Operation) -> list[Shape]:
    return [(None, 2), (None,), (2,)]


@op("SparseCross", "indices: N*int64, values: sparse_types[], shapes: N*int64, dense_inputs: dense_types[] -> "
    "output_indices: int64, output_values: out_type, output_shape: int64", _open, host=True,
    hashed_output=required("bool"), num_buckets=required("int"), hash_key=required("int"), out_type=_KIND,
    internal_type=_KIND, sparse_types=types(allowed=_EITHER), dense_types=types(allowed=_EITHER))
def sparse_cross(indices, values, shapes, dense_inputs, *, hashed_output, num_buckets, hash_key):
    """For each row all combinations of the elements that the inputs have in it, joined as text or hashed together."""
    rows = int(shapes[0][0]) if len(shapes) else len(dense_inputs[0])
    columns = [_rows(*each, rows) for each in zip(indices, values)] + [list(dense) for dense in dense_inputs]
    found: list[list[Any]] = []
    for row in range(rows):
        crosses = itertools.product(*(column[row] for column in columns))
        found.append([_hashed(each, hash_key, num_buckets) if hashed_output else _joined(each) for each in crosses])
    places = [(row, i) for row, crosses in enumerate(found) for i in range(len(crosses))]
    flat = [cross for crosses in found for cross in crosses]
    most = max(map(len, found), default=0)
    return (np.array(places, np.int64).reshape(-1, 2), np.array(flat, np.int64) if hashed_output else texts(flat),
            np.array([rows, most], np.int64))


def _rows(indices: np.ndarray, values: np.ndarray, count: int) -> list[list]:
    rows: list[list] = [[] for _ in range(count)]
    for row, value in zip(indices[:, 0].tolist(), values):
        rows[row].append(value)
    return rows


def _joined(values: tuple) -> bytes:
    return b"_X_".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


def _hashed(values: tuple, key: int, buckets: int) -> int:
    result = key
    for value in values:
        result = _chained(result, fingerprint64(value) if isinstance(value, bytes) else int(value) & _ALL)
    return result % (buckets or (1 << 63) - 1)


def _chained(first: int, second: int) -> int:
    """Two fingerprints as one."""
    factor = 0xC6A4A7935BD1E995
    mixed = second * factor & _ALL
    result = first ^ factor ^ ((mixed ^ mixed >> 47) * factor & _ALL)
    result = result * factor & _ALL
    result = (result ^ result >> 47) * factor & _ALL
    return result ^ result >> 47


not_differentiable(sparse_cross)
