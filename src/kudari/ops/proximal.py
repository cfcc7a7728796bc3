"""Forward-backward splitting: a step against the gradient, then one to the minimum of the regularization near there.

Duchi, Singer: Efficient online and batch learning using forward backward splitting, JMLR 10, 2009.
"""

from __future__ import annotations

import jax.numpy as jnp

from ..dtypes import NUMBER, TINDEX
from ..op.definition import not_differentiable, op
from .steps import are_numbers, by_rows, of_references, plain, step_shape

_DESCENT_STEP = "var: Var, alpha: T, l1: T, l2: T, delta: T"
_SPARSE_DESCENT_STEP = "var: Var, alpha: T, l1: T, l2: T, grad: T, indices: Tindices"
_ADAGRAD_STEP = "var: Var, accum: Var, lr: T, l1: T, l2: T, grad: T"


def _regularized(var, rate, l1, l2):
    """The point that the regularization pulls `var` to in a step of size `rate`."""
    return _shrunk(var, rate, l1) / (1 + l2 * rate)


def _shrunk(var, rate, l1):
    return jnp.where(l1 > 0, jnp.sign(var) * jnp.maximum(jnp.abs(var) - rate * l1, 0), var)


def _regularized_numbers(var, rate, l1, l2):
    """The same as TensorFlow's kernels for rows of one number round it: they divide in double precision."""
    if var.dtype != jnp.float32:
        return _regularized(var, rate, l1, l2)
    return (_shrunk(var, rate, l1).astype(jnp.float64) / (1 + (l2 * rate).astype(jnp.float64))).astype(var.dtype)


@op("ApplyProximalGradientDescent", of_references(_DESCENT_STEP), step_shape, T=NUMBER, use_locking=False)
def apply_proximal_gradient_descent(var, alpha, l1, l2, delta):
    """Step against the gradient, then to the minimum of the regularization."""
    return _regularized(var - delta * alpha, alpha, l1, l2)


@op("SparseApplyProximalGradientDescent", of_references(_SPARSE_DESCENT_STEP), step_shape,
    T=NUMBER, Tindices=TINDEX, use_locking=False)
def sparse_apply_proximal_gradient_descent(var, alpha, l1, l2, grad, indices):
    """The same for the rows that `indices` name."""
    regularized = _regularized_numbers if are_numbers(grad) else _regularized
    return by_rows(lambda var, grad: (regularized(var - grad * alpha, alpha, l1, l2),), (var,), grad, indices)[0]


def proximal_adagrad(roots, var, accum, lr, l1, l2, grad):
    """Step by Adagrad, then to the minimum of the regularization."""
    accum = accum + grad * grad
    rate = lr * roots.rsqrt(accum)
    return _regularized(var - grad * rate, rate, l1, l2), accum


def sparse_proximal_adagrad(roots, var, accum, lr, l1, l2, grad, indices):
    """The same for the rows that `indices` name."""
    def rule(var, accum, grad):
        if not are_numbers(var):
            return proximal_adagrad(roots, var, accum, lr, l1, l2, grad)
        accum = accum + grad * grad
        rate = lr / jnp.sqrt(accum)
        return _regularized_numbers(var - rate * grad, rate, l1, l2), accum

    return by_rows(rule, (var, accum), grad, indices)


apply_proximal_adagrad = op("ApplyProximalAdagrad", of_references(_ADAGRAD_STEP), step_shape,
                            T=NUMBER, use_locking=False)(plain(proximal_adagrad))
sparse_apply_proximal_adagrad = op("SparseApplyProximalAdagrad", of_references(_ADAGRAD_STEP + ", indices: Tindices"),
                                   step_shape, T=NUMBER, Tindices=TINDEX,
                                   use_locking=False)(plain(sparse_proximal_adagrad))

not_differentiable(apply_proximal_gradient_descent, sparse_apply_proximal_gradient_descent, apply_proximal_adagrad,
                   sparse_apply_proximal_adagrad)
