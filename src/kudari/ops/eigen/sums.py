"""Sums that are no plain reduction: `AddN`, `L2Loss`, `BiasAddGrad`, `Cumsum`, `Cumprod`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import add

import jax
import numpy as np
from jax import lax

from .folds import SUM, add_along, fold_packets

_AT_ONCE = 8


def add_n(inputs: Sequence[jax.Array]) -> jax.Array:
    """Return the sum of `inputs`: the first few from left to right, then each further eight as one sum."""
    first = len(inputs) % _AT_ONCE
    first += _AT_ONCE if first < 2 else 0
    total = reduce(add, inputs[:first])
    for start in range(first, len(inputs), _AT_ONCE):
        total = total + reduce(add, inputs[start:start + _AT_ONCE])
    return total


def l2_loss(t: jax.Array) -> jax.Array:
    """Return half the sum of the squares of `t`, halved before they are added."""
    return fold_packets(SUM, ((t * t) * t.dtype.type(0.5)).reshape(-1))


def bias_add_grad(out_backprop: jax.Array, channel_axis: int = -1) -> jax.Array:
    """Return the sum of `out_backprop` over all axes but the channels', in the order of memory."""
    channel_axis %= out_backprop.ndim
    others = [i for i in range(out_backprop.ndim) if i != channel_axis]
    moved = lax.transpose(out_backprop, (*others, channel_axis))
    return add_along(moved.reshape(-1, out_backprop.shape[channel_axis]), 0)


def _scan(x: jax.Array, axis: int, start: np.generic, step: Callable, exclusive: bool, reverse: bool) -> jax.Array:
    axis, length = axis % x.ndim, x.shape[axis]
    if x.size == 0:
        return x
    shape = (*x.shape[:axis], *x.shape[axis + 1:])

    def turn(i, held):
        total, out = held
        place = length - 1 - i if reverse else i
        after = step(total, lax.dynamic_index_in_dim(x, place, axis, keepdims=False))
        return after, lax.dynamic_update_index_in_dim(out, total if exclusive else after, place, axis)

    return lax.fori_loop(0, length, turn, (lax.full(shape, start, x.dtype), lax.full_like(x, 0)))[1]


def cumsum(x: jax.Array, axis: int, exclusive: bool = False, reverse: bool = False) -> jax.Array:
    """Return the running sum of `x` along `axis`, each element added to the sum before it."""
    return _scan(x, axis, x.dtype.type(0), lax.add, exclusive, reverse)


def cumprod(x: jax.Array, axis: int, exclusive: bool = False, reverse: bool = False) -> jax.Array:
    """Return the running product of `x` along `axis`, each element multiplied to the product before it."""
    return _scan(x, axis, x.dtype.type(1), lax.mul, exclusive, reverse)
