"""`Exp` and `Sigmoid`: the Cephes approximations of Eigen's packets, and libm beyond the last packet."""

from __future__ import annotations

import jax
import numpy as np
from jax import lax

from .libm import expf
from .libm_double import exp as exp_double
from .packets import along_rows, from_bits, horner, over_all

_F, _D = np.float32, np.float64


def _floor(x: jax.Array, integer: type) -> jax.Array:
    """Return `x` rounded down, as SSE2 does it: truncate to an integer, take one off where that went up."""
    cut = lax.convert_element_type(lax.convert_element_type(x, integer), x.dtype)
    return lax.select(cut > x, cut - x.dtype.type(1), cut)


def _packet_f32(x: jax.Array) -> jax.Array:
    clamped = lax.clamp(_F(-88.3762626647949), x, _F(88.3762626647950))
    n = _floor(clamped * _F(1.44269504088896341) + _F(0.5), np.int32)
    r = (clamped - n * _F(0.693359375)) - n * _F(-2.12194440e-4)
    y = horner(
        r, 1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1)
    y = (y * (r * r) + r) + _F(1)
    scale = from_bits((lax.convert_element_type(n, np.int32) + np.int32(127)) << np.int32(23))
    return lax.max(y * scale, x)


def _packet_f64(x: jax.Array) -> jax.Array:
    clamped = lax.clamp(_D(-709.436139303), x, _D(709.437))
    n = _floor(clamped * _D(1.4426950408889634073599) + _D(0.5), np.int32)
    r = (clamped - n * _D(0.693145751953125)) - n * _D(1.42860682030941723212e-6)
    r2 = r * r
    p = horner(r2, 1.26177193074810590878e-4, 3.02994407707441961300e-2, 9.99999999999999999910e-1) * r
    q = horner(
        r2, 3.00198505138664455042e-6, 2.52448340349684104192e-3, 2.27265548208155028766e-1, 2.00000000000000000009)
    y = _D(2) * (p / (q - p)) + _D(1)
    scale = from_bits((lax.convert_element_type(n, np.int64) + np.int64(1023)) << np.int64(52))
    return lax.max(y * scale, x)


_PACKET = {"float32": _packet_f32, "float64": _packet_f64}
_SCALAR = {"float32": expf, "float64": exp_double}


def packet_exp(x: jax.Array) -> jax.Array:
    """Return e**x as Eigen computes whole packets."""
    return _PACKET.get(x.dtype.name, lax.exp)(x)


def scalar_exp(x: jax.Array) -> jax.Array:
    """Return e**x as the C library computes single numbers."""
    return _SCALAR.get(x.dtype.name, lax.exp)(x)


def exp(x: jax.Array) -> jax.Array:
    """Return e**x."""
    return over_all(packet_exp, scalar_exp, x)


def exp_of_rows(x: jax.Array) -> jax.Array:
    """Return e**x where Eigen exponentiates while it sums each row: every row has its own packets."""
    return along_rows(packet_exp, scalar_exp, x)


def _sigmoid(exponential) -> jax.Array:
    return lambda x: x.dtype.type(1) / (x.dtype.type(1) + exponential(-x))


def sigmoid(x: jax.Array) -> jax.Array:
    """Return 1 / (1 + e**-x)."""
    return over_all(_sigmoid(packet_exp), _sigmoid(scalar_exp), x)


