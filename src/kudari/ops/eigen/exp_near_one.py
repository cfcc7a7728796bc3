"""`Expm1`: Eigen calls the C library for every element, and that has Sun's fdlibm algorithm."""

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
    per_ln2: float
    series: Callable[[jax.Array], jax.Array]
    plain: int  # upper word of half of ln 2
    near: int  # upper word of one and a half times ln 2
    tiny: int
    edges: tuple[float, float]  # -1 below the first, infinite from the second
    medium: int  # powers of two below this one are added before scaling
    clamp: tuple[float, float]


def _series_f32(z: jax.Array) -> jax.Array:
    return np.float32(1) + z * horner(
        z, -2.0109921195e-07, 4.0082177293e-06, -7.9365076090e-05, 1.5873016091e-03, -3.3333335072e-02)


def _series_f64(z: jax.Array) -> jax.Array:
    z2 = z * z
    first = np.float64(1) + z * np.float64(-3.33333333333331316428e-02)
    second = horner(z, -7.93650757867487942473e-05, 1.58730158725481460165e-03)
    third = horner(z, -2.01099218183624371326e-07, 4.00821782732936239552e-06)
    return (first + z2 * second) + (z2 * z2) * third


_CONSTANTS = {
    SINGLE: _Constants(
        (6.9313812256e-01, 9.0580006145e-06), 1.4426950216, _series_f32, 0x3EB17218, 0x3F851592, 0x33000000,
        (-18.714973, 88.72283), 23, (-20, 89)),
    DOUBLE: _Constants(
        (6.93147180369123816490e-01, 1.90821492927058770002e-10), 1.44269504088896338700, _series_f64, 0x3FD62E42,
        0x3FF0A2B2, 0x3C900000, (-38.816242, 709.782712893384), 20, (-40, 710)),
}


def _reduced(x: jax.Array, form: Layout, constants: _Constants) -> tuple[jax.Array, jax.Array, jax.Array]:
    """Return k, x - k * ln 2 and what that difference lost."""
    upper, rest = (form.real(c) for c in constants.ln2)
    near = (form.high(x) & np.int32(0x7FFFFFFF)) < np.int32(constants.near)
    unit = lax.select(x < form.real(0), lax.full_like(x, -1), lax.full_like(x, 1))
    far = lax.convert_element_type(form.real(constants.per_ln2) * x + unit * form.real(0.5), np.int32)
    k = lax.select(near, lax.convert_element_type(unit, np.int32), far)
    high, low = x - form.number(k) * upper, form.number(k) * rest
    reduced = high - low
    return k, reduced, (high - reduced) - low


def _of_powers(x: jax.Array, e: jax.Array, k: jax.Array, form: Layout, constants: _Constants) -> jax.Array:
    """Return 2**k * (1 + x - e) - 1, in the order that loses least for each `k`."""
    one, half = form.real(1), form.real(0.5)
    power = form.power(-k)
    outside = form.scaled(one - (e - x), k) - one
    medium = form.scaled((one - power) - (e - x), k)
    large = form.scaled((x - (e + power)) + one, k)
    y = lax.select(k < np.int32(constants.medium), medium, large)
    y = lax.select((k <= np.int32(-2)) | (k > np.int32(56)), outside, y)
    up = lax.select(x < form.real(-0.25), form.real(-2) * (e - (x + half)), one + form.real(2) * (x - e))
    return lax.select(k == np.int32(1), up, lax.select(k == np.int32(-1), half * (x - e) - half, y))


def expm1(x: jax.Array) -> jax.Array:
    """Return e**x - 1."""
    form = layout(x)
    if form is None:
        return lax.expm1(x)
    constants = _CONSTANTS[form]
    low, high = (form.real(c) for c in constants.clamp)
    k, rest, lost = _reduced(lax.clamp(low, x, high), form, constants)
    size = form.high(x) & np.int32(0x7FFFFFFF)
    plain = size <= np.int32(constants.plain)
    r = lax.select(plain, x, rest)
    half = form.real(0.5) * r
    square = r * half
    series = constants.series(square)
    t = form.real(3) - series * half
    e = square * ((series - t) / (form.real(6) - r * t))
    with_k = _of_powers(r, (r * (e - lost) - lost) - square, k, form, constants)
    y = lax.select(plain, r - (r * e - square), with_k)
    y = lax.select(size < np.int32(constants.tiny), x, y)
    y = lax.select(x <= form.real(constants.edges[0]), lax.full_like(x, -1), y)
    y = lax.select(x >= form.real(constants.edges[1]), lax.full_like(x, np.inf), y)
    return lax.select(x == x, y, x)
