"""`tf.nn`: pooling over windows of sequences, images and volumes."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..op.scope import scoped
from ..ops.forms import node
from .arguments import renamed
from .convolution import channel_axis, one_for_each_axis


def _pool(type_name: str, value: Any, ksize: Any, strides: Any, padding: str, data_format: str, name: str | None) -> Tensor:
    count = len(data_format) - 2
    axis = channel_axis(data_format, count + 2)
    return node(type_name, value, ksize=one_for_each_axis(ksize, count, axis, "ksize"),
                strides=one_for_each_axis(strides, count, axis, "strides"), padding=padding, data_format=data_format,
                name=name)


def max_pool(value: Any, ksize: Any, strides: Any, padding: str, data_format: str = "NHWC", name: str | None = None,
             input: Any = None) -> Tensor:
    """Return the greatest element of each window of images.

    Args:
      value: images, `[batch, height, width, channels]`, or `[batch, channels, height, width]` for `NCHW`.
      ksize: the size of a window: a number, a pair, or one for each axis.
      strides: from one window to the next, given as `ksize` is.
      padding: `SAME` or `VALID`.
      data_format: `NHWC` or `NCHW`.
      name: of the node.
      input: the later name of `value`.

    Raises:
      ValueError: if a size is 0 or sizes do not fit.
    """
    value = renamed("value", value, "input", input)
    with scoped(name, "MaxPool", [value]) as scope:
        data_format = "NHWC" if data_format is None else data_format
        if 0 in one_for_each_axis(ksize, 2, channel_axis(data_format, 4), "ksize"):
            raise ValueError("ksize cannot be zero.")
        return _pool("MaxPool", value, ksize, strides, padding, data_format, scope)


def avg_pool(value: Any, ksize: Any, strides: Any, padding: str, data_format: str = "NHWC", name: str | None = None,
             input: Any = None) -> Tensor:
    """Return the mean of each window of images; arguments as in `tf.nn.max_pool`."""
    with scoped(name, "AvgPool", [value]) as scope:
        value = renamed("value", value, "input", input)
        return _pool("AvgPool", value, ksize, strides, padding, data_format or "NHWC", scope)
