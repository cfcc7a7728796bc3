"""Adam: steps along a running mean of the gradients, by a running mean of their squares.

Kingma, Ba: Adam: a method for stochastic optimization, 2014 (arXiv:1412.6980), with the correction of the two means folded
into the rate, as at the end of section 2 there.
"""

from __future__ import annotations

import jax.numpy as jnp

from ..dtypes import NUMBER
from ..op.definition import not_differentiable, op
from .steps import of_references, plain, step_shape

_STEP = "var: Var, m: Var, v: Var, beta1_power: T, beta2_power: T, lr: T, beta1: T, beta2: T, epsilon: T, grad: T"


def adam(roots, var, m, v, beta1_power, beta2_power, lr, beta1, beta2, epsilon, grad, *, use_nesterov):
    """Step by the mean of the gradients over the root of the mean of their squares."""
    rate = lr * jnp.sqrt(1 - beta2_power) / (1 - beta1_power)
    m = m + (grad - m) * (1 - beta1)
    v = v + (grad * grad - v) * (1 - beta2)
    way = grad * (1 - beta1) + beta1 * m if use_nesterov else m
    return var - (way * rate) / (roots.sqrt(v) + epsilon), m, v


apply_adam = op("ApplyAdam", of_references(_STEP), step_shape,
                T=NUMBER, use_locking=False, use_nesterov=False)(plain(adam))

not_differentiable(apply_adam)
