"""Ops on the bits of integers."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import INTEGER
from ..op.definition import not_differentiable, op
from ..op.rules import broadcasting, unchanged

_TWO = "x: T, y: T -> z: T"


@op("BitwiseAnd", _TWO, broadcasting, T=INTEGER)
def bitwise_and(x, y):
    """The bits set in both."""
    return x & y


@op("BitwiseOr", _TWO, broadcasting, T=INTEGER)
def bitwise_or(x, y):
    """The bits set in at least one."""
    return x | y


@op("BitwiseXor", _TWO, broadcasting, T=INTEGER)
def bitwise_xor(x, y):
    """The bits set in just one."""
    return x ^ y


@op("Invert", "x: T -> y: T", unchanged, T=INTEGER)
def invert(x):
    """The bits not set."""
    return ~x


def _places(x: Any, y: Any) -> tuple[Any, Any]:
    """Both of one shape, the places limited to those there are."""
    most = np.asarray(x.dtype.itemsize * 8 - 1, x.dtype)
    return tuple(jnp.broadcast_arrays(x, jnp.clip(y, np.zeros((), y.dtype), most)))  # type: ignore[return-value]


@op("LeftShift", _TWO, broadcasting, T=INTEGER)
def left_shift(x, y):
    """The bits of `x` moved `y` places up; by none if `y` is negative, by all but one if it is too large."""
    return lax.shift_left(*_places(x, y))


@op("RightShift", _TWO, broadcasting, T=INTEGER)
def right_shift(x, y):
    """The bits of `x` moved `y` places down, a sign kept; by none if `y` is negative, by all but one if it is too large."""
    shift = lax.shift_right_arithmetic if jnp.issubdtype(x.dtype, jnp.signedinteger) else lax.shift_right_logical
    return shift(*_places(x, y))


@op("PopulationCount", "x: T -> y: uint8", unchanged, T=INTEGER)
def population_count(x):
    """How many bits are set."""
    return lax.population_count(x).astype(np.uint8)


not_differentiable(bitwise_and, bitwise_or, bitwise_xor, invert, left_shift, right_shift, population_count)
