"""How pixels differ from their neighbours, and from those of other images."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...dtypes import float32
from ...graph.operation import Operation
from ...graph.stack import get_default_graph
from ...graph.tensor import Tensor
from ...op.constant import constant
from ...op.scope import scoped
from ...ops import exponential
from ...ops.arithmetic import squared_difference
from ...ops.comparison import greater_equal
from ..array import identity, reshape, shape, shape_n, size
from ..checking import assert_that
from ..dilated_convolution import depthwise_conv2d
from ..elementwise import absolute, cast, equal, subtract
from ..filling import zeros
from ..joining import concat, stack, unstack
from ..reduce import reduce_all, reduce_mean, reduce_sum
from ..slicing import pad, tile
from .colors import convert_image_dtype


def total_variation(images: Any, name: str | None = None) -> Tensor:
    """Return the sum of the differences between neighbouring pixels, a scalar or one for each image of a batch.

    Args:
      images: `[height, width, channels]` or a batch of them.
      name: of the scope.

    Raises:
      ValueError: if it has neither three nor four dimensions.
    """
    with scoped(name, "total_variation"):
        rank = images.shape.ndims
        if rank == 3:
            down, right, axes = images[1:, :, :] - images[:-1, :, :], images[:, 1:, :] - images[:, :-1, :], None
        elif rank == 4:
            down = images[:, 1:, :, :] - images[:, :-1, :, :]
            right, axes = images[:, :, 1:, :] - images[:, :, :-1, :], [1, 2, 3]
        else:
            raise ValueError("'images' must be either 3 or 4-dimensional.")
        return reduce_sum(absolute(down), axis=axes) + reduce_sum(absolute(right), axis=axes)


def image_gradients(image: Any) -> tuple[Tensor, Tensor]:
    """Return the differences of each pixel from the one below it and from the one to its right, zero at the edges.

    Args:
      image: `[batch, height, width, channels]`.

    Raises:
      ValueError: if it has not four dimensions.
    """
    if image.shape.ndims != 4:
        raise ValueError("image_gradients expects a 4D tensor [batch_size, h, w, d], not %s.", image.shape)
    sizes = shape(image)
    batch, height, width, depth = unstack(sizes)
    dy = image[:, 1:, :, :] - image[:, :-1, :, :]
    dx = image[:, :, 1:, :] - image[:, :, :-1, :]
    row = stack([batch, 1, width, depth])
    dy = reshape(concat([dy, zeros(row, image.dtype)], 1), sizes)
    column = stack([batch, height, 1, depth])
    dx = reshape(concat([dx, zeros(column, image.dtype)], 2), sizes)
    return dy, dx


def same_shapes(first: Tensor, second: Tensor) -> tuple[Tensor, Tensor, list[Operation]]:
    """Return the shapes of two images, and checks that they fit.

    Raises:
      ValueError: if they are known not to.
    """
    one, other = first.shape.with_rank_at_least(3), second.shape.with_rank_at_least(3)
    one[-3:].assert_is_compatible_with(other[-3:])
    if one.ndims is not None and other.ndims is not None:
        for a, b in zip(reversed(list(one)[:-3]), reversed(list(other)[:-3])):
            if not (a == 1 or b == 1 or a.is_compatible_with(b)):
                raise ValueError(f"Two images are not compatible: {one} and {other}")
    one, other = shape_n([first, second])
    checks = [assert_that(greater_equal(size(one), 3), [one, other], summarize=10),
              assert_that(reduce_all(equal(one[-3:], other[-3:])), [one, other], summarize=10)]
    return one, other, checks


def psnr(a: Any, b: Any, max_val: Any, name: str | None = None) -> Tensor:
    """Return the peak signal-to-noise ratio of two images, or of each two in batches, in decibels.

    Args:
      a: a tensor whose last three dimensions are those of an image.
      b: another of the same shape.
      max_val: the largest value a pixel may have less the smallest.
      name: of the scope.
    """
    with scoped(name, "PSNR", [a, b]):
        peak = convert_image_dtype(cast(max_val, a.dtype), float32)
        a, b = convert_image_dtype(a, float32), convert_image_dtype(b, float32)
        error = reduce_mean(squared_difference(a, b), [-3, -2, -1])
        ratio = subtract(20 * exponential.log(peak) / exponential.log(10.0),
                         np.float32(10 / np.log(10)) * exponential.log(error), name="psnr")
        _, _, checks = same_shapes(a, b)
        with get_default_graph().control_dependencies(checks):
            return identity(ratio)


def sobel_edges(image: Any) -> Tensor:
    """Return how steep each pixel's surroundings are, downwards and to the right, by Sobel's filters.

    Args:
      image: `[batch, height, width, channels]`, float32 or float64, at least 2 pixels high and wide.

    Returns:
      `[batch, height, width, channels, 2]`.
    """
    sizes = shape(image)
    down = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
    filters = constant(np.stack([down, down.T], axis=-1)[:, :, None], image.dtype)
    filters = tile(filters, [1, 1, sizes[-1], 1], name="sobel_filters")
    padded = pad(image, [[0, 0], [1, 1], [1, 1], [0, 0]], mode="REFLECT")
    edges = depthwise_conv2d(padded, filters, [1, 1, 1, 1], "VALID")
    edges = reshape(edges, concat([sizes, [2]], 0))
    edges.set_shape(image.shape.concatenate([2]))
    return edges
