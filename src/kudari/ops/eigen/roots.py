"""`Sqrt` and `Rsqrt`: in float32 packets, one Newton step from the processor's reciprocal-root estimate.

The estimate (`rsqrtps`) is no IEEE operation. Intel's processors return 1 / sqrt of the middle of one of 1024 pieces
of each binade, rounded to thirteen binary digits, which is what is computed here; AMD's return other digits.
"""

from __future__ import annotations

import jax
import numpy as np
from jax import lax

from .packets import bits, from_bits, over_all

_F, _D, _I = np.float32, np.float64, np.int32
_NORMAL = _F(2.0**-126)


def _estimate(x: jax.Array) -> jax.Array:
    """Return Intel's estimate of 1 / sqrt(x) for positive normal `x`."""
    word = bits(x)
    exponent = word >> _I(23)
    base = _I(128) - (exponent & _I(1))
    middle = from_bits((word & _I(0x007FE000)) | _I(0x1000) | (base << _I(23)))
    root = _D(1) / lax.sqrt(lax.convert_element_type(middle, _D))
    rounded = lax.floor(root * _D(8192) + _D(0.5)) * _D(1 / 8192)
    return from_bits(bits(lax.convert_element_type(rounded, _F)) - (((exponent - base) >> _I(1)) << _I(23)))


def _where(condition: jax.Array, value: float, otherwise: jax.Array) -> jax.Array:
    return lax.select(condition, lax.full_like(otherwise, value), otherwise)


def _packet_sqrt(x: jax.Array) -> jax.Array:
    r = _estimate(x)
    r = r * (_F(1.5) - (x * _F(0.5)) * (r * r))
    y = _where((x >= _F(0)) & (x < _NORMAL), 0, x * r)
    return _invalid(x, y)


def _invalid(x: jax.Array, y: jax.Array) -> jax.Array:
    # The estimate of infinity is zero, and infinity times zero spoils the Newton step: TensorFlow 1.3 returns NaN.
    return lax.select((x >= _F(0)) & (x < _F(np.inf)), y, lax.full_like(y, np.nan))


def _packet_rsqrt(x: jax.Array) -> jax.Array:
    r = _estimate(x)
    y = r * ((x * _F(-0.5)) * (r * r) + _F(1.5))
    return _where((x >= _F(0)) & (x <= _NORMAL), np.inf, _invalid(x, y))


def packet_sqrt(x: jax.Array) -> jax.Array:
    """Return the square root of `x` as Eigen computes whole packets."""
    return _packet_sqrt(x) if x.dtype == _F else lax.sqrt(x)


def packet_rsqrt(x: jax.Array) -> jax.Array:
    """Return one over the square root of `x` as Eigen computes whole packets."""
    return _packet_rsqrt(x) if x.dtype == _F else scalar_rsqrt(x)


def scalar_rsqrt(x: jax.Array) -> jax.Array:
    """Return one over the square root of `x`, rounded after the root and after the division."""
    return x.dtype.type(1) / lax.sqrt(x)


def sqrt(x: jax.Array) -> jax.Array:
    """Return the square root of `x`."""
    return over_all(packet_sqrt, lax.sqrt, x)


def rsqrt(x: jax.Array) -> jax.Array:
    """Return one over the square root of `x`."""
    return over_all(packet_rsqrt, scalar_rsqrt, x)
