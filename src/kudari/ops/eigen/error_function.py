"""`Erf` in float32: Eigen calls the C library for every element, and that has Sun's fdlibm algorithm."""

from __future__ import annotations

import jax
import numpy as np
from jax import lax

from .libm import expf
from .packets import bits, from_bits, horner

_F = np.float32
_AT_ONE, _SLOPE = _F(8.4506291151e-01), _F(1.2837916613e-01)

# Ratios of polynomials, highest powers first: near 0, near 1, up to 1 / 0.35, and beyond.
_SMALL = ((-2.3763017452e-05, -5.7702702470e-03, -2.8481749818e-02, -3.2504209876e-01, 1.2837916613e-01),
          (-3.9602282413e-06, 1.3249473704e-04, 5.0813062117e-03, 6.5022252500e-02, 3.9791721106e-01, 1.0))
_MIDDLE = ((-2.1663755178e-03, 3.5478305072e-02, -1.1089469492e-01, 3.1834661961e-01, -3.7220788002e-01,
            4.1485610604e-01, -2.3621185683e-03),
           (1.1984500103e-02, 1.3637083583e-02, 1.2617121637e-01, 7.1828655899e-02, 5.4039794207e-01,
            1.0642088205e-01, 1.0))
_LARGE = ((-9.8143291473e+00, -8.1287437439e+01, -1.8460508728e+02, -1.6239666748e+02, -6.2375331879e+01,
           -1.0558626175e+01, -6.9385856390e-01, -9.8649440333e-03),
          (-6.0424413532e-02, 6.5702495575e+00, 1.0863500214e+02, 4.2900814819e+02, 6.4538726807e+02,
           4.3456588745e+02, 1.3765776062e+02, 1.9651271820e+01, 1.0))
_LARGER = ((-4.8351919556e+02, -1.0250950928e+03, -6.3756646729e+02, -1.6063638306e+02, -1.7757955551e+01,
            -7.9928326607e-01, -9.8649431020e-03),
           (-2.2440952301e+01, 4.7452853394e+02, 2.5530502930e+03, 3.1998581543e+03, 1.5367296143e+03,
            3.2579251099e+02, 3.0338060379e+01, 1.0))


def _ratio(x: jax.Array, coefficients: tuple) -> jax.Array:
    above, below = coefficients
    return horner(x, *above) / horner(x, *below)


def _from_one(size: jax.Array) -> jax.Array:
    """Return 1 - erf(size), for sizes from 1.25 on."""
    s = _F(1) / (size * size)
    ratio = lax.select(bits(size) < np.int32(0x4036DB6E), _ratio(s, _LARGE), _ratio(s, _LARGER))
    z = from_bits(bits(size) & np.int32(-0x1000))
    return expf(-z * z - _F(0.5625)) * expf((z - size) * (z + size) + ratio) / size


def erf(x: jax.Array) -> jax.Array:
    """Return the error function of `x`; XLA's own function but for float32."""
    if x.dtype != _F:
        return lax.erf(x)
    size = lax.abs(x)
    small = x + x * _ratio(x * x, _SMALL)
    tiny = _F(0.0625) * (_F(16) * x + (_F(16) * _SLOPE) * x)  # the product alone would be no normal number
    near_zero = lax.select(size < _F(2.0**-119), tiny, lax.select(size < _F(2.0**-28), x + _SLOPE * x, small))
    middle = _AT_ONE + _ratio(size - _F(1), _MIDDLE)
    large = _F(1) - _from_one(lax.clamp(_F(1), size, _F(6)))
    far = lax.select(size < _F(1.25), middle, lax.select(size < _F(6), large, lax.full_like(x, 1)))
    y = lax.select(size < _F(0.84375), near_zero, lax.select(x < _F(0), -far, far))
    return lax.select(x == x, y, x)
