"""`tf.nn`: transposed convolutions, which lead from the output of a convolution to its input."""

from __future__ import annotations

from collections.abc import Sized
from typing import Any

from ..graph.tensor import Tensor
from ..op.scope import scoped
from ..ops.forms import node
from ..ops.indexing import item
from ..ops.joining import concat
from .arguments import renamed
from .array import expand_dims, squeeze
from .convolution import channel_axis, one_for_each_axis


def _transposed(type_name: str, value: Any, filters: Any, output_shape: Any, strides: Any, padding: str,
                data_format: str, dilations: Any, name: str) -> Tensor:
    count = len(data_format) - 2
    axis = channel_axis(data_format, count + 2)
    return node(type_name, output_shape, filters, value, strides=one_for_each_axis(strides, count, axis, "strides"),
                padding=padding, data_format=data_format,
                dilations=one_for_each_axis(dilations, count, axis, "dilations"), name=name)


def conv1d_transpose(input: Any, filters: Any, output_shape: Any, strides: Any, padding: str = "SAME",
                     data_format: str | None = "NWC", dilations: Any = None, name: str | None = None) -> Tensor:
    """Return sequences whose convolution with `filters` has the shape of `input`; see `tf.nn.conv2d_transpose`.

    Args:
      input: sequences, `[batch, width, channels]`, or `[batch, channels, width]` for `NCW`.
      filters: `[width, channels out, channels in]`.
      output_shape: the shape of the output, three int32.
      strides: how far apart the elements of `input` lie in the output: a number, or one for each axis.
      padding: `SAME` or `VALID`.
      data_format: `NWC` or `NCW`.
      dilations: the distance of the elements that a filter takes, given as `strides` is.
      name: of the node.

    Raises:
      ValueError: if the shapes do not fit.
    """
    with scoped(name, "conv1d_transpose", [input, filters, output_shape]) as scope:
        if data_format not in (None, "NWC", "NCW"):
            raise ValueError('data_format must be "NWC" or "NCW".')
        layout, start, axis = ("NCHW", 2, 1) if data_format == "NCW" else ("NHWC", 1, 2)
        strides = [1, *one_for_each_axis(strides, 1, axis, "stride")]
        dilations = [1, *one_for_each_axis(dilations, 1, axis, "dilations")]
        input, filters = expand_dims(input, start), expand_dims(filters, 0)
        if isinstance(output_shape, Tensor):
            before, after = item(output_shape, slice(None, start)), item(output_shape, slice(start, None))
        else:
            before, after = list(output_shape)[:start], list(output_shape)[start:]
        sizes = concat([before, [1], after], 0)
        result = node("Conv2DBackpropInput", sizes, filters, input, strides=strides, padding=padding, data_format=layout,
                      dilations=dilations, name=scope)
        return squeeze(result, start)


def _conv2d_transpose(value: Any, filters: Any, output_shape: Any, strides: Any, padding: str = "SAME",
                      data_format: str | None = None, dilations: Any = None, name: str | None = None) -> Tensor:
    with scoped(name, "conv2d_transpose", [value, output_shape]) as scope:
        return _transposed("Conv2DBackpropInput", value, filters, output_shape, strides, padding, data_format or "NHWC",
                           dilations, scope)


def conv2d_transpose(value: Any = None, filter: Any = None, output_shape: Any = None, strides: Any = None,
                     padding: str = "SAME", data_format: str | None = "NHWC", name: str | None = None, input: Any = None,
                     filters: Any = None, dilations: Any = None) -> Tensor:
    """Return images whose convolution with `filter` has the shape of `value`: that convolution's gradient of its images.

    Args:
      value: images, `[batch, height, width, channels]`, or `[batch, channels, height, width]` for `NCHW`.
      filter: `[height, width, channels out, channels in]`, of the type of `value`.
      output_shape: the shape of the output, four int32.
      strides: how far apart the pixels of `value` lie in the output: a number, a pair, or one for each axis.
      padding: `SAME` or `VALID`.
      data_format: `NHWC` or `NCHW`.
      name: of the node.
      input: the later name of `value`.
      filters: the later name of `filter`.
      dilations: distances of the elements that a filter takes, given as `strides` are.

    Raises:
      ValueError: if shapes or strides do not fit.
    """
    value = renamed("input", input, "value", value)
    filter = renamed("filters", filters, "filter", filter)
    with scoped(name, "conv2d_transpose", [value, filter, output_shape]) as scope:
        return _conv2d_transpose(value, filter, output_shape, strides, padding, data_format, dilations, scope)


def _conv3d_transpose(value: Any, filters: Any, output_shape: Any, strides: Any, padding: str = "SAME",
                      data_format: str | None = None, dilations: Any = None, name: str | None = None) -> Tensor:
    with scoped(name, "conv3d_transpose", [value, output_shape]) as scope:
        return _transposed("Conv3DBackpropInputV2", value, filters, output_shape, strides, padding,
                           data_format or "NDHWC", dilations, scope)


def conv3d_transpose(value: Any, filter: Any = None, output_shape: Any = None, strides: Any = None,
                     padding: str = "SAME", data_format: str | None = "NDHWC", name: str | None = None,
                     input: Any = None, filters: Any = None, dilations: Any = None) -> Tensor:
    """Return volumes whose convolution with `filter` has the shape of `value`; arguments as in `tf.nn.conv2d_transpose`.

    Args:
      value: volumes, `[batch, depth, height, width, channels]`, or channels second for `NCDHW`.
      filter: `[depth, height, width, channels out, channels in]`.
      output_shape: the shape of the output, five int32 or int64.
      strides: a number, three, or one for each axis.
      padding: `SAME` or `VALID`.
      data_format: `NDHWC` or `NCDHW`.
      name: of the node.
      input: the later name of `value`.
      filters: the later name of `filter`.
      dilations: given as `strides` are.
    """
    filter = renamed("filters", filters, "filter", filter)
    value = renamed("input", input, "value", value)
    return _conv3d_transpose(value, filter, output_shape, strides, padding, data_format, dilations, name)


_OF_COUNT = {1: conv1d_transpose, 2: _conv2d_transpose, 3: _conv3d_transpose}


def conv_transpose(input: Any, filters: Any, output_shape: Any, strides: Any, padding: str = "SAME",
                   data_format: str | None = None, dilations: Any = None, name: str | None = None) -> Tensor:
    """Return the transposed convolution of sequences, images or volumes, as the length of `output_shape` tells.

    Args:
      input: what to convolve.
      filters: the spatial sizes, then channels out, then channels in.
      output_shape: the shape of the output.
      strides: a number, one for each spatial axis, or one for each axis.
      padding: `SAME` or `VALID`.
      data_format: the order of axes; channels last if `None`.
      dilations: given as `strides` are.
      name: of the node.

    Raises:
      ValueError: if `output_shape` has no length of 3, 4 or 5.
    """
    with scoped(name, "conv_transpose", [input, output_shape]) as scope:
        if isinstance(output_shape, Tensor):
            length = output_shape.static_shape[0] if output_shape.static_shape else None
        elif isinstance(output_shape, Sized):
            length = len(output_shape)
        else:
            raise ValueError("output_shape must be a tensor or sized collection.")
        if length not in (3, 4, 5):
            raise ValueError(f"output_shape must be of length 3, 4 or 5 but was {length}.")
        return _OF_COUNT[length - 2](input, filters, output_shape, strides, padding, data_format, dilations, scope)
