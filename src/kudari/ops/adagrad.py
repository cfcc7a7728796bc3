"""Adagrad: steps by the gradient over the root of the sum of all its squares so far.

Duchi, Hazan, Singer: Adaptive subgradient methods for online learning and stochastic optimization, JMLR 12, 2011.
"""

from __future__ import annotations

import jax.numpy as jnp

from ..dtypes import NUMBER, TINDEX
from ..op.definition import not_differentiable, op
from .steps import are_numbers, by_rows, of_references, plain, step_shape

_STEP = "var: Var, accum: Var, lr: T, grad: T"


def adagrad(roots, var, accum, lr, grad, *, update_slots):
    """Step by the gradient over the root of the sum of its squares."""
    accum = accum + grad * grad if update_slots else accum
    return var - grad * lr * roots.rsqrt(accum), accum


def sparse_adagrad(roots, var, accum, lr, grad, indices, *, update_slots):
    """The same for the rows that `indices` name."""
    def rule(var, accum, grad):
        accum = accum + grad * grad if update_slots else accum
        return var - (lr * grad / jnp.sqrt(accum) if are_numbers(var) else lr * grad * roots.rsqrt(accum)), accum

    return by_rows(rule, (var, accum), grad, indices)


apply_adagrad = op("ApplyAdagrad", of_references(_STEP), step_shape,
                   T=NUMBER, use_locking=False, update_slots=True)(plain(adagrad))
sparse_apply_adagrad = op("SparseApplyAdagrad", of_references(_STEP + ", indices: Tindices"), step_shape,
                          T=NUMBER, Tindices=TINDEX, use_locking=False, update_slots=True)(plain(sparse_adagrad))

not_differentiable(apply_adagrad, sparse_apply_adagrad)
