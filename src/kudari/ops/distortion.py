"""A box drawn at random within an image, for training on parts of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import TypeSet, int8, int16, int32, int64, uint8
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, with_rank
from ..op.signature import Attr
from ..shape import Shape
from .philox import seeded, skipped, unit32, words

_SIZES = TypeSet((uint8, int8, int16, int32, int64))
_WAYS: dict[str, Any] = {
    "aspect_ratio_range": Attr("list(float)", [0.75, 1.33]), "area_range": Attr("list(float)", [0.05, 1.0]),
    "max_attempts": 100, "use_image_if_no_bounding_boxes": False,
}
_f = np.float32


class _Draws:
    """The words of a generator, one after another."""

    def __init__(self, state: Any, blocks: int):
        self._next = self._all(state, blocks)

    @staticmethod
    def _all(state: Any, blocks: int) -> Iterator[np.uint32]:
        start = 0
        while True:
            block = words(jnp.asarray(state), jnp.arange(start, start + blocks, dtype=jnp.uint64))
            yield from np.stack([np.asarray(word) for word in block], -1).ravel()
            start += blocks

    def fraction(self) -> np.float32:
        """A float32 in [0, 1)."""
        return np.asarray(unit32(jnp.asarray(next(self._next))))[()]

    def below(self, bound: int) -> int:
        """An integer in [0, bound)."""
        word = int(next(self._next))
        if bound & (bound - 1) == 0:
            return word & (bound - 1)
        while word < (2**32 - 1) % bound + 1:  # these would favour small numbers
            word = int(next(self._next))
        return word % bound


def _whole(value: Any) -> int:
    return int(np.rint(_f(value)))


def _rectangle(height: int, width: int, areas: tuple[Any, Any], ratio: np.float32,
               below: Callable[[int], int]) -> tuple[int, ...] | None:
    """Top, left, bottom and right of a box of a shape, of an area between two; `None` if there is none."""
    least, most = (_f(_f(area) * _f(width)) * _f(height) for area in areas)
    if most <= 0 or ratio <= 0 or areas[0] > areas[1]:
        return None
    tall, tallest = (_whole(np.sqrt(area / ratio)) for area in (least, most))
    if _whole(tallest * ratio) > width:
        tallest = int((width + 0.5 - 0.0000001) / float(ratio))
        tallest -= _whole(tallest * ratio) > width
    tallest = min(tallest, height)
    tall = min(tall, tallest)
    if tall < tallest:
        tall += below(tallest - tall + 1)
    wide = _whole(tall * ratio)
    for too_far, step in ((_f(wide * tall) < least, 1), (_f(wide * tall) > most, -1)):
        if too_far:
            tall += step
            wide = _whole(tall * ratio)
    area = _f(wide * tall)
    if not least <= area <= most or wide > width or tall > height or min(wide, tall) <= 0:
        return None
    top = below(height - tall) if tall < height else 0
    left = below(width - wide) if wide < width else 0
    return top, left, top + tall, left + wide


def _covers(crop: tuple[int, ...], boxes: np.ndarray, share: Any) -> bool:
    """Whether enough of one of the boxes is within `crop`."""
    if (crop[2] - crop[0]) * (crop[3] - crop[1]) < 1:
        return False
    for top, left, bottom, right in boxes:
        area = (bottom - top) * (right - left)
        inside = max(min(bottom, crop[2]) - max(top, crop[0]), 0) * max(min(right, crop[3]) - max(left, crop[1]), 0)
        if area >= 1 and _f(inside) / _f(area) >= share:
            return True
    return False


def _sampled(state: Any, image_size: np.ndarray, bounding_boxes: np.ndarray, share: Any, ratios: Any, areas: Any,
             attempts: int, use_image: bool) -> tuple:
    height, width = int(image_size[0]), int(image_size[1])
    boxes = bounding_boxes.reshape(-1, 4)
    if not len(boxes) and not use_image:
        raise ValueError("No bounding boxes provided as input. One must enable use_image_if_no_bounding_boxes if you wish "
                         "to not provide any bounding boxes.")
    pixels = (boxes * np.array([height, width, height, width], np.float32)).astype(np.int32).astype(np.int64)
    pixels = pixels if len(boxes) else np.array([[0, 0, height, width]])
    draws, crop = _Draws(state, attempts), (0, 0, height, width)
    for _ in range(attempts):
        ratio = draws.fraction() * (_f(ratios[1]) - _f(ratios[0])) + _f(ratios[0])
        found = _rectangle(height, width, (areas[0], areas[1]), ratio, draws.below)
        if found is not None and _covers(found, pixels, share):
            crop = found
            break
    top, left, bottom, right = crop
    dtype = image_size.dtype
    fractions = [_f(top) / _f(height), _f(left) / _f(width), _f(bottom) / _f(height), _f(right) / _f(width)]
    return (np.array([top, left, 0], dtype), np.array([bottom - top, right - left, -1], dtype),
            np.array(fractions, np.float32).reshape(1, 1, 4), np.asarray(skipped(jnp.asarray(state), attempts)))


def _box(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[0], 1)
    with_rank(op, op.inputs[1], 3)
    return [(3,), (3,), (1, 1, 4)]


@op("SampleDistortedBoundingBox",
    "image_size: T, bounding_boxes: float32 -> begin: T, size: T, bboxes: float32", _box, host=True, stateful=True,
    state=seeded, seed=0, seed2=0, min_object_covered=0.1, T=_SIZES, **_WAYS)
def sample_distorted_bounding_box(state, image_size, bounding_boxes, *, min_object_covered, aspect_ratio_range, area_range,
                                  max_attempts, use_image_if_no_bounding_boxes):
    """The first corner and the size of a box that covers enough of one of the boxes, and its corners as fractions."""
    return _sampled(state, image_size, bounding_boxes, min_object_covered, aspect_ratio_range, area_range, max_attempts,
                    use_image_if_no_bounding_boxes)


@op("SampleDistortedBoundingBoxV2",
    "image_size: T, bounding_boxes: float32, min_object_covered: float32 -> begin: T, size: T, bboxes: float32", _box,
    host=True, stateful=True, state=seeded, seed=0, seed2=0, T=_SIZES, **_WAYS)
def sample_distorted_bounding_box_v2(state, image_size, bounding_boxes, min_object_covered, *, aspect_ratio_range,
                                     area_range, max_attempts, use_image_if_no_bounding_boxes):
    """The same, with the share that must be covered as a tensor."""
    return _sampled(state, image_size, bounding_boxes, min_object_covered, aspect_ratio_range, area_range, max_attempts,
                    use_image_if_no_bounding_boxes)


@sample_distorted_bounding_box.check
@sample_distorted_bounding_box_v2.check
def _(op, image_size, bounding_boxes, *share):
    if np.ndim(image_size) != 1:
        raise ValueError(f"image_size must be 1-dimensional{brackets(np.shape(image_size))}")
    if np.shape(image_size) != (3,):
        raise ValueError(f"image_size must contain 3 elements{brackets(np.shape(image_size))}")
    if np.ndim(bounding_boxes) != 3:
        raise ValueError("input boxes must be 3-dimensional [batch, num_boxes, coords]: "
                         f"{brackets(np.shape(bounding_boxes))}")
    if np.shape(bounding_boxes)[2] != 4:
        raise ValueError(f"bounding boxes must have shape [4] or [*, 4], got {brackets(np.shape(bounding_boxes))}")


not_differentiable(sample_distorted_bounding_box, sample_distorted_bounding_box_v2)
