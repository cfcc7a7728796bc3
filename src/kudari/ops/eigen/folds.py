"""Running folds along one axis, in an order that XLA keeps, and their joining over packet lanes.

Eigen reduces with one accumulator for each lane of a SIMD register, folds the lanes by halves, then joins what the
scalar loop made of the elements beyond the last full packet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import jax
import numpy as np
from jax import dtypes, lax

UNROLLED = 8
"""Folds up to this length are written out; longer ones loop."""

_PACKETS = {"float32": 4, "float64": 2, "int32": 4, "complex64": 2}


def packet_size(dtype: np.dtype) -> int:
    """Return how many elements of `dtype` an SSE register holds, 1 where Eigen has no packet for it."""
    return _PACKETS.get(np.dtype(dtype).name, 1)


class Fold(NamedTuple):
    """A reduction: `start` gives its identity and `run(x, axis)` folds sequentially from it.

    `pair` combines two lanes, `join` the scalar tail with what the lanes came to.
    """

    start: Callable[[np.dtype], np.generic]
    run: Callable[[jax.Array, int], jax.Array]
    pair: Callable[[jax.Array, jax.Array], jax.Array]
    join: Callable[[jax.Array, jax.Array], jax.Array]


def add_along(x: jax.Array, axis: int) -> jax.Array:
    """Return 0 + x[0] + x[1] + ... along `axis`, rounded after each addition."""
    if x.shape[axis] <= UNROLLED:  # slices and additions join the kernels around them, a reduction is one of its own
        return _loop_along(x, axis, x.dtype.type(0), lax.add)
    # Written as a subtraction: XLA marks an addition in a reducer as one that LLVM may reorder.
    return lax.reduce(x, x.dtype.type(0), lambda total, item: total - (-item), (axis % x.ndim,))


def _loop_along(x: jax.Array, axis: int, start: np.generic, step: Callable) -> jax.Array:
    axis %= x.ndim
    total = lax.full(x.shape[:axis] + x.shape[axis + 1:], start, x.dtype)
    if x.shape[axis] <= UNROLLED:
        for i in range(x.shape[axis]):
            total = step(total, lax.index_in_dim(x, i, axis, keepdims=False))
        return total
    return lax.fori_loop(
        0, x.shape[axis], lambda i, t: step(t, lax.dynamic_index_in_dim(x, i, axis, keepdims=False)), total)


def _extreme_along(x: jax.Array, axis: int, start: np.generic, wins: Callable) -> jax.Array:
    # Eigen's order of operands: a NaN never replaces what is held, and of two zeros the first stays.
    return lax.reduce(x, start, lambda old, new: lax.select(wins(new, old), new, old), (axis % x.ndim,))


def _extreme(wins: Callable) -> Callable:
    return lambda a, b: lax.select(wins(a, b), a, b)


def _lowest(dtype: np.dtype) -> np.generic:
    return dtype.type(-np.inf if dtypes.issubdtype(dtype, np.inexact) else np.iinfo(dtype).min)


def _highest(dtype: np.dtype) -> np.generic:
    return dtype.type(np.inf if dtypes.issubdtype(dtype, np.inexact) else np.iinfo(dtype).max)


SUM = Fold(lambda d: d.type(0), add_along, lax.add, lax.add)
PROD = Fold(lambda d: d.type(1), lambda x, axis: _loop_along(x, axis, x.dtype.type(1), lax.mul), lax.mul, lax.mul)
MAX = Fold(
    _lowest,
    lambda x, axis: _extreme_along(x, axis, _lowest(x.dtype), lax.gt),
    _extreme(lax.gt),
    lambda tail, lanes: lax.select(lax.lt(tail, lanes), lanes, tail))
MIN = Fold(
    _highest,
    lambda x, axis: _extreme_along(x, axis, _highest(x.dtype), lax.lt),
    _extreme(lax.lt),
    lambda tail, lanes: lax.select(lax.lt(lanes, tail), lanes, tail))


def halve(fold: Fold, lanes: jax.Array) -> jax.Array:
    """Fold the last axis by halves: (l0 + l2) + (l1 + l3) for four lanes."""
    while (size := lanes.shape[-1]) > 1:
        lanes = fold.pair(*(lax.slice_in_dim(lanes, i, i + size // 2, axis=-1) for i in (0, size // 2)))
    return lanes.reshape(lanes.shape[:-1])


def fold_packets(fold: Fold, x: jax.Array) -> jax.Array:
    """Reduce the last axis of `x` as Eigen does over contiguous memory: lanes first, then the scalar tail."""
    packet, size = packet_size(x.dtype), x.shape[-1]
    whole = size // packet * packet
    tail = lax.slice_in_dim(x, whole, size, axis=-1)
    if whole == 0:
        return fold.run(tail, -1)
    head = lax.slice_in_dim(x, 0, whole, axis=-1) if whole < size else x
    lanes = halve(fold, fold.run(head.reshape(*x.shape[:-1], whole // packet, packet), -2))
    if whole == size and fold in (SUM, PROD):
        return lanes
    return fold.join(fold.run(tail, -1), lanes)
