"""Adam: steps along a running mean of the gradients, by a running mean of their squares.

Kingma, Ba: Adam: a method for stochastic optimization, 2014 (arXiv:1412.6980), with the correction of the two means folded
into the rate, as at the end of section 2 there.
"""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from ..dtypes import NUMBER
from ..op.definition import not_differentiable, op
from .steps import of_references, step_shape

_STEP = ("var: Var, m: Var, v: Var, beta1_power: T, beta2_power: T, lr: T, beta1: T, beta2: T, epsilon: T, grad: T")


def adam(var, m, v, beta1_power, beta2_power, lr, beta1, beta2, epsilon, grad, *, use_nesterov, sqrt) -> Any:
    """Return the new value of the variable and of the two means; `sqrt` takes the root of the mean of squares."""
    rate = lr * jnp.sqrt(1 - beta2_power) / (1 - beta1_power)
    m = m + (grad - m) * (1 - beta1)
    v = v + (grad * grad - v) * (1 - beta2)
    way = grad * (1 - beta1) + beta1 * m if use_nesterov else m
    return var - (way * rate) / (sqrt(v) + epsilon), m, v


@op("ApplyAdam", of_references(_STEP), step_shape, T=NUMBER, use_locking=False, use_nesterov=False)
def apply_adam(var, m, v, beta1_power, beta2_power, lr, beta1, beta2, epsilon, grad, *, use_nesterov):
    """Step by Adam; with Nesterov's look ahead if asked."""
    return adam(var, m, v, beta1_power, beta2_power, lr, beta1, beta2, epsilon, grad, use_nesterov=use_nesterov,
                sqrt=jnp.sqrt)


not_differentiable(apply_adam)
