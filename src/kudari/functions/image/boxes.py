"""Boxes in images: choosing among them, and drawing them."""

from __future__ import annotations

from typing import Any

from ...graph.tensor import Tensor
from ...op.convert import convert_to_tensor
from ...op.scope import scoped
from ...ops import boxes as ops
from ...ops import distortion

_LEAST = float("-inf")


def non_max_suppression(boxes: Any, scores: Any, max_output_size: Any, iou_threshold: Any = 0.5,
                        score_threshold: Any = _LEAST, name: str | None = None) -> Tensor:
    """Return the places of the boxes that score best and overlap little, best first.

    Args:
      boxes: float `[boxes, 4]`, two opposite corners each.
      scores: float `[boxes]`.
      max_output_size: how many to choose at most.
      iou_threshold: how much of their union two chosen boxes may share.
      score_threshold: what a box must score more than.
      name: of the scope.

    Returns:
      An int32 vector.
    """
    with scoped(name, "non_max_suppression"):
        iou_threshold = convert_to_tensor(iou_threshold, name="iou_threshold")
        score_threshold = convert_to_tensor(score_threshold, name="score_threshold")
        return ops.non_max_suppression_v3(boxes, scores, max_output_size, iou_threshold, score_threshold)


def non_max_suppression_with_scores(boxes: Any, scores: Any, max_output_size: Any, iou_threshold: Any = 0.5,
                                    score_threshold: Any = _LEAST, soft_nms_sigma: Any = 0.0,
                                    name: str | None = None) -> tuple[Tensor, Tensor]:
    """Return the places of the boxes that score best, and their scores, which overlap may lower.

    Args:
      boxes: float `[boxes, 4]`, two opposite corners each.
      scores: float `[boxes]`.
      max_output_size: how many to choose at most.
      iou_threshold: how much of their union two chosen boxes may share.
      score_threshold: what a box must score more than.
      soft_nms_sigma: if not zero, how slowly overlap lowers a score instead of excluding a box.
      name: of the scope.
    """
    with scoped(name, "non_max_suppression_with_scores"):
        iou_threshold = convert_to_tensor(iou_threshold, name="iou_threshold")
        score_threshold = convert_to_tensor(score_threshold, name="score_threshold")
        soft_nms_sigma = convert_to_tensor(soft_nms_sigma, name="soft_nms_sigma")
        places, kept, _ = ops.non_max_suppression_v5(boxes, scores, max_output_size, iou_threshold, score_threshold,
                                                     soft_nms_sigma, pad_to_max_output_size=False)
        return places, kept


def non_max_suppression_padded(boxes: Any, scores: Any, max_output_size: Any, iou_threshold: Any = 0.5,
                               score_threshold: Any = _LEAST, pad_to_max_output_size: bool = False,
                               name: str | None = None) -> list[Tensor]:
    """Return the places of the boxes that score best and overlap little, filled up with zeros if asked, and how many.

    The other arguments are those of `non_max_suppression`.
    """
    with scoped(name, "non_max_suppression_padded"):
        iou_threshold = convert_to_tensor(iou_threshold, name="iou_threshold")
        score_threshold = convert_to_tensor(score_threshold, name="score_threshold")
        return ops.non_max_suppression_v4(boxes, scores, max_output_size, iou_threshold, score_threshold,
                                          pad_to_max_output_size)


def non_max_suppression_overlaps(overlaps: Any, scores: Any, max_output_size: Any, overlap_threshold: Any = 0.5,
                                 score_threshold: Any = _LEAST, name: str | None = None) -> Tensor:
    """Return the places of the boxes that score best and overlap little by the table `overlaps`, `[boxes, boxes]`."""
    with scoped(name, "non_max_suppression_overlaps"):
        overlap_threshold = convert_to_tensor(overlap_threshold, name="overlap_threshold")
        return ops.non_max_suppression_with_overlaps(overlaps, scores, max_output_size, overlap_threshold, score_threshold)


def draw_bounding_boxes(images: Any, boxes: Any, name: str | None = None, colors: Any = None) -> Tensor:
    """Return `images` with the outlines of boxes drawn in.

    Args:
      images: float `[batch, height, width, 1, 3 or 4]`.
      boxes: float32 `[batch, boxes, 4]`: top, left, bottom and right as fractions of the height and width less one.
      name: of the node.
      colors: float32 `[colors, 4]`, used in turn; ten of TensorFlow's if `None`.
    """
    if colors is None:
        return ops.draw_bounding_boxes(images, boxes, name)
    return ops.draw_bounding_boxes_v2(images, boxes, colors, name)


def sample_distorted_bounding_box(image_size: Any, bounding_boxes: Any, seed: int | None = None, seed2: int | None = None,
                                  min_object_covered: Any = 0.1, aspect_ratio_range: Any = None, area_range: Any = None,
                                  max_attempts: int | None = None, use_image_if_no_bounding_boxes: bool | None = None,
                                  name: str | None = None) -> list[Tensor]:
    """Return a box drawn at random that covers enough of one of the given boxes; the whole image if none is found.

    Args:
      image_size: height, width and channels, integers.
      bounding_boxes: float32 `[batch, boxes, 4]`: top, left, bottom and right as fractions of height and width.
      seed: of the op; any if it and `seed2` are `None` or zero.
      seed2: a second one.
      min_object_covered: how much of one of the boxes must be within.
      aspect_ratio_range: the least and the largest width over height; 0.75 and 1.33 if `None`.
      area_range: the least and the largest share of the image; 0.05 and 1 if `None`.
      max_attempts: how often to draw; 100 times if `None`.
      use_image_if_no_bounding_boxes: whether the image stands for the boxes if there are none; else that is an error.
      name: of the scope and of the node.

    Returns:
      `begin` and `size` for `tf.slice`, and the box as fractions, float32 `[1, 1, 4]`.
    """
    with scoped(name, "sample_distorted_bounding_box"):
        return distortion.sample_distorted_bounding_box_v2(
            image_size, bounding_boxes, seed=seed, seed2=seed2, min_object_covered=min_object_covered,
            aspect_ratio_range=aspect_ratio_range, area_range=area_range, max_attempts=max_attempts,
            use_image_if_no_bounding_boxes=use_image_if_no_bounding_boxes, name=name)
