"""`Pow`: the C library for every element."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np

from .libm import powf


def pow(x: jax.Array, y: jax.Array) -> jax.Array:
    """Return x**y, broadcasting; XLA's own function but for float32."""
    if x.dtype != np.float32:
        return jnp.power(x, y)
    shape = np.broadcast_shapes(x.shape, y.shape)
    return powf(jnp.broadcast_to(x, shape), jnp.broadcast_to(y, shape))
