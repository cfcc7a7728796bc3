"""Samplers of candidate classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..graph.tensor import Tensor
from ..ops.forms import node
from .random import seeds_of


class Candidates(NamedTuple):
    """What a sampler returns: candidates, `[num_sampled]`, and how often it expects each true class and candidate."""

    sampled_candidates: Tensor
    true_expected_count: Tensor
    sampled_expected_count: Tensor


class AccidentalHits(NamedTuple):
    """What `tf.nn.compute_accidental_hits` returns: rows, places of candidates, and weights."""

    indices: Tensor
    ids: Tensor
    weights: Tensor


def uniform_candidate_sampler(true_classes: Any, num_true: int, num_sampled: int, unique: bool, range_max: int,
                              seed: int | None = None, name: str | None = None) -> Candidates:
    """Return classes that are all equally likely.

    Args:
      true_classes: int64, `[batch, num_true]`.
      num_true: how many true classes an example has.
      num_sampled: how many candidates to draw.
      unique: whether they must differ.
      range_max: how many classes there are.
      seed: of the op; see `tf.set_random_seed`.
      name: of the node.

    Returns:
      `sampled_candidates`, `true_expected_count` and `sampled_expected_count`.
    """
    return Candidates(*node("UniformCandidateSampler", true_classes, num_true, num_sampled, unique, range_max,
                            **seeds_of(seed), name=name))


def log_uniform_candidate_sampler(true_classes: Any, num_true: int, num_sampled: int, unique: bool, range_max: int,
                                  seed: int | None = None, name: str | None = None) -> Candidates:
    """Return classes after Zipf's law, the first class the likeliest; arguments as in `uniform_candidate_sampler`."""
    return Candidates(*node("LogUniformCandidateSampler", true_classes, num_true, num_sampled, unique, range_max,
                            **seeds_of(seed), name=name))


def learned_unigram_candidate_sampler(true_classes: Any, num_true: int, num_sampled: int, unique: bool, range_max: int,
                                      seed: int | None = None, name: str | None = None) -> Candidates:
    """Return classes that are likelier the more often they were true; arguments as in `uniform_candidate_sampler`."""
    return Candidates(*node("LearnedUnigramCandidateSampler", true_classes, num_true, num_sampled, unique, range_max,
                            **seeds_of(seed), name=name))


def fixed_unigram_candidate_sampler(true_classes: Any, num_true: int, num_sampled: int, unique: bool, range_max: int,
                                    vocab_file: str = "", distortion: float = 1.0, num_reserved_ids: int = 0,
                                    num_shards: int = 1, shard: int = 0, unigrams: Sequence[float] = (),
                                    seed: int | None = None, name: str | None = None) -> Candidates:
    """Return classes with odds that are given.

    Args:
      true_classes: int64, `[batch, num_true]`.
      num_true: how many true classes an example has.
      num_sampled: how many candidates to draw.
      unique: whether they must differ.
      range_max: how many classes there are.
      vocab_file: a file whose lines end in a comma and the odds of a class.
      distortion: the power that the odds are raised to.
      num_reserved_ids: how many classes come before those with odds, and are never drawn.
      num_shards: of how many samplers this is one.
      shard: which of them.
      unigrams: the odds, if there is no file.
      seed: of the op; see `tf.set_random_seed`.
      name: of the node.

    Returns:
      `sampled_candidates`, `true_expected_count` and `sampled_expected_count`.
    """
    return Candidates(*node("FixedUnigramCandidateSampler", true_classes, num_true, num_sampled, unique, range_max,
                            vocab_file=vocab_file, distortion=distortion, num_reserved_ids=num_reserved_ids,
                            num_shards=num_shards, shard=shard, unigrams=unigrams, **seeds_of(seed), name=name))


def all_candidate_sampler(true_classes: Any, num_true: int, num_sampled: int, unique: bool, seed: int | None = None,
                          name: str | None = None) -> Candidates:
    """Return the classes from 0 to `num_sampled`, each expected once; arguments as in `uniform_candidate_sampler`."""
    return Candidates(*node("AllCandidateSampler", true_classes, num_true, num_sampled, unique, **seeds_of(seed), name=name))


def compute_accidental_hits(true_classes: Any, sampled_candidates: Any, num_true: int, seed: int | None = None,
                            name: str | None = None) -> AccidentalHits:
    """Return where a candidate is one of the true classes.

    Args:
      true_classes: int64, `[batch, num_true]`.
      sampled_candidates: int64, `[num_sampled]`.
      num_true: how many true classes an example has.
      seed: not used.
      name: of the node.

    Returns:
      `indices`, rows of `true_classes`; `ids`, places in `sampled_candidates`; `weights`, the least float32 for each.
    """
    return AccidentalHits(*node("ComputeAccidentalHits", true_classes, sampled_candidates, num_true, **seeds_of(seed),
                                name=name))
