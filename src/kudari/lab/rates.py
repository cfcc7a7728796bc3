"""The tensor that a training program takes its learning rate from, and series of rates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

import kudari as tf

from .products import ancestors
from .swept import RATE, swept_tensors


def rate_tensor(source: Any, train_op: Any) -> tf.Tensor:
    """Return the scalar tensor that can be fed to train at another rate.

    Args:
      source: that tensor, or the optimizer that made `train_op`.
      train_op: what takes a step.

    Raises:
      ValueError: if there is no such tensor.
    """
    if isinstance(source, tf.train.Optimizer):
        steps = train_op if isinstance(train_op, list | tuple) else [train_op]
        found = swept_tensors([op for step in steps for op in ancestors(step)], RATE)
        if not found:
            raise ValueError(f"the training op applies no gradients by {type(source).__name__}: give the op that its "
                             "minimize() returned, or the tensor that holds the rate")
        source = found[0]
    if not isinstance(source, tf.Tensor) or not source.dtype.is_floating or source.shape.ndims not in (0, None):
        raise ValueError(f"the learning rate must be an optimizer or a scalar tensor of floats, but is {source!r}")
    return source


def checked_rates(rates: Sequence[float]) -> np.ndarray:
    """Return learning rates as an array.

    Raises:
      ValueError: if one is not a positive finite number, or there is none.
    """
    try:
        values = np.array([float(rate) for rate in rates])
    except (TypeError, ValueError):
        raise ValueError(f"learning rates must be numbers, but got {list(rates)!r}") from None
    wrong = [float(v) for v in values if not np.isfinite(v) or v <= 0]
    if wrong or not len(values):
        problem = f"{wrong[0]!r} is none" if wrong else "there is none"
        raise ValueError(f"learning rates must be positive finite numbers, but {problem}: try 0.001 to 0.1")
    return values


def spaced(low: float, high: float, count: int) -> np.ndarray:
    """Return `count` rates from `low` to `high`, each the same factor above the one before.

    Raises:
      ValueError: if the ends are not positive finite numbers in this order.
    """
    low, high = checked_rates([low, high])
    if low >= high or count < 2:
        raise ValueError(f"a range of rates must go up, by at least 2 rates, but got {count} from {low:g} to {high:g}")
    return np.geomspace(low, high, count)
