"""`tf.nn`: pooling over windows of sequences, images and volumes."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..dtypes import int64
from ..graph.tensor import Tensor
from ..op.scope import scoped
from ..ops.forms import node
from .arguments import renamed
from .array import expand_dims, squeeze
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


def _pool1d(type_name: str, scope_name: str, input: Any, ksize: Any, strides: Any, padding: str,
            data_format: str | None, name: str | None) -> Tensor:
    with scoped(name, scope_name, [input]) as scope:
        layout = "NWC" if data_format is None else data_format
        axis = 1 if layout.startswith("NC") else 2
        ksize = [1, *one_for_each_axis(ksize, 1, axis, "ksize")]
        strides = [1, *one_for_each_axis(strides, 1, axis, "strides")]
        added, layout = (1, "NHWC") if layout == "NWC" else (2, "NCHW")
        result = node(type_name, expand_dims(input, added), ksize=ksize, strides=strides, padding=padding,
                      data_format=layout, name=scope)
        return squeeze(result, added)


def max_pool1d(input: Any, ksize: Any, strides: Any, padding: str, data_format: str = "NWC",
               name: str | None = None) -> Tensor:
    """Return the greatest element of each window of sequences.

    Args:
      input: sequences, `[batch, width, channels]`, or `[batch, channels, width]` for `NCW`.
      ksize: the size of a window: a number, or one for each axis.
      strides: from one window to the next, given as `ksize` is.
      padding: `SAME` or `VALID`.
      data_format: `NWC` or `NCW`.
      name: of the node.
    """
    return _pool1d("MaxPool", "MaxPool1d", input, ksize, strides, padding, data_format, name)


def avg_pool1d(input: Any, ksize: Any, strides: Any, padding: str, data_format: str = "NWC",
               name: str | None = None) -> Tensor:
    """Return the mean of each window of sequences; arguments as in `tf.nn.max_pool1d`."""
    return _pool1d("AvgPool", "AvgPool1D", input, ksize, strides, padding, data_format, name)


def max_pool2d(input: Any, ksize: Any, strides: Any, padding: str, data_format: str = "NHWC",
               name: str | None = None) -> Tensor:
    """Return the greatest element of each window of images; arguments as in `tf.nn.max_pool`."""
    with scoped(name, "MaxPool2d", [input]) as scope:
        return _pool("MaxPool", input, ksize, strides, padding, data_format or "NHWC", scope)


def max_pool3d(input: Any, ksize: Any, strides: Any, padding: str, data_format: str = "NDHWC",
               name: str | None = None) -> Tensor:
    """Return the greatest element of each window of volumes.

    Args:
      input: volumes, `[batch, depth, height, width, channels]`, or channels second for `NCDHW`.
      ksize: the size of a window: a number, three, or one for each axis.
      strides: from one window to the next, given as `ksize` is.
      padding: `SAME` or `VALID`.
      data_format: `NDHWC` or `NCDHW`.
      name: of the node.
    """
    with scoped(name, "MaxPool3D", [input]) as scope:
        return _pool("MaxPool3D", input, ksize, strides, padding, data_format or "NDHWC", scope)


def avg_pool3d(input: Any, ksize: Any, strides: Any, padding: str, data_format: str = "NDHWC",
               name: str | None = None) -> Tensor:
    """Return the mean of each window of volumes; arguments as in `tf.nn.max_pool3d`."""
    with scoped(name, "AvgPool3D", [input]) as scope:
        return _pool("AvgPool3D", input, ksize, strides, padding, data_format or "NDHWC", scope)


def _pool_by_rank(kind: str, input: Any, ksize: Any, strides: Any, padding: str, data_format: str | None,
                  name: str | None) -> Tensor:
    shape = input.shape
    if shape is not None:
        count = len(shape) - 2
    elif data_format is not None:
        count = len(data_format) - 2
    else:
        raise ValueError("The input must have a rank or a data format must be given.")
    if not 1 <= count <= 3:
        raise ValueError(f"Input tensor must be of rank 3, 4 or 5 but was {count + 2}.")
    if count == 1:
        return (max_pool1d if kind == "Max" else avg_pool1d)(input, ksize, strides, padding, data_format or "NWC", name)
    layout = data_format or ("NHWC" if count == 2 else "NDHWC")
    return _pool(f"{kind}Pool" + ("3D" if count == 3 else ""), input, ksize, strides, padding, layout, name)


def max_pool_v2(input: Any, ksize: Any, strides: Any, padding: str, data_format: str | None = None,
                name: str | None = None) -> Tensor:
    """Return the greatest element of each window of sequences, images or volumes, as the rank of `input` tells.

    Args:
      input: a tensor of rank 3, 4 or 5.
      ksize: the size of a window: a number, one for each spatial axis, or one for each axis.
      strides: from one window to the next, given as `ksize` is.
      padding: `SAME` or `VALID`.
      data_format: the order of axes; channels last if `None`.
      name: of the node.

    Raises:
      ValueError: if the rank is another.
    """
    return _pool_by_rank("Max", input, ksize, strides, padding, data_format, name)


def avg_pool_v2(input: Any, ksize: Any, strides: Any, padding: str, data_format: str | None = None,
                name: str | None = None) -> Tensor:
    """Return the mean of each window of sequences, images or volumes; arguments as in `tf.nn.max_pool_v2`."""
    return _pool_by_rank("Avg", input, ksize, strides, padding, data_format, name)


class MaxPoolWithArgmax(NamedTuple):
    """The greatest elements of windows and where they are."""

    output: Tensor
    argmax: Tensor


def max_pool_with_argmax(input: Any, ksize: Any, strides: Any, padding: str, data_format: str = "NHWC",
                         Targmax: Any = None, name: str | None = None, output_dtype: Any = None,
                         include_batch_in_index: bool = False) -> MaxPoolWithArgmax:
    """Return the greatest element of each window of images, and its place in the flattened image.

    Args:
      input: images, `[batch, height, width, channels]`.
      ksize: the size of a window, one for each axis.
      strides: from one window to the next, one for each axis.
      padding: `SAME` or `VALID`.
      data_format: `NHWC`.
      Targmax: the type of the places, int64 or int32; int64 if `None`.
      name: of the node.
      output_dtype: the later name of `Targmax`.
      include_batch_in_index: whether places are counted from the start of the batch, not of each image.

    Raises:
      ValueError: for another data format.
    """
    if data_format != "NHWC":
        raise ValueError("Data formats other than 'NHWC' are not yet supported")
    wanted = renamed("output_dtype", output_dtype, "Targmax", Targmax)
    return MaxPoolWithArgmax(*node(
        "MaxPoolWithArgmax", input, ksize=ksize, strides=strides, padding=padding,
        Targmax=int64 if wanted is None else wanted, include_batch_in_index=include_batch_in_index, name=name))
