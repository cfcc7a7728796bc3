"""`Log1p`: Eigen calls the C library for every element, and that has Sun's fdlibm algorithm."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import jax
import numpy as np
from jax import lax

from .layout import DOUBLE, SINGLE, Layout, layout
from .packets import horner


class _Constants(NamedTuple):
    ln2: tuple[float, float]  # its upper bits, and the rest
    series: Callable[[jax.Array], jax.Array]
    direct: tuple[int, int]  # upper words: above the second and below the first there is no power of two to take out
    tiny: tuple[int, int]  # below the first 1 + x is 1; below the second two terms are enough
    huge: int  # from here on 1 + x is x
    half: int  # fraction of the square root of two


def _series_f32(z: jax.Array) -> jax.Array:
    return z * horner(z, 1.4798198640e-01, 1.5313838422e-01, 1.8183572590e-01, 2.2222198546e-01, 2.8571429849e-01,
                      4.0000000596e-01, 6.6666668653e-01)


def _series_f64(z: jax.Array) -> jax.Array:
    z2 = z * z
    z4 = z2 * z2
    pairs = [horner(z, a, b) for a, b in (
        (2.857142874366239149e-01, 3.999999999940941908e-01), (1.818357216161805012e-01, 2.222219843214978396e-01),
        (1.479819860511658591e-01, 1.531383769920937332e-01))]
    return ((z * np.float64(6.666666666666735130e-01) + z2 * pairs[0]) + z4 * pairs[1]) + (z4 * z2) * pairs[2]


_CONSTANTS = {
    SINGLE: _Constants(
        (6.9313812256e-01, 9.0580006145e-06), _series_f32, (0x3ED413D7, 0xBE95F61F), (0x24800000, 0x31000000),
        0x5A000000, 0x3504F7),
    DOUBLE: _Constants(
        (6.93147180369123816490e-01, 1.90821492927058770002e-10), _series_f64, (0x3FDA827A, 0xBFD2BEC3),
        (0x3C900000, 0x3E200000), 0x43400000, 0x6A09E),
}


class _Split(NamedTuple):
    """1 + x as 2**k * (1 + f) with `lost` missing from it; `low` is 0 where `f` is tiny."""

    k: jax.Array
    f: jax.Array
    lost: jax.Array
    low: jax.Array


def _taken_apart(x: jax.Array, form: Layout, constants: _Constants) -> _Split:
    one = form.real(1)
    huge = form.high(x) >= np.int32(constants.huge)
    u = lax.select(huge, x, one + x)
    high = form.high(u)
    k = (high >> np.int32(form.fraction)) - np.int32(form.bias)
    lost = lax.select(k > np.int32(0), one - (u - x), x - (u - one)) / u
    lost = lax.select(huge, lax.full_like(lost, 0), lost)
    low = high & np.int32((1 << form.fraction) - 1)
    small = low < np.int32(constants.half)
    up = lax.convert_element_type(~small, np.int32)
    f = form.with_exponent(u, np.int32(form.bias) - up) - one
    return _Split(k + up, f, lost, lax.select(small, low, (np.int32(1 << form.fraction) - low) >> np.int32(2)))


def _split(x: jax.Array, form: Layout, constants: _Constants) -> _Split:
    """Take 1 + x apart, or leave `x` as it is where that loses nothing."""
    high, (below, above) = form.high(x), constants.direct
    direct = (high < np.int32(below)) & ((high > np.int32(0)) | (high <= np.int32(above - (1 << 32))))
    parts = _taken_apart(x, form, constants)
    plain = _Split(lax.full_like(parts.k, 0), x, lax.full_like(x, 0), lax.full_like(parts.low, 1))
    return _Split(*(lax.select(direct, a, b) for a, b in zip(plain, parts, strict=True)))


def _sum(parts: _Split, form: Layout, constants: _Constants) -> jax.Array:
    """Return ln(1 + f) + k ln 2, from the smallest terms to the largest."""
    upper, rest = (form.real(c) for c in constants.ln2)
    f, k = parts.f, form.number(parts.k)
    correction = k * rest + parts.lost
    half_square = (form.real(0.5) * f) * f
    short = half_square * (form.real(1) - form.real(0.66666666666666666) * f)
    s = f / (form.real(2) + f)
    long = s * (half_square + constants.series(s * s))
    whole = lax.select(k == form.real(0), f - (half_square - long),
                       k * upper - ((half_square - (long + correction)) - f))
    tiny = lax.select(k == form.real(0), f - short, k * upper - ((short - correction) - f))
    tiny = lax.select(f == form.real(0), k * upper + (parts.lost + k * rest), tiny)
    return lax.select(parts.low == np.int32(0), tiny, whole)


def log1p(x: jax.Array) -> jax.Array:
    """Return the natural logarithm of 1 + x."""
    form = layout(x)
    if form is None:
        return lax.log1p(x)
    constants = _CONSTANTS[form]
    y = _sum(_split(x, form, constants), form, constants)
    size = form.high(x) & np.int32(0x7FFFFFFF)
    nearly = lax.select(size < np.int32(constants.tiny[0]), x, x - (x * x) * form.real(0.5))
    y = lax.select(size < np.int32(constants.tiny[1]), nearly, y)
    y = lax.select(x == form.real(-1), lax.full_like(x, -np.inf), y)
    y = lax.select(x < form.real(-1), lax.full_like(x, np.nan), y)
    return lax.select(x < form.real(np.inf), y, x)
