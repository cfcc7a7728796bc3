"""`tf.random.stateless_*`: the same numbers at every run, as the seed that is given says."""

from __future__ import annotations

from typing import Any

from ..dtypes import as_dtype, float32, int64
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops import stateless_random as ops
from ..ops.forms import minus, node, times
from .random import check_uniform, shape_tensor


def stateless_random_uniform(shape: Any, seed: Any, minval: Any = 0, maxval: Any = None, dtype: Any = float32,
                             name: str | None = None) -> Tensor:
    """Return numbers from `minval` up to but without `maxval`, all equally likely.

    Args:
      shape: an integer vector, or a list of sizes.
      seed: two integers.
      minval: the least, a scalar or what broadcasts to `shape`.
      maxval: the bound; 1 if `None`.
      dtype: a floating type, int32 or int64.
      name: of the node.

    Raises:
      ValueError: for another `dtype`, or integers without `maxval`.
    """
    dtype = as_dtype(dtype)
    maxval = check_uniform(dtype, maxval)
    with scoped(name, "stateless_random_uniform", [shape, seed, minval, maxval]) as scope:
        shape = shape_tensor(shape)
        least = convert_to_tensor(minval, dtype=dtype, name="min")
        bound = convert_to_tensor(maxval, dtype=dtype, name="max")
        if dtype.is_integer:
            return ops.stateless_random_uniform_int(shape, seed, least, bound, name=scope)
        drawn = ops.stateless_random_uniform(shape, seed, dtype=dtype)
        return node("Add", times(drawn, minus(bound, least)), least, name=scope)


def stateless_random_normal(shape: Any, seed: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32,
                            name: str | None = None) -> Tensor:
    """Return normal numbers.

    Args:
      shape: an integer vector, or a list of sizes.
      seed: two integers.
      mean: a scalar, or what broadcasts to `shape`.
      stddev: the standard deviation, likewise.
      dtype: a floating type.
      name: of the node.
    """
    return _scaled(ops.stateless_random_normal, "stateless_random_normal", shape, seed, mean, stddev, dtype, name)


def stateless_truncated_normal(shape: Any, seed: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32,
                               name: str | None = None) -> Tensor:
    """Return normal numbers, drawn again where they are two standard deviations or more from the mean.

    Args:
      shape: an integer vector, or a list of sizes.
      seed: two integers.
      mean: a scalar, or what broadcasts to `shape`.
      stddev: the standard deviation before anything is drawn again, likewise.
      dtype: a floating type.
      name: of the node.
    """
    return _scaled(ops.stateless_truncated_normal, "stateless_truncated_normal", shape, seed, mean, stddev, dtype, name)


def _scaled(draw: Any, default: str, shape: Any, seed: Any, mean: Any, stddev: Any, dtype: Any,
            name: str | None) -> Tensor:
    with scoped(name, default, [shape, seed, mean, stddev]) as scope:
        shape = shape_tensor(shape)
        mean = convert_to_tensor(mean, dtype=dtype, name="mean")
        stddev = convert_to_tensor(stddev, dtype=dtype, name="stddev")
        return node("Add", times(draw(shape, seed, dtype=dtype), stddev), mean, name=scope)


def stateless_multinomial(logits: Any, num_samples: Any, seed: Any, output_dtype: Any = int64,
                          name: str | None = None) -> Tensor:
    """Return classes drawn for each row of `logits`.

    Args:
      logits: a matrix, `[batch, classes]`: the logarithm of each class's odds.
      num_samples: how many to draw for each row.
      seed: two integers.
      output_dtype: int32 or int64.
      name: of the scope.

    Returns:
      Classes, `[batch, num_samples]`.
    """
    return _categorical("stateless_multinomial", logits, num_samples, seed, output_dtype, name)


def stateless_categorical(logits: Any, num_samples: Any, seed: Any, dtype: Any = int64,
                          name: str | None = None) -> Tensor:
    """Return classes drawn for each row of `logits`.

    Args:
      logits: a matrix, `[batch, classes]`: the logarithm of each class's odds.
      num_samples: how many to draw for each row.
      seed: two integers.
      dtype: int32 or int64.
      name: of the scope.

    Returns:
      Classes, `[batch, num_samples]`.
    """
    return _categorical("stateless_categorical", logits, num_samples, seed, dtype, name)


def _categorical(default: str, logits: Any, num_samples: Any, seed: Any, dtype: Any, name: str | None) -> Tensor:
    with scoped(name, default, [logits, seed]):
        logits = convert_to_tensor(logits, name="logits")
        return node("StatelessMultinomial", logits, num_samples, seed, output_dtype=dtype)
