"""Reductions in the order of TensorFlow 1.3: `Sum`, `Mean`, `Prod`, `Max`, `Min`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import jax
import numpy as np
from jax import dtypes, lax

from .folds import MAX, MIN, PROD, SUM, Fold, fold_packets


class Runs(NamedTuple):
    """A shape as alternating runs of kept and reduced dimensions; `reduce_first` says which kind the first one is."""

    sizes: tuple[int, ...]
    reduce_first: bool


def collapse(shape: Sequence[int], axes: set[int]) -> Runs:
    """Merge neighbouring dimensions that are all reduced or all kept; a dimension of 1 joins the run before it."""
    reduced = [i in axes for i in range(len(shape))]
    first = next((i for i, size in enumerate(shape) if size != 1), None)
    if first is None:
        return Runs((), True)
    sizes = [shape[first]]
    for i in range(first + 1, len(shape)):
        if shape[i] == 1:
            reduced[i] = reduced[i - 1]
        if reduced[i] == reduced[i - 1]:
            sizes[-1] *= shape[i]
        else:
            sizes.append(shape[i])
    return Runs(tuple(sizes), reduced[first])


def _reduce_runs(x: jax.Array, runs: Runs, fold: Fold) -> jax.Array:
    rank = len(runs.sizes)
    x = x.reshape(runs.sizes)
    match rank, runs.reduce_first:
        case (1, True) | (2, False):
            return fold_packets(fold, x)
        case (2, True):
            return fold.run(x, 0)
        case (3, False):
            return fold.run(x, 1)
        case (3, True):  # Eigen's generic reducer: the last dimension is its outer loop
            return fold.run(lax.transpose(x, (1, 2, 0)).reshape(runs.sizes[1], -1), 1)
    kept = range(int(runs.reduce_first), rank, 2)
    gone = range(int(not runs.reduce_first), rank, 2)
    moved = lax.transpose(x, (*kept, *gone))
    return fold_packets(fold, moved.reshape(*(runs.sizes[i] for i in kept), -1))


def _out_shape(shape: Sequence[int], axes: set[int], keep_dims: bool) -> tuple[int, ...]:
    return tuple(1 if i in axes else n for i, n in enumerate(shape) if keep_dims or i not in axes)


def reduce(x: jax.Array, axes: Sequence[int], keep_dims: bool, fold: Fold) -> jax.Array:
    """Reduce `axes` of `x` with `fold`, choosing the loop as TensorFlow's reduction kernel does."""
    gone = {int(a) % x.ndim for a in axes}
    out = _out_shape(x.shape, gone, keep_dims)
    runs = collapse(x.shape, gone)
    if not runs.sizes or runs == (runs.sizes[:1], False):
        return x.reshape(out)
    if x.size == 0:
        return lax.full(out, fold.start(x.dtype), x.dtype)
    return _reduce_runs(x, runs, fold).reshape(out)


def sum(x: jax.Array, axes: Sequence[int], keep_dims: bool = False) -> jax.Array:
    """Return the sum of `x` over `axes`."""
    return reduce(x, axes, keep_dims, SUM)


def prod(x: jax.Array, axes: Sequence[int], keep_dims: bool = False) -> jax.Array:
    """Return the product of `x` over `axes`."""
    return reduce(x, axes, keep_dims, PROD)


def max(x: jax.Array, axes: Sequence[int], keep_dims: bool = False) -> jax.Array:
    """Return the largest element of `x` over `axes`."""
    return reduce(x, axes, keep_dims, MAX)


def min(x: jax.Array, axes: Sequence[int], keep_dims: bool = False) -> jax.Array:
    """Return the smallest element of `x` over `axes`."""
    return reduce(x, axes, keep_dims, MIN)


def mean(x: jax.Array, axes: Sequence[int], keep_dims: bool = False) -> jax.Array:
    """Return the mean of `x` over `axes`: the sum, then one division; NaN over no elements."""
    total = sum(x, axes, keep_dims)
    runs = collapse(x.shape, {int(a) % x.ndim for a in axes})
    count = int(np.prod(runs.sizes[0 if runs.reduce_first else 1::2], dtype=np.int64))
    if x.size == 0 and total.size and dtypes.issubdtype(x.dtype, np.inexact):
        return lax.full(total.shape, np.nan, x.dtype)
    return total if count <= 1 else lax.div(total, lax.full(total.shape, count, x.dtype))
