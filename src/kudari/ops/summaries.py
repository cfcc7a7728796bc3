"""Summaries: serialized messages for TensorBoard."""

from __future__ import annotations

import sys
from functools import cache

import numpy as np

from ..dtypes import REALNUMBER, TypeSet, float32
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, scalar
from ..protos import proto

_REAL_OR_FLOAT = TypeSet(REALNUMBER.allowed, default=float32)


def as_message(*values: dict) -> np.ndarray:
    """Return the serialized `Summary` of values, each with its fields."""
    message = proto("Summary")()
    for value in values:
        message.value.add(**value)
    return _bytes(message.SerializeToString())


def _bytes(text: bytes) -> np.ndarray:
    held = np.empty((), object)
    held[()] = text
    return held


@op("ScalarSummary", "tags: string, values: T -> summary: string", scalar, host=True, T=REALNUMBER)
def scalar_summary(tags, values):
    """A number for each tag."""
    return as_message(*({"tag": tag, "simple_value": float(value)} for tag, value in zip(tags.ravel(), values.ravel())))


@scalar_summary.check
def _(op: Operation, tags, values):
    if np.shape(tags) != np.shape(values):
        raise ValueError(f"tags and values not the same shape: {brackets(np.shape(tags))} != {brackets(np.shape(values))}"
                         + (f" (tag '{tags.ravel()[0].decode()}')" if np.size(tags) == 1 else ""))


@op("HistogramSummary", "tag: string, values: T -> summary: string", scalar, host=True, T=_REAL_OR_FLOAT)
def histogram_summary(tag, values):
    """How many values lie in each of a fixed set of intervals."""
    return as_message({"tag": tag.item(), "histo": histogram_of(values.astype(np.float64).ravel())})


@histogram_summary.check
def _(op: Operation, tag, values):
    if np.ndim(tag):
        raise ValueError("tags must be scalar")
    finite = np.isfinite(values.astype(np.float64))
    if not finite.all():
        first = values[~finite].ravel()[0]
        raise ValueError(f"{'Nan' if np.isnan(first) else 'Infinity'} in summary histogram for: {op.name}")


@cache
def _limits() -> np.ndarray:
    """The upper ends of the intervals, which grow by a tenth from 1e-12 to 1e20 on both sides of zero."""
    positive = []
    limit = 1e-12
    while limit < 1e20:
        positive.append(limit)
        limit *= 1.1
    positive.append(sys.float_info.max)
    return np.array([*(-limit for limit in reversed(positive)), 0.0, *positive])


def histogram_of(values: np.ndarray) -> object:
    """Return the message that describes float64 `values`; runs of empty intervals are joined to one."""
    limits = _limits()
    counts = np.bincount(np.searchsorted(limits, values, side="right"), minlength=len(limits)).astype(float)
    starts_run = (counts > 0) | np.concatenate([[True], counts[:-1] > 0])
    groups = np.flatnonzero(starts_run)
    ends = [*(groups[1:] - 1), len(limits) - 1]
    return proto("HistogramProto")(
        min=values.min(initial=sys.float_info.max), max=values.max(initial=-sys.float_info.max), num=float(values.size),
        sum=sum(values.tolist()), sum_squares=sum(value * value for value in values.tolist()),
        bucket_limit=limits[ends], bucket=counts[groups])


@op("MergeSummary", "inputs: N*string -> summary: string", scalar, host=True)
def merge_summary(inputs):
    """The values of all of `inputs` in one message."""
    merged = proto("Summary")()
    tags: set[str] = set()
    for text in (text for given in inputs for text in np.ravel(given)):
        summary = proto("Summary").FromString(text)
        for value in summary.value:
            if value.tag in tags:
                raise ValueError(f"Duplicate tag {value.tag} found in summary inputs")
            tags.add(value.tag)
        merged.MergeFrom(summary)
    return _bytes(merged.SerializeToString())


not_differentiable(scalar_summary, histogram_summary, merge_summary)
