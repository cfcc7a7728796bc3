"""Exponentials and logarithms, and the functions made of them."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import FLOAT_OR_COMPLEX, FLOATING
from ..op.constant import constant
from ..op.definition import op
from ..op.rules import broadcasting, merged, unchanged
from .broadcasting import operands
from .forms import after, conjugate, minus, negated, node, plus, times
from .typesets import SINGLE_OR_DOUBLE

_UNARY = "x: T -> y: T"
_GRADIENT = "y: T, dy: T -> z: T"
_ERF_SLOPE = 2 / np.sqrt(np.pi)


@op("Exp", _UNARY, unchanged, T=FLOAT_OR_COMPLEX)
def exp(x):
    """Exponential of each element."""
    return jnp.exp(x)


@exp.gradient
def _(op, dy):
    with after(dy):
        return times(dy, conjugate(op.outputs[0]))


@op("Expm1", _UNARY, unchanged, T=FLOAT_OR_COMPLEX)
def expm1(x):
    """Exponential of each element less one."""
    return jnp.expm1(x)


@expm1.gradient
def _(op, dy):
    with after(dy):
        return times(dy, exp(conjugate(op.inputs[0])))


@op("Log", _UNARY, unchanged, T=FLOAT_OR_COMPLEX)
def log(x):
    """Natural logarithm of each element."""
    return jnp.log(x)


@log.gradient
def _(op, dy):
    with after(dy):
        return times(dy, node("Reciprocal", conjugate(op.inputs[0])))


@op("Log1p", _UNARY, unchanged, T=FLOAT_OR_COMPLEX)
def log1p(x):
    """Natural logarithm of one plus each element."""
    return jnp.log1p(x)


@log1p.gradient
def _(op, dy):
    with after(dy):
        return times(dy, node("Reciprocal", plus(1, conjugate(op.inputs[0]))))


@op("Tanh", _UNARY, unchanged, T=FLOAT_OR_COMPLEX)
def tanh(x):
    """Hyperbolic tangent of each element."""
    return jnp.tanh(x)


@tanh.gradient
def _(op, dy):
    with after(dy):
        return tanh_grad(conjugate(op.outputs[0]), dy)


@op("TanhGrad", _GRADIENT, merged, T=FLOAT_OR_COMPLEX)
def tanh_grad(y, dy):
    """Gradient of a hyperbolic tangent `y`."""
    return dy * (1 - y * y)


@tanh_grad.gradient
def _(op, dz):
    with after(dz):
        y, dy = conjugate(op.inputs[0]), conjugate(op.inputs[1])
        return times(times(times(dz, -2.0), dy), y), tanh_grad(y, dz)


@op("Sigmoid", _UNARY, unchanged, T=FLOAT_OR_COMPLEX)
def sigmoid(x):
    """Logistic function `1 / (1 + exp(-x))` of each element."""
    return jax.nn.sigmoid(x)


@sigmoid.gradient
def _(op, dy):
    with after(dy):
        return sigmoid_grad(conjugate(op.outputs[0]), dy)


@op("SigmoidGrad", _GRADIENT, merged, T=FLOAT_OR_COMPLEX)
def sigmoid_grad(y, dy):
    """Gradient of a logistic function `y`."""
    return dy * y * (1 - y)


@sigmoid_grad.gradient
def _(op, dz):
    with after(dz):
        y, dy = conjugate(op.inputs[0]), conjugate(op.inputs[1])
        share = times(dz, dy)
        return minus(share, times(times(2.0, share), y)), sigmoid_grad(y, dz)


@op("Erf", _UNARY, unchanged, T=FLOATING)
def erf(x):
    """Error function of each element."""
    return lax.erf(x)


@op("Erfc", _UNARY, unchanged, T=FLOATING)
def erfc(x):
    """One less the error function of each element."""
    return lax.erfc(x)


@erf.gradient
def _(op, dy):
    return _bell(op.inputs[0], dy, _ERF_SLOPE)


@erfc.gradient
def _(op, dy):
    return _bell(op.inputs[0], dy, -_ERF_SLOPE)


def _bell(x, dy, slope):
    scale = constant(slope, dy.dtype.base_dtype)
    with after(dy):
        scaled = times(dy, scale)
        return times(scaled, exp(negated(node("Square", conjugate(x)))))


@op("Lgamma", _UNARY, unchanged, T=FLOATING)
def lgamma(x):
    """Logarithm of the absolute value of the gamma function of each element."""
    return lax.lgamma(x)


@lgamma.gradient
def _(op, dy):
    with after(dy):
        return times(dy, digamma(conjugate(op.inputs[0])))


@op("Digamma", _UNARY, unchanged, T=FLOATING)
def digamma(x):
    """Derivative of the logarithm of the gamma function at each element; infinite at its poles."""
    is_pole = (x <= 0) & (x == jnp.floor(x))
    return jnp.where(is_pole, jnp.full_like(x, jnp.inf), lax.digamma(x))


@digamma.gradient
def _(op, dy):
    with after(dy):
        x = conjugate(op.inputs[0])
        return times(dy, polygamma(constant(1, x.dtype.base_dtype), x))


@op("Polygamma", "a: T, x: T -> z: T", broadcasting, T=SINGLE_OR_DOUBLE)
def polygamma(a, x):
    """Derivative of order `a` of the digamma function at `x`."""
    return lax.polygamma(*jnp.broadcast_arrays(a, x))


@polygamma.gradient
def _(op, dz):
    _, right = operands(*op.inputs)
    with after(dz):
        order, x = op.inputs
        slope = polygamma(plus(order, 1), x)
        return None, right.reduce(times(slope, dz))
