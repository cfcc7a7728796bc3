"""Circular and hyperbolic functions and their inverses."""

from __future__ import annotations

import jax.numpy as jnp

from ..dtypes import FLOAT_OR_COMPLEX, FLOATING
from ..op.constant import constant
from ..op.definition import op
from ..op.rules import broadcasting, unchanged
from .forms import after, conjugate, negated, node, over, plus, times
from .typesets import SIGNED

_UNARY = "x: T -> y: T"


@op("Sin", _UNARY, unchanged, T=FLOAT_OR_COMPLEX)
def sin(x):
    """Sine of each element."""
    return jnp.sin(x)


@sin.gradient
def _(op, dy):
    with after(dy):
        return times(dy, cos(conjugate(op.inputs[0])))


@op("Cos", _UNARY, unchanged, T=FLOAT_OR_COMPLEX)
def cos(x):
    """Cosine of each element."""
    return jnp.cos(x)


@cos.gradient
def _(op, dy):
    with after(dy):
        x = conjugate(op.inputs[0])
        return times(negated(dy), sin(x))


@op("Tan", _UNARY, unchanged, T=SIGNED)
def tan(x):
    """Tangent of each element."""
    return jnp.tan(x)


@tan.gradient
def _(op, dy):
    with after(dy):
        secant = node("Reciprocal", cos(conjugate(op.inputs[0])))
        return times(node("Square", secant), dy)


@op("Asin", _UNARY, unchanged, T=SIGNED)
def asin(x):
    """Angle whose sine each element is."""
    return jnp.arcsin(x)


@asin.gradient
def _(op, dy):
    with after(dy):
        return times(dy, _slope_of_arcsine(op.inputs[0], dy))


@op("Acos", _UNARY, unchanged, T=SIGNED)
def acos(x):
    """Angle whose cosine each element is."""
    return jnp.arccos(x)


@acos.gradient
def _(op, dy):
    with after(dy):
        slope = _slope_of_arcsine(op.inputs[0], dy)
        return times(negated(dy), slope)


def _slope_of_arcsine(x, dy):
    squared = node("Square", conjugate(x))
    one = constant(1, dy.dtype.base_dtype)
    return node("Reciprocal", node("Sqrt", node("Sub", one, squared)))


@op("Atan", _UNARY, unchanged, T=SIGNED)
def atan(x):
    """Angle whose tangent each element is."""
    return jnp.arctan(x)


@atan.gradient
def _(op, dy):
    with after(dy):
        return times(dy, _reciprocal_from_one("Add", op.inputs[0], dy))


def _reciprocal_from_one(type_name, x, dy):
    squared = node("Square", conjugate(x))
    one = constant(1, dy.dtype.base_dtype)
    return node("Reciprocal", node(type_name, one, squared))


@op("Atan2", "y: T, x: T -> z: T", broadcasting, T=FLOATING)
def atan2(y, x):
    """Angle of the point (x, y), in its own quadrant."""
    return jnp.arctan2(y, x)


@atan2.gradient
def _(op, dz):
    y, x = op.inputs
    with after(dz):
        share = over(dz, plus(node("Square", x), node("Square", y)))
        dy = times(x, share)
        return dy, times(negated(y), share)


@op("Sinh", _UNARY, unchanged, T=FLOAT_OR_COMPLEX)
def sinh(x):
    """Hyperbolic sine of each element."""
    return jnp.sinh(x)


@sinh.gradient
def _(op, dy):
    with after(dy):
        return times(dy, cosh(conjugate(op.inputs[0])))


@op("Cosh", _UNARY, unchanged, T=FLOAT_OR_COMPLEX)
def cosh(x):
    """Hyperbolic cosine of each element."""
    return jnp.cosh(x)


@cosh.gradient
def _(op, dy):
    with after(dy):
        return times(dy, sinh(conjugate(op.inputs[0])))


@op("Asinh", _UNARY, unchanged, T=FLOAT_OR_COMPLEX)
def asinh(x):
    """Number whose hyperbolic sine each element is."""
    return jnp.arcsinh(x)


@asinh.gradient
def _(op, dy):
    with after(dy):
        return over(dy, cosh(conjugate(op.outputs[0])))


@op("Acosh", _UNARY, unchanged, T=FLOAT_OR_COMPLEX)
def acosh(x):
    """Number whose hyperbolic cosine each element is."""
    return jnp.arccosh(x)


@acosh.gradient
def _(op, dy):
    with after(dy):
        return over(dy, sinh(conjugate(op.outputs[0])))


@op("Atanh", _UNARY, unchanged, T=FLOAT_OR_COMPLEX)
def atanh(x):
    """Number whose hyperbolic tangent each element is."""
    return jnp.arctanh(x)


@atanh.gradient
def _(op, dy):
    with after(dy):
        return times(dy, _reciprocal_from_one("Sub", op.inputs[0], dy))
