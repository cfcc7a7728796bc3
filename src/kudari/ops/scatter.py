"""Ops that change the rows of a variable that a tensor of indices names."""

from __future__ import annotations

import jax.numpy as jnp

from ..dtypes import ANY, NUMBER, TINDEX
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, fail
from ..shape import Shape, merge

_SCATTER = "ref: Ref(T), indices: Tindices, updates: T -> output_ref: Ref(T)"


def _rows_shape(op: Operation) -> list[Shape]:
    ref, indices, updates = (t.static_shape for t in op.inputs)
    if ref is not None and indices is not None:
        if not ref:
            fail(op, "Shape must be at least rank 1 but is rank 0")
        wanted = indices + ref[1:]
        try:
            merge(updates, wanted)
        except ValueError:
            fail(op, f"Shapes must be equal: updates are {brackets(updates)}, the rows they go to {brackets(wanted)}")
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


not_differentiable(scatter_update, scatter_add, scatter_sub)
