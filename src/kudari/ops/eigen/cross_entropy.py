"""The two softmax cross-entropies, each with its gradient with respect to the logits."""

from __future__ import annotations

import jax
import numpy as np
from jax import lax

from .exponential import exp, exp_of_rows
from .folds import SUM, fold_packets
from .logarithm import log, scalar_log
from .rows import of_rows, shifted


def softmax_cross_entropy(logits: jax.Array, labels: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Return the cross-entropy of each row, and its gradient.

    Args:
      logits: [batch, classes].
      labels: probabilities, of the same shape and dtype.

    Returns:
      loss, [batch], and backprop, [batch, classes].
    """
    x = shifted(logits)
    total = fold_packets(SUM, exp_of_rows(x))
    loss = fold_packets(SUM, labels * (of_rows(log(total), x) - x))
    return loss, exp(x) / of_rows(total, x) - labels


def sparse_softmax_cross_entropy(logits: jax.Array, labels: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Return the cross-entropy of each row with its one true class, and its gradient.

    Args:
      logits: [batch, classes].
      labels: the number of the class, int32 or int64, [batch]. Outside of the classes it gives NaN.

    Returns:
      loss, [batch], and backprop, [batch, classes].
    """
    x = shifted(logits)
    total = fold_packets(SUM, exp_of_rows(x))
    classes = lax.broadcasted_iota(labels.dtype, x.shape, 1)
    chosen = classes == of_rows(labels, classes)
    inside = of_rows((labels >= labels.dtype.type(0)) & (labels < labels.dtype.type(x.shape[1])), x)
    zero, nan = lax.full_like(x, 0), lax.full_like(x, np.nan)
    terms = lax.select(chosen, of_rows(scalar_log(total), x) - x, zero)
    slope = exp(x) / of_rows(total, x) - lax.select(chosen, lax.full_like(x, 1), zero)
    return fold_packets(SUM, lax.select(inside, terms, nan)), lax.select(inside, slope, nan)
