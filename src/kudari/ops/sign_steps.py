"""AddSign and PowerSign: steps that grow where the gradient points the way its running mean does, and shrink elsewhere.

Bello, Zoph, Vasudevan, Le: Neural optimizer search with reinforcement learning, ICML 2017 (arXiv:1709.07417).
"""

from __future__ import annotations

import jax.numpy as jnp

from ..dtypes import NUMBER
from ..op.definition import not_differentiable, op
from .steps import of_references, step_shape


def _agreement(m, beta, grad):
    """Return the new mean of the gradients, and 1 where the gradient agrees with its sign, -1 where it does not."""
    m = m * beta + grad * (1 - beta)
    return m, jnp.sign(grad) * jnp.sign(m)


@op("ApplyAddSign", of_references("var: Var, m: Var, lr: T, alpha: T, sign_decay: T, beta: T, grad: T"), step_shape,
    T=NUMBER, use_locking=False)
def apply_add_sign(var, m, lr, alpha, sign_decay, beta, grad):
    """Step by the gradient times `alpha` and a share of the agreement."""
    m, agreement = _agreement(m, beta, grad)
    return var - lr * (alpha + sign_decay * agreement) * grad, m


@op("ApplyPowerSign", of_references("var: Var, m: Var, lr: T, logbase: T, sign_decay: T, beta: T, grad: T"), step_shape,
    T=NUMBER, use_locking=False)
def apply_power_sign(var, m, lr, logbase, sign_decay, beta, grad):
    """Step by the gradient times a power of the base, whose exponent is a share of the agreement."""
    m, agreement = _agreement(m, beta, grad)
    return var - lr * jnp.exp(logbase * sign_decay * agreement) * grad, m


not_differentiable(apply_add_sign, apply_power_sign)
