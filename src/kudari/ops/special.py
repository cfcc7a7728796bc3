"""Special functions, elementwise, and what else of mathematics few programs need."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
from jax import lax
from jax.scipy import special

from ..dtypes import FLOATING, INDEX, NUMBER, REALNUMBER, TypeSet, float16, float32, float64
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import broadcasting, fail, merge_shapes, unchanged
from ..shape import Shape
from .broadcasting import operands, operands_of
from .forms import after, cast, conjugate, minus, negated, node, plus, times, to_power
from .full import full
from .reduce import _axes, _reduced
from .shapes import shape_of, zeros_like
from .typesets import NO_NAN, SINGLE_OR_DOUBLE

_TWO = "x: T, y: T -> z: T"


@op("BesselI0e", "x: T -> y: T", unchanged, T=FLOATING)
def bessel_i0e(x):
    """The modified Bessel function of order 0, times `exp(-abs(x))`."""
    return lax.bessel_i0e(x)


@op("BesselI1e", "x: T -> y: T", unchanged, T=FLOATING)
def bessel_i1e(x):
    """The modified Bessel function of order 1, times `exp(-abs(x))`."""
    return lax.bessel_i1e(x)


@bessel_i0e.gradient
def _(op, grad):
    x, y = op.inputs[0], op.outputs[0]
    with after(grad):
        return (times(grad, minus(node("BesselI1e", x), times(node("Sign", x), y))),)


@bessel_i1e.gradient
def _(op, grad):
    x, y = op.inputs[0], op.outputs[0]
    with after(grad):
        tiny = float(np.finfo(x.dtype.as_numpy_dtype).eps)
        zeros = zeros_like(x)
        is_large = node("Greater", node("Abs", x), tiny)
        safe = node("Select", is_large, x, plus(tiny, zeros))
        slope = node("BesselI0e", safe)
        slope = minus(slope, times(y, plus(node("Sign", safe), node("Reciprocal", safe))))
        return (times(grad, node("Select", is_large, slope, plus(0.5, zeros))),)


@op("Igamma", "a: T, x: T -> z: T", broadcasting, T=SINGLE_OR_DOUBLE)
def igamma(a, x):
    """The lower regularized incomplete gamma function."""
    return lax.igamma(*jnp.broadcast_arrays(a, x))


@op("Igammac", "a: T, x: T -> z: T", broadcasting, T=SINGLE_OR_DOUBLE)
def igammac(a, x):
    """The upper regularized incomplete gamma function."""
    return lax.igammac(*jnp.broadcast_arrays(a, x))


@op("IgammaGradA", "a: T, x: T -> z: T", broadcasting, T=SINGLE_OR_DOUBLE)
def igamma_grad_a(a, x):
    """The derivative of `igamma` by `a`."""
    return lax.igamma_grad_a(*jnp.broadcast_arrays(a, x))


def _igamma_gradient(op, grad):
    a, x = op.inputs
    left, right = operands(a, x)
    with after(grad):
        by_a = node("IgammaGradA", a, x)
        power_of_x = plus(negated(x), times(minus(a, 1), node("Log", x)))
        by_x = node("Exp", minus(power_of_x, node("Lgamma", a)))
        return left.reduce(times(by_a, grad)), right.reduce(times(by_x, grad))


@igamma.gradient
def _(op, grad):
    return _igamma_gradient(op, grad)


@igammac.gradient
def _(op, grad):
    by_a, by_x = _igamma_gradient(op, grad)
    return negated(by_a), negated(by_x)


def _one_shape_but_scalars(op: Operation) -> list[Shape]:
    shape: Shape = None
    for tensor in op.inputs:
        if tensor.static_shape != ():
            shape = merge_shapes(op, shape, tensor.static_shape)
    return [() if all(t.static_shape == () for t in op.inputs) else shape]


@op("Betainc", "a: T, b: T, x: T -> z: T", _one_shape_but_scalars, T=SINGLE_OR_DOUBLE)
def betainc(a, b, x):
    """The regularized incomplete beta integral."""
    return special.betainc(*jnp.broadcast_arrays(a, b, x))


@betainc.check
def _(op, a, b, x):
    if len({np.shape(v) for v in (a, b, x) if np.ndim(v)}) > 1:
        raise ValueError("Shapes of a, b and x are inconsistent")


@betainc.gradient
def _(op, grad):
    a, b, x = op.inputs
    _, right = operands(a, x)
    log_beta = minus(plus(node("Lgamma", a), node("Lgamma", b)), node("Lgamma", plus(a, b)))
    slope = times(minus(b, 1), node("Log", minus(1, x)))
    slope = node("Exp", minus(plus(slope, times(minus(a, 1), node("Log", x))), log_beta))
    return None, None, right.reduce(times(slope, grad))


@op("Zeta", "x: T, q: T -> z: T", broadcasting, T=SINGLE_OR_DOUBLE)
def zeta(x, q):
    """The Hurwitz zeta function."""
    return lax.zeta(*jnp.broadcast_arrays(x, q))


@zeta.gradient
def _(op, grad):
    x, q = op.inputs
    _, right = operands(x, q)
    with after(grad):
        x, q = conjugate(x), conjugate(q)
        slope = times(negated(x), node("Zeta", plus(x, 1), q))
        return None, right.reduce(times(slope, grad))


@op("Xlogy", _TWO, broadcasting, T=NO_NAN)
def xlogy(x, y):
    """`x * log(y)`, and 0 where `x` is 0."""
    return jnp.where(x == 0, jnp.zeros((), x.dtype), x * jnp.log(jnp.where(x == 0, jnp.ones((), y.dtype), y)))


@op("Xdivy", _TWO, broadcasting, T=NO_NAN)
def xdivy(x, y):
    """`x / y`, and 0 where `x` is 0."""
    return jnp.where(x == 0, jnp.zeros((), x.dtype), x / jnp.where(x == 0, jnp.ones((), y.dtype), y))


def _is_not_zero(x):
    return cast(node("NotEqual", x, cast(0.0, x.dtype)), x.dtype)


@xlogy.gradient
def _(op, grad):
    x, y = op.inputs
    left, right = operands(x, y)
    with after(grad):
        by_x = node("Xlogy", _is_not_zero(x), y)
        by_y = node("Xdivy", x, y)
        return left.reduce(times(by_x, grad)), right.reduce(times(by_y, grad))


@xdivy.gradient
def _(op, grad):
    x, y = op.inputs
    left, right = operands(x, y)
    with after(grad):
        by_x = node("Xdivy", _is_not_zero(x), y)
        by_y = node("Xdivy", negated(x), to_power(y, 2))
        return left.reduce(times(by_x, grad)), right.reduce(times(by_y, grad))


@op("NextAfter", "x1: T, x2: T -> output: T", broadcasting, T=TypeSet((float64, float32), float32))
def next_after(x1, x2):
    """The number next to `x1` in the direction of `x2`."""
    return lax.nextafter(*jnp.broadcast_arrays(x1, x2))


@next_after.gradient
def _(op, grad):
    shapes = [shape_of(x) for x in op.inputs]
    left, right = operands_of(*shapes)
    with after(grad):
        one = full(shapes[0], 1, op.inputs[0].dtype.base_dtype, None, "ones")
        nothing = full(shapes[1], 0, op.inputs[1].dtype.base_dtype, None, "zeros")
        return left.reduce(times(one, grad)), right.reduce(times(nothing, grad))


@op("EuclideanNorm", "input: T, reduction_indices: Static(Tidx) -> output: T", _reduced, T=NUMBER, Tidx=INDEX,
    keep_dims=False)
def euclidean_norm(input, reduction_indices, *, keep_dims):
    """The root of the sum of squares along axes."""
    axes = _axes(reduction_indices, input.ndim)
    total = jnp.sum(input * jnp.conj(input), axes, dtype=input.dtype, keepdims=keep_dims)
    return jnp.sqrt(total).astype(input.dtype)


not_differentiable(euclidean_norm)


@op("CumulativeLogsumexp", "x: T, axis: Static(Tidx) -> out: T", unchanged, T=TypeSet((float16, float32, float64)),
    Tidx=INDEX, exclusive=False, reverse=False)
def cumulative_logsumexp(x, axis, *, exclusive, reverse):
    """Running logarithm of the sum of exponentials along an axis; an exclusive one leaves out its own element."""
    axis = int(axis) % x.ndim
    if exclusive:
        first = jnp.full_like(lax.slice_in_dim(x, 0, 1, axis=axis), jnp.finfo(x.dtype).min)
        parts = [lax.slice_in_dim(x, 1, None, axis=axis), first] if reverse else [
            first, lax.slice_in_dim(x, 0, -1, axis=axis)]
        x = lax.concatenate(parts, axis)
    return lax.cumlogsumexp(x, axis, reverse)


@cumulative_logsumexp.gradient
def _(op, grad):
    x, axis = op.inputs
    lowest = float(np.finfo(grad.dtype.as_numpy_dtype).min)
    is_positive = node("Greater", grad, 0)
    above = node("SelectV2", is_positive, node("Log", grad), lowest)
    is_negative = node("Less", grad, 0)
    below = node("SelectV2", is_negative, node("Log", negated(grad)), lowest)

    def part(log_grad):
        flags = {"exclusive": op["exclusive"], "reverse": not op["reverse"]}
        total = node("CumulativeLogsumexp", minus(log_grad, op.outputs[0]), axis, **flags)
        return node("Exp", plus(total, x))

    return minus(part(above), part(below)), None


def _crossed(op: Operation) -> list[Shape]:
    shape = merge_shapes(op, op.inputs[0].static_shape, op.inputs[1].static_shape)
    if shape is not None:
        if not shape:
            fail(op, "Shape must be at least rank 1 but is rank 0", known=())
        if shape[-1] not in (None, 3):
            fail(op, f"Dimension must be 3 but is {shape[-1]}", known=())
    return [shape]


@op("Cross", "a: T, b: T -> product: T", _crossed, T=REALNUMBER)
def cross(a, b):
    """The cross products of the innermost vectors, of length 3."""
    return jnp.cross(a, b)


@cross.check
def _(op, a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError(f"inputs must have same shape: {list(np.shape(a))} vs. {list(np.shape(b))}")
    if not np.ndim(a) or np.shape(a)[-1] != 3:
        raise ValueError(f"inputs must be at least 1-D and have 3 in the last dimension, but are {list(np.shape(a))}")


@cross.gradient
def _(op, grad):
    u, v = op.inputs
    return node("Cross", v, grad), node("Cross", grad, u)
