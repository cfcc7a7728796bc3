"""Samplers of candidate classes, for losses that look at a few of many classes; their streams are TensorFlow's."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import fail, with_rank
from ..op.signature import required
from ..shape import Shape
from .drawing import bits, uniform
from .philox import seeded, skipped

BLOCKS_A_CANDIDATE = 2048 // 4
OUTPUTS = "true_classes: int64 -> sampled_candidates: int64, true_expected_count: float32, sampled_expected_count: float32"
COUNTS = {"num_true": required("int"), "num_sampled": required("int"), "unique": required("bool")}
_RANGE = {**COUNTS, "range_max": required("int")}

Draw = Callable[[Any], Any]


def sampled_shapes(op: Operation) -> list[Shape]:
    """The rule of the samplers."""
    batch, _ = with_rank(op, op.inputs[0], 2)
    return [(op["num_sampled"],), (batch, op["num_true"]), (op["num_sampled"],)]


def check_classes(op: Operation, true_classes: Any) -> None:
    """Refuse true classes that are not a matrix of the right width, and more different candidates than there are."""
    if np.ndim(true_classes) != 2:
        raise ValueError("true_classes must be a matrix")
    if np.shape(true_classes)[1] != op["num_true"]:
        raise ValueError(f"true_classes must have num_true columns, expected: {np.shape(true_classes)[1]} was: "
                         f"{op['num_true']}")
    if op["unique"] and op["num_sampled"] > op.attrs.get("range_max", op["num_sampled"]):
        raise ValueError("Sampler's range is too small.")


def _expected(odds: Any, count: int, tries: Any) -> Any:
    """How often a class of these odds is expected among `count` candidates that it took so many tries to draw."""
    odds = odds.astype(jnp.float32)
    several = -jnp.expm1(tries.astype(jnp.float32) * jnp.log1p(-odds))
    return jnp.where(tries == count, odds * np.float32(count), several)


def _distinct(start: Any, count: int, draw: Callable[[Any, int], Any]) -> tuple[Any, Any]:
    """The first `count` different values that `draw(generator, size)` gives, and how many values it took to find them."""
    size = count + count % 2  # a block makes two values

    def go_on(held: Any) -> Any:
        return held[1] < count

    def pick(held: Any) -> Any:
        state, found, picked, _, before = held
        drawn = draw(state, size)
        line = jnp.concatenate([picked, drawn])
        order = jnp.argsort(line, stable=True)
        is_first = jnp.concatenate([jnp.ones(1, bool), jnp.diff(line[order]) != 0])
        fresh = jnp.zeros(count + size, bool).at[order].set(is_first)[count:]
        places = found + jnp.cumsum(fresh) - 1
        wanted = fresh & (places < count)
        picked = picked.at[jnp.where(wanted, places, count)].set(drawn, mode="drop")
        tries = before + 1 + jnp.max(jnp.where(wanted, jnp.arange(size), -1))
        return skipped(state, size // 2), places[-1] + 1, picked, tries, before + size

    nothing = -1 - jnp.arange(count, dtype=jnp.int64)  # no class, and all different
    zero = jnp.zeros((), jnp.int64)
    return lax.while_loop(go_on, pick, (jnp.asarray(start), zero, nothing, zero, zero))[2:4]


@partial(jax.jit, static_argnames=("draw", "odds", "count", "unique"))
def _sample(state: Any, true_classes: Any, draw: Any, odds: Any, count: int, unique: bool) -> Any:
    picked, tries = _distinct(state, count, draw) if unique else (draw(state, count), jnp.asarray(count))
    expected = [_expected(odds(classes), count, tries) for classes in (true_classes, picked)]
    return picked, *expected, skipped(state, count * BLOCKS_A_CANDIDATE)


@cache
def _evenly(range_max: int) -> tuple[Draw, Draw]:
    """How to draw classes that are all equally likely, and how likely that is.

    A word of 64 bits modulo `range_max`: that TensorFlow draws the least few words again cannot be seen, they are so rare.
    """
    def draw(state: Any, count: int) -> Any:
        return (bits(state, count, np.dtype(np.uint64)) % np.uint64(range_max)).astype(jnp.int64)

    return draw, lambda classes: jnp.full(classes.shape, 1 / np.float32(range_max), jnp.float32)


@cache
def _by_rank(range_max: int) -> tuple[Draw, Draw]:
    """How to draw classes after Zipf's law, the first the likeliest, and how likely each is."""
    log_range = np.log1p(np.float64(range_max))

    def draw(state: Any, count: int) -> Any:
        value = jnp.exp(uniform(state, count, np.dtype(np.float64)) * log_range).astype(jnp.int64) - 1
        return value % range_max

    return draw, lambda classes: jnp.log((classes + 2.0) / (classes + 1.0)) / log_range


@op("UniformCandidateSampler", OUTPUTS, sampled_shapes, stateful=True, state=seeded, **_RANGE, seed=0, seed2=0)
def uniform_candidate_sampler(state, true_classes, *, num_sampled, unique, range_max):
    """Candidates that are all equally likely."""
    return _sample(state, true_classes, *_evenly(range_max), num_sampled, unique)


@op("LogUniformCandidateSampler", OUTPUTS, sampled_shapes, stateful=True, state=seeded, **_RANGE, seed=0, seed2=0)
def log_uniform_candidate_sampler(state, true_classes, *, num_sampled, unique, range_max):
    """Candidates that are the less likely the greater they are."""
    return _sample(state, true_classes, *_by_rank(range_max), num_sampled, unique)


@op("AllCandidateSampler", OUTPUTS, sampled_shapes, stateful=True, **COUNTS, seed=0, seed2=0)
def all_candidate_sampler(true_classes, *, num_sampled):
    """All classes."""
    ones = partial(jnp.ones, dtype=jnp.float32)
    return jnp.arange(num_sampled, dtype=jnp.int64), ones(true_classes.shape), ones([num_sampled])


def _hits(op: Operation) -> list[Shape]:
    _, columns = with_rank(op, op.inputs[0], 2)
    if columns not in (None, op["num_true"]):
        fail(op, f"Dimension must be {op['num_true']} but is {columns}", known=())
    with_rank(op, op.inputs[1], 1)
    return [(None,)] * 3


@op("ComputeAccidentalHits", "true_classes: int64, sampled_candidates: int64 -> "
    "indices: int32, ids: int64, weights: float32", _hits, host=True, num_true=required("int"), seed=0, seed2=0)
def compute_accidental_hits(true_classes, sampled_candidates):
    """Where a candidate is a true class: the row, the candidate's place, and a weight that rules it out."""
    places = {candidate: place for place, candidate in enumerate(sampled_candidates.tolist())}
    found = [(row, places[true]) for row, trues in enumerate(true_classes.tolist()) for true in trues if true in places]
    rows, ids = zip(*found) if found else ((), ())
    least = np.full(len(rows), np.finfo(np.float32).min, np.float32)
    return np.array(rows, np.int32), np.array(ids, np.int64), least


@compute_accidental_hits.check
def _(op, true_classes, sampled_candidates):
    if np.ndim(true_classes) != 2 or np.shape(true_classes)[1] != op["num_true"]:
        raise ValueError("true_candidates must be a matrix" if np.ndim(true_classes) != 2
                         else "true_candidates must have num_true columns")
    if np.ndim(sampled_candidates) != 1:
        raise ValueError("sampled_candidates must be a vector, which is typically an output from CandidateSampler")


for _op in (uniform_candidate_sampler, log_uniform_candidate_sampler, all_candidate_sampler):
    _op.check(check_classes)
not_differentiable(uniform_candidate_sampler, log_uniform_candidate_sampler, all_candidate_sampler, compute_accidental_hits)
