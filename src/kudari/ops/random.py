"""Ops that draw random numbers, in the streams of TensorFlow's kernels on CPU."""

from __future__ import annotations

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import NN_FLOATING, TINDEX
from ..graph.operation import Operation
from ..op.constant import constant_value_as_shape
from ..op.definition import not_differentiable, op
from ..op.rules import with_rank
from ..op.signature import required
from ..shape import Shape
from .philox import (
    Words,
    in_turns,
    normals32,
    normals64,
    seeded,
    side_by_side,
    skipped,
    unit16,
    unit32,
    unit64,
    words,
)

_BLOCKS_AN_OUTPUT = 256  # set aside for each number, drawn or not
_DTYPE = required("type", NN_FLOATING)


def _of_shape(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[0], 1)
    return [constant_value_as_shape(op.inputs[0])]


def _sizes_are_positive(op: Operation, shape: Any, *_: Any) -> None:
    if np.ndim(shape) != 1:
        raise ValueError(f"shape must be a vector of {{int32,int64}}, got shape {list(np.shape(shape))}")
    for size in shape:
        if size < 0:
            raise ValueError(f"Dimension {size} must be >= 0")


def _numbers(state: Any, shape: Any, dtype: Any, draw: Any) -> tuple[Any, Any]:
    """Draw numbers of a shape, and return them with the generator after the numbers set aside."""
    count = int(np.prod(shape, dtype=np.int64))
    values = draw(jnp.asarray(state), count, dtype.as_numpy_dtype)
    return values.reshape([int(n) for n in shape]), skipped(state, count * _BLOCKS_AN_OUTPUT)


@partial(jax.jit, static_argnums=(1, 2))
def _uniform(state: Any, count: int, dtype: Any) -> Any:
    rows = 2 if dtype == np.float64 else 4
    return in_turns(-(-count // rows), lambda places: _units(words(state, places), dtype)).reshape(-1)[:count]


def _units(block: Words, dtype: Any) -> Any:
    if dtype == np.float64:
        return side_by_side([unit64(*block[:2]), unit64(*block[2:])])
    return side_by_side([unit32(w) if dtype == np.float32 else unit16(w, dtype) for w in block])


@op("RandomUniform", "shape: Static(T) -> output: dtype", _of_shape, stateful=True, state=seeded, seed=0, seed2=0,
    dtype=_DTYPE, T=TINDEX)
def random_uniform(state, shape, *, dtype):
    """Numbers in [0, 1), all equally likely."""
    return _numbers(state, shape, dtype, _uniform)


@partial(jax.jit, static_argnums=(1, 2))
def _normal(state: Any, count: int, dtype: Any) -> Any:
    rows = 2 if dtype == np.float64 else 4
    return in_turns(-(-count // rows), lambda places: _normals(words(state, places), dtype)).reshape(-1)[:count]


def _normals(block: Words, dtype: Any) -> Any:
    if dtype == np.float64:
        return side_by_side(normals64(block))
    return side_by_side([*normals32(*block[:2]), *normals32(*block[2:])]).astype(dtype)


@op("RandomStandardNormal", "shape: Static(T) -> output: dtype", _of_shape, stateful=True, state=seeded, seed=0, seed2=0,
    dtype=_DTYPE, T=TINDEX)
def random_standard_normal(state, shape, *, dtype):
    """Normal numbers of mean 0 and standard deviation 1."""
    return _numbers(state, shape, dtype, _normal)


@partial(jax.jit, static_argnums=(1, 2))
def _truncated(state: Any, count: int, dtype: Any) -> Any:
    rows = 2 if dtype == np.float64 else 4
    return in_turns(-(-count // rows), lambda places: _within_two(state, places, rows, dtype)).reshape(-1)[:count]


def _within_two(state: Any, places: Any, wanted: int, dtype: Any) -> Any:
    """The first `wanted` normal numbers below 2 in magnitude of each place, which has blocks of its own to draw from."""
    firsts = places * np.uint64(wanted * _BLOCKS_AN_OUTPUT // 4)
    wide = np.float64 if dtype == np.float64 else np.float32

    def go_on(held: Any) -> Any:
        return jnp.any(held[1] < wanted)

    def draw(held: Any) -> Any:
        turn, found, kept = held
        for value in _normals(words(state, firsts + turn), wide).T:
            fits = jnp.abs(value) < 2
            kept = [jnp.where(fits & (found == place), value, old) for place, old in enumerate(kept)]
            found = found + fits
        return turn + np.uint64(1), found, kept

    start = jnp.zeros((), jnp.uint64), jnp.zeros(places.shape, jnp.int32), [jnp.zeros(places.shape, wide)] * wanted
    return side_by_side(lax.while_loop(go_on, draw, start)[2]).astype(dtype)


@op("TruncatedNormal", "shape: Static(T) -> output: dtype", _of_shape, stateful=True, state=seeded, seed=0, seed2=0,
    dtype=_DTYPE, T=TINDEX)
def truncated_normal(state, shape, *, dtype):
    """Normal numbers of mean 0 and standard deviation 1, drawn again where they are 2 or more away from 0."""
    return _numbers(state, shape, dtype, _truncated)


for _op in (random_uniform, random_standard_normal, truncated_normal):
    _op.check(_sizes_are_positive)
not_differentiable(random_uniform, random_standard_normal, truncated_normal)
