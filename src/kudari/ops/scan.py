"""Running sums and products."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import INDEX, NUMBER
from ..op.definition import op
from ..op.rules import unchanged
from .forms import over, times

_SCAN = "x: T, axis: Static(Tidx) -> out: T"


def _shifted(x, axis, first, reverse):
    """`x` moved one place along `axis`, with `first` where it came from: what an exclusive scan adds up."""
    move = (-1, 1, 0) if reverse else (1, -1, 0)
    return lax.pad(x, jnp.asarray(first, x.dtype), [move if d == axis else (0, 0, 0) for d in range(x.ndim)])


@op("Cumsum", _SCAN, unchanged, T=NUMBER, Tidx=INDEX, exclusive=False, reverse=False)
def cumsum(x, axis, *, exclusive, reverse):
    """Running sum along an axis; an exclusive one leaves out its own element."""
    axis = int(axis) % x.ndim
    return lax.cumsum(_shifted(x, axis, 0, reverse) if exclusive else x, axis, reverse)


@cumsum.gradient
def _(op, dout):
    return cumsum(dout, op.inputs[1], exclusive=op["exclusive"], reverse=not op["reverse"]), None


@op("Cumprod", _SCAN, unchanged, T=NUMBER, Tidx=INDEX, exclusive=False, reverse=False)
def cumprod(x, axis, *, exclusive, reverse):
    """Running product along an axis; an exclusive one leaves out its own element."""
    axis = int(axis) % x.ndim
    return lax.cumprod(_shifted(x, axis, 1, reverse) if exclusive else x, axis, reverse)


@cumsum.fold
def _(x, axis, *, exclusive, reverse):
    return _scan_array(np.cumsum, x, int(axis), 0, exclusive, reverse)


@cumprod.fold
def _(x, axis, *, exclusive, reverse):
    return _scan_array(np.cumprod, x, int(axis), 1, exclusive, reverse)


def _scan_array(scan, x, axis, first, exclusive, reverse):
    x = np.flip(x, axis) if reverse else x
    result = scan(x, axis, dtype=x.dtype)
    if exclusive:
        start = np.full_like(np.take(x, [0], axis), first)
        result = np.concatenate([start, np.delete(result, -1, axis)], axis)
    return np.flip(result, axis) if reverse else result


@cumprod.gradient
def _(op, dout):
    """Not defined where `x` is 0, as in TensorFlow."""
    x, axis = op.inputs
    flags = {"exclusive": op["exclusive"], "reverse": op["reverse"]}
    product = times(cumprod(x, axis, **flags), dout)
    return over(cumsum(product, axis, exclusive=op["exclusive"], reverse=not op["reverse"]), x), None
