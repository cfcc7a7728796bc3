"""Samplers of candidate classes whose odds are counts, given or learned; they run in Python, one draw after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from ..op.definition import not_differentiable, op
from ..op.signature import Attr, required
from .candidates import BLOCKS_A_CANDIDATE, COUNTS, OUTPUTS, check_classes, sampled_shapes
from .drawing import bits
from .philox import seeded, seeded_by, skipped

_WORDS = 1024  # drawn at once


class _Words:
    """The words of a stream, one after the other."""

    def __init__(self, state: Any):
        self._state = state
        self._left: Iterator[int] = iter(())

    def word(self) -> int:
        """The next word."""
        found = next(self._left, None)
        if found is None:
            self._left = iter(np.asarray(bits(self._state, _WORDS, np.dtype(np.uint32))).tolist())
            self._state = skipped(self._state, _WORDS // 4)
            found = next(self._left)
        return found

    def unit(self) -> np.float32:
        """A number in [0, 1)."""
        return np.float32((self.word() & 0x7FFFFF) / 2**23)

    def below(self, count: int) -> int:
        """An integer below `count`; a word that would favour the small ones is drawn again."""
        if count & (count - 1) == 0:
            return self.word() & (count - 1)
        rest = (2**32 - 1) % count + 1
        while (word := self.word()) < rest:
            pass
        return word % count


class _Alias:
    """Draws from odds in constant time, after Walker: each class shares its slot with one other."""

    def __init__(self, weights: np.ndarray):
        count = len(weights)
        scaled = weights * np.float32(count)
        self.keep = (scaled.astype(np.float64) / weights.astype(np.float64).sum()).tolist()
        self.other = [-1] * count
        high = [i for i, share in enumerate(self.keep) if share >= 1]
        low = [i for i, share in enumerate(self.keep) if share < 1]
        while high and low:
            taker, giver = low.pop(), high.pop()
            self.other[taker] = giver
            self.keep[giver] -= 1.0 - self.keep[taker]
            (low if self.keep[giver] < 1 else high).append(giver)
        for i in high + low:
            self.keep[i] = 1.0

    def draw(self, words: _Words) -> int:
        """One class."""
        share = words.unit()
        slot = words.below(len(self.keep))
        return slot if share < np.float32(self.keep[slot]) else self.other[slot]


def _sample(words: _Words, draw: Callable[[_Words], int], odds: Callable[[Any], Any], true_classes: Any, count: int,
            unique: bool) -> tuple:
    picked: dict[int, None] = {}
    drawn: list[int] = []
    while len(picked if unique else drawn) < count:
        drawn.append(draw(words))
        picked[drawn[-1]] = None
    candidates = np.array(list(picked) if unique else drawn, np.int64)
    expected = [_expected(odds(classes), count, len(drawn)) for classes in (true_classes, candidates)]
    return candidates, *expected


def _expected(odds: Any, count: int, tries: int) -> Any:
    if tries == count:
        return odds * np.float32(count)
    return -np.expm1(np.float32(tries) * np.log1p(-odds))


@lru_cache(16)
def _fixed(weights: bytes) -> tuple[_Alias, np.ndarray]:
    values = np.frombuffer(weights, np.float32)
    return _Alias(values), values / np.add.accumulate(values, dtype=np.float32)[-1]


def _weights(unigrams: list[float], vocab_file: str, distortion: float, reserved: int, shards: int,
             shard: int) -> np.ndarray:
    if not unigrams:
        with open(vocab_file, encoding="utf-8") as lines:
            unigrams = [float(line.rpartition(",")[2]) for line in lines if line.strip()]
    powers = np.power(np.array(unigrams, np.float32), np.float32(distortion))
    return np.concatenate([np.zeros(reserved, np.float32), powers])[shard::shards]


@op("FixedUnigramCandidateSampler", OUTPUTS, sampled_shapes, host=True, stateful=True, state=seeded, **COUNTS,
    range_max=required("int"), vocab_file="", distortion=1.0, num_reserved_ids=0, num_shards=1, shard=0,
    unigrams=Attr("list(float)", []), seed=0, seed2=0)
def fixed_unigram_candidate_sampler(state, true_classes, *, num_sampled, unique, range_max, vocab_file, distortion,
                                    num_reserved_ids, num_shards, shard, unigrams):
    """Candidates with odds that are given."""
    weights = _weights(unigrams, vocab_file, distortion, num_reserved_ids, num_shards, shard)
    if len(weights) != range_max:
        raise ValueError(f"range_max is {range_max}, but there are {len(weights)} odds")
    alias, odds = _fixed(weights.tobytes())

    def known(classes: Any) -> Any:
        inside = (classes >= 0) & (classes < range_max)
        return np.where(inside, odds[np.where(inside, classes, 0)], np.float32(0))

    drawn = _sample(_Words(state), alias.draw, known, true_classes, num_sampled, unique)
    return *drawn, skipped(state, num_sampled * BLOCKS_A_CANDIDATE)


def _learned(true_classes: Any, kept: dict, num_sampled: int, unique: bool, range_max: int, seeds: tuple) -> tuple:
    if "weights" not in kept:
        kept.update(state=seeded_by(*seeds), weights=np.ones(range_max, np.int64))
    weights = kept["weights"]
    ends, total = np.cumsum(weights), int(weights.sum())

    def draw(words: _Words) -> int:
        return int(np.searchsorted(ends, words.below(total), side="right"))

    def odds(classes: Any) -> Any:
        return (weights[classes].astype(np.float32) / np.float32(total)).astype(np.float32)

    result = _sample(_Words(kept["state"]), draw, odds, true_classes, num_sampled, unique)
    kept["state"] = skipped(kept["state"], num_sampled * BLOCKS_A_CANDIDATE)
    np.add.at(weights, true_classes.ravel(), 1)
    return result


@op("LearnedUnigramCandidateSampler", OUTPUTS, sampled_shapes, host=True, stateful=True, **COUNTS,
    range_max=required("int"), seed=0, seed2=0)
def learned_unigram_candidate_sampler(true_classes, *, kept, num_sampled, unique, range_max, seed, seed2):
    """Candidates that are the likelier the more often they have been true."""
    return _learned(true_classes, kept, num_sampled, unique, range_max, (seed, seed2))


@op("ThreadUnsafeUnigramCandidateSampler", OUTPUTS, sampled_shapes, host=True, stateful=True, **COUNTS,
    range_max=required("int"), seed=0, seed2=0)
def thread_unsafe_unigram_candidate_sampler(true_classes, *, kept, num_sampled, unique, range_max, seed, seed2):
    """Candidates that are the likelier the more often they have been true."""
    return _learned(true_classes, kept, num_sampled, unique, range_max, (seed, seed2))


for _op in (fixed_unigram_candidate_sampler, learned_unigram_candidate_sampler, thread_unsafe_unigram_candidate_sampler):
    _op.check(check_classes)
not_differentiable(fixed_unigram_candidate_sampler, learned_unigram_candidate_sampler,
                   thread_unsafe_unigram_candidate_sampler)
