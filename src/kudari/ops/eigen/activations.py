"""`Relu`, `Relu6` and `Elu`."""

from __future__ import annotations

import jax
from jax import lax

from .exponential import exp


def _at_least(x: jax.Array, bound: float) -> jax.Array:
    # Eigen's order of operands: `x` stays where the two are equal, so -0 does, and NaN.
    low = lax.full_like(x, bound)
    return lax.select(low > x, low, x)


def relu(features: jax.Array) -> jax.Array:
    """Return `features` where they are not below 0, else 0."""
    return _at_least(features, 0)


def relu6(features: jax.Array) -> jax.Array:
    """Return `features` between 0 and 6."""
    x, high = _at_least(features, 0), lax.full_like(features, 6)
    return lax.select(high < x, high, x)


def elu(features: jax.Array) -> jax.Array:
    """Return `features` where they are not negative, e**features - 1 where they are."""
    one, zero = features.dtype.type(1), features.dtype.type(0)
    return lax.select(features < zero, exp(features) - one, features)
