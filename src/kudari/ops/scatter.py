"""Ops that change the rows of a variable that a tensor of indices names."""

from __future__ import annotations

import jax.numpy as jnp
from jax import lax

from ..dtypes import ANY, NUMBER, TINDEX, TypeSet, bfloat16, float16, float32, float64, int32, int64
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, fail, merge_shapes
from ..shape import Shape, merge

_COMPARED = TypeSet((float16, bfloat16, float32, float64, int32, int64))
_SCATTER = "ref: Ref(T), indices: Tindices, updates: T -> output_ref: Ref(T)"


def _rows_shape(op: Operation) -> list[Shape]:
    ref, indices, updates = (t.static_shape for t in op.inputs)
    if ref is not None and indices is not None:
        if not ref:
            fail(op, "Shape must be at least rank 1 but is rank 0")
        merge_shapes(op, updates, indices + ref[1:])
    return [ref]


def _rows(ref, indices):
    """The rows of `ref` to change. An index that names none is passed over, as on TensorFlow's GPUs."""
    return ref.at[jnp.where(indices < 0, ref.shape[0], indices)]


@op("ScatterUpdate", _SCATTER, _rows_shape, T=ANY, Tindices=TINDEX, use_locking=True)
def scatter_update(ref, indices, updates):
    """Replace rows."""
    return _rows(ref, indices).set(updates, mode="drop")


@op("ScatterAdd", _SCATTER, _rows_shape, T=NUMBER, Tindices=TINDEX, use_locking=False)
def scatter_add(ref, indices, updates):
    """Add to rows, once for each time an index occurs."""
    return _rows(ref, indices).add(updates, mode="drop")


@op("ScatterSub", _SCATTER, _rows_shape, T=NUMBER, Tindices=TINDEX, use_locking=False)
def scatter_sub(ref, indices, updates):
    """Subtract from rows, once for each time an index occurs."""
    return _rows(ref, indices).subtract(updates, mode="drop")


@op("ScatterMul", _SCATTER, _rows_shape, T=NUMBER, Tindices=TINDEX, use_locking=False)
def scatter_mul(ref, indices, updates):
    """Multiply rows, once for each time an index occurs."""
    return _rows(ref, indices).multiply(updates, mode="drop")


@op("ScatterDiv", _SCATTER, _rows_shape, T=NUMBER, Tindices=TINDEX, use_locking=False)
def scatter_div(ref, indices, updates):
    """Divide rows, once for each time an index occurs; of integers, towards zero."""
    return lax.div(ref, _rows(jnp.ones_like(ref), indices).multiply(updates, mode="drop"))


@op("ScatterMin", _SCATTER, _rows_shape, T=_COMPARED, Tindices=TINDEX, use_locking=False)
def scatter_min(ref, indices, updates):
    """Take the smaller of rows and updates."""
    return _rows(ref, indices).min(updates, mode="drop")


@op("ScatterMax", _SCATTER, _rows_shape, T=_COMPARED, Tindices=TINDEX, use_locking=False)
def scatter_max(ref, indices, updates):
    """Take the larger of rows and updates."""
    return _rows(ref, indices).max(updates, mode="drop")


def _places(ref, indices):
    """The elements or slices of `ref` whose places the rows of `indices` are. One outside is passed over."""
    parts = jnp.moveaxis(indices, -1, 0)
    return ref.at[tuple(jnp.where(part < 0, size, part) for part, size in zip(parts, ref.shape))]


def _fit_pieces(ref, indices, updates):
    """Refuse updates whose shape is not that of the places and of what is at one of them."""
    outer = len(indices) - 1
    merge(indices[:-1], None if updates is None else updates[:outer])
    merge(indices[:-1] + ref[indices[-1]:], updates)


def _nd_shape(op: Operation) -> list[Shape]:
    ref, indices, updates = (t.static_shape for t in op.inputs)
    if ref is not None and indices and indices[-1] is not None:
        if indices[-1] > len(ref):
            fail(op, f"The inner {len(indices) - 1} dimensions of output.shape={brackets(ref)} must match")
        try:
            _fit_pieces(ref, indices, updates)
        except ValueError as error:
            fail(op, f"The outer {len(indices) - 1} dimensions of indices.shape={brackets(indices)} must match the outer "
                     f"{len(indices) - 1} dimensions of updates.shape={brackets(updates)}: {error}")
    return [ref]


@op("ScatterNdUpdate", _SCATTER, _nd_shape, T=ANY, Tindices=TINDEX, use_locking=True)
def scatter_nd_update(ref, indices, updates):
    """Replace elements or slices."""
    return _places(ref, indices).set(updates, mode="drop")


@op("ScatterNdAdd", _SCATTER, _nd_shape, T=NUMBER, Tindices=TINDEX, use_locking=False)
def scatter_nd_add(ref, indices, updates):
    """Add to elements or slices, once for each time a place occurs."""
    return _places(ref, indices).add(updates, mode="drop")


@op("ScatterNdSub", _SCATTER, _nd_shape, T=NUMBER, Tindices=TINDEX, use_locking=False)
def scatter_nd_sub(ref, indices, updates):
    """Subtract from elements or slices, once for each time a place occurs."""
    return _places(ref, indices).subtract(updates, mode="drop")


not_differentiable(scatter_update, scatter_add, scatter_sub, scatter_mul, scatter_div, scatter_min, scatter_max,
                   scatter_nd_update, scatter_nd_add, scatter_nd_sub)
