"""Adadelta: steps whose size follows from the running means of squares of steps and of gradients.

Zeiler: Adadelta: an adaptive learning rate method, 2012 (arXiv:1212.5701).
"""

from __future__ import annotations

from ..dtypes import NUMBER, TINDEX
from ..op.definition import not_differentiable, op
from .steps import by_rows, of_references, plain, step_shape

_STEP = "var: Var, accum: Var, accum_update: Var, lr: T, rho: T, epsilon: T, grad: T"


def adadelta(roots, var, accum, accum_update, lr, rho, epsilon, grad):
    """Step by the gradient times the root of the one mean over that of the other."""
    accum = accum * rho + grad * grad * (1 - rho)
    update = roots.sqrt(accum_update + epsilon) * roots.rsqrt(accum + epsilon) * grad
    return var - update * lr, accum, accum_update * rho + update * update * (1 - rho)


def sparse_adadelta(roots, var, accum, accum_update, lr, rho, epsilon, grad, indices):
    """The same for the rows that `indices` name."""
    def rule(var, accum, accum_update, grad):
        return adadelta(roots, var, accum, accum_update, lr, rho, epsilon, grad)

    return by_rows(rule, (var, accum, accum_update), grad, indices)


apply_adadelta = op("ApplyAdadelta", of_references(_STEP), step_shape, T=NUMBER, use_locking=False)(plain(adadelta))
sparse_apply_adadelta = op("SparseApplyAdadelta", of_references(_STEP + ", indices: Tindices"), step_shape,
                           T=NUMBER, Tindices=TINDEX, use_locking=False)(plain(sparse_adadelta))

not_differentiable(apply_adadelta, sparse_apply_adadelta)
