"""`Sin` and `Cos`: the Cephes approximations of Eigen's packets, and libm's `sinf` and `cosf` beyond them."""

from __future__ import annotations

import jax
import numpy as np
from jax import lax

from .packets import bits, from_bits, horner, over_all
from .tables import lookup

_F, _D, _I, _L = np.float32, np.float64, np.int32, np.int64
_SIGN = _I(-(1 << 31))

# -- Eigen's packets -------------------------------------------------------------------------------------------------


def _octant(x: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Return the even octant nearest to `x` >= 0, and what is left of `x` when it is taken away in three parts."""
    octant = (lax.convert_element_type(x * _F(1.27323954473516), _I) + _I(1)) & _I(~1)
    y = lax.convert_element_type(octant, _F)
    parts = (-0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8)
    for part in parts:
        x = x + y * _F(part)
    return octant, x


def _cosine(z: jax.Array) -> jax.Array:
    y = horner(z, 2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2)
    return (y * z * z - z * _F(0.5)) + _F(1)


def _sine(x: jax.Array, z: jax.Array) -> jax.Array:
    return horner(z, -1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1) * z * x + x


def _packet(x: jax.Array, octant: jax.Array, sign: jax.Array) -> jax.Array:
    z = x * x
    value = lax.select((octant & _I(2)) == _I(0), _sine(x, z), _cosine(z))
    return from_bits(bits(value) ^ sign)


def _packet_sin(x: jax.Array) -> jax.Array:
    octant, rest = _octant(lax.abs(x))
    return _packet(rest, octant, (bits(x) & _SIGN) ^ ((octant & _I(4)) << _I(29)))


def _packet_cos(x: jax.Array) -> jax.Array:
    octant, rest = _octant(lax.abs(x))
    octant = octant - _I(2)
    return _packet(rest, octant, (~octant & _I(4)) << _I(29))


# -- libm ------------------------------------------------------------------------------------------------------------

_HALF_PI = float.fromhex("0x1.921fb54442d18p+0")
_PER_HALF_PI = float.fromhex("0x1.45f306dc9c883p+23")
_TURN = float.fromhex("0x1.921fb54442d18p-62")
_COS = [float.fromhex(h) for h in (
    "0x1.0p+0", "-0x1.ffffffd0c621cp-2", "0x1.55553e1068f19p-5", "-0x1.6c087e89a359dp-10", "0x1.99343027bf8c3p-16")]
_SIN = [float.fromhex(h) for h in ("-0x1.555545995a603p-3", "0x1.1107605230bc4p-7", "-0x1.994eb3774cf24p-13")]
_TWO_OVER_PI = int("a2f9836e4e441529fc2757d1f534ddc0db6295993c439041", 16)
_WINDOWS = np.array([(_TWO_OVER_PI >> (192 - 8 * i)) & 0xFFFFFFFF for i in range(1, 25)], np.uint32).astype(_L)


def _near(x: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Return the quadrant of `x`, a double below 120, and its distance from the quadrant's middle."""
    steps = lax.convert_element_type(x * _D(_PER_HALF_PI), _I)
    quadrant = (steps + _I(0x800000)) >> _I(24)
    return quadrant, x - lax.convert_element_type(quadrant, _D) * _D(_HALF_PI)


def _far(x: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Return the same for a float of any size, from the bits of 2 / pi that matter for its exponent."""
    word = bits(x)
    first = (word >> _I(26)) & _I(15)
    mantissa = lax.convert_element_type((word & _I(0xFFFFFF)) | _I(0x800000), _L)
    mantissa = (mantissa << lax.convert_element_type((word >> _I(23)) & _I(7), _L)) & _L(0xFFFFFFFF)
    high, middle, low = (mantissa * lookup(_WINDOWS, first + _I(i)) for i in (0, 4, 8))
    turns = ((high << _L(32)) | lax.shift_right_logical(low, _L(32))) + middle
    quadrant = lax.shift_right_logical(turns + _L(1 << 61), _L(62))
    rest = lax.convert_element_type(turns - (quadrant << _L(62)), _D) * _D(_TURN)
    sign = lax.select(word < _I(0), lax.full_like(rest, -1), lax.full_like(rest, 1))
    quadrant = lax.convert_element_type(quadrant, _I)
    return lax.select(word < _I(0), -quadrant, quadrant), rest * sign


def _quadrant(x: jax.Array) -> tuple[jax.Array, jax.Array]:
    near, far = _near(lax.convert_element_type(x, _D)), _far(x)
    is_near = lax.abs(x) < _F(120)
    return lax.select(is_near, near[0], far[0]), lax.select(is_near, near[1], far[1])


def _series(x: jax.Array, quadrant: jax.Array) -> jax.Array:
    """Return the sine of `x` in an even quadrant, its cosine in an odd one, negative in the second half-turn."""
    z = x * x
    c0, c1, c2, c3, c4 = (_D(c) for c in _COS)
    s1, s2, s3 = (_D(s) for s in _SIN)
    cosine = ((c0 + z * c1) + (z * z) * c2) + (z * z * z) * (c3 + z * c4)
    cube = x * z
    sine = (x + cube * s1) + (cube * z) * (s2 + z * s3)
    value = lax.select((quadrant & _I(1)) == _I(0), sine, cosine)
    return lax.convert_element_type(lax.select((quadrant & _I(2)) == _I(0), value, -value), _F)


def sinf(x: jax.Array) -> jax.Array:
    """Return the sine of `x`."""
    quadrant, rest = _quadrant(x)
    value = lax.select(lax.abs(x) < _F(2.0**-12), x, _series(rest, quadrant))
    return lax.select(lax.is_finite(x), value, lax.full_like(x, np.nan))


def cosf(x: jax.Array) -> jax.Array:
    """Return the cosine of `x`."""
    quadrant, rest = _quadrant(x)
    return lax.select(lax.is_finite(x), _series(rest, quadrant + _I(1)), lax.full_like(x, np.nan))


def sin(x: jax.Array) -> jax.Array:
    """Return the sine of `x`, in radians."""
    return over_all(_packet_sin, sinf, x) if x.dtype == _F else lax.sin(x)


def cos(x: jax.Array) -> jax.Array:
    """Return the cosine of `x`, in radians."""
    return over_all(_packet_cos, cosf, x) if x.dtype == _F else lax.cos(x)
