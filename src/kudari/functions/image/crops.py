"""Images cut and padded."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...dtypes import float64, int32
from ...graph.tensor import Tensor
from ...op.convert import convert_to_tensor
from ...op.scope import scoped
from ...ops.control import with_dependencies
from ...ops.cropping import crop_and_resize as crop_and_resize_op
from ...ops.extremes import maximum, minimum
from ...ops.indexing import item
from ..arguments import renamed
from ..array import reshape, shape, squeeze
from ..elementwise import cast, equal
from ..joining import stack
from ..slicing import pad
from ..slicing import slice as sliced
from .checks import as_batch, at_least_3d, at_least_3d_checks, dimensions, is_tensor, known_sizes, must


def central_crop(image: Any, central_fraction: float) -> Tensor:
    """Return the middle of `image`.

    Args:
      image: `[height, width, channels]` or a batch of them.
      central_fraction: how much of the height and of the width to keep, in `(0, 1]`.

    Raises:
      ValueError: for another fraction, or another number of dimensions.
    """
    with scoped(None, "central_crop", [image]):
        image = convert_to_tensor(image, name="image")
        if not 0.0 < central_fraction <= 1.0:
            raise ValueError("central_fraction must be within (0, 1]")
        if central_fraction == 1.0:
            return image
        at_least_3d(image)
        rank = image.shape.ndims
        if rank not in (3, 4):
            raise ValueError(f"`image` should either be a Tensor with rank = 3 or rank = 4. Had rank = {rank}.")
        return _middle(image, rank - 3, central_fraction)


def _middle(image: Tensor, first: int, fraction: float) -> Tensor:
    """The middle of an image whose height is axis `first`."""
    lengths = [_length(image, axis) for axis in (first, first + 1)]
    starts = [_margin(length, fraction) for length in lengths]
    sizes = [length - start * 2 for length, start in zip(lengths, starts)]
    begin, size = stack([0] * first + [*starts, 0]), stack([-1] * first + [*sizes, -1])
    known = image.shape.as_list()
    cut = sliced(image, begin, size)
    cut.set_shape([*known[:first], *(None if is_tensor(n) else n for n in sizes), known[-1]])
    return cut


def _length(image: Tensor, axis: int) -> Any:
    known = image.shape.as_list()[axis]
    return item(shape(image), axis) if known is None else known


def _margin(length: Any, fraction: float) -> Any:
    whole = cast(length, float64) if is_tensor(length) else float(length)
    margin = (whole - whole * fraction) / 2
    return cast(margin, int32) if is_tensor(margin) else int(margin)


def pad_to_bounding_box(image: Any, offset_height: Any, offset_width: Any, target_height: Any, target_width: Any) -> Tensor:
    """Return `image` with zeros around it.

    Args:
      image: `[height, width, channels]` or a batch of them.
      offset_height: how many rows of zeros to put on top.
      offset_width: how many columns of zeros to put on the left.
      target_height: of the result.
      target_width: of the result.

    Raises:
      ValueError: if an offset is negative or the image does not fit.
    """
    with scoped(None, "pad_to_bounding_box", [image]):
        image, is_batch = as_batch(image)
        checks = at_least_3d_checks(image)
        batch, height, width, depth = dimensions(image, 4)
        right, bottom = target_width - offset_width - width, target_height - offset_height - height
        checks += must(offset_height >= 0, "offset_height must be >= 0")
        checks += must(offset_width >= 0, "offset_width must be >= 0")
        checks += must(right >= 0, "width must be <= target - offset")
        checks += must(bottom >= 0, "height must be <= target - offset")
        image = with_dependencies(checks, image)
        padded = pad(image, reshape(stack([0, 0, offset_height, bottom, offset_width, right, 0, 0]), [4, 2]))
        padded.set_shape(known_sizes([batch, target_height, target_width, depth]))
        return padded if is_batch else squeeze(padded, axis=[0])


def crop_to_bounding_box(image: Any, offset_height: Any, offset_width: Any, target_height: Any, target_width: Any) -> Tensor:
    """Return a part of `image`.

    Args:
      image: `[height, width, channels]` or a batch of them.
      offset_height: the first row.
      offset_width: the first column.
      target_height: how many rows.
      target_width: how many columns.

    Raises:
      ValueError: if the part is empty or reaches outside.
    """
    with scoped(None, "crop_to_bounding_box", [image]):
        image, is_batch = as_batch(image)
        checks = at_least_3d_checks(image)
        batch, height, width, depth = dimensions(image, 4)
        checks += must(offset_width >= 0, "offset_width must be >= 0.")
        checks += must(offset_height >= 0, "offset_height must be >= 0.")
        checks += must(target_width > 0, "target_width must be > 0.")
        checks += must(target_height > 0, "target_height must be > 0.")
        checks += must(width >= target_width + offset_width, "width must be >= target + offset.")
        checks += must(height >= target_height + offset_height, "height must be >= target + offset.")
        image = with_dependencies(checks, image)
        begin, size = stack([0, offset_height, offset_width, 0]), stack([-1, target_height, target_width, -1])
        cropped = sliced(image, begin, size)
        cropped.set_shape(known_sizes([batch, target_height, target_width, depth]))
        return cropped if is_batch else squeeze(cropped, axis=[0])


def resize_image_with_crop_or_pad(image: Any, target_height: Any, target_width: Any) -> Tensor:
    """Return `image` cut evenly on both sides where it is too large, and padded with zeros where it is too small.

    Args:
      image: `[height, width, channels]` or a batch of them.
      target_height: of the result.
      target_width: of the result.

    Raises:
      ValueError: if a target is not positive, or the image has neither three nor four dimensions.
    """
    with scoped(None, "resize_image_with_crop_or_pad", [image]):
        image, is_batch = as_batch(image)
        checks = at_least_3d_checks(image)
        checks += must(target_width > 0, "target_width must be > 0.")
        checks += must(target_height > 0, "target_height must be > 0.")
        image = with_dependencies(checks, image)
        target_height, target_width = (with_dependencies(checks, target) if is_tensor(target) else target
                                       for target in (target_height, target_width))
        _, height, width, _ = dimensions(image, 4)
        missing_width = target_width - width
        cut_width, pad_width = largest(-missing_width // 2, 0), largest(missing_width // 2, 0)
        missing_height = target_height - height
        cut_height, pad_height = largest(-missing_height // 2, 0), largest(missing_height // 2, 0)
        cropped = crop_to_bounding_box(image, cut_height, cut_width, _smallest(target_height, height),
                                       _smallest(target_width, width))
        resized = pad_to_bounding_box(cropped, pad_height, pad_width, target_height, target_width)
        _, height, width, _ = dimensions(resized, 4)
        checks = must(_equal(height, target_height), "resized height is not correct.")
        checks += must(_equal(width, target_width), "resized width is not correct.")
        resized = with_dependencies(checks, resized)
        return resized if is_batch else squeeze(resized, axis=[0])


def largest(x: Any, y: Any) -> Any:
    """Return the larger of two numbers, either of which may be a tensor."""
    return maximum(x, y) if is_tensor(x) or is_tensor(y) else max(x, y)


def _smallest(x: Any, y: Any) -> Any:
    return minimum(x, y) if is_tensor(x) or is_tensor(y) else min(x, y)


def _equal(x: Any, y: Any) -> Any:
    return equal(x, y) if is_tensor(x) or is_tensor(y) else np.equal(x, y)


def crop_and_resize(image: Any, boxes: Any, box_ind: Any = None, crop_size: Any = None, method: str = "bilinear",
                    extrapolation_value: float = 0, name: str | None = None, box_indices: Any = None) -> Tensor:
    """Return boxes cut out of images, each resized to one size.

    Args:
      image: a batch, `[batch, height, width, channels]`.
      boxes: float32 `[boxes, 4]`: top, left, bottom and right as fractions of the height and width less one.
      box_ind: the older name of `box_indices`.
      crop_size: height and width of the results.
      method: `"bilinear"` or `"nearest"`.
      extrapolation_value: of pixels outside the image.
      name: of the node.
      box_indices: int32 `[boxes]`: the image that each box is of.

    Returns:
      A float32 tensor `[boxes, height, width, channels]`.

    Raises:
      ValueError: if both names of the indices are given.
    """
    places = renamed("box_indices", box_indices, "box_ind", box_ind)
    return crop_and_resize_op(image, boxes, places, crop_size, method=method, extrapolation_value=extrapolation_value,
                              name=name)
