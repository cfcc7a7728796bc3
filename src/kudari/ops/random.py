"""Ops that draw random numbers, in the streams of TensorFlow's kernels on CPU."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import NN_FLOATING, TINDEX
from ..graph.operation import Operation
from ..op.constant import constant_value_as_shape
from ..op.definition import not_differentiable, op
from ..op.rules import with_rank
from ..op.signature import required
from ..shape import Shape
from . import drawing
from .drawing import BLOCKS_AN_OUTPUT
from .philox import seeded, skipped

_DTYPE = required("type", NN_FLOATING)


def of_shape(op: Operation) -> list[Shape]:
    """The rule of ops whose output has the shape that their first input, a vector, holds."""
    with_rank(op, op.inputs[0], 1)
    return [constant_value_as_shape(op.inputs[0])]


def of_shape_in_range(op: Operation) -> list[Shape]:
    """The same rule for ops whose last two inputs are scalars, the bounds of a range."""
    for bound in op.inputs[-2:]:
        with_rank(op, bound, 0)
    return of_shape(op)


def check_sizes(op: Operation, shape: Any, *_: Any) -> None:
    """Refuse a shape that is none."""
    if np.ndim(shape) != 1:
        raise ValueError(f"shape must be a vector of {{int32,int64}}, got shape {list(np.shape(shape))}")
    for size in shape:
        if size < 0:
            raise ValueError(f"Dimension {size} must be >= 0")


def numbers(generator: Any, shape: Any, draw: Any, *arguments: Any) -> tuple[Any, Any]:
    """Return numbers that `draw` draws, in a shape, and the generator after all that is set aside for them."""
    count = int(np.prod(shape, dtype=np.int64))
    values = draw(jnp.asarray(generator), count, *arguments)
    return values.reshape([int(n) for n in shape]), skipped(generator, count * BLOCKS_AN_OUTPUT)


@op("RandomUniform", "shape: Static(T) -> output: dtype", of_shape, stateful=True, state=seeded, seed=0, seed2=0,
    dtype=_DTYPE, T=TINDEX)
def random_uniform(state, shape, *, dtype):
    """Numbers in [0, 1), all equally likely."""
    return numbers(state, shape, drawing.uniform, dtype.as_numpy_dtype)


@op("RandomStandardNormal", "shape: Static(T) -> output: dtype", of_shape, stateful=True, state=seeded, seed=0, seed2=0,
    dtype=_DTYPE, T=TINDEX)
def random_standard_normal(state, shape, *, dtype):
    """Normal numbers of mean 0 and standard deviation 1."""
    return numbers(state, shape, drawing.normal, dtype.as_numpy_dtype)


@op("TruncatedNormal", "shape: Static(T) -> output: dtype", of_shape, stateful=True, state=seeded, seed=0, seed2=0,
    dtype=_DTYPE, T=TINDEX)
def truncated_normal(state, shape, *, dtype):
    """Normal numbers of mean 0 and standard deviation 1, drawn again where they are 2 or more away from 0."""
    return numbers(state, shape, drawing.truncated_normal, dtype.as_numpy_dtype)


@op("RandomUniformInt", "shape: Static(T), minval: Tout, maxval: Tout -> output: Tout", of_shape_in_range, stateful=True,
    state=seeded, seed=0, seed2=0, Tout=TINDEX, T=TINDEX)
def random_uniform_int(state, shape, minval, maxval):
    """Integers from `minval` up to but without `maxval`."""
    return numbers(state, shape, drawing.integers, np.dtype(minval.dtype).name, minval, maxval)


def refuse_empty_range(op: Operation, inputs: Any, outputs: Any) -> tuple[Any, Any]:
    """Refuse bounds between which there is no integer; they are the last two inputs."""
    least, bound = inputs[-2:]
    return least >= bound, lambda: f"Need minval < maxval, got {least} >= {bound}"


def check_bounds(op: Operation, shape: Any, *rest: Any) -> None:
    """Refuse a shape that is none, and bounds that are no scalars."""
    check_sizes(op, shape)
    for name, value in zip(("minval", "maxval"), rest[-2:]):
        if np.ndim(value):
            raise ValueError(f"{name} must be 0-D, got shape [{','.join(map(str, np.shape(value)))}]")


for _op in (random_uniform, random_standard_normal, truncated_normal):
    _op.check(check_sizes)
random_uniform_int.check(check_bounds)
random_uniform_int.watch(refuse_empty_range)
not_differentiable(random_uniform, random_standard_normal, truncated_normal)
