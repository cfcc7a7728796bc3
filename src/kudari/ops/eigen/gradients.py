"""Gradient kernels whose factors Eigen multiplies in another order in packets than in the scalar loop."""

from __future__ import annotations

import jax

from .exponential import packet_exp, scalar_exp
from .packets import Elementwise, over_all


def tanh_grad(y: jax.Array, dy: jax.Array) -> jax.Array:
    """Return the gradient of a hyperbolic tangent `y`."""
    return dy * (y.dtype.type(1) - y * y)


def sigmoid_grad(y: jax.Array, dy: jax.Array) -> jax.Array:
    """Return the gradient of a sigmoid `y`."""
    one = y.dtype.type(1)
    return over_all(lambda y, dy: dy * (y * (one - y)), lambda y, dy: (dy * y) * (one - y), y, dy)


def reciprocal_grad(y: jax.Array, dy: jax.Array) -> jax.Array:
    """Return the gradient of a reciprocal `y`."""
    y = y.conj()
    return over_all(lambda y, dy: -(dy * (y * y)), lambda y, dy: (-dy * y) * y, y, dy)


def sqrt_grad(y: jax.Array, dy: jax.Array) -> jax.Array:
    """Return the gradient of a square root `y`."""
    return (y.dtype.type(0.5) * dy) / y.conj()


def rsqrt_grad(y: jax.Array, dy: jax.Array) -> jax.Array:
    """Return the gradient of a reciprocal square root `y`."""
    y, factor = y.conj(), y.dtype.type(-0.5)
    return over_all(
        lambda y, dy: factor * ((dy * y) * (y * y)), lambda y, dy: (factor * (dy * y)) * (y * y), y, dy)


def _softplus_grad(exponential: Elementwise) -> Elementwise:
    return lambda gradients, features: gradients / (exponential(-features) + features.dtype.type(1))


def softplus_grad(gradients: jax.Array, features: jax.Array) -> jax.Array:
    """Return the gradient of the softplus of `features`."""
    return over_all(_softplus_grad(packet_exp), _softplus_grad(scalar_exp), gradients, features)
