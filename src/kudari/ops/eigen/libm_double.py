"""Double-precision `exp` as the C library computes it (glibc 2.28 and later, on a processor without FMA)."""

from __future__ import annotations

import functools

import jax
import numpy as np
from jax import lax

from .packets import from_bits
from .tables import lookup, root_of_two, root_of_two_rest

_D, _L, _I = np.float64, np.int64, np.int32
_STEPS, _SHIFT = 128, 7
_STEPS_PER_E = _STEPS * float.fromhex("0x1.71547652b82fep+0")
_STEP = (float.fromhex("0x1.62e42fefa0000p-8"), float.fromhex("0x1.cf79abc9e3b3ap-47"))
_SERIES = [float.fromhex(h) for h in (
    "0x1.ffffffffffdbdp-2", "0x1.555555555543cp-3", "0x1.55555cf172b91p-5", "0x1.1111167a4d017p-7")]
_TO_INTEGER = float.fromhex("0x1.8p+52")


@functools.cache
def _roots() -> tuple[np.ndarray, np.ndarray]:
    """The powers of two at the steps, and what each lacks: made when first needed, since that takes a while."""
    steps = range(_STEPS)
    return (np.array([root_of_two(i, _STEPS) for i in steps]), np.array([root_of_two_rest(i, _STEPS) for i in steps]))


def exp(x: jax.Array) -> jax.Array:
    """Return e**x; results too small for a normal number are 0, as in TensorFlow's threads."""
    inside = lax.clamp(_D(-708.6), x, _D(710))
    k = (inside * _D(_STEPS_PER_E) + _D(_TO_INTEGER)) - _D(_TO_INTEGER)
    r = (inside - k * _D(_STEP[0])) - k * _D(_STEP[1])
    n = lax.convert_element_type(k, _L)
    index = lax.convert_element_type(n & _L(_STEPS - 1), _I)
    r2 = r * r
    c2, c3, c4, c5 = (_D(c) for c in _SERIES)
    roots, rests = _roots()
    rest = ((lookup(rests, index) + r) + r2 * (c2 + r * c3)) + (r2 * r2) * (c4 + r * c5)
    root = lookup(roots, index)
    # Two factors: the power itself may lie outside of the format where the result does not.
    up = lax.select(n < _L(0), lax.full_like(n, 1), lax.full_like(n, -1))
    power = from_bits(((n >> _L(_SHIFT)) + (up + _L(1023))) << _L(52))
    return ((root + root * rest) * power) * lax.select(n < _L(0), lax.full_like(x, 0.5), lax.full_like(x, 2))
