"""Adagrad by dual averaging: the variable follows from the sum of all gradients and that of their squares.

Duchi, Hazan, Singer: Adaptive subgradient methods for online learning and stochastic optimization, JMLR 12, 2011.
"""

from __future__ import annotations

import jax.numpy as jnp

from ..dtypes import NUMBER, TINDEX
from ..op.definition import not_differentiable, op
from .steps import by_rows, of_references, plain, step_shape

_SLOTS = "var: Var, gradient_accumulator: Var, gradient_squared_accumulator: Var"
_NUMBERS = "lr: T, l1: T, l2: T, global_step: int64"
_STEP = f"{_SLOTS}, grad: T, {_NUMBERS}"
_SPARSE_STEP = f"{_SLOTS}, grad: T, indices: Tindices, {_NUMBERS}"


def adagrad_da(roots, var, gradient_accumulator, gradient_squared_accumulator, grad, lr, l1, l2, global_step):
    """Set the variable to the minimum of the averaged gradients, the regularization and the weighted distances."""
    total = gradient_accumulator + grad
    squares = gradient_squared_accumulator + grad * grad
    step = global_step.astype(var.dtype)
    shrunk = jnp.sign(total) * jnp.maximum(jnp.abs(total) - step * l1, 0)
    way = jnp.where(l1 > 0, shrunk, total)
    return lr * -1 * way / (l2 * (step * lr) + roots.sqrt(squares)), total, squares


def sparse_adagrad_da(roots, var, gradient_accumulator, gradient_squared_accumulator, grad, indices, lr, l1, l2,
                      global_step):
    """The same for the rows that `indices` name."""
    def rule(var, total, squares, grad):
        return adagrad_da(roots, var, total, squares, grad, lr, l1, l2, global_step)

    return by_rows(rule, (var, gradient_accumulator, gradient_squared_accumulator), grad, indices)


apply_adagrad_da = op("ApplyAdagradDA", of_references(_STEP), step_shape, T=NUMBER, use_locking=False)(plain(adagrad_da))
sparse_apply_adagrad_da = op("SparseApplyAdagradDA", of_references(_SPARSE_STEP), step_shape,
                             T=NUMBER, Tindices=TINDEX, use_locking=False)(plain(sparse_adagrad_da))

not_differentiable(apply_adagrad_da, sparse_apply_adagrad_da)
