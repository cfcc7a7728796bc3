"""`tf.random`: numbers drawn anew at every run, as the seeds of graph and op say."""

from __future__ import annotations

from typing import Any

from ..dtypes import as_dtype, bfloat16, float16, float32, float64, int32, int64
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops import random as ops
from ..ops.forms import minus, node, times
from ..shape import Dimension
from .core import get_seed

_UNIFORM_TYPES = (float16, bfloat16, float32, float64, int32, int64)


def _seeds(seed: int | None) -> dict[str, int | None]:
    return dict(zip(("seed", "seed2"), get_seed(seed)))


def _shape_tensor(shape: Any) -> Tensor:
    dtype = None
    if isinstance(shape, list | tuple):
        dtype = None if shape else int32
        shape = [size.value if isinstance(size, Dimension) else size for size in shape]
    return convert_to_tensor(shape, dtype=dtype, name="shape")


def random_uniform(shape: Any, minval: Any = 0, maxval: Any = None, dtype: Any = float32, seed: int | None = None,
                   name: str | None = None) -> Tensor:
    """Return numbers from `minval` up to but without `maxval`, all equally likely.

    Args:
      shape: an integer vector, or a list of sizes.
      minval: the least, a scalar or what broadcasts to `shape`.
      maxval: the bound; 1 if `None`.
      dtype: a floating type, int32 or int64.
      seed: of the op; see `tf.set_random_seed`.
      name: of the node.

    Raises:
      ValueError: for another `dtype`, or integers without `maxval`.
    """
    dtype = as_dtype(dtype)
    if dtype not in _UNIFORM_TYPES:
        raise ValueError(f"Invalid dtype {dtype!r}")
    if maxval is None:
        if dtype.is_integer:
            raise ValueError(f"Must specify maxval for integer dtype {dtype!r}")
        maxval = 1
    with scoped(name, "random_uniform", [shape, minval, maxval]) as scope:
        shape = _shape_tensor(shape)
        least = convert_to_tensor(minval, dtype=dtype, name="min")
        bound = convert_to_tensor(maxval, dtype=dtype, name="max")
        seeds = _seeds(seed)
        if dtype.is_integer:
            return node("RandomUniformInt", shape, least, bound, **seeds, name=scope)
        drawn = ops.random_uniform(shape, dtype, **seeds)
        return node("Add", times(drawn, minus(bound, least)), least, name=scope)


def random_normal(shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32, seed: int | None = None,
                  name: str | None = None) -> Tensor:
    """Return normal numbers.

    Args:
      shape: an integer vector, or a list of sizes.
      mean: a scalar, or what broadcasts to `shape`.
      stddev: the standard deviation, likewise.
      dtype: a floating type.
      seed: of the op; see `tf.set_random_seed`.
      name: of the node.
    """
    return _scaled(ops.random_standard_normal, "random_normal", shape, mean, stddev, dtype, seed, name)


def truncated_normal(shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32, seed: int | None = None,
                     name: str | None = None) -> Tensor:
    """Return normal numbers, drawn again where they are two standard deviations or more from the mean.

    Args:
      shape: an integer vector, or a list of sizes.
      mean: a scalar, or what broadcasts to `shape`.
      stddev: the standard deviation before anything is drawn again, likewise.
      dtype: a floating type.
      seed: of the op; see `tf.set_random_seed`.
      name: of the node.
    """
    return _scaled(ops.truncated_normal, "truncated_normal", shape, mean, stddev, dtype, seed, name)


def _scaled(draw: Any, default: str, shape: Any, mean: Any, stddev: Any, dtype: Any, seed: int | None,
            name: str | None) -> Tensor:
    with scoped(name, default, [shape, mean, stddev]) as scope:
        shape = _shape_tensor(shape)
        mean = convert_to_tensor(mean, dtype=dtype, name="mean")
        stddev = convert_to_tensor(stddev, dtype=dtype, name="stddev")
        drawn = draw(shape, dtype, **_seeds(seed))
        return node("Add", times(drawn, stddev), mean, name=scope)
