"""`tf.image.extract_image_patches`."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..ops.patches import extract_image_patches as extract
from .arguments import renamed


def extract_image_patches(images: Any, ksizes: Any = None, strides: Any = None, rates: Any = None, padding: Any = None,
                          name: str | None = None, sizes: Any = None) -> Tensor:
    """Return the pixels of each window of images as the channels of one pixel. There is no gradient yet.

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
