"""`tf.nn`: convolutions and poolings with holes in their windows, and those of each channel.

TensorFlow moves the space between the elements of a window into the batch, and out of it again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..dtypes import int32
from ..graph.tensor import Tensor
from ..op.constant import constant_value
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops import convolution as ops
from ..ops.depthwise import depthwise_conv2d_native
from ..ops.forms import node
from ..ops.joining import concat
from ..ops.packing import stack
from ..ops.shapes import shape_of
from ..shape import TensorShape
from .arguments import renamed
from .array import expand_dims, squeeze
from .blocks import batch_to_space, required_space_to_batch_paddings, space_to_batch
from .convolution import conv1d, one_for_each_axis
from .pooling import avg_pool, avg_pool3d, max_pool, max_pool3d
from .transposed_convolution import conv2d_transpose

Build = Callable[[Any, int, str], Any]


def with_space_to_batch(input: Any, dilation_rate: Any, padding: str, op: Build, filter_shape: Any = None,
                        spatial_dims: Any = None, data_format: str | None = None) -> Any:
    """Return what `op` makes of `input`, its windows taking only every `dilation_rate`-th element.

    Args:
      input: a tensor of rank 3 or more.
      dilation_rate: int32 `[N]`, at least 1, for each spatial axis.
      padding: `SAME` or `VALID`.
      op: `op(input, N, padding)`, called with the input itself if all rates are 1, else with the spaced elements in the
        batch and the padding `VALID`.
      filter_shape: the shape of the window, for `SAME`.
      spatial_dims: the spatial axes, rising; the first after the batch, or after the channels, if `None`.
      data_format: channels are second if it starts with `NC`.

    Raises:
      ValueError: if a rate is less than 1, or `filter_shape` is missing.
    """
    input = convert_to_tensor(input, name="input")
    return _spaced(input, dilation_rate, padding, op, filter_shape, spatial_dims, data_format)


def _spaced(input: Any, dilation_rate: Any, padding: str, op: Build, filter_shape: Any, spatial_dims: Any,
            data_format: str | None) -> Any:
    rate = convert_to_tensor(dilation_rate, dtype=int32, name="dilation_rate")
    if rate.static_shape is None or None in rate.static_shape:
        raise ValueError("rate must have known shape")
    if len(rate.static_shape) != 1:
        raise ValueError("rate must be rank 1")
    count = rate.static_shape[0]
    assert count is not None
    channels_second = data_format is not None and data_format.startswith("NC")
    axes = _axes(range(1 + channels_second, count + 1 + channels_second) if spatial_dims is None else spatial_dims)
    shape = TensorShape(input.shape)
    least = axes[-1] + (not channels_second)
    if shape.ndims is not None and shape.ndims < least:
        raise ValueError(f"input tensor must have rank {least} at least")
    known_rate = constant_value(rate)
    if known_rate is not None:
        if np.any(known_rate < 1):
            raise ValueError("dilation_rate must be positive")
        if np.all(known_rate == 1):
            return op(input, count, padding)
    base = _base_paddings(padding, filter_shape, count, rate if known_rate is None else known_rate)
    paddings, crops = required_space_to_batch_paddings(_sizes(input, axes), rate, base)
    block, paddings, crops = _for_axes(rate, 1, axes), _for_axes(paddings, 0, axes), _for_axes(crops, 0, axes)
    result = op(node("SpaceToBatchND", input, block, paddings), count, "VALID")
    return node("BatchToSpaceND", result, block, crops)


def _axes(given: Any) -> list[int]:
    axes = sorted({int(axis) for axis in given})
    if axes != list(given) or axes[0] < 1:
        raise ValueError("spatial_dims must be a montonically increasing sequence of positive integers")
    return axes


def _sizes(input: Any, axes: list[int]) -> Any:
    """The sizes of the axes: numbers if all are known, else a tensor."""
    shape = TensorShape(input.shape)
    sizes = [None] if shape.ndims is None else [shape.as_list()[axis] for axis in axes]
    if None not in sizes:
        return sizes
    whole: Any = shape_of(input)
    return stack([whole[axis] for axis in axes])


def _base_paddings(padding: str, filter_shape: Any, count: int, rate: Any) -> Any:
    """The paddings that turn a convolution of the kind `padding` into a `VALID` one."""
    if padding == "VALID":
        return np.zeros([count, 2], np.int32)
    if padding != "SAME":
        raise ValueError(f"Invalid padding method {padding!r}")
    if filter_shape is None:
        raise ValueError("filter_shape must be specified for SAME padding")
    sizes: Any = convert_to_tensor(filter_shape, name="filter_shape")
    known = constant_value(sizes)
    window = (sizes if known is None else known)[:count]
    extra = window + (window - 1) * (rate - 1) - 1
    before = extra // 2
    after = extra - before
    return stack([[before[i], after[i]] for i in range(count)])


def _for_axes(values: Tensor, fill: int, axes: list[int]) -> Any:
    """`values`, one for each of `axes`, with `fill` for the axes between the batch and the last of them."""
    known = constant_value(values)
    source: Any = values if known is None else known
    rest = list(values.static_shape or ())[1:]
    parts, before, i = [], 0, 0
    while i < len(axes):
        start = i
        if axes[start] > 1:
            parts.append(np.full([axes[start] - 1 - before, *rest], fill, values.dtype.as_numpy_dtype))
        while i + 1 < len(axes) and axes[i + 1] == axes[i] + 1:
            i += 1
        parts.append(source[start:i + 1])
        before = axes[i]
        i += 1
    return concat(parts, 0) if known is None else np.concatenate(parts)


def _checked_steps(count: int, strides: Any, rate: Any) -> tuple[np.ndarray, np.ndarray]:
    """Strides and rates, one for each spatial axis."""
    for name, values in (("dilation_rate", rate), ("strides", strides)):
        if values is not None and len(values) != count:
            comma = "," if name == "strides" else ""  # as TensorFlow's words differ
            raise ValueError(f"len({name})={len(values)}{comma} but should be {count}")
        if values is not None and np.any(np.array(values) < 1):
            raise ValueError(f"all values of {name} must be positive")
    rates = np.array([1] * count if rate is None else rate, np.int32)
    steps = np.array([1] * count if strides is None else strides, np.int32)
    if np.any(steps > 1) and np.any(rates > 1):
        raise ValueError("strides > 1 not supported in conjunction with dilation_rate > 1")
    return steps, rates


def convolution(input: Any, filter: Any, padding: str, strides: Any = None, dilation_rate: Any = None,
                name: str | None = None, data_format: str | None = None, filters: Any = None,
                dilations: Any = None) -> Tensor:
    """Return the convolution of sequences, images or volumes, as their rank tells, with filters.

    Args:
      input: a tensor of rank 3, 4 or 5.
      filter: the spatial sizes, then channels in, then channels out.
      padding: `SAME` or `VALID`.
      strides: from one window to the next: a number, one for each spatial axis, or one for each axis.
      dilation_rate: distances of the elements that a filter takes, given as `strides` are; if one is more than 1, no
        stride may be.
      name: of the node, or of the scope of the nodes.
      data_format: the order of axes; channels last if `None`.
      filters: the later name of `filter`.
      dilations: the later name of `dilation_rate`.

    Raises:
      ValueError: if shapes, strides or rates do not fit.
    """
    filter = renamed("filters", filters, "filter", filter)
    rate = renamed("dilations", dilations, "dilation_rate", dilation_rate)
    rank = TensorShape(input.shape).ndims
    rank = TensorShape(filter.shape).ndims if rank is None else rank
    if rank is None:
        raise ValueError("rank of input or filter must be known")
    count = rank - 2
    if not 1 <= count <= 3:
        raise ValueError(f"Input tensor must be of rank 3, 4 or 5 but was {rank}.")
    axis = 1 if data_format is not None and data_format.startswith("NC") else count + 1
    strides = [int(step) for step in one_for_each_axis(strides, count, axis, "strides")]
    rate = [int(step) for step in one_for_each_axis(rate, count, axis, "dilations")]
    with scoped(name, "convolution", [input, filter]) as scope:
        if all(step == 1 for step in rate):
            return _plain(input, filter, padding, strides, data_format, scope)
        inner = slice(2, None) if axis == 1 else slice(1, -1)
        _check_channels(input, filter, count, axis)
        _, rates = _checked_steps(count, strides[inner], rate[inner])

        def build(spread: Any, _: int, kind: str) -> Tensor:
            return _plain(spread, filter, kind, strides, data_format, scope)

        result = _spaced(input, rates, padding, build, TensorShape(filter.shape),
                         range(2 if axis == 1 else 1, count + (2 if axis == 1 else 1)), data_format)
        if axis == 1 and result.shape[1].value is None:
            result.set_shape([result.shape[0], filter.shape[-1], *result.shape[2:]])
        return result


def _check_channels(input: Any, filter: Any, count: int, axis: int) -> None:
    image, window = TensorShape(input.shape), TensorShape(filter.shape)
    for what, shape in (("input", image), ("filter", window)):
        if shape.ndims not in (None, count + 2):
            raise ValueError(f"{what} tensor must have rank {count + 2}")
    if None in (image.ndims, window.ndims):
        return
    if not image[axis].is_compatible_with(window[count]):
        raise ValueError(f"number of input channels does not match corresponding dimension of filter, "
                         f"{image[axis]} != {window[count]}")


def _plain(input: Any, filter: Any, padding: str, strides: Sequence[int], data_format: str | None, name: str) -> Tensor:
    """A convolution without holes, of the rank that the strides tell."""
    if len(strides) == 3:
        return conv1d(input, filter, strides, padding, data_format=data_format, name=name)
    if len(strides) == 4:
        return ops.conv2d(input, filter, strides=strides, padding=padding, data_format=data_format or "NHWC", name=name)
    return node("Conv3D", input, filter, strides=strides, padding=padding, data_format=data_format or "NDHWC", name=name)


def atrous_conv2d(value: Any, filters: Any, rate: Any, padding: str, name: str | None = None) -> Tensor:
    """Return the convolution of images with filters that take only every `rate`-th pixel.

    Args:
      value: images, `[batch, height, width, channels]`.
      filters: `[height, width, channels in, channels out]`.
      rate: the distance of the pixels that a filter takes.
      padding: `SAME` or `VALID`.
      name: of the node, or of the scope of the nodes.

    Raises:
      ValueError: if the shapes do not fit.
    """
    return convolution(value, filters, padding, dilation_rate=np.broadcast_to(rate, (2,)), name=name)


def depthwise_conv2d(input: Any, filter: Any, strides: Any, padding: str, rate: Any = None, name: str | None = None,
                     data_format: str | None = None, dilations: Any = None) -> Tensor:
    """Return the convolution of each channel of images with filters of its own.

    Args:
      input: images, `[batch, height, width, channels]`, or channels second for `NCHW`.
      filter: `[height, width, channels, filters of each channel]`, of the type of `input`.
      strides: one for each axis.
      padding: `SAME` or `VALID`.
      rate: a pair: the distances of the pixels that a filter takes.
      name: of the scope of the nodes.
      data_format: `NHWC` or `NCHW`.
      dilations: the later name of `rate`.

    Returns:
      Images with `channels * filters of each channel` channels.

    Raises:
      ValueError: if the shapes do not fit.
    """
    rate = renamed("dilations", dilations, "rate", rate)
    with scoped(name, "depthwise", [input, filter]) as scope:
        input = convert_to_tensor(input, name="tensor_in")
        filter = convert_to_tensor(filter, name="filter_in")
        return _each_channel(input, filter, strides, padding, rate, data_format, scope)


def _each_channel(input: Tensor, filter: Tensor, strides: Any, padding: str, rate: Any, data_format: str | None,
                  name: str) -> Tensor:
    def build(spread: Any, _: int, kind: str) -> Any:
        return depthwise_conv2d_native(spread, filter, strides=strides, padding=kind, data_format=data_format or "NHWC",
                                       name=name)

    return with_space_to_batch(input, [1, 1] if rate is None else rate, padding, build, filter_shape=shape_of(filter),
                               data_format=data_format)


def separable_conv2d(input: Any, depthwise_filter: Any, pointwise_filter: Any, strides: Any, padding: str,
                     rate: Any = None, name: str | None = None, data_format: str | None = None,
                     dilations: Any = None) -> Tensor:
    """Return the convolution of each channel with filters of its own, the results then mixed pixel by pixel.

    Args:
      input: images, `[batch, height, width, channels]`, or channels second for `NCHW`.
      depthwise_filter: `[height, width, channels, filters of each channel]`.
      pointwise_filter: `[1, 1, channels * filters of each channel, channels out]`.
      strides: one for each axis, of the first convolution.
      padding: `SAME` or `VALID`.
      rate: a pair: the distances of the pixels that a filter takes.
      name: of the scope of the nodes.
      data_format: `NHWC` or `NCHW`.
      dilations: the later name of `rate`.

    Raises:
      ValueError: if the shapes do not fit.
    """
    rate = renamed("dilations", dilations, "rate", rate)
    with scoped(name, "separable_conv2d", [input, depthwise_filter, pointwise_filter]) as scope:
        input = convert_to_tensor(input, name="tensor_in")
        depthwise_filter = convert_to_tensor(depthwise_filter, name="depthwise_filter")
        pointwise_filter = convert_to_tensor(pointwise_filter, name="pointwise_filter")
        point = pointwise_filter.shape.with_rank(4)
        point[0].assert_is_compatible_with(1)
        point[1].assert_is_compatible_with(1)
        spread = _each_channel(input, depthwise_filter, strides, padding, rate, data_format, "depthwise")
        return ops.conv2d(spread, pointwise_filter, strides=[1, 1, 1, 1], padding="VALID",
                          data_format=data_format or "NHWC", name=scope)


_POOLS: dict[Any, Any] = {("MAX", 1): max_pool, ("MAX", 2): max_pool, ("MAX", 3): max_pool3d,
                          ("AVG", 1): avg_pool, ("AVG", 2): avg_pool, ("AVG", 3): avg_pool3d}


def pool(input: Any, window_shape: Any, pooling_type: str, padding: str, dilation_rate: Any = None, strides: Any = None,
         name: str | None = None, data_format: str | None = None, dilations: Any = None) -> Tensor:
    """Return the greatest element, or the mean, of each window of sequences, images or volumes.

    Args:
      input: a tensor of rank N + 2.
      window_shape: N sizes, N from 1 to 3.
      pooling_type: `MAX` or `AVG`.
      padding: `SAME` or `VALID`; `VALID` if a rate is more than 1.
      dilation_rate: N distances of the elements that a window takes.
      strides: N steps from one window to the next.
      name: of the node, or of the scope of the nodes.
      data_format: the order of axes; channels last if `None`.
      dilations: the later name of `dilation_rate`.

    Raises:
      ValueError: if sizes, strides or rates do not fit.
    """
    rate = renamed("dilations", dilations, "dilation_rate", dilation_rate)
    with scoped(name, f"{pooling_type.lower()}_pool", [input]) as scope:
        input = convert_to_tensor(input, name="input")
        count = len(window_shape)
        if not 1 <= count <= 3:
            raise ValueError("It is required that 1 <= num_spatial_dims <= 3.")
        input.shape.with_rank(count + 2)
        steps, rates = _checked_steps(count, strides, rate)
        if padding == "SAME" and np.any(rates > 1):
            raise ValueError("pooling with SAME padding is not implemented for dilation_rate > 1")
        if np.any(steps > window_shape):
            raise ValueError("strides > window_shape not supported due to inconsistency between CPU and GPU implementations")
        if (pooling_type, count) not in _POOLS:
            raise ValueError(f"{count}-D {pooling_type} pooling is not supported.")
        if count == 1 and data_format not in (None, "NWC", "NCW"):
            raise ValueError('data_format must be either "NWC" or "NCW".')
        first = 2 if data_format is not None and data_format.startswith("NC") else 1

        def along(values: Any) -> list[int]:
            inner = [int(value) for value in values]
            full = [1, 1, *inner] if first == 2 else [1, *inner, 1]
            return [1, *full] if count == 1 else full

        def build(spread: Any, _: int, kind: str) -> Tensor:
            layout = {None: "NHWC", "NWC": "NHWC", "NCW": "NCHW"}[data_format] if count == 1 else data_format
            value = expand_dims(spread, first) if count == 1 else spread
            result = _POOLS[pooling_type, count](value, along(window_shape), along(steps), kind, data_format=layout,
                                                 name=scope)
            return squeeze(result, [first]) if count == 1 else result

        return with_space_to_batch(input, rates, padding, build, filter_shape=window_shape,
                                   spatial_dims=range(first, first + count))


def atrous_conv2d_transpose(value: Any, filters: Any, output_shape: Any, rate: int, padding: str,
                            name: str | None = None) -> Tensor:
    """Return images whose `tf.nn.atrous_conv2d` with `filters` has the shape of `value`: its gradient of the images.

    Args:
      value: images, `[batch, height, width, channels]`.
      filters: `[height, width, channels out, channels in]`.
      output_shape: the shape of the output, four int32.
      rate: the distance of the pixels that a filter takes.
      padding: `SAME` or `VALID`.
      name: of the scope of the nodes.

    Raises:
      ValueError: if the shapes do not fit or `rate` is less than 1.
    """
    with scoped(name, "atrous_conv2d_transpose", [value, filters, output_shape]):
        value, filters = convert_to_tensor(value, name="value"), convert_to_tensor(filters, name="filters")
        if not value.shape[3].is_compatible_with(filters.shape[3]):
            raise ValueError(f"value's input channels does not match filters' input channels, "
                             f"{value.shape[3]} != {filters.shape[3]}")
        if rate < 1:
            raise ValueError(f"rate {rate} cannot be less than one")
        if rate == 1:
            return conv2d_transpose(value, filters, output_shape, strides=[1, 1, 1, 1], padding=padding)
        sizes = convert_to_tensor(output_shape, name="output_shape").shape
        if not sizes.is_compatible_with([4]):
            raise ValueError(f"output_shape must have shape (4,), got {sizes}")
        if isinstance(output_shape, tuple | list | np.ndarray) and not filters.shape[2].is_compatible_with(output_shape[3]):
            raise ValueError(f"output_shape does not match filter's output channels, "
                             f"{output_shape[3]} != {filters.shape[2]}")
        (top, bottom), (left, right) = _spread_paddings(filters, rate, padding)
        height, width = output_shape[1] + top + bottom, output_shape[2] + left + right
        more_rows, more_columns = (rate - height % rate) % rate, (rate - width % rate) % rate
        value = space_to_batch(value, [[0, more_rows], [0, more_columns]], rate)
        input_sizes = [rate * rate * output_shape[0], (height + more_rows) // rate, (width + more_columns) // rate,
                       output_shape[3]]
        value = ops.conv2d_backprop_input(input_sizes, filters, value, strides=[1, 1, 1, 1], padding="VALID")
        return batch_to_space(value, [[top, bottom + more_rows], [left, right + more_columns]], rate)


def _spread_paddings(filters: Tensor, rate: int, padding: str) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """The paddings before and after both axes that turn a `SAME` convolution into a `VALID` one."""
    if padding == "VALID":
        return (0, 0), (0, 0)
    if padding != "SAME":
        raise ValueError(f"padding must be either VALID or SAME: {padding}")
    known = filters.shape.is_fully_defined()
    sizes: Any = filters.shape.as_list() if known else shape_of(filters)
    height, width = sizes[0], sizes[1]
    high, wide = height + (height - 1) * (rate - 1), width + (width - 1) * (rate - 1)
    rows, columns = high - 1, wide - 1
    top = rows // 2
    bottom = rows - top
    left = columns // 2
    return (top, bottom), (left, columns - left)
