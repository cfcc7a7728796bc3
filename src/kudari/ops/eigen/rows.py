"""`Softmax` and `LogSoftmax` over the rows of a matrix."""

from __future__ import annotations

import jax
from jax import lax

from .exponential import exp, exp_of_rows
from .folds import MAX, SUM, fold_packets
from .logarithm import scalar_log


def of_rows(column: jax.Array, like: jax.Array) -> jax.Array:
    """Return `column`, one number a row, repeated over the rows of `like`."""
    return lax.broadcast_in_dim(column, like.shape, tuple(range(like.ndim - 1)))


def shifted(logits: jax.Array) -> jax.Array:
    """Return `logits` less the largest of each row."""
    return logits - of_rows(fold_packets(MAX, logits), logits)


def softmax(logits: jax.Array) -> jax.Array:
    """Return e**logits divided by its sum over each row; TensorFlow 1.3 multiplies by the reciprocal."""
    powers = exp(shifted(logits))
    return powers * of_rows(powers.dtype.type(1) / fold_packets(SUM, powers), powers)


def log_softmax(logits: jax.Array) -> jax.Array:
    """Return `logits` less the logarithm of the sum of e**logits over each row."""
    x = shifted(logits)
    return x - of_rows(scalar_log(fold_packets(SUM, exp_of_rows(x))), x)
