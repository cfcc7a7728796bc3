"""Sums, differences, products, quotients and powers of two tensors."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
from jax import lax

from ..op.constant import constant_value
from ..op.definition import op
from ..op.rules import broadcasting, must_fit
from .broadcasting import have_one_shape, operands, operands_for
from .fitting import must_not_divide_by_zero
from .forms import after, conjugate, minus, negated, node, over, times
from .shapes import ones_like, scalar_times, zeros_like
from .typesets import (
    ARITHMETIC,
    DIVISIBLE,
    NO_NAN,
    OLD_DIVISIBLE,
    POWERS,
    SIGNED,
    SUMMABLE,
    SUMMABLE_OR_TEXT,
)

_BINARY = "x: T, y: T -> z: T"
_QUIET = np.errstate(all="ignore")  # a division by zero is an error, if at all, when it runs


@op("Add", _BINARY, broadcasting, T=SUMMABLE_OR_TEXT)
def add(x, y):
    """Elementwise sum; of text, the concatenation."""
    return x + y


@op("AddV2", _BINARY, broadcasting, T=SUMMABLE)
def add_v2(x, y):
    """Elementwise sum."""
    return x + y


@add.fold
@add_v2.fold
def _(x, y):
    return x + y


@add.gradient
@add_v2.gradient
def _(op, dz):
    x, y = op.inputs
    if have_one_shape(x, y, dz):
        return dz, dz
    left, right = operands_for(x, y, dz)
    return left.reduce(dz), right.reduce(dz)


@op("Sub", _BINARY, broadcasting, T=ARITHMETIC)
def sub(x, y):
    """Elementwise difference."""
    return x - y


@sub.fold
@_QUIET
def _(x, y):
    return x - y


@sub.gradient
def _(op, dz):
    x, y = op.inputs
    if have_one_shape(x, y, dz):
        return dz, negated(dz)
    left, right = operands_for(x, y, dz)
    dx = left.reduce(dz)
    return dx, right.reduce(negated(dz))


@op("Mul", _BINARY, broadcasting, T=ARITHMETIC)
def mul(x, y):
    """Elementwise product."""
    return x * y


@mul.fold
@_QUIET
def _(x, y):
    return x * y


@mul.gradient
def _(op, dz):
    x, y = op.inputs
    if have_one_shape(x, y, dz) and dz.dtype.name in ("int32", "float32"):
        return mul(dz, y), mul(dz, x)
    left, right = operands_for(x, y, dz)
    x, y = conjugate(x), conjugate(y)
    dx = left.reduce(mul(dz, y))
    return dx, right.reduce(mul(x, dz))


def _division_gradient(op, dz, divide):
    left, right = operands(*op.inputs)
    x, y = conjugate(op.inputs[0]), conjugate(op.inputs[1])
    dx = left.reduce(divide(dz, y))
    return dx, right.reduce(times(dz, divide(divide(negated(x), y), y)))


@op("RealDiv", _BINARY, broadcasting, T=ARITHMETIC)
def real_div(x, y):
    """Elementwise quotient."""
    return lax.div(*jnp.broadcast_arrays(x, y))


@real_div.fold
@_QUIET
def _(x, y):
    return x / y


@real_div.gradient
def _(op, dz):
    return _division_gradient(op, dz, real_div)


@op("Div", _BINARY, broadcasting, T=ARITHMETIC)
def div(x, y):
    """Elementwise quotient, of integers rounded toward zero."""
    return lax.div(*jnp.broadcast_arrays(x, y))


@div.gradient
def _(op, dz):
    return _division_gradient(op, dz, over)


@op("TruncateDiv", _BINARY, broadcasting, T=ARITHMETIC)
def truncate_div(x, y):
    """Elementwise quotient, of integers rounded toward zero; TensorFlow leaves that of floats as it is."""
    return lax.div(*jnp.broadcast_arrays(x, y))


@op("FloorDiv", _BINARY, broadcasting, T=ARITHMETIC)
def floor_div(x, y):
    """Elementwise quotient rounded down."""
    return jnp.floor(x / y) if jnp.issubdtype(x.dtype, jnp.floating) else jnp.floor_divide(x, y)


@floor_div.fold
@_QUIET
def _(x, y):
    return np.floor_divide(x, y)


@truncate_div.gradient
@floor_div.gradient
def _(op, dz):
    return None, None


@op("FloorMod", _BINARY, broadcasting, T=DIVISIBLE)
def floor_mod(x, y):
    """Elementwise remainder, with the sign of the divisor."""
    return jnp.remainder(x, y)


@floor_mod.fold
@_QUIET
def _(x, y):
    return np.remainder(x, y)


@floor_mod.gradient
def _(op, dz):
    x, y = conjugate(op.inputs[0]), conjugate(op.inputs[1])
    left, right = operands(x, y)
    quotient = floor_div(x, y)
    dx = left.reduce(dz)
    return dx, right.reduce(times(dz, negated(quotient)))


@op("TruncateMod", _BINARY, broadcasting, T=DIVISIBLE)
def truncate_mod(x, y):
    """Elementwise remainder, with the sign of the dividend."""
    return lax.rem(*jnp.broadcast_arrays(x, y))


@op("Mod", _BINARY, broadcasting, T=OLD_DIVISIBLE)
def mod(x, y):
    """Elementwise remainder, with the sign of the dividend."""
    return lax.rem(*jnp.broadcast_arrays(x, y))


@op("Pow", _BINARY, broadcasting, T=POWERS)
def pow(x, y):
    """Elementwise power."""
    return jnp.power(x, y)


@pow.check
def _(op, x, y):
    must_fit(op, x, y)
    exponent = constant_value(op.inputs[1]) if op.inputs[1].dtype.is_integer else None
    if exponent is not None and (exponent < 0).any():
        raise ValueError("Integers to negative integer powers are not allowed")


@pow.gradient
def _(op, dz):
    left, right = operands_for(*op.inputs, dz)
    x, y = conjugate(op.inputs[0]), conjugate(op.inputs[1])
    dx = left.reduce(times(times(dz, y), node("Pow", x, minus(y, 1))))
    z, log = conjugate(op.outputs[0]), _safe_log(x)
    return dx, right.reduce(times(times(dz, z), log))


def _safe_log(x):
    """The logarithm where there is one, else 0: a real negative base has no slope in its exponent."""
    mask = node("NotEqual", x, 0) if x.dtype.is_complex else node("Greater", x, 0)
    base = node("Select", mask, x, ones_like(x))
    log = node("Log", base)
    return node("Select", mask, log, zeros_like(x))


@op("SquaredDifference", _BINARY, broadcasting, T=SIGNED)
def squared_difference(x, y):
    """Elementwise squared difference."""
    difference = x - y
    return difference * jnp.conj(difference)


@squared_difference.gradient
def _(op, dz):
    x, y = op.inputs
    with after(dz):
        dx = times(scalar_times(2.0, dz), minus(x, y))
    if have_one_shape(x, y, dz):
        return dx, negated(dx)
    left, right = operands_for(x, y, dz)
    return left.reduce(dx), negated(right.reduce(dx))


@op("MulNoNan", _BINARY, broadcasting, T=NO_NAN)
def mul_no_nan(x, y):
    """Elementwise product that is 0 wherever `y` is, even beside infinities."""
    return jnp.where(y == 0, jnp.zeros_like(x), x * y)


@mul_no_nan.gradient
def _(op, dz):
    x, y = op.inputs
    if have_one_shape(x, y, dz):
        return mul_no_nan(dz, y), mul_no_nan(x, dz)
    left, right = operands(x, y)
    dx = left.reduce(mul_no_nan(dz, y))
    return dx, right.reduce(mul_no_nan(x, dz))


@op("DivNoNan", _BINARY, broadcasting, T=NO_NAN)
def div_no_nan(x, y):
    """Elementwise quotient that is 0 wherever `y` is."""
    return jnp.where(y == 0, jnp.zeros_like(x), x / jnp.where(y == 0, jnp.ones_like(y), y))


@div_no_nan.gradient
def _(op, dz):
    return _division_gradient(op, dz, lambda x, y: div_no_nan(x, y, name="div_no_nan"))


for _definition in (div, truncate_div, floor_div, floor_mod, truncate_mod, mod):
    _definition.check(must_not_divide_by_zero)
