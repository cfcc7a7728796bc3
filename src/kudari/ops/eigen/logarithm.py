"""`Log`, and `Softplus` which needs it: the Cephes approximation of Eigen's packets, and libm's `logf` beyond them."""

from __future__ import annotations

import jax
import numpy as np
from jax import lax

from .exponential import packet_exp, scalar_exp
from .libm import logf
from .packets import Elementwise, bits, from_bits, horner, over_all

_F, _I = np.float32, np.int32
_HALF, _SMALLEST = _I(0x3F000000), _F(2.0**-126)


def _mantissa(x: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Return m - 1 and e with x = m * 2**e and m between the square roots of one half and of two."""
    x = lax.max(x, _SMALLEST)
    e = lax.convert_element_type((bits(x) >> _I(23)) - _I(127), _F) + _F(1)
    m = from_bits((bits(x) & _I(0x007FFFFF)) | _HALF)
    low = m < _F(0.707106781186547524)
    zero = lax.full_like(m, 0)
    return (m - _F(1)) + lax.select(low, m, zero), e - lax.select(low, lax.full_like(m, 1), zero)


def _packet(x: jax.Array) -> jax.Array:
    m, e = _mantissa(x)
    m2 = m * m
    m3 = m2 * m
    a = horner(m, 7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1)
    b = horner(m, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1)
    c = horner(m, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1)
    y = ((a * m3 + b) * m3 + c) * m3 + e * _F(-2.12194440e-4)
    y = ((m - m2 * _F(0.5)) + y) + e * _F(0.693359375)
    y = lax.select(x >= _F(0), y, lax.full_like(y, np.nan))
    return lax.select(x == _F(0), lax.full_like(y, -np.inf), y)


def packet_log(x: jax.Array) -> jax.Array:
    """Return ln x as Eigen computes whole packets; it has no float64 ones."""
    return _packet(x) if x.dtype == _F else lax.log(x)


def scalar_log(x: jax.Array) -> jax.Array:
    """Return ln x as libm computes single numbers; XLA's own function for float64."""
    return logf(x) if x.dtype == _F else lax.log(x)


def log(x: jax.Array) -> jax.Array:
    """Return the natural logarithm of `x`."""
    return over_all(packet_log, scalar_log, x)


def _softplus(exponential: Elementwise, logarithm: Elementwise) -> Elementwise:
    def apply(x: jax.Array) -> jax.Array:
        number = x.dtype.type
        threshold = number(np.log(np.finfo(x.dtype).eps)) + number(2)
        power = exponential(x)
        y = lax.select(x < threshold, power, logarithm(power + number(1)))
        return lax.select(x > -threshold, x, y)

    return apply


def softplus(x: jax.Array) -> jax.Array:
    """Return ln(1 + e**x), in TensorFlow's way: `x` itself where large, e**x where small."""
    return over_all(_softplus(packet_exp, packet_log), _softplus(scalar_exp, scalar_log), x)
