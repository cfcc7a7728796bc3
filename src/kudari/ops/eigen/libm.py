"""`expf`, `logf` and `powf` as the C library computes them, for the elements that Eigen's packets do not reach.

These follow glibc 2.28 and later (Szabolcs Nagy's routines): reduce the argument with a small table, evaluate a short
polynomial in double precision, round once. The error before that rounding is so small that whether the library's
build fuses its multiply-adds shows in about one result in 10**8.
"""

from __future__ import annotations

import jax
import numpy as np
from jax import lax

from .packets import bits, from_bits
from .tables import lookup, root_of_two

_F, _D, _I, _L = np.float32, np.float64, np.int32, np.int64
_STEPS = 32
_ROOTS = np.array([root_of_two(i, _STEPS) for i in range(_STEPS)])
_EXP2 = [float.fromhex(h) for h in ("0x1.c6af84b912394p-5", "0x1.ebfce50fac4f3p-3", "0x1.62e42ff0c52d6p-1")]
_STEPS_PER_E = _STEPS * float.fromhex("0x1.71547652b82fep+0")
_TO_INTEGER = float.fromhex("0x1.8p+52")

_CUTS = np.array([float.fromhex(h) for h in (
    "0x1.661ec79f8f3bep+0", "0x1.571ed4aaf883dp+0", "0x1.49539f0f010b0p+0", "0x1.3c995b0b80385p+0",
    "0x1.30d190c8864a5p+0", "0x1.25e227b0b8ea0p+0", "0x1.1bb4a4a1a343fp+0", "0x1.12358f08ae5bap+0",
    "0x1.0953f419900a7p+0", "0x1.0000000000000p+0", "0x1.e608cfd9a47acp-1", "0x1.ca4b31f026aa0p-1",
    "0x1.b2036576afce6p-1", "0x1.9c2d163a1aa2dp-1", "0x1.886e6037841edp-1", "0x1.767dcf5534862p-1")])
_LOGS, _LOG2S = -np.log(_CUTS), -np.log2(_CUTS)
_LOG = [float.fromhex(h) for h in ("-0x1.00ea348b88334p-2", "0x1.5575b0be00b6ap-2", "-0x1.ffffef20a4123p-2")]
_LN2 = float.fromhex("0x1.62e42fefa39efp-1")
_LOG2 = [float.fromhex(h) for h in (
    "0x1.27616c9496e0bp-2", "-0x1.71969a075c67ap-2", "0x1.ec70a6ca7baddp-2", "-0x1.7154748bef6c8p-1",
    "0x1.71547652ab82bp+0")]
_OFFSET = _I(0x3F330000)


def _wide(x: jax.Array) -> jax.Array:
    return lax.convert_element_type(x, _D)


def _narrow(x: jax.Array) -> jax.Array:
    return lax.convert_element_type(x, _F)


def _exp2_of_steps(x: jax.Array, scale: float) -> jax.Array:
    """Return 2**(x / 32) for `x` counting steps of a thirty-second, with polynomial coefficients for r * `scale`."""
    k = (x + _D(_TO_INTEGER)) - _D(_TO_INTEGER)
    r = (x - k) * _D(scale)
    n = lax.convert_element_type(k, _L)
    root = lookup(_ROOTS, lax.convert_element_type(n & _L(_STEPS - 1), _I))
    power = from_bits(bits(root) + ((n >> _L(5)) << _L(52)))
    c0, c1, c2 = (_D(c) for c in _EXP2)
    return ((c0 * r + c1) * (r * r) + (c2 * r + _D(1))) * power


def expf(x: jax.Array) -> jax.Array:
    """Return e**x."""
    inside = lax.clamp(_F(-110), x, _F(100))
    return _narrow(_exp2_of_steps(_wide(inside) * _D(_STEPS_PER_E), 1 / _STEPS))


def _split(x: jax.Array) -> tuple[jax.Array, jax.Array, jax.Array]:
    """Return table index, exponent, and mantissa around one, of a positive normal `x`."""
    from_offset = bits(x) - _OFFSET
    index = (from_offset >> _I(19)) & _I(15)
    mantissa = from_bits(bits(x) - (from_offset & _I(-(1 << 23))))
    return index, from_offset >> _I(23), mantissa


def _log_parts(x: jax.Array, logs: np.ndarray, unit: float) -> tuple[jax.Array, jax.Array]:
    """Return r with x = c * 2**k * (1 + r), and the logarithm of c * 2**k."""
    index, k, mantissa = _split(x)
    r = _wide(mantissa) * lookup(_CUTS, index) - _D(1)
    return r, lookup(logs, index) + _wide(k) * _D(unit)


def logf(x: jax.Array) -> jax.Array:
    """Return the natural logarithm of `x`."""
    r, base = _log_parts(x, _LOGS, _LN2)
    a0, a1, a2 = (_D(a) for a in _LOG)
    r2 = r * r
    y = _narrow((a0 * r2 + (a1 * r + a2)) * r2 + (base + r))
    positive = x > _F(0)
    edge = lax.select(x == _F(0), lax.full_like(x, -np.inf), lax.full_like(x, np.nan))
    return lax.select(positive & (x < _F(np.inf)), y, lax.select(positive, x, edge))


def _log2(x: jax.Array) -> jax.Array:
    r, base = _log_parts(x, _LOG2S, 1.0)
    a0, a1, a2, a3, a4 = (_D(a) for a in _LOG2)
    r2 = r * r
    return (a0 * r + a1) * (r2 * r2) + ((a2 * r + a3) * r2 + (a4 * r + base))


def powf(x: jax.Array, y: jax.Array) -> jax.Array:
    """Return x**y."""
    size = lax.abs(x)
    exponent = lax.clamp(_D(-160), _wide(y) * _log2(size), _D(135))
    value = _narrow(_exp2_of_steps(exponent * _D(_STEPS), 1 / _STEPS))
    whole = lax.round(y) == y
    odd = whole & (lax.abs(y) < _F(1 << 24)) & ((lax.convert_element_type(y, _L) & _L(1)) == _L(1))
    value = lax.select(x < _F(0), lax.select(odd, -value, value), value)
    ordinary = (size > _F(0)) & (size < _F(np.inf)) & (lax.abs(y) < _F(np.inf)) & ((x > _F(0)) | whole)
    return lax.select(ordinary, value, lax.pow(x, y))
