"""Patches of images and of volumes."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..ops.image_parts import extract_glimpse as glimpse
from ..ops.patches import extract_image_patches as extract
from .arguments import renamed


def extract_image_patches(images: Any, ksizes: Any = None, strides: Any = None, rates: Any = None, padding: Any = None,
                          name: str | None = None, sizes: Any = None) -> Tensor:
    """Return the pixels of each window of images as the channels of one pixel.

    Args:
      images: `[batch, height, width, channels]`, of real numbers.
      ksizes: the size of a window, one for each axis.
      strides: from one window to the next, one for each axis.
      rates: distances of the pixels that a window takes, one for each axis.
      padding: `SAME` or `VALID`.
      name: of the node.
      sizes: the later name of `ksizes`.

    Raises:
      ValueError: if the sizes do not fit.
    """
    ksizes = renamed("sizes", sizes, "ksizes", ksizes)
    return extract(images, ksizes=ksizes, strides=strides, rates=rates, padding=padding, name=name)


def extract_patches(images: Any, sizes: Any, strides: Any, rates: Any, padding: str, name: str | None = None) -> Tensor:
    """Return the pixels of each window of images; arguments as in `tf.image.extract_image_patches`."""
    return extract(images, ksizes=sizes, strides=strides, rates=rates, padding=padding, name=name)


def extract_glimpse(input: Any, size: Any, offsets: Any, centered: bool = True, normalized: bool = True,
                    uniform_noise: bool = True, name: str | None = None) -> Tensor:
    """Return a window of each image, noise where it lies outside.

    Args:
      input: `[batch, height, width, channels]`, float32.
      size: the height and the width of the windows, two int32.
      offsets: where each window is, `[batch, 2]`, float32: down and to the right.
      centered: whether offsets are to the centre of the window from that of the image, in halves of the image if normalized;
        else to the centre of the window from the image's corner.
      normalized: whether offsets are in sizes of the image rather than in pixels.
      uniform_noise: whether the noise is uniform rather than normal.
      name: of the node.

    Returns:
      `[batch, size[0], size[1], channels]`.
    """
    return glimpse(input, size, offsets, centered=centered, normalized=normalized, uniform_noise=uniform_noise, name=name)
