"""How many elements data sets have, as far as that can be said without looking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..op.definition import op
from ..op.rules import scalar
from .pipeline import arrays, batches, cache_files, mapping, order, threads
from .pipeline.source import Source, source_of

INFINITE, UNKNOWN = -1, -2


def _same(source: Source) -> int:
    return cardinality(source.inputs[0])


def _zipped(source: Source) -> int:
    counts = [cardinality(each) for each in source.inputs]
    finite = [count for count in counts if count != INFINITE]
    return UNKNOWN if UNKNOWN in counts else min(finite, default=INFINITE)


def _one_after_the_other(source: Source) -> int:
    counts = [cardinality(each) for each in source.inputs]
    return INFINITE if INFINITE in counts else UNKNOWN if UNKNOWN in counts else sum(counts)


def _repeated(source: Source) -> int:
    return _times(cardinality(source.inputs[0]), source.arguments[0])


def _shuffled(source: Source) -> int:
    count = cardinality(source.inputs[0])
    return _times(count, source.arguments[2]) if len(source.arguments) > 2 else count


def _times(count: int, times: int) -> int:
    if times < 0:
        return 0 if count == 0 else INFINITE
    return 0 if times == 0 else count if count < 0 else count * times


def _taken(source: Source) -> int:
    count, most = cardinality(source.inputs[0]), source.arguments[0]
    return count if count == UNKNOWN else most if count == INFINITE else min(count, most)  # of -1, too, as TensorFlow has it


def _skipping(source: Source) -> int:
    count, first = cardinality(source.inputs[0]), source.arguments[0]
    return 0 if first < 0 else count if count < 0 else max(count - first, 0)


def _sharded(source: Source) -> int:
    count, (shards, index) = cardinality(source.inputs[0]), source.arguments
    return count if count < 0 else count // shards + (index < count % shards)


def _batched(source: Source) -> int:
    count, size, drops = cardinality(source.inputs[0]), source.arguments[0], source.arguments[-1]
    return count if count < 0 else count // size if drops else -(-count // size)


_COUNTS: dict[Callable, Callable[[Source], int]] = {
    arrays.whole: lambda source: 1,
    arrays.slices: lambda source: len(source.arguments[0][0]),
    arrays.counting: lambda source: len(source.arguments[0]),
    arrays.drawn: lambda source: INFINITE,
    arrays.zipped: _zipped,
    order.concatenated: _one_after_the_other,
    order.repeated: _repeated,
    order.shuffled: _shuffled,
    order.taken: _taken,
    order.skipping: _skipping,
    order.sharded: _sharded,
    order.cached: _same,
    cache_files.cached: _same,
    threads.prefetched: _same,
    mapping.mapped: _same,
    mapping.mapped_in_parallel: _same,
    batches.listed: lambda source: len(source.arguments[0]),
    batches.batched: _batched,
    batches.padded: _batched,
}


def cardinality(source: Any) -> int:
    """Return how many elements a source has, -1 if they never end, -2 if that is not known."""
    count = _COUNTS.get(source.opens)
    return UNKNOWN if count is None else count(source)


@op("DatasetCardinality", "input_dataset: variant -> cardinality: int64", scalar, host=True)
def dataset_cardinality(input_dataset):
    """How many elements a data set has, as far as that is known."""
    return np.asarray(cardinality(source_of(input_dataset)), np.int64)
