"""Pooling over windows of unequal sizes, chosen at random, so that images shrink by a fraction."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import TypeSet, float32, float64, int32, int64
from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.definition import not_differentiable, op
from ..op.rules import fail, with_rank
from ..op.signature import required
from ..shape import Shape
from .philox import seeded_by, unit64, words

_T = TypeSet((float32, float64, int32, int64))
_SEQUENCES = "row_pooling_sequence: int64, col_pooling_sequence: int64"
_WAYS: dict[str, Any] = {"pooling_ratio": required("list(float)"), "pseudo_random": False, "overlapping": False,
                         "deterministic": False, "seed": 0, "seed2": 0, "T": _T}


def _pooled(op: Operation) -> list[Shape]:
    shape, ratios = with_rank(op, op.inputs[0], 4), op["pooling_ratio"]
    if len(ratios) != 4:
        fail(op, "pooling_ratio field must specify 4 dimensions", known=())
    sizes = tuple(None if n is None else math.floor(n / ratio) for n, ratio in zip(shape, ratios))
    return [sizes, *((None if n is None else n + 1,) for n in sizes[1:3])]


class _Draws:
    """A generator that gives the words of one block after another, each time from a new block on."""

    def __init__(self, seed: int, seed2: int):
        self._seeds, self._block = (seed, seed2), 0

    def take(self, count: int) -> list[np.uint32]:
        blocks, first = -(-count // 4), self._block
        self._block += blocks
        return _words(*self._seeds, first, blocks)


@lru_cache(64)
def _words(seed: int, seed2: int, first: int, blocks: int) -> list[np.uint32]:
    generator, places = jnp.asarray(seeded_by(seed, seed2)), jnp.arange(first, first + blocks, dtype=jnp.uint64)
    return list(np.stack([np.asarray(word) for word in words(generator, places)], -1).ravel())


def _bounds(size: int, count: int, draws: _Draws, pseudo_random: bool) -> np.ndarray:
    """Where each of `count` windows begins and the last ends."""
    least, rest = divmod(size, count)
    if not rest:
        return np.arange(count + 1, dtype=np.int64) * least
    if not pseudo_random:
        lengths = [least + 1] * rest + [least] * (count - rest)
        for i, word in enumerate(draws.take(count)[:count - 1]):
            other = i + int(word) % (count - i)
            lengths[i], lengths[other] = lengths[other], lengths[i]
        return np.cumsum([0, *lengths], dtype=np.int64)
    alpha = size / count
    most = min((least + 2) / alpha - 1, (size + 1 - least) / alpha - (count - 1))
    high, low = draws.take(2)[:2]
    start = float(unit64(jnp.asarray(high), jnp.asarray(low))) * most
    return np.array([0, *(math.ceil(alpha * (i + start)) - 1 for i in range(1, count)), size], np.int64)


def _sequences(value: np.ndarray, ratios: Any, pseudo_random: bool, seeds: tuple[int, int],
               kept: dict) -> tuple[np.ndarray, np.ndarray]:
    """Where windows begin and end, down and across; without seeds by those in `kept`, new ones if it is empty."""
    if seeds == (0, 0):
        seeds = kept.setdefault("seeds", tuple(np.random.default_rng().integers(1, 1 << 62, 2).tolist()))
    draws = _Draws(*seeds)
    rows, columns = (_bounds(n, math.floor(n / ratio), draws, pseudo_random)
                     for n, ratio in zip(value.shape[1:3], ratios[1:3]))
    return rows, columns


def _windows(rows: Any, columns: Any, overlapping: bool) -> Iterator[tuple[int, int, tuple[slice, ...]]]:
    """The place of each window in the output and its slice of the input; slices end at the input's edge by themselves."""
    for i, (top, bottom) in enumerate(pairwise(rows.tolist())):
        for j, (left, right) in enumerate(pairwise(columns.tolist())):
            yield i, j, (slice(None), slice(top, bottom + overlapping), slice(left, right + overlapping))


def _check(op: Operation, value: np.ndarray) -> None:
    ratios = op["pooling_ratio"]
    if min(ratios) < 1:
        raise ValueError(f"{op.type} needs every pooling_ratio to be 1 or more, but got {min(ratios)}")
    if ratios[0] != 1 or ratios[3] != 1:
        raise ValueError("Fractional pooling is not yet supported on the batch nor channel dimension.")
    if not op["deterministic"] and (op["seed"] or op["seed2"]):
        raise ValueError("Both seed and seed2 should be 0 if deterministic is false.")
    if any(n < ratio for n, ratio in zip(value.shape, ratios)):
        raise ValueError(f"{op.type} leaves nothing of an image of shape {value.shape[1:3]} with pooling_ratio {ratios}")


@op("FractionalMaxPool", f"value: T -> output: T, {_SEQUENCES}", _pooled, host=True, **_WAYS)
def fractional_max_pool(value, *, pooling_ratio, pseudo_random, overlapping, deterministic, seed, seed2, kept):
    """The greatest element of each window, and where windows begin and end, down and across."""
    rows, columns = _sequences(value, pooling_ratio, pseudo_random, (seed, seed2), kept if deterministic else {})
    output = np.empty((value.shape[0], len(rows) - 1, len(columns) - 1, value.shape[3]), value.dtype)
    for i, j, window in _windows(rows, columns, overlapping):
        output[:, i, j] = value[window].max((1, 2))
    return output, rows, columns


@op("FractionalAvgPool", f"value: T -> output: T, {_SEQUENCES}", _pooled, host=True, **_WAYS)
def fractional_avg_pool(value, *, pooling_ratio, pseudo_random, overlapping, deterministic, seed, seed2, kept):
    """The mean of each window, and where windows begin and end, down and across."""
    rows, columns = _sequences(value, pooling_ratio, pseudo_random, (seed, seed2), kept if deterministic else {})
    output = np.empty((value.shape[0], len(rows) - 1, len(columns) - 1, value.shape[3]), value.dtype)
    for i, j, window in _windows(rows, columns, overlapping):
        part = value[window]
        output[:, i, j] = part.sum((1, 2)) / (part.shape[1] * part.shape[2])
    return output, rows, columns


fractional_max_pool.check(_check)
fractional_avg_pool.check(_check)


@op("FractionalMaxPoolGrad", f"orig_input: T, orig_output: T, out_backprop: T, {_SEQUENCES} -> output: T",
    lambda op: [with_rank(op, op.inputs[0], 4)], host=True, overlapping=False, T=_T)
def fractional_max_pool_grad(orig_input, orig_output, out_backprop, row_pooling_sequence, col_pooling_sequence, *,
                             overlapping):
    """The gradient of the images: that of each window goes to the first of its greatest elements."""
    total = np.zeros_like(orig_input)
    batch, depth = np.ogrid[:orig_input.shape[0], :orig_input.shape[3]]
    for i, j, window in _windows(row_pooling_sequence, col_pooling_sequence, overlapping):
        part = orig_input[window]
        place = part.reshape(part.shape[0], -1, part.shape[3]).argmax(1)
        total[window][batch, place // part.shape[2], place % part.shape[2], depth] += out_backprop[:, i, j]
    return total


def _as_input(op: Operation) -> list[Shape]:
    shape = constant_value(op.inputs[0])
    return [(None,) * 4 if shape is None else tuple(int(n) for n in shape)]


@op("FractionalAvgPoolGrad", f"orig_input_tensor_shape: int64, out_backprop: T, {_SEQUENCES} -> output: T", _as_input,
    host=True, overlapping=False, T=_T)
def fractional_avg_pool_grad(orig_input_tensor_shape, out_backprop, row_pooling_sequence, col_pooling_sequence, *,
                             overlapping):
    """The gradient of the images: that of each window in equal shares."""
    total = np.zeros(tuple(orig_input_tensor_shape.tolist()), np.float64)
    for i, j, window in _windows(row_pooling_sequence, col_pooling_sequence, overlapping):
        part = total[window]
        part += (out_backprop[:, i, j] / (part.shape[1] * part.shape[2]))[:, None, None]
    return total.astype(out_backprop.dtype)


@fractional_max_pool.gradient
def _(op, grad, *_):
    output, rows, columns = op.outputs
    return fractional_max_pool_grad(op.inputs[0], output, grad, rows, columns, op["overlapping"])


@fractional_avg_pool.gradient
def _(op, grad, *_):
    shape = op.inputs[0].static_shape
    if shape is None or None in shape:
        raise ValueError(f"The gradient of '{op.name}' (op: '{op.type}') needs the shape of its images, which is "
                         f"{op.inputs[0].shape}; give the input a static shape.")
    return fractional_avg_pool_grad(shape, grad, op.outputs[1], op.outputs[2], op["overlapping"])


not_differentiable(fractional_max_pool_grad, fractional_avg_pool_grad)
