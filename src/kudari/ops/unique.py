"""The distinct elements of a vector. How many there are depends on the values, so it runs in Python."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import ANY, INDEX, DType
from ..graph.operation import Operation
from ..op.definition import op
from ..shape import Shape


def _distinct(op: Operation) -> list[Shape]:
    return [(None,), op.inputs[0].static_shape]


@op("Unique", "x: T -> y: T, idx: out_idx", _distinct, host=True, T=ANY, out_idx=INDEX)
def unique(x, *, out_idx):
    """The distinct elements in the order in which they first occur, and the place of each element among them."""
    return _counted(x, out_idx)[:2]


def _distinct_counted(op: Operation) -> list[Shape]:
    return [(None,), op.inputs[0].static_shape, (None,)]


@op("UniqueWithCounts", "x: T -> y: T, idx: out_idx, count: out_idx", _distinct_counted, host=True, T=ANY, out_idx=INDEX)
def unique_with_counts(x, *, out_idx):
    """What `unique` returns, and how often each of the distinct elements occurs."""
    return _counted(x, out_idx)


def _counted(x: Any, out_idx: DType) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if x.ndim != 1:
        raise ValueError("unique expects a 1D vector.")
    sorted_values, first, inverse, counts = np.unique(x, return_index=True, return_inverse=True, return_counts=True)
    order = np.argsort(first)
    places = np.empty(len(order), out_idx.as_numpy_dtype)
    places[order] = np.arange(len(order))
    return sorted_values[order], places[inverse], counts[order].astype(out_idx.as_numpy_dtype)
