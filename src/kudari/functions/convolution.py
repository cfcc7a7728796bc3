"""`tf.nn`: convolutions of sequences, images and volumes."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from typing import Any

from ..graph.tensor import Tensor
from ..op.scope import scoped
from ..ops import convolution as ops
from ..ops.forms import node
from .arguments import renamed
from .array import expand_dims, squeeze


def one_for_each_axis(value: Any, count: int, channel_axis: int, name: str) -> list[int]:
    """Return a list with a value for each axis, 1 for batch and channels.

    Args:
      value: `None` for 1, a number for all spatial axes, or a list of 1, of `count` or of `count + 2` numbers.
      count: of spatial axes.
      channel_axis: 1, or the last axis.
      name: of the argument, for the error.

    Raises:
      ValueError: for a list of another length.
    """
    given = [1] if value is None else list(value) if isinstance(value, Sized) else [value]  # type: ignore[call-overload]
    if len(given) == count + 2:
        return given
    if len(given) not in (1, count):
        raise ValueError(f"{name} should be of length 1, {count} or {count + 2} but was {len(given)}")
    inner = given * count if len(given) == 1 else given
    return [1, 1, *inner] if channel_axis == 1 else [1, *inner, 1]


def channel_axis(data_format: str, rank: int) -> int:
    """Return the axis of the channels of a tensor of `rank` dimensions."""
    return 1 if data_format.startswith("NC") else rank - 1


def _padding(padding: Any) -> tuple[Any, list[int]]:
    """The attributes `padding` and `explicit_paddings` for a word or a list of pairs."""
    if padding == "EXPLICIT":
        raise ValueError('"EXPLICIT" is not a valid value for the padding parameter. To use explicit padding, the padding '
                         "parameter must be a list.")
    if not isinstance(padding, list | tuple):
        return padding, []
    for i, pair in enumerate(padding):
        must = "When padding is a list, each element of padding must be a list/tuple of size 2. Element with index"
        if not isinstance(pair, list | tuple):
            raise ValueError(f"{must} {i} of padding is not a list/tuple")
        if len(pair) != 2:
            raise ValueError(f"{must} {i} of padding has size {len(pair)}")
    if len(padding) != 4:
        raise ValueError(f"When padding is a list, it must be of size 4. Got padding of size: {len(padding)}")
    return "EXPLICIT", [size for pair in padding for size in pair]


def conv2d(input: Any, filter: Any = None, strides: Any = None, padding: Any = None, use_cudnn_on_gpu: bool = True,
           data_format: str = "NHWC", dilations: Any = [1, 1, 1, 1], name: str | None = None,  # noqa: B006
           filters: Any = None) -> Tensor:
    """Return the convolution of images with filters.

    Args:
      input: images, `[batch, height, width, channels]`, or `[batch, channels, height, width]` for `NCHW`.
      filter: `[height, width, channels in, channels out]`, of the type of `input`.
      strides: steps along the axes: a number, a pair, or one for each axis.
      padding: `SAME`, `VALID`, or a list of four pairs of zeros to add before and after each axis.
      use_cudnn_on_gpu: recorded, not used.
      data_format: `NHWC` or `NCHW`.
      dilations: distances of the elements that a filter takes, given as `strides` are.
      name: of the node.
      filters: the later name of `filter`.

    Returns:
      A tensor of the type of `input`.

    Raises:
      ValueError: if shapes, strides or paddings do not fit.
    """
    filter = renamed("filter", filter, "filters", filters)
    padding, explicit = _padding(padding)
    data_format = "NHWC" if data_format is None else data_format
    axis = channel_axis(data_format, 4)
    strides = one_for_each_axis(strides, 2, axis, "strides")
    dilations = one_for_each_axis(dilations, 2, axis, "dilations")
    return ops.conv2d(input, filter, strides=strides, padding=padding, use_cudnn_on_gpu=use_cudnn_on_gpu,
                      explicit_paddings=explicit, data_format=data_format, dilations=dilations, name=name)


def conv2d_backprop_filter(input: Any, filter_sizes: Any, out_backprop: Any, strides: Any, padding: Any,
                           use_cudnn_on_gpu: bool = True, data_format: str = "NHWC",
                           dilations: Sequence[int] = [1, 1, 1, 1], name: str | None = None) -> Tensor:
    """Return the gradient of the filters of a convolution of `input`, given that of its output.

    Args:
      input: the images.
      filter_sizes: the shape of the filters, four int32.
      out_backprop: the gradient of the output.
      strides: one for each axis.
      padding: as in `tf.nn.conv2d`.
      use_cudnn_on_gpu: recorded, not used.
      data_format: `NHWC` or `NCHW`.
      dilations: one for each axis.
      name: of the node.
    """
    padding, explicit = _padding(padding)
    return ops.conv2d_backprop_filter(
        input, filter_sizes, out_backprop, strides=strides, padding=padding, use_cudnn_on_gpu=use_cudnn_on_gpu,
        explicit_paddings=explicit, data_format=data_format, dilations=dilations, name=name)


def conv2d_backprop_input(input_sizes: Any, filter: Any = None, out_backprop: Any = None, strides: Any = None,
                          padding: Any = None, use_cudnn_on_gpu: bool = True, data_format: str = "NHWC",
                          dilations: Sequence[int] = [1, 1, 1, 1], name: str | None = None,
                          filters: Any = None) -> Tensor:
    """Return the gradient of the images of a convolution with `filter`, given that of its output.

    Args:
      input_sizes: the shape of the images, four int32.
      filter: the filters.
      out_backprop: the gradient of the output.
      strides: one for each axis.
      padding: as in `tf.nn.conv2d`.
      use_cudnn_on_gpu: recorded, not used.
      data_format: `NHWC` or `NCHW`.
      dilations: one for each axis.
      name: of the node.
      filters: the later name of `filter`.
    """
    filter = renamed("filter", filter, "filters", filters)
    padding, explicit = _padding(padding)
    return ops.conv2d_backprop_input(
        input_sizes, filter, out_backprop, strides=strides, padding=padding, use_cudnn_on_gpu=use_cudnn_on_gpu,
        explicit_paddings=explicit, data_format=data_format, dilations=dilations, name=name)


def conv1d(value: Any = None, filters: Any = None, stride: Any = None, padding: Any = None,
           use_cudnn_on_gpu: bool | None = None, data_format: str | None = None, name: str | None = None,
           input: Any = None, dilations: Any = None) -> Tensor:
    """Return the convolution of sequences with filters.

    Args:
      value: sequences, `[batch, width, channels]`, or `[batch, channels, width]` for `NCW`.
      filters: `[width, channels in, channels out]`, of the type of `value`.
      stride: from one window to the next: a number, or one for each axis.
      padding: `SAME` or `VALID`.
      use_cudnn_on_gpu: recorded, not used.
      data_format: `NWC` or `NCW`, formerly `NHWC` and `NCHW`.
      name: of the node.
      input: the later name of `value`.
      dilations: the distance of the elements that a filter takes, given as `stride` is.

    Raises:
      ValueError: if the shapes do not fit.
    """
    value = renamed("input", input, "value", value)
    with scoped(name, "conv1d", [value, filters]) as scope:
        if data_format not in (None, "NHWC", "NWC", "NCHW", "NCW"):
            raise ValueError('data_format must be "NWC" or "NCW".')
        layout, start, axis = ("NCHW", 2, 1) if data_format in ("NCHW", "NCW") else ("NHWC", 1, 2)
        strides = [1, *one_for_each_axis(stride, 1, axis, "stride")]
        dilations = [1, *one_for_each_axis(dilations, 1, axis, "dilations")]
        value, filters = expand_dims(value, start), expand_dims(filters, 0)
        result = ops.conv2d(value, filters, strides=strides, padding=padding, data_format=layout, dilations=dilations,
                            use_cudnn_on_gpu=True if use_cudnn_on_gpu is None else use_cudnn_on_gpu, name=scope)
        return squeeze(result, [start])


def conv3d(input: Any, filter: Any = None, strides: Any = None, padding: Any = None, data_format: str = "NDHWC",
           dilations: Sequence[int] = [1, 1, 1, 1, 1], name: str | None = None, filters: Any = None) -> Tensor:
    """Return the convolution of volumes with filters.

    Args:
      input: volumes, `[batch, depth, height, width, channels]`, or channels second for `NCDHW`.
      filter: `[depth, height, width, channels in, channels out]`, of the type of `input`.
      strides: one for each axis.
      padding: `SAME` or `VALID`.
      data_format: `NDHWC` or `NCDHW`.
      dilations: distances of the elements that a filter takes, one for each axis.
      name: of the node.
      filters: the later name of `filter`.

    Raises:
      ValueError: if the shapes do not fit.
    """
    filter = renamed("filters", filters, "filter", filter)
    return node("Conv3D", input, filter, strides=strides, padding=padding,
                data_format="NDHWC" if data_format is None else data_format, dilations=dilations, name=name)
