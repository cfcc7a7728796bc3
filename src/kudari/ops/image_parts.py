"""Windows that are cut out of images wherever offsets say."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, fail, merge_shapes, with_rank
from ..shape import Shape

_NOISES = ("uniform", "gaussian", "zero")


def _cut(op: Operation) -> list[Shape]:
    image, offsets = with_rank(op, op.inputs[0], 4), with_rank(op, op.inputs[2], 2)
    (length,) = with_rank(op, op.inputs[1], 1)
    if length not in (None, 2) or offsets[1] not in (None, 2):
        wrong = length if length not in (None, 2) else offsets[1]
        fail(op, f"Dimension must be 2 but is {wrong}", known=())
    batch = merge_shapes(op, image[:1], offsets[:1])
    if op["uniform_noise"] and op["noise"] != "uniform":
        fail(op, "The uniform_noise and noise should not be specified at the same time", known=())
    size = constant_value(op.inputs[1])
    return [(*(batch or ()), *((None, None) if size is None else map(int, size)), image[3])]


@op("ExtractGlimpse", "input: float32, size: int32, offsets: float32 -> glimpse: float32", _cut, host=True, centered=True,
    normalized=True, uniform_noise=True, noise="uniform")
def extract_glimpse(input, size, offsets, *, centered, normalized, noise):
    """A window of each image; where it lies outside, noise, which is another at every step."""
    return np.stack([_glimpse(image, size, offset, centered, normalized, noise) for image, offset in zip(input, offsets)])


@extract_glimpse.check
def _(op, input, size, offsets):
    if op["noise"] not in _NOISES:
        raise ValueError(f"noise should be one of {', '.join(_NOISES)}, but is {op['noise']}")
    if len(input) != len(offsets):
        raise ValueError(f"first dimension should be batch{brackets(offsets.shape)}")
    if min(size) <= 0:
        raise ValueError(f"The size of a glimpse must be positive, but is {list(map(int, size))}")


def _glimpse(image: np.ndarray, size: Any, offset: np.ndarray, centered: bool, normalized: bool, kind: str) -> np.ndarray:
    whole = np.array(image.shape[:2])
    place = offset * whole.astype(np.float32) if normalized else offset
    if centered:
        place = place / np.float32(2) + whole.astype(np.float32) / np.float32(2)
    first = (place - size.astype(np.float32) / np.float32(2)).astype(np.int64)  # towards zero
    last = first + size
    low, high = np.clip(first, 0, whole), np.clip(last, 0, whole)
    seen = image[low[0]:high[0], low[1]:high[1]]
    if (low == first).all() and (high == last).all():
        return seen
    result = _noise(image, (*size, image.shape[2]), kind)
    at = low - first
    result[at[0]:at[0] + seen.shape[0], at[1]:at[1] + seen.shape[1]] = seen
    return result


def _noise(image: np.ndarray, shape: tuple, kind: str) -> np.ndarray:
    draws = np.random.default_rng()
    if kind == "uniform":
        low = image.min()
        return (low + draws.random(shape, np.float32) * (image.max() - low)).astype(np.float32)
    if kind == "gaussian":
        return (image.mean((0, 1)) + draws.standard_normal(shape, np.float32) * image.std((0, 1))).astype(np.float32)
    return np.zeros(shape, np.float32)


not_differentiable(extract_glimpse)
