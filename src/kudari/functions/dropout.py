"""Dropout."""

from __future__ import annotations

import numbers
from typing import Any

from ..graph.tensor import Tensor
from ..op.constant import constant_value
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import cast, minus, node, over, times
from ..ops.shapes import shape_of
from ..shape import TensorShape
from .arguments import renamed
from .random import random_uniform


def dropout(x: Any, keep_prob: Any = None, noise_shape: Any = None, seed: int | None = None, name: str | None = None,
            rate: Any = None) -> Tensor:
    """Return `x` with elements set to zero at random, and the others scaled up so that the expected sum stays the same.

    Args:
      x: a floating tensor.
      keep_prob: `1 - rate`; use `rate` instead.
      noise_shape: an integer vector that broadcasts to the shape of `x`: where it is 1, a whole axis is kept or not.
      seed: of the op; see `tf.set_random_seed`.
      name: of the scope.
      rate: the probability that an element becomes zero: a number, or a scalar tensor of the type of `x`.

    Raises:
      ValueError: if the rate is not in [0, 1), if neither or both of the probabilities are given, or if `x` is not
        floating.
    """
    try:
        dropped = None if keep_prob is None else 1.0 - keep_prob
    except TypeError:
        raise ValueError(f"keep_prob must be a floating point number or Tensor (got {keep_prob!r})") from None
    rate = renamed("rate", rate, "keep_prob", dropped)
    if rate is None:
        raise ValueError("You must provide a rate to dropout.")
    with scoped(name, "dropout", [x]):
        x = convert_to_tensor(x, name="x")
        if not x.dtype.is_floating:
            raise ValueError("x has to be a floating point tensor since it's going to be scaled. Got a "
                             f"{x.dtype} tensor instead.")
        if isinstance(rate, numbers.Real):
            if not 0 <= float(rate) < 1:
                raise ValueError(f"rate must be a scalar tensor or a float in the range [0, 1), got {rate:g}")
            if rate == 0:
                return x
        rate = convert_to_tensor(rate, dtype=x.dtype.base_dtype, name="rate")
        rate.shape.assert_has_rank(0)
        if rate.op.type == "Const" and constant_value(rate) == 0:  # TensorFlow does not look further
            return x
        return _scaled_where_kept(x, rate, _noise_shape(x, noise_shape), seed)


def _scaled_where_kept(x: Tensor, rate: Tensor, noise_shape: Any, seed: int | None) -> Tensor:
    noise = random_uniform(noise_shape, dtype=x.dtype.base_dtype, seed=seed)
    scale = over(1, minus(1, rate))
    kept = node("GreaterEqual", noise, rate)
    result = times(times(x, scale), cast(kept, x.dtype))
    result.set_shape(x.static_shape)
    return result


def _noise_shape(x: Tensor, noise_shape: Any) -> Any:
    if noise_shape is None:
        return shape_of(x)
    try:
        sizes = TensorShape(noise_shape).as_list()
    except (TypeError, ValueError):
        return noise_shape
    if x.static_shape is None or len(x.static_shape) != len(sizes):
        return noise_shape
    return TensorShape([known if size is None else size for size, known in zip(sizes, x.static_shape)])
