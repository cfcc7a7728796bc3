"""RMSProp: steps by the gradient over the root of a running mean of its squares; centred, over that of its variance.

Tieleman, Hinton: Lecture 6.5 of Neural networks for machine learning, 2012; centred: Graves, 2013 (arXiv:1308.0850).
"""

from __future__ import annotations

from ..dtypes import NUMBER, TINDEX
from ..op.definition import not_differentiable, op
from .steps import by_rows, of_references, plain, step_shape

_NUMBERS = "lr: T, rho: T, momentum: T, epsilon: T, grad: T"
_STEP = f"var: Var, ms: Var, mom: Var, {_NUMBERS}"
_CENTERED_STEP = f"var: Var, mg: Var, ms: Var, mom: Var, {_NUMBERS}"
_ROWS = ", indices: Tindices"


def rmsprop(roots, var, ms, mom, lr, rho, momentum, epsilon, grad):
    """Step by the gradient over the root of the mean of its squares."""
    ms = ms + (grad * grad - ms) * (1 - rho)
    mom = mom * momentum + (grad * lr) / roots.sqrt(ms + epsilon)
    return var - mom, ms, mom


def sparse_rmsprop(roots, var, ms, mom, lr, rho, momentum, epsilon, grad, indices):
    """The same for the rows that `indices` name."""
    def rule(var, ms, mom, grad):
        ms = ms * rho + grad * grad * (1 - rho)
        mom = mom * momentum + lr * grad / roots.sqrt(ms + epsilon)
        return var - mom, ms, mom

    return by_rows(rule, (var, ms, mom), grad, indices)


def centered(roots, var, mg, ms, mom, lr, rho, momentum, epsilon, grad):
    """Step by the gradient over the root of its variance."""
    ms = ms + (grad * grad - ms) * (1 - rho)
    mg = mg + (grad - mg) * (1 - rho)
    mom = mom * momentum + (grad * lr) / roots.sqrt((ms - mg * mg) + epsilon)
    return var - mom, mg, ms, mom


def sparse_centered(roots, var, mg, ms, mom, lr, rho, momentum, epsilon, grad, indices):
    """The same for the rows that `indices` name."""
    def rule(var, mg, ms, mom, grad):
        ms = ms * rho + grad * grad * (1 - rho)
        mg = mg * rho + grad * (1 - rho)
        mom = mom * momentum + lr * grad / roots.sqrt((ms + epsilon) - mg * mg)
        return var - mom, mg, ms, mom

    return by_rows(rule, (var, mg, ms, mom), grad, indices)


apply_rms_prop = op("ApplyRMSProp", of_references(_STEP), step_shape, T=NUMBER, use_locking=False)(plain(rmsprop))
sparse_apply_rms_prop = op("SparseApplyRMSProp", of_references(_STEP + _ROWS), step_shape,
                           T=NUMBER, Tindices=TINDEX, use_locking=False)(plain(sparse_rmsprop))
apply_centered_rms_prop = op("ApplyCenteredRMSProp", of_references(_CENTERED_STEP), step_shape,
                             T=NUMBER, use_locking=False)(plain(centered))
sparse_apply_centered_rms_prop = op("SparseApplyCenteredRMSProp", of_references(_CENTERED_STEP + _ROWS), step_shape,
                                    T=NUMBER, Tindices=TINDEX, use_locking=False)(plain(sparse_centered))

not_differentiable(apply_rms_prop, sparse_apply_rms_prop, apply_centered_rms_prop, sparse_apply_centered_rms_prop)
