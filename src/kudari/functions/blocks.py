"""`tf.space_to_batch`, `tf.space_to_depth` and their like."""

from __future__ import annotations

from typing import Any

from ..dtypes import int32
from ..graph.tensor import Tensor
from ..op.constant import constant_value
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops import blocks as ops
from ..ops.packing import stack
from ..ops.shapes import zeros
from .arguments import renamed


def space_to_batch(input: Any, paddings: Any, block_size: Any = None, name: str | None = None,
                   block_shape: Any = None) -> Tensor:
    """Return images padded with zeros, each pixel of a square block in a batch of its own.

    Args:
      input: images, `[batch, height, width, channels]`.
      paddings: `[[top, bottom], [left, right]]`, int32 or int64.
      block_size: the height and width of a block.
      name: of the node.
      block_shape: the later name of `block_size`.

    Raises:
      ValueError: if blocks do not divide the padded images.
    """
    size = renamed("block_shape", block_shape, "block_size", block_size)
    result = ops.space_to_batch_nd(input, ops.square(size), paddings, name=name)
    result.set_shape(result.shape.with_rank(4))
    return result


def batch_to_space(input: Any, crops: Any, block_size: Any, name: str | None = None,
                   block_shape: Any = None) -> Tensor:
    """Return the batches put together to square blocks of pixels, and cut at the borders: `tf.space_to_batch` undone.

    Args:
      input: images, `[batch, height, width, channels]`.
      crops: `[[top, bottom], [left, right]]`, int32 or int64.
      block_size: the height and width of a block.
      name: of the node.
      block_shape: the later name of `block_size`.

    Raises:
      ValueError: if the batch is not of whole blocks.
    """
    size = renamed("block_shape", block_shape, "block_size", block_size)
    result = ops.batch_to_space_nd(input, ops.square(size), crops, name=name)
    result.set_shape(result.shape.with_rank(4))
    return result


def space_to_depth(input: Any, block_size: int, name: str | None = None, data_format: str = "NHWC") -> Tensor:
    """Return each square block of pixels as one pixel with more channels.

    Args:
      input: images, `[batch, height, width, channels]`, or channels second for `NCHW`.
      block_size: the height and width of a block, at least 2.
      name: of the node.
      data_format: `NHWC` or `NCHW`.

    Raises:
      ValueError: if blocks do not divide the images.
    """
    return ops.space_to_depth(input, block_size, data_format, name=name)


def depth_to_space(input: Any, block_size: int, name: str | None = None, data_format: str = "NHWC") -> Tensor:
    """Return the channels of each pixel as a square block of pixels; arguments as in `tf.space_to_depth`."""
    return ops.depth_to_space(input, block_size, data_format, name=name)


def required_space_to_batch_paddings(input_shape: Any, block_shape: Any, base_paddings: Any = None,
                                     name: str | None = None) -> tuple[Tensor, Tensor]:
    """Return the paddings with which blocks divide a shape, and the crops that take the added ones away again.

    Args:
      input_shape: int32 `[N]`, sizes.
      block_shape: int32 `[N]`, of a static shape.
      base_paddings: int32 `[N, 2]`, the least paddings; zeros if `None`.
      name: of the scope of the nodes.

    Returns:
      `(paddings, crops)`, both int32 `[N, 2]`.

    Raises:
      ValueError: if the shapes do not fit.
    """
    with scoped(name, "required_space_to_batch_paddings", [input_shape, block_shape]):
        sizes: Any = convert_to_tensor(input_shape, dtype=int32, name="input_shape")
        block: Any = convert_to_tensor(block_shape, dtype=int32, name="block_shape")
        block.shape.assert_is_fully_defined()
        block.shape.assert_has_rank(1)
        count = block.static_shape[0]
        if count == 0:
            return zeros([0, 2], int32), zeros([0, 2], int32)
        sizes.shape.assert_is_compatible_with([count])
        if base_paddings is None:
            base: Any = zeros([count, 2], int32)
        else:
            base = convert_to_tensor(base_paddings, dtype=int32, name="base_paddings")
            base.shape.assert_is_compatible_with([count, 2])
        known = [constant_value(tensor) for tensor in (block, sizes, base)]
        if all(value is not None for value in known):
            block, sizes, base = known
        before, after = base[:, 0], base[:, 1]
        full = sizes + before + after
        extra = (block - full % block) % block
        end = after + extra
        paddings = stack([[before[i], end[i]] for i in range(count)], name="paddings")
        return paddings, stack([[0, extra[i]] for i in range(count)], name="crops")
