"""Convolutions with filters of their own for each channel, and their gradients."""

from __future__ import annotations

from typing import Any

from ..dtypes import NN_FLOATING
from ..graph.operation import Operation
from ..op.constant import constant_value_as_shape
from ..op.definition import op
from ..op.rules import fail, with_rank
from ..shape import Shape
from .convolving import Convolution, convolve, describe, filter_gradient, input_gradient
from .shapes import shape_of
from .windows import FORMAT_2D, PADDING, SIZES, channel_axis, ones, output_size, placed, spatial

_ATTRS: dict[str, Any] = {"T": NN_FLOATING, "strides": SIZES, "padding": PADDING,
                          "data_format": FORMAT_2D, "dilations": ones(4)}


def _convolved(op: Operation) -> list[Shape]:
    layout = op["data_format"]
    image, filter = with_rank(op, op.inputs[0], 4), with_rank(op, op.inputs[1], 4)
    if len(op["strides"]) != 4:
        fail(op, f"DepthwiseConv2D requires the stride attribute to contain 4 values, but got: {len(op['strides'])}",
             known=())
    depth, seen = image[channel_axis(layout)], filter[2]
    if None not in (depth, seen) and depth != seen:
        fail(op, f"Dimensions must be equal, but are {depth} and {seen}", known=())
    known = seen if depth is None else depth
    out = None if known is None or filter[3] is None else known * filter[3]
    sizes = [output_size(op, n, k, s, op["padding"]) for n, k, s in zip(
        spatial(layout, image), filter, spatial(layout, op["strides"]))]
    return [placed(layout, image[0], sizes, out)]


def _shaped_by(index: int) -> Any:
    """The output has the shape, of rank 4, that input `index` holds."""
    def rule(op: Operation) -> list[Shape]:
        shape = constant_value_as_shape(op.inputs[index])
        return [(None,) * 4 if shape is None else shape]

    return rule


def _described(image: Any, filter: Any, strides: Any, padding: str, data_format: str) -> Convolution:
    """As many groups as channels; each filter sees one channel."""
    height, width, depth, times = map(int, filter)
    return describe(tuple(map(int, image)), (height, width, 1, depth * times), strides, [1] * 4, padding, (), data_format)


@op("DepthwiseConv2dNative", "input: T, filter: T -> output: T", _convolved, **_ATTRS)
def depthwise_conv2d_native(input, filter, *, strides, padding, data_format):
    """The sums of products of each channel's filters with its windows; the dilations are recorded, not used."""
    what = _described(input.shape, filter.shape, strides, padding, data_format)
    return convolve(what, input, filter.reshape(what.filter))


@op("DepthwiseConv2dNativeBackpropInput", "input_sizes: Static(int32), filter: T, out_backprop: T -> output: T",
    _shaped_by(0), **_ATTRS)
def depthwise_conv2d_native_backprop_input(input_sizes, filter, out_backprop, *, strides, padding, data_format):
    """The gradient of the images."""
    what = _described(input_sizes, filter.shape, strides, padding, data_format)
    return input_gradient(what, filter.reshape(what.filter), out_backprop)


@op("DepthwiseConv2dNativeBackpropFilter", "input: T, filter_sizes: Static(int32), out_backprop: T -> output: T",
    _shaped_by(1), **_ATTRS)
def depthwise_conv2d_native_backprop_filter(input, filter_sizes, out_backprop, *, strides, padding, data_format):
    """The gradient of the filters."""
    what = _described(input.shape, filter_sizes, strides, padding, data_format)
    return filter_gradient(what, input, out_backprop).reshape(tuple(map(int, filter_sizes)))


def _check_strides(op: Operation, *_: Any) -> None:
    high, wide = spatial(op["data_format"], op["strides"])
    if high != wide:
        raise ValueError("Current implementation only supports equal length strides in the row and column dimensions.")
    if op["strides"][0] != 1 or op["strides"][channel_axis(op["data_format"])] != 1:
        raise ValueError("Current implementation does not yet support strides in the batch and depth dimensions.")


@depthwise_conv2d_native.check
def _(op, input, filter):
    depth, seen = input.shape[channel_axis(op["data_format"])], filter.shape[2]
    if depth != seen:
        raise ValueError(f"input and filter must have the same depth: {depth} vs {seen}")
    _check_strides(op)


depthwise_conv2d_native_backprop_input.check(_check_strides)
depthwise_conv2d_native_backprop_filter.check(_check_strides)


def _same(op: Operation) -> dict[str, Any]:
    return {name: op[name] for name in _ATTRS if name != "T"}


@depthwise_conv2d_native.gradient
def _(op, grad):
    image, filter = op.inputs
    return (depthwise_conv2d_native_backprop_input(shape_of(image), filter, grad, **_same(op)),
            depthwise_conv2d_native_backprop_filter(image, shape_of(filter), grad, **_same(op)))


@depthwise_conv2d_native_backprop_input.gradient
def _(op, grad):
    _, filter, above = op.inputs
    return (None, depthwise_conv2d_native_backprop_filter(grad, shape_of(filter), above, **_same(op)),
            depthwise_conv2d_native(grad, filter, **_same(op)))


@depthwise_conv2d_native_backprop_filter.gradient
def _(op, grad):
    image, _, above = op.inputs
    return (depthwise_conv2d_native_backprop_input(shape_of(image), grad, above, **_same(op)), None,
            depthwise_conv2d_native(image, grad, **_same(op)))
