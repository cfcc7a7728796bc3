"""Random ops without a state: their numbers follow from a seed that is an input, as TensorFlow's kernels draw them."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import INDEX, NN_FLOATING, TINDEX, float32, int64
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import fail, with_rank
from ..shape import Shape
from . import drawing
from .philox import words
from .random import check_bounds, check_sizes, numbers, of_shape, of_shape_in_range, refuse_empty_range

_MIXING_KEY = np.uint64(0x02461E29_3EC8F720)
_FLOATS, _SEEDS = NN_FLOATING.with_default(float32), TINDEX.with_default(int64)


def scrambled(seed: Any) -> Any:
    """Return the generator that two integers stand for, whichever of their bits differ."""
    first, second = jnp.asarray(seed).astype(jnp.int64).astype(jnp.uint64)
    mixed = [w.astype(jnp.uint64) for w in words(jnp.stack([first, second, _MIXING_KEY]), np.uint64(0))]
    return jnp.stack([jnp.zeros((), jnp.uint64), mixed[2] | mixed[3] << np.uint64(32),
                      mixed[0] | mixed[1] << np.uint64(32)])


def check_seed(seed: Any) -> None:
    """Refuse a seed that is not two numbers."""
    if np.shape(seed) != (2,):
        raise ValueError(f"seed must have shape [2], not [{','.join(map(str, np.shape(seed)))}]")


def with_seed(op: Operation, place: int) -> None:
    """Refuse an input that cannot be a seed."""
    size, = with_rank(op, op.inputs[place], 1)
    if size not in (2, None):
        fail(op, f"Dimension must be 2 but is {size}", known=())


def _seeded_shape(op: Operation) -> list[Shape]:
    with_seed(op, 1)
    return of_shape(op)


def _seeded_shape_in_range(op: Operation) -> list[Shape]:
    with_seed(op, 1)
    return of_shape_in_range(op)


@op("StatelessRandomUniform", "shape: Static(T), seed: Tseed -> output: dtype", _seeded_shape, dtype=_FLOATS, T=INDEX,
    Tseed=_SEEDS)
def stateless_random_uniform(shape, seed, *, dtype):
    """Numbers in [0, 1), all equally likely."""
    return numbers(scrambled(seed), shape, drawing.uniform, dtype.as_numpy_dtype)[0]


@op("StatelessRandomNormal", "shape: Static(T), seed: Tseed -> output: dtype", _seeded_shape, dtype=_FLOATS, T=INDEX,
    Tseed=_SEEDS)
def stateless_random_normal(shape, seed, *, dtype):
    """Normal numbers of mean 0 and standard deviation 1."""
    return numbers(scrambled(seed), shape, drawing.normal, dtype.as_numpy_dtype)[0]


@op("StatelessTruncatedNormal", "shape: Static(T), seed: Tseed -> output: dtype", _seeded_shape, dtype=_FLOATS, T=INDEX,
    Tseed=_SEEDS)
def stateless_truncated_normal(shape, seed, *, dtype):
    """Normal numbers of mean 0 and standard deviation 1, drawn again where they are 2 or more away from 0."""
    return numbers(scrambled(seed), shape, drawing.truncated_normal, dtype.as_numpy_dtype)[0]


@op("StatelessRandomUniformInt", "shape: Static(T), seed: Tseed, minval: dtype, maxval: dtype -> output: dtype",
    _seeded_shape_in_range, dtype=TINDEX, T=TINDEX, Tseed=_SEEDS)
def stateless_random_uniform_int(shape, seed, minval, maxval):
    """Integers from `minval` up to but without `maxval`."""
    return numbers(scrambled(seed), shape, drawing.integers, np.dtype(minval.dtype).name, minval, maxval)[0]


def _check(op: Operation, shape: Any, seed: Any, *bounds: Any) -> None:
    check_seed(seed)
    (check_bounds if bounds else check_sizes)(op, shape, *bounds)


for _op in (stateless_random_uniform, stateless_random_normal, stateless_truncated_normal, stateless_random_uniform_int):
    _op.check(_check)
stateless_random_uniform_int.watch(refuse_empty_range)
not_differentiable(stateless_random_uniform, stateless_random_normal, stateless_truncated_normal,
                   stateless_random_uniform_int)
