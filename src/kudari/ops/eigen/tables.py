"""Constant tables read by index, and powers of two between one and two."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

import jax
import numpy as np
from jax import lax

_GUARD = 160
_ROWS = lax.GatherDimensionNumbers(offset_dims=(), collapsed_slice_dims=(0,), start_index_map=(0,))


def lookup(table: np.ndarray, index: jax.Array) -> jax.Array:
    """Return table[index] for a vector `table`; every index must be inside it."""
    start = lax.expand_dims(index, (index.ndim,))
    return lax.gather(table, start, _ROWS, (1,), mode=lax.GatherScatterMode.PROMISE_IN_BOUNDS)


def _scaled_root(i: int, of: int) -> int:
    """Return 2**(i / of) * 2**_GUARD, rounded down, for `of` a power of two."""
    number = 1 << (i + of * _GUARD)
    for _ in range(of.bit_length() - 1):
        number = isqrt(number)
    return number


def root_of_two(i: int, of: int) -> float:
    """Return 2**(i / of), correctly rounded."""
    return float(Fraction(_scaled_root(i, of), 1 << _GUARD))


def root_of_two_rest(i: int, of: int) -> float:
    """Return what `root_of_two(i, of)` lacks of 2**(i / of), relative to it."""
    exact, rounded = Fraction(_scaled_root(i, of), 1 << _GUARD), Fraction(root_of_two(i, of))
    return float((exact - rounded) / rounded)
