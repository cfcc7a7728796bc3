"""Ops on boxes in images: choosing among those that overlap, and drawing them. They run in Python."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..dtypes import TypeSet, float16, float32
from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.definition import not_differentiable, op
from ..op.rules import fail, with_rank
from ..shape import Shape

_HALF_OR_SINGLE = TypeSet((float16, float32), float32)
_DRAWABLE = TypeSet((float32, float16), float32)
_PALETTE = np.array([
    (1, 1, 0, 1), (0, 0, 1, 1), (1, 0, 0, 1), (0, 1, 0, 1), (0.5, 0, 0.5, 1), (0.5, 0.5, 0, 1), (0.5, 0, 0, 1),
    (0, 0, 0.5, 1), (0, 1, 1, 1), (1, 0, 1, 1),
], np.float32)


def _check_boxes(op: Operation) -> None:
    boxes, (scores,) = with_rank(op, op.inputs[0], 2), with_rank(op, op.inputs[1], 1)
    for tensor in op.inputs[2:]:
        with_rank(op, tensor, 0)
    if None not in (boxes[0], scores) and boxes[0] != scores:
        fail(op, f"Dimensions must be equal, but are {boxes[0]} and {scores}", known=())
    if boxes[1] not in (None, 4):
        fail(op, f"Dimension must be 4 but is {boxes[1]}", known=())


def _chosen(op: Operation) -> list[Shape]:
    _check_boxes(op)
    return [(None,)]


def _chosen_padded(op: Operation) -> list[Shape]:
    _check_boxes(op)
    most = constant_value(op.inputs[2]) if op["pad_to_max_output_size"] else None
    count = (None if most is None else int(most),)
    return [count, *([count] if op.type.endswith("V5") else []), ()]


def _overlaps(boxes: np.ndarray) -> Callable[[int, int], float]:
    """A function from two places to the intersection over the union of the boxes there."""
    boxes = boxes.astype(np.float32)
    low = np.minimum(boxes[:, :2], boxes[:, 2:])
    high = np.maximum(boxes[:, :2], boxes[:, 2:])
    areas = (high - low).prod(1)

    def overlap(i: int, j: int) -> float:
        if areas[i] <= 0 or areas[j] <= 0:
            return 0.0
        sides = np.maximum(np.minimum(high[i], high[j]) - np.maximum(low[i], low[j]), np.float32(0))
        shared = sides[0] * sides[1]
        return shared / (areas[i] + areas[j] - shared)

    return overlap


@dataclass
class _Candidate:
    """A box that waits, ordered by score alone: among equals the heap decides, and Python's heap moves as C++'s does."""

    score: Any
    place: int
    compared: int = 0

    def __lt__(self, other: _Candidate) -> bool:
        return self.score > other.score


def _suppressed(boxes: np.ndarray, scores: np.ndarray, most: Any, threshold: Any, least: Any, sigma: Any = 0.0,
                similarity: Callable[[int, int], float] | None = None) -> tuple[np.ndarray, np.ndarray]:
    """The places of the boxes kept, best first, and their scores.

    Args:
      boxes: by their corners; a table of likenesses if `similarity` looks them up there.
      scores: of the boxes.
      most: how many to keep.
      threshold: how alike a box may be to one that is kept.
      least: boxes that do not score more are left out.
      sigma: if not zero, likeness lowers a box's score instead.
      similarity: of the boxes at two places; intersection over union if `None`.
    """
    if not 0 <= threshold <= 1:
        raise ValueError("iou_threshold must be in [0, 1]")
    if np.shape(scores) != np.shape(boxes)[:1]:
        raise ValueError("scores has incompatible shape")
    most = len(scores) if most < 0 else most  # C++ compares unsigned numbers here
    similarity = similarity or _overlaps(boxes)
    scale = np.float32(-0.5) / np.float32(sigma) if sigma > 0 else np.float32(0)
    waiting: list[_Candidate] = []
    for place, score in enumerate(scores):
        if score > least:
            heapq.heappush(waiting, _Candidate(np.float32(score), place))
    kept: list[tuple[int, Any]] = []
    while waiting and len(kept) < most:
        best = heapq.heappop(waiting)
        score, is_out = best.score, False
        for other, _ in reversed(kept[best.compared:]):
            alike = np.float32(similarity(best.place, other))
            if not sigma > 0 and alike > threshold:
                is_out = True
                break
            score *= np.exp(scale * alike * alike)
            if score <= least:
                break
        if not is_out and score == best.score:
            kept.append((best.place, score))
        elif not is_out and score > least:
            heapq.heappush(waiting, _Candidate(score, best.place, len(kept)))
    return np.array([i for i, _ in kept], np.int32), np.array([s for _, s in kept], scores.dtype)


@op("NonMaxSuppression", "boxes: float32, scores: float32, max_output_size: int32 -> selected_indices: int32", _chosen,
    host=True, iou_threshold=0.5)
def non_max_suppression(boxes, scores, max_output_size, *, iou_threshold):
    """The places of the best boxes that overlap little."""
    return _suppressed(boxes, scores, max_output_size, iou_threshold, -np.inf)[0]


@op("NonMaxSuppressionV2",
    "boxes: T, scores: T, max_output_size: int32, iou_threshold: T_threshold -> selected_indices: int32", _chosen,
    host=True, T=_HALF_OR_SINGLE, T_threshold=_HALF_OR_SINGLE)
def non_max_suppression_v2(boxes, scores, max_output_size, iou_threshold):
    """The places of the best boxes that overlap little, with a threshold as a tensor."""
    return _suppressed(boxes, scores, max_output_size, iou_threshold, -np.inf)[0]


@op("NonMaxSuppressionV3",
    "boxes: T, scores: T, max_output_size: int32, iou_threshold: T_threshold, score_threshold: T_threshold"
    " -> selected_indices: int32", _chosen, host=True, T=_HALF_OR_SINGLE, T_threshold=_HALF_OR_SINGLE)
def non_max_suppression_v3(boxes, scores, max_output_size, iou_threshold, score_threshold):
    """The places of the best boxes that overlap little and score enough."""
    return _suppressed(boxes, scores, max_output_size, iou_threshold, score_threshold)[0]


@op("NonMaxSuppressionV4",
    "boxes: T, scores: T, max_output_size: int32, iou_threshold: T_threshold, score_threshold: T_threshold"
    " -> selected_indices: int32, valid_outputs: int32", _chosen_padded, host=True, T=_HALF_OR_SINGLE,
    T_threshold=_HALF_OR_SINGLE, pad_to_max_output_size=False)
def non_max_suppression_v4(boxes, scores, max_output_size, iou_threshold, score_threshold, *, pad_to_max_output_size):
    """The places of the best boxes that overlap little and score enough, if asked for filled up with zeros."""
    places, _ = _suppressed(boxes, scores, max_output_size, iou_threshold, score_threshold)
    return _padded(places, max_output_size, pad_to_max_output_size), np.int32(len(places))


@op("NonMaxSuppressionV5",
    "boxes: T, scores: T, max_output_size: int32, iou_threshold: T, score_threshold: T, soft_nms_sigma: T"
    " -> selected_indices: int32, selected_scores: T, valid_outputs: int32", _chosen_padded, host=True, T=_HALF_OR_SINGLE,
    pad_to_max_output_size=False)
def non_max_suppression_v5(boxes, scores, max_output_size, iou_threshold, score_threshold, soft_nms_sigma, *,
                           pad_to_max_output_size):
    """The places and scores of the best boxes, where overlap may lower a score rather than exclude a box."""
    if soft_nms_sigma < 0:
        raise ValueError("soft_nms_sigma_ must be non-negative")
    places, kept = _suppressed(boxes, scores, max_output_size, iou_threshold, score_threshold, soft_nms_sigma)
    full = (_padded(values, max_output_size, pad_to_max_output_size) for values in (places, kept))
    return (*full, np.int32(len(places)))


def _padded(values: np.ndarray, most: Any, is_wanted: bool) -> np.ndarray:
    return np.pad(values, (0, int(most) - len(values))) if is_wanted else values


def _chosen_by_overlaps(op: Operation) -> list[Shape]:
    overlaps, (scores,) = with_rank(op, op.inputs[0], 2), with_rank(op, op.inputs[1], 1)
    for tensor in op.inputs[2:]:
        with_rank(op, tensor, 0)
    for size in overlaps:
        if None not in (size, scores) and size != scores:
            fail(op, f"Dimensions must be equal, but are {size} and {scores}", known=())
    return [(None,)]


@op("NonMaxSuppressionWithOverlaps",
    "overlaps: float32, scores: float32, max_output_size: int32, overlap_threshold: float32, score_threshold: float32"
    " -> selected_indices: int32", _chosen_by_overlaps, host=True)
def non_max_suppression_with_overlaps(overlaps, scores, max_output_size, overlap_threshold, score_threshold):
    """The places of the best boxes that overlap little by a given table, and score enough."""
    return _suppressed(overlaps, scores, max_output_size, overlap_threshold, score_threshold,
                       similarity=lambda i, j: overlaps[i, j])[0]


def _drawn(op: Operation) -> list[Shape]:
    images, boxes = with_rank(op, op.inputs[0], 4), with_rank(op, op.inputs[1], 3)
    if boxes[2] not in (None, 4):
        fail(op, f"Dimension must be 4 but is {boxes[2]}")
    if images[3] not in (None, 1, 3, 4):
        fail(op, "Channel depth should be either 1 (GRY), 3 (RGB), or 4 (RGBA)")
    return [op.inputs[0].static_shape]


@op("DrawBoundingBoxes", "images: T, boxes: float32 -> output: T", _drawn, host=True, T=_DRAWABLE)
def draw_bounding_boxes(images, boxes):
    """The images with the outlines of boxes, one pixel wide, in ten colours in turn."""
    return _draw(images, boxes, np.zeros((0, 0), np.float32))


@op("DrawBoundingBoxesV2", "images: T, boxes: float32, colors: float32 -> output: T", _drawn, host=True,
    T=_DRAWABLE)
def draw_bounding_boxes_v2(images, boxes, colors):
    """The images with the outlines of boxes, one pixel wide, in the given colours in turn."""
    return _draw(images, boxes, colors)


def _draw(images: np.ndarray, boxes: np.ndarray, colors: np.ndarray) -> np.ndarray:
    depth = images.shape[3]
    if depth not in (1, 3, 4):
        raise ValueError("Channel depth should be either 1 (GRY), 3 (RGB), or 4 (RGBA)")
    palette = colors if colors.size else _PALETTE.copy()
    if depth == 1 and not colors.size:
        palette[:, 0] = 1
    drawn = np.array(images)
    for image, outlines in zip(drawn, boxes):
        for i, box in enumerate(outlines):
            _outline(image, box, palette[i % len(palette)][:depth].astype(images.dtype))
    return drawn


def _outline(image: np.ndarray, box: np.ndarray, color: np.ndarray) -> None:
    height, width = image.shape[:2]
    scale = np.array([height - 1, width - 1, height - 1, width - 1], np.float32)
    top, left, bottom, right = (int(place) for place in box * scale)
    if top > bottom or left > right or top >= height or bottom < 0 or left >= width or right < 0:
        return
    rows = slice(max(top, 0), min(bottom, height - 1) + 1)
    columns = slice(max(left, 0), min(right, width - 1) + 1)
    for row in (top, bottom):
        if 0 <= row < height:
            image[row, columns] = color
    for column in (left, right):
        if 0 <= column < width:
            image[rows, column] = color


not_differentiable(non_max_suppression, non_max_suppression_v2, non_max_suppression_with_overlaps, draw_bounding_boxes)
