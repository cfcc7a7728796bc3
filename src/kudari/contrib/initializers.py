"""`tf.contrib.layers`: initializers of the scale that Glorot and He recommend."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ..dtypes import as_dtype, float32
from ..functions.random import random_uniform, truncated_normal
from ..graph.tensor import Tensor


def variance_scaling_initializer(factor: float = 2.0, mode: str = "FAN_IN", uniform: bool = False,
                                 seed: int | None = None, dtype: Any = float32) -> Callable:
    """Return an initializer of random numbers of the variance `factor / n`.

    Args:
      factor: by default that of He et al. 2015.
      mode: what `n` is: the number of inputs `FAN_IN`, of outputs `FAN_OUT`, or their mean `FAN_AVG`.
      uniform: whether they are uniform rather than truncated normal.
      seed: of the op.
      dtype: of the elements if the call does not say.

    Raises:
      TypeError: if the type is no float, or `mode` none of these.
    """
    _check(dtype)
    if mode not in ("FAN_IN", "FAN_OUT", "FAN_AVG"):
        raise TypeError("Unknown mode %s [FAN_IN, FAN_OUT, FAN_AVG]", mode)
    own = dtype

    def initialize(shape: Any, dtype: Any = own, partition_info: Any = None) -> Tensor:
        _check(dtype)
        units = _units(shape, mode)
        if uniform:
            bound = math.sqrt(3.0 * factor / units)
            return random_uniform(shape, -bound, bound, dtype, seed=seed)
        return truncated_normal(shape, 0.0, math.sqrt(1.3 * factor / units), dtype, seed=seed)

    return initialize


def _check(dtype: Any) -> None:
    if not as_dtype(dtype).is_floating:
        raise TypeError("Cannot create initializer for non-floating point type.")


def _units(shape: Any, mode: str) -> float:
    field = math.prod((float(size) for size in shape[:-2]), start=1.0)
    inputs = (float(shape[-2]) if len(shape) > 1 else float(shape[-1])) * field if shape else 1.0
    outputs = float(shape[-1]) * field if shape else 1.0
    return {"FAN_IN": inputs, "FAN_OUT": outputs, "FAN_AVG": (inputs + outputs) / 2.0}[mode]


def xavier_initializer(uniform: bool = True, seed: int | None = None, dtype: Any = float32) -> Callable:
    """Return an initializer of random numbers of the variance 2 / (inputs + outputs) (Glorot and Bengio 2010).

    Args:
      uniform: whether they are uniform rather than truncated normal.
      seed: of the op.
      dtype: of the elements if the call does not say.
    """
    return variance_scaling_initializer(factor=1.0, mode="FAN_AVG", uniform=uniform, seed=seed, dtype=dtype)
