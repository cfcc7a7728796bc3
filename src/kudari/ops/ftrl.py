"""FTRL: each step goes to the minimum of the regularized loss as all gradients so far describe it.

McMahan and others: Ad click prediction: a view from the trenches, KDD 2013.
"""

from __future__ import annotations

import jax.numpy as jnp

from ..dtypes import NUMBER, TINDEX
from ..op.definition import not_differentiable, op
from .steps import by_rows, of_references, plain, step_shape

_SLOTS = "var: Var, accum: Var, linear: Var, grad: T"
_NUMBERS = "lr: T, l1: T, l2: T, lr_power: T"
_SHRINKING_NUMBERS = "lr: T, l1: T, l2: T, l2_shrinkage: T, lr_power: T"


def _power(roots, x, lr_power):
    return jnp.where(lr_power == -0.5, roots.sqrt(x), jnp.power(x, -lr_power))


def ftrl(roots, var, accum, linear, grad, lr, l1, l2, lr_power):
    """Step to the minimum."""
    return ftrl_with_shrinkage(roots, var, accum, linear, grad, lr, l1, l2, jnp.zeros_like(lr), lr_power)


def ftrl_with_shrinkage(roots, var, accum, linear, grad, lr, l1, l2, l2_shrinkage, lr_power):
    """Step to the minimum; the gradient also has that of a penalty on the size of the variable."""
    total = accum + grad * grad
    root = _power(roots, total, lr_power)
    penalized = grad + 2 * l2_shrinkage * var
    linear = linear + (penalized - (root - _power(roots, accum, lr_power)) / lr * var)
    shrunk = (l1 * jnp.sign(linear) - linear) / (root / lr + 2 * l2)
    return jnp.where(jnp.abs(linear) > l1, shrunk, 0).astype(var.dtype), total, linear


def sparse_ftrl(roots, var, accum, linear, grad, indices, lr, l1, l2, lr_power):
    """The same as `ftrl` for the rows that `indices` name."""
    def rule(var, accum, linear, grad):
        return ftrl(roots, var, accum, linear, grad, lr, l1, l2, lr_power)

    return by_rows(rule, (var, accum, linear), grad, indices)


def sparse_ftrl_with_shrinkage(roots, var, accum, linear, grad, indices, lr, l1, l2, l2_shrinkage, lr_power):
    """The same as `ftrl_with_shrinkage` for the rows that `indices` name."""
    def rule(var, accum, linear, grad):
        return ftrl_with_shrinkage(roots, var, accum, linear, grad, lr, l1, l2, l2_shrinkage, lr_power)

    return by_rows(rule, (var, accum, linear), grad, indices)


apply_ftrl = op("ApplyFtrl", of_references(f"{_SLOTS}, {_NUMBERS}"), step_shape,
                T=NUMBER, use_locking=False)(plain(ftrl))
apply_ftrl_v2 = op("ApplyFtrlV2", of_references(f"{_SLOTS}, {_SHRINKING_NUMBERS}"), step_shape,
                   T=NUMBER, use_locking=False)(plain(ftrl_with_shrinkage))
sparse_apply_ftrl = op("SparseApplyFtrl", of_references(f"{_SLOTS}, indices: Tindices, {_NUMBERS}"), step_shape,
                       T=NUMBER, Tindices=TINDEX, use_locking=False)(plain(sparse_ftrl))
sparse_apply_ftrl_v2 = op("SparseApplyFtrlV2", of_references(f"{_SLOTS}, indices: Tindices, {_SHRINKING_NUMBERS}"),
                          step_shape, T=NUMBER, Tindices=TINDEX, use_locking=False)(plain(sparse_ftrl_with_shrinkage))

not_differentiable(apply_ftrl, apply_ftrl_v2, sparse_apply_ftrl, sparse_apply_ftrl_v2)
