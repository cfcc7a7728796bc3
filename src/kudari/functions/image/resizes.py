"""Images made larger and smaller."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...dtypes import float32, float64, int32
from ...graph.tensor import Tensor
from ...op.constant import constant_value_as_shape
from ...op.convert import convert_to_tensor
from ...op.scope import scoped
from ...ops import elementwise as element_ops
from ...ops import resizing
from ...ops.control import with_dependencies
from ...ops.extremes import minimum
from ..array import expand_dims, squeeze
from ..elementwise import cast
from ..elementwise import round as rounded
from .checks import as_batch, at_least_3d_checks, dimensions, must
from .crops import largest, pad_to_bounding_box


class ResizeMethod:
    """How to find the pixels of a resized image."""

    BILINEAR = 0
    NEAREST_NEIGHBOR = 1
    BICUBIC = 2
    AREA = 3


_RESIZERS: dict[Any, Any] = {"bilinear": resizing.resize_bilinear, "nearest": resizing.resize_nearest_neighbor,
             "bicubic": resizing.resize_bicubic, "area": resizing.resize_area}
_RESIZERS.update(dict(enumerate(_RESIZERS.values())))


def resize_images(images: Any, size: Any, method: Any = ResizeMethod.BILINEAR, align_corners: bool = False,
                  preserve_aspect_ratio: bool = False, name: str | None = None) -> Tensor:
    """Return `images` resized.

    Args:
      images: `[height, width, channels]` or a batch of them.
      size: the new height and width, int32.
      method: a `ResizeMethod`.
      align_corners: whether the middles of the corner pixels stay where they are; else the pixels' corners do.
      preserve_aspect_ratio: whether to fit into `size` without distortion.
      name: of the scope.

    Returns:
      float32 images; of the same type for `NEAREST_NEIGHBOR`; `images` themselves if they are known to have that size.

    Raises:
      ValueError: if the shapes do not fit, or there is no such method.
    """
    def resize(images: Tensor, size: Tensor) -> Tensor:
        resizer = _RESIZERS.get(method)
        if resizer is None:
            raise ValueError("Resize method is not implemented.")
        return resizer(images, size, align_corners=align_corners)

    with scoped(name, "resize", [images, size]):
        images = convert_to_tensor(images, name="images")
        rank = images.shape.ndims
        if rank is None:
            raise ValueError("'images' contains no shape.")
        if rank == 3:
            images = expand_dims(images, 0)
        elif rank != 4:
            raise ValueError("'images' must have either 3 or 4 dimensions.")
        resized = _to_size(images, size, preserve_aspect_ratio, resize)
        return squeeze(resized, axis=[0]) if rank == 3 else resized


def _to_size(images: Tensor, size: Any, preserve_aspect_ratio: bool, resize: Callable[[Tensor, Tensor], Tensor]) -> Tensor:
    known = images.shape.as_list()[1:3]
    size = _size(size)
    wanted = _known(size)
    if preserve_aspect_ratio:
        size = convert_to_tensor(_without_distortion(images, wanted), dtype=int32, name="size")
        wanted = _known(size)
    if None not in (*known, *wanted) and known == wanted:
        return images
    resized = resize(images, size)
    resized.set_shape([None, *wanted, None])
    return resized


def _size(given: Any) -> Tensor:
    try:
        size = convert_to_tensor(given, dtype=int32, name="size")
    except (TypeError, ValueError):
        raise ValueError("'size' must be a 1-D int32 Tensor") from None
    if not size.shape.is_compatible_with([2]):
        raise ValueError("'size' must be a 1-D Tensor of 2 elements: new_height, new_width")
    return size


def _known(size: Tensor) -> list[int | None]:
    return list(constant_value_as_shape(size) or (None, None))


def _without_distortion(images: Tensor, wanted: list[int | None]) -> list[Tensor]:
    _, height, width, _ = dimensions(images, 4)
    by_height = cast(wanted[0], float32) / cast(height, float32)
    by_width = cast(wanted[1], float32) / cast(width, float32)
    scale = minimum(by_height, by_width)
    return [cast(rounded(scale * cast(length, float32)), int32) for length in (height, width)]


def resize_bilinear(images: Any, size: Any, align_corners: bool = False, name: str | None = None,
                    half_pixel_centers: bool = False) -> Tensor:
    """Return a batch of images resized, each pixel from the four around it.

    Args:
      images: `[batch, height, width, channels]`.
      size: the new height and width, int32.
      align_corners: whether the middles of the corner pixels stay where they are.
      name: of the node.
      half_pixel_centers: whether pixels lie at their middles.

    Returns:
      float32 images.
    """
    return resizing.resize_bilinear(images, size, align_corners=align_corners, half_pixel_centers=half_pixel_centers,
                                    name=name)


def resize_nearest_neighbor(images: Any, size: Any, align_corners: bool = False, name: str | None = None,
                            half_pixel_centers: bool = False) -> Tensor:
    """Return a batch of images resized, each pixel the one it lies in; the arguments are those of `resize_bilinear`."""
    return resizing.resize_nearest_neighbor(images, size, align_corners=align_corners,
                                            half_pixel_centers=half_pixel_centers, name=name)


def resize_bicubic(images: Any, size: Any, align_corners: bool = False, name: str | None = None,
                   half_pixel_centers: bool = False) -> Tensor:
    """Return a batch of images resized, each pixel from the sixteen around it; the arguments are `resize_bilinear`'s."""
    return resizing.resize_bicubic(images, size, align_corners=align_corners, half_pixel_centers=half_pixel_centers,
                                   name=name)


def resize_image_with_pad(image: Any, target_height: Any, target_width: Any, method: Any = ResizeMethod.BILINEAR,
                          align_corners: bool = False) -> Tensor:
    """Return `image` resized without distortion, with zeros around it to fill the target.

    Args:
      image: `[height, width, channels]` or a batch of them.
      target_height: of the result.
      target_width: of the result.
      method: a `ResizeMethod`.
      align_corners: whether the middles of the corner pixels stay where they are.

    Raises:
      ValueError: if a target is not positive.
    """
    with scoped(None, "resize_image_with_pad", [image]):
        image, is_batch = as_batch(image)
        checks = at_least_3d_checks(image)
        checks += must(target_width > 0, "target_width must be > 0.")
        checks += must(target_height > 0, "target_height must be > 0.")
        image = with_dependencies(checks, image)
        _, height, width, _ = dimensions(image, 4)
        height, width = cast(height, float64), cast(width, float64)
        to_height, to_width = cast(target_height, float64), cast(target_width, float64)
        ratio = largest(width / to_width, height / to_height)
        exact_height, exact_width = height / ratio, width / ratio
        new_height, new_width = (cast(element_ops.floor(exact), int32) for exact in (exact_height, exact_width))
        above, left = (to_height - exact_height) / 2, (to_width - exact_width) / 2
        above, left = (element_ops.floor(space) for space in (above, left))
        above, left = (largest(0, cast(space, int32)) for space in (above, left))
        resized = resize_images(image, [new_height, new_width], method, align_corners=align_corners)
        padded = pad_to_bounding_box(resized, above, left, target_height, target_width)
        dimensions(padded, 4)
        return padded if is_batch else squeeze(padded, axis=[0])
