"""Ops that choose at random: classes by their odds, and an order."""

from __future__ import annotations

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import (
    ANY,
    TINDEX,
    TypeSet,
    bfloat16,
    float16,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    uint8,
    uint16,
    uint32,
    uint64,
)
from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.definition import not_differentiable, op
from ..op.rules import unchanged, with_rank
from ..shape import Shape
from .drawing import BLOCKS_AN_OUTPUT, bits, uniform
from .philox import seeded, skipped
from .stateless_random import check_seed, scrambled, with_seed

_REAL = TypeSet((float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32, uint64))
_CLASS = TINDEX.with_default(int64)


def _choices(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[1], 0)
    count = constant_value(op.inputs[1])
    return [(with_rank(op, op.inputs[0], 2)[0], None if count is None else int(count))]


def _seeded_choices(op: Operation) -> list[Shape]:
    with_seed(op, 2)
    return _choices(op)


def _check_choices(op: Operation, logits: Any, num_samples: Any, *_: Any) -> None:
    sizes = ",".join(map(str, np.shape(logits)))
    if np.ndim(logits) != 2:
        raise ValueError(f"logits should be a matrix, got shape [{sizes}]")
    if np.ndim(num_samples):
        raise ValueError(f"num_samples should be a scalar, got shape {list(np.shape(num_samples))}")
    if num_samples < 0:
        raise ValueError(f"num_samples should be nonnegative, got {num_samples}")
    if np.shape(logits)[1] == 0:
        raise ValueError("num_classes should be positive, got 0")


@partial(jax.jit, static_argnums=(2,))
def _choose(generator: Any, logits: Any, count: int) -> Any:
    """Draw `count` classes for each row, in one stream: as TensorFlow does where one thread has all rows."""
    wide = logits.astype(jnp.float64)
    possible = jnp.isfinite(wide)
    largest = jnp.max(wide, axis=1, keepdims=True, where=possible, initial=_least(logits.dtype))
    odds = jnp.cumsum(jnp.where(possible, jnp.exp(wide - largest), 0), axis=1)
    drawn = uniform(generator, logits.shape[0] * count, np.dtype(np.float64)).reshape(logits.shape[0], count)
    return jax.vmap(partial(jnp.searchsorted, side="right"))(odds, drawn * odds[:, -1:])


def _least(dtype: Any) -> float:
    return float((jnp.finfo if jnp.issubdtype(dtype, jnp.floating) else jnp.iinfo)(dtype).min)


@op("Multinomial", "logits: T, num_samples: Static(int32) -> output: output_dtype", _choices, stateful=True, state=seeded,
    seed=0, seed2=0, T=_REAL, output_dtype=_CLASS)
def multinomial(state, logits, num_samples, *, output_dtype):
    """`num_samples` classes for each row of `logits`, which are logarithms of odds."""
    count = int(num_samples)
    blocks = logits.shape[0] * -(-count // 4) * 4 * 2 * BLOCKS_AN_OUTPUT
    return _choose(state, logits, count).astype(output_dtype.as_numpy_dtype), skipped(state, blocks)


@op("StatelessMultinomial", "logits: T, num_samples: Static(int32), seed: Tseed -> output: output_dtype",
    _seeded_choices, T=_REAL, Tseed=_CLASS, output_dtype=_CLASS)
def stateless_multinomial(logits, num_samples, seed, *, output_dtype):
    """`num_samples` classes for each row of `logits`, which are logarithms of odds, as the seed says."""
    return _choose(scrambled(seed), logits, int(num_samples)).astype(output_dtype.as_numpy_dtype)


multinomial.check(_check_choices)


@stateless_multinomial.check
def _(op, logits, num_samples, seed):
    check_seed(seed)
    _check_choices(op, logits, num_samples)


not_differentiable(multinomial, stateless_multinomial)


@partial(jax.jit, static_argnums=(1,))
def _order(generator: Any, count: int) -> Any:
    """Return the numbers up to `count` shuffled as Fisher and Yates do: each place gets one of those that are left."""
    left = np.arange(count, 0, -1, dtype=np.uint32)
    targets = jnp.arange(count, dtype=jnp.int32) + (bits(generator, count, left.dtype) % left).astype(jnp.int32)

    def swap(place: Any, order: Any) -> Any:
        other = targets[place]
        return order.at[place].set(order[other]).at[other].set(order[place])

    return lax.fori_loop(0, count - 1, swap, jnp.arange(count, dtype=jnp.int32))


@op("RandomShuffle", "value: T -> output: T", unchanged, stateful=True, state=seeded, seed=0, seed2=0, T=ANY)
def random_shuffle(state, value):
    """`value` with its rows in a random order."""
    if value.size <= 1 or value.shape[0] <= 1:
        return value, state
    order = _order(jnp.asarray(state), value.shape[0])
    shuffled = value[np.asarray(order)] if isinstance(value, np.ndarray) else jnp.take(value, order, axis=0)
    return shuffled, skipped(state, -(-(value.shape[0] - 1) // 4))
