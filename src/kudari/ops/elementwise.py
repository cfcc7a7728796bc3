"""Signs, squares, roots, reciprocals and roundings of each element."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import FLOAT_OR_COMPLEX, FLOATING
from ..op.constant import constant
from ..op.definition import op
from ..op.rules import merged, unchanged
from .forms import after, conjugate, negated, node, over, times
from .shapes import shape_of, zeros
from .typesets import SIGNED, SIGNED_REAL

_UNARY = "x: T -> y: T"
_GRADIENT = "y: T, dy: T -> z: T"


@op("Neg", _UNARY, unchanged, T=SIGNED)
def neg(x):
    """Negative of each element."""
    return -x


@neg.fold
def _(x):
    return -x


@neg.gradient
def _(op, dy):
    return negated(dy)


@op("Abs", _UNARY, unchanged, T=SIGNED_REAL)
def abs(x):
    """Absolute value of each element."""
    return jnp.abs(x)


@abs.fold
def _(x):
    return np.abs(x)


@abs.gradient
def _(op, dy):
    return times(dy, node("Sign", op.inputs[0]))


@op("Sign", _UNARY, unchanged, T=SIGNED)
def sign(x):
    """-1, 0 or 1 as each element is below, at or above 0, 0 of NaN; of a complex one, its direction."""
    if jnp.issubdtype(x.dtype, jnp.complexfloating):
        return jnp.sign(x)
    return (x > 0).astype(x.dtype) - (x < 0).astype(x.dtype)


@sign.gradient
def _(op, dy):
    x = op.inputs[0]
    return zeros(shape_of(x), x.dtype)


@op("Square", _UNARY, unchanged, T=SIGNED)
def square(x):
    """Square of each element."""
    return x * x


@square.fold
def _(x):
    return x * x


@square.gradient
def _(op, dy):
    with after(dy):
        x = conjugate(op.inputs[0])
        two = constant(2.0, x.dtype.base_dtype)
        return node("Mul", dy, node("Mul", x, two))


@op("Sqrt", _UNARY, unchanged, T=FLOAT_OR_COMPLEX)
def sqrt(x):
    """Square root of each element."""
    return jnp.sqrt(x)


@sqrt.gradient
def _(op, dy):
    return sqrt_grad(op.outputs[0], dy)


@op("SqrtGrad", _GRADIENT, merged, T=FLOAT_OR_COMPLEX)
def sqrt_grad(y, dy):
    """Gradient of a square root `y`."""
    return dy * y.dtype.type(0.5) / jnp.conj(y)


@sqrt_grad.gradient
def _(op, dz):
    with after(dz):
        share = over(dz, op.inputs[0])
        return times(negated(conjugate(share)), op.outputs[0]), times(0.5, share)


@op("Rsqrt", _UNARY, unchanged, T=FLOAT_OR_COMPLEX)
def rsqrt(x):
    """Reciprocal of the square root of each element."""
    return lax.rsqrt(x)


@rsqrt.gradient
def _(op, dy):
    return rsqrt_grad(op.outputs[0], dy)


@op("RsqrtGrad", _GRADIENT, merged, T=FLOAT_OR_COMPLEX)
def rsqrt_grad(y, dy):
    """Gradient of a reciprocal square root `y`."""
    y = jnp.conj(y)
    return y.dtype.type(-0.5) * (dy * y) * (y * y)


@rsqrt_grad.gradient
def _(op, dz):
    with after(dz):
        y, dz_conj = conjugate(op.inputs[0]), conjugate(dz)
        dy = times(times(times(-1.5, dz_conj), op.inputs[1]), square(y))
        return dy, rsqrt_grad(y, dz)


@op("Reciprocal", _UNARY, unchanged, T=SIGNED)
def reciprocal(x):
    """Reciprocal of each element."""
    return lax.div(jnp.ones_like(x), x)


@op("Inv", _UNARY, unchanged, T=SIGNED)
def inv(x):
    """Reciprocal of each element, by its older name."""
    return lax.div(jnp.ones_like(x), x)


@reciprocal.gradient
@inv.gradient
def _(op, dy):
    return reciprocal_grad(op.outputs[0], dy)


@op("ReciprocalGrad", _GRADIENT, merged, T=FLOAT_OR_COMPLEX)
def reciprocal_grad(y, dy):
    """Gradient of a reciprocal `y`."""
    y = jnp.conj(y)
    return -(dy * (y * y))


@op("InvGrad", _GRADIENT, merged, T=FLOAT_OR_COMPLEX)
def inv_grad(y, dy):
    """Gradient of a reciprocal `y`, by its older name."""
    y = jnp.conj(y)
    return -(dy * (y * y))


@reciprocal_grad.gradient
@inv_grad.gradient
def _(op, dz):
    with after(dz):
        y, dz_conj = conjugate(op.inputs[0]), conjugate(dz)
        return times(times(times(dz_conj, -2.0), op.inputs[1]), y), reciprocal_grad(y, dz)


@op("Floor", _UNARY, unchanged, T=FLOATING)
def floor(x):
    """Largest whole number not above each element."""
    return jnp.floor(x)


@op("Ceil", _UNARY, unchanged, T=FLOATING)
def ceil(x):
    """Smallest whole number not below each element."""
    return jnp.ceil(x)


@op("Round", _UNARY, unchanged, T=SIGNED)
def round(x):
    """Nearest whole number of each element, the even one of two."""
    return x if jnp.issubdtype(x.dtype, jnp.integer) else jnp.round(x)


@op("Rint", _UNARY, unchanged, T=FLOATING)
def rint(x):
    """Nearest whole number of each element, the even one of two."""
    return jnp.round(x)


@floor.fold
def _(x):
    return np.floor(x)


@ceil.fold
def _(x):
    return np.ceil(x)


@floor.gradient
@ceil.gradient
@round.gradient
@rint.gradient
def _(op, dy):
    return None
