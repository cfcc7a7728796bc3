"""AdaMax: Adam whose second mean is the largest of the gradients, fading, instead of a mean of squares.

Kingma, Ba: Adam: a method for stochastic optimization, 2014 (arXiv:1412.6980), section 7.1.
"""

from __future__ import annotations

import jax.numpy as jnp

from ..dtypes import NUMBER
from ..op.definition import not_differentiable, op
from .steps import of_references, step_shape

_STEP = "var: Var, m: Var, v: Var, beta1_power: T, lr: T, beta1: T, beta2: T, epsilon: T, grad: T"


@op("ApplyAdaMax", of_references(_STEP), step_shape, T=NUMBER, use_locking=False)
def apply_ada_max(var, m, v, beta1_power, lr, beta1, beta2, epsilon, grad):
    """Step by the mean of the gradients over the largest of them."""
    m = m + (grad - m) * (1 - beta1)
    v = jnp.maximum(beta2 * v, jnp.abs(grad))
    return var - lr / (1 - beta1_power) * (m / (v + epsilon)), m, v


not_differentiable(apply_ada_max)
