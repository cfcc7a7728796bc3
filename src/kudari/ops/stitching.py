"""Putting tensors together by index, and taking vectors apart: ops whose results' sizes depend on values."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import ANY, INDEX
from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.definition import not_differentiable, op
from ..op.rules import merge_shapes, with_rank
from ..shape import Shape
from .forms import node


def _stitched(op: Operation) -> list[Shape]:
    indices, data = op.inputs[:op["N"]], op.inputs[op["N"]:]
    extra: Shape = None
    for where, what in zip(indices, data):
        if where.static_shape is not None and what.static_shape is not None:
            rank = len(where.static_shape)
            merge_shapes(op, where.static_shape, what.static_shape[:rank])
            extra = merge_shapes(op, extra, what.static_shape[rank:])
    known = [constant_value(where) for where in indices]
    rows = None if any(value is None for value in known) else _rows(known)
    return [None if extra is None else (rows, *extra)]


def _rows(indices: list[Any]) -> int:
    return max((int(value.max()) + 1 for value in indices if value.size), default=0)


@op("DynamicStitch", "indices: Static(N*int32), data: N*T -> merged: T", _stitched, T=ANY)
def dynamic_stitch(indices, data):
    """The slices of `data` put at the places `indices`, a later one over an earlier."""
    merged = jnp.zeros((_rows(indices), *data[0].shape[indices[0].ndim:]), data[0].dtype)
    for where, what in zip(indices, data):
        merged = merged.at[where].set(what)
    return merged


@op("ParallelDynamicStitch", "indices: Static(N*int32), data: N*T -> merged: T", _stitched, T=ANY)
def parallel_dynamic_stitch(indices, data):
    """The slices of `data` put at the places `indices`, which all differ."""
    return dynamic_stitch.lower(indices, data)


def _fold(indices: Any, data: Any) -> np.ndarray:
    merged = np.zeros((_rows(indices), *data[0].shape[indices[0].ndim:]), data[0].dtype)
    for where, what in zip(indices, data):
        merged[where] = what
    return merged


def _parts_of_gradient(op: Operation, grad: Any) -> list[Any]:
    count = op["N"]
    return [None] * count + [node("GatherV2", grad, where, 0) for where in op.inputs[:count]]


for _op in (dynamic_stitch, parallel_dynamic_stitch):
    _op.fold(_fold)
    _op.gradient(_parts_of_gradient)


def _difference_shape(op: Operation) -> list[Shape]:
    for tensor in op.inputs:
        with_rank(op, tensor, 1)
    return [(None,), (None,)]


@op("ListDiff", "x: Static(T), y: Static(T) -> out: T, idx: out_idx", _difference_shape, T=ANY, out_idx=INDEX)
def list_diff(x, y, *, out_idx):
    """The elements of `x` that are not in `y`, and their places."""
    places = np.flatnonzero(~np.isin(x, y))
    return x[places], places.astype(out_idx.as_numpy_dtype)


list_diff.fold(list_diff.lower)
not_differentiable(list_diff)
