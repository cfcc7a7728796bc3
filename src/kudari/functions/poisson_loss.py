"""The loss of counts."""

from __future__ import annotations

import math
from typing import Any

from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.comparison import greater_equal, less_equal
from ..ops.exponential import exp, log
from ..ops.forms import minus, node, plus, times
from .filling import ones_like, zeros_like
from .picking import where


def log_poisson_loss(targets: Any, log_input: Any, compute_full_loss: bool = False, name: str | None = None) -> Tensor:
    """Return the loss of `targets` as counts drawn from Poisson distributions: `exp(c) - z * c`.

    Args:
      targets: the counts `z`.
      log_input: logarithms `c` of the rates, float32 or float64, of the same shape.
      compute_full_loss: whether Stirling's approximation of `log(z!)` is added where `z` is above 1.
      name: of the scope.

    Returns:
      A tensor of the shape of `log_input`.

    Raises:
      ValueError: if the shapes differ.
    """
    with scoped(name, "log_poisson_loss", [log_input, targets]):
        log_input = convert_to_tensor(log_input, name="log_input")
        targets = convert_to_tensor(targets, name="targets")
        if not targets.shape.is_compatible_with(log_input.shape):
            raise ValueError(f"log_input and targets must have the same shape ({log_input.shape} vs {targets.shape})")
        loss = minus(exp(log_input), times(log_input, targets))
        return plus(loss, _log_factorial(targets)) if compute_full_loss else loss


def _log_factorial(count: Tensor) -> Tensor:
    dtype = count.dtype.base_dtype
    half, two_pi = constant(0.5, dtype), constant(2 * math.pi, dtype)
    stirling = plus(minus(times(count, log(count)), count), times(half, log(times(two_pi, count))))
    zeros, ones = zeros_like(count, dtype=dtype), ones_like(count, dtype=dtype)
    small = node("LogicalAnd", greater_equal(count, zeros), less_equal(count, ones))
    return where(small, zeros, stirling)
