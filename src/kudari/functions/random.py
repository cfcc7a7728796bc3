"""`tf.random`: numbers drawn anew at every run, as the seeds of graph and op say."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import DType, as_dtype, bfloat16, float16, float32, float64, int32, int64
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops import random as ops
from ..ops.control import with_dependencies
from ..ops.forms import minus, modulo, node, over, plus, times
from ..ops.shapes import reduction, shape_of
from ..shape import Dimension
from .conditionals import assert_that
from .core import get_seed
from .filling import zeros_like

_UNIFORM_TYPES = (float16, bfloat16, float32, float64, int32, int64)


def seeds_of(seed: int | None) -> dict[str, int | None]:
    """Return the seeds of the node that is made next, as its attributes."""
    return dict(zip(("seed", "seed2"), get_seed(seed)))


def shape_tensor(shape: Any) -> Tensor:
    """Return a shape as a vector, of int32 if it is an empty list."""
    dtype = None
    if isinstance(shape, list | tuple):
        dtype = None if shape else int32
        shape = [size.value if isinstance(size, Dimension) else size for size in shape]
    return convert_to_tensor(shape, dtype=dtype, name="shape")


def check_uniform(dtype: DType, maxval: Any) -> Any:
    """Return the bound of numbers in a range, 1 if it is `None`.

    Raises:
      ValueError: if `dtype` is not that of a number, or the bound of integers is not given.
    """
    if dtype not in _UNIFORM_TYPES:
        raise ValueError(f"Invalid dtype {dtype!r}")
    if maxval is None and dtype.is_integer:
        raise ValueError(f"Must specify maxval for integer dtype {dtype!r}")
    return 1 if maxval is None else maxval


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
    maxval = check_uniform(dtype, maxval)
    with scoped(name, "random_uniform", [shape, minval, maxval]) as scope:
        shape = shape_tensor(shape)
        least = convert_to_tensor(minval, dtype=dtype, name="min")
        bound = convert_to_tensor(maxval, dtype=dtype, name="max")
        seeds = seeds_of(seed)
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
        shape = shape_tensor(shape)
        mean = convert_to_tensor(mean, dtype=dtype, name="mean")
        stddev = convert_to_tensor(stddev, dtype=dtype, name="stddev")
        drawn = draw(shape, dtype, **seeds_of(seed))
        return node("Add", times(drawn, stddev), mean, name=scope)


def random_shuffle(value: Any, seed: int | None = None, name: str | None = None) -> Tensor:
    """Return `value` with its rows in a random order.

    Args:
      value: a tensor.
      seed: of the op; see `tf.set_random_seed`.
      name: of the node.
    """
    return node("RandomShuffle", value, **seeds_of(seed), name=name)


def random_crop(value: Any, size: Any, seed: int | None = None, name: str | None = None) -> Tensor:
    """Return a part of `value`, taken at a random place.

    Args:
      value: a tensor.
      size: the shape of the part: a number for each dimension of `value`.
      seed: of the op; see `tf.set_random_seed`.
      name: of the node.

    Raises:
      InvalidArgumentError: if `value` is smaller.
    """
    with scoped(name, "random_crop", [value, size]) as scope:
        value = convert_to_tensor(value, name="value")
        size = convert_to_tensor(size, dtype=int32, name="size")
        shape = shape_of(value)
        check = assert_that(reduction("All", node("GreaterEqual", shape, size)),
                            ["Need value.shape >= size, got ", shape, size], summarize=1000)
        shape = with_dependencies([check], shape)
        limit = plus(minus(shape, size), 1)
        drawn = random_uniform(shape_of(shape), dtype=size.dtype, maxval=size.dtype.max, seed=seed)
        return node("Slice", value, modulo(drawn, limit), size, name=scope)


def multinomial(logits: Any, num_samples: Any, seed: int | None = None, name: str | None = None,
                output_dtype: Any = None) -> Tensor:
    """Return classes drawn for each row of `logits`.

    Args:
      logits: a matrix, `[batch, classes]`: the logarithm of each class's odds.
      num_samples: how many to draw for each row.
      seed: of the op; see `tf.set_random_seed`.
      name: of the scope.
      output_dtype: int32 or int64; int64 if `None`.

    Returns:
      Classes, `[batch, num_samples]`.
    """
    return _categorical("multinomial", logits, num_samples, output_dtype, seed, name)


def categorical(logits: Any, num_samples: Any, dtype: Any = None, seed: int | None = None,
                name: str | None = None) -> Tensor:
    """Return classes drawn for each row of `logits`.

    Args:
      logits: a matrix, `[batch, classes]`: the logarithm of each class's odds.
      num_samples: how many to draw for each row.
      dtype: int32 or int64; int64 if `None`.
      seed: of the op; see `tf.set_random_seed`.
      name: of the scope.

    Returns:
      Classes, `[batch, num_samples]`.
    """
    return _categorical("categorical", logits, num_samples, dtype, seed, name)


def _categorical(default: str, logits: Any, num_samples: Any, dtype: Any, seed: int | None, name: str | None) -> Tensor:
    with scoped(name, default, [logits]):
        logits = convert_to_tensor(logits, name="logits")
        return node("Multinomial", logits, num_samples, **seeds_of(seed), output_dtype=dtype)


def random_gamma(shape: Any, alpha: Any, beta: Any = None, dtype: Any = float32, seed: int | None = None,
                 name: str | None = None) -> Tensor:
    """Return gamma numbers, which can be differentiated by the parameters.

    Args:
      shape: an integer vector: how many for each parameter.
      alpha: the shape parameter, positive.
      beta: the inverse of the scale, which broadcasts with `alpha`; 1 if `None`.
      dtype: float16, float32 or float64.
      seed: of the op; see `tf.set_random_seed`.
      name: of the scope.

    Returns:
      A tensor of `shape`, followed by the shape of the parameters.
    """
    with scoped(name, "random_gamma", [shape, alpha, beta]):
        shape = convert_to_tensor(shape, name="shape", dtype=int32)
        alpha = convert_to_tensor(alpha, name="alpha", dtype=dtype)
        beta = convert_to_tensor(1 if beta is None else beta, name="beta", dtype=dtype)
        alpha = plus(alpha, zeros_like(beta))
        drawn = node("RandomGamma", shape, alpha, **seeds_of(seed))
        return node("Maximum", np.finfo(alpha.dtype.as_numpy_dtype).tiny, over(drawn, beta))


def random_poisson(lam: Any, shape: Any, dtype: Any = float32, seed: int | None = None, name: str | None = None) -> Tensor:
    """Return Poisson numbers.

    Args:
      lam: rates.
      shape: an integer vector: how many for each rate.
      dtype: of the numbers: float16, float32, float64, int32 or int64.
      seed: of the op; see `tf.set_random_seed`.
      name: of the scope.

    Returns:
      A tensor of `shape`, followed by the shape of `lam`.
    """
    with scoped(name, "random_poisson", [lam, shape]):
        shape = convert_to_tensor(shape, name="shape", dtype=int32)
        return node("RandomPoissonV2", shape, lam, **seeds_of(seed), dtype=dtype)
