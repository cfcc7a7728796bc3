"""Gradient descent with momentum, and with Nesterov's look ahead."""

from __future__ import annotations

from ..dtypes import NUMBER, TINDEX
from ..op.definition import not_differentiable, op
from .steps import by_rows, of_references, step_shape

_STEP = "var: Var, accum: Var, lr: T, grad: T, momentum: T"
_SPARSE_STEP = "var: Var, accum: Var, lr: T, grad: T, indices: Tindices, momentum: T"


@op("ApplyMomentum", of_references(_STEP), step_shape, T=NUMBER, use_locking=False, use_nesterov=False)
def apply_momentum(var, accum, lr, grad, momentum, *, use_nesterov):
    """Step by the gradient and what is left of the steps before it."""
    accum = accum * momentum + grad
    return var - (grad * lr + accum * momentum * lr if use_nesterov else accum * lr), accum


@op("SparseApplyMomentum", of_references(_SPARSE_STEP), step_shape,
    T=NUMBER, Tindices=TINDEX, use_locking=False, use_nesterov=False)
def sparse_apply_momentum(var, accum, lr, grad, indices, momentum, *, use_nesterov):
    """The same for the rows that `indices` name."""
    def rule(var, accum, grad):
        accum = accum * momentum + grad
        return var - (lr * grad + lr * momentum * accum if use_nesterov else lr * accum), accum

    return by_rows(rule, (var, accum), grad, indices)


not_differentiable(apply_momentum, sparse_apply_momentum)
