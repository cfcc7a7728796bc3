"""Convolutions of volumes, and their gradients."""

from __future__ import annotations

from typing import Any

from ..dtypes import NN_FLOATING, TINDEX, int32
from ..graph.operation import Operation
from ..op.constant import constant_value_as_shape
from ..op.definition import op
from ..op.rules import fail, with_rank
from ..shape import Shape
from .convolving import Convolution, convolve, describe, filter_gradient, input_gradient
from .shapes import shape_of
from .windows import FORMAT_3D, PADDING, SIZES, channel_axis, ones, output_size, placed, reach, spatial

_ATTRS: dict[str, Any] = {"T": NN_FLOATING, "strides": SIZES, "padding": PADDING, "data_format": FORMAT_3D,
                          "dilations": ones(5)}


def _convolved(op: Operation) -> list[Shape]:
    layout = op["data_format"]
    volume, filter = with_rank(op, op.inputs[0], 5), with_rank(op, op.inputs[1], 5)
    for name in ("dilations", "strides"):
        if len(op[name]) != 5:
            word = "dilation" if name == "dilations" else "stride"
            fail(op, f"Conv3D requires the {word} attribute to contain 5 values, but got: {len(op[name])}", known=())
    depth, seen = volume[channel_axis(layout)], filter[3]
    if None not in (depth, seen) and depth != seen:
        fail(op, f"Dimensions must be equal, but are {depth} and {seen}", known=())
    spans = [None if k is None else reach(k, d) for k, d in zip(filter, spatial(layout, op["dilations"]))]
    sizes = [output_size(op, n, k, s, op["padding"]) for n, k, s in zip(
        spatial(layout, volume), spans, spatial(layout, op["strides"]))]
    return [placed(layout, volume[0], sizes, filter[4])]


def _shaped_by(index: int) -> Any:
    """The output has the shape, of rank 5, that input `index` holds."""
    def rule(op: Operation) -> list[Shape]:
        shape = constant_value_as_shape(op.inputs[index])
        return [(None,) * 5 if shape is None else shape]

    return rule


def _described(volume: Any, filter: Any, strides: Any, padding: str, data_format: str, dilations: Any) -> Convolution:
    return describe(tuple(map(int, volume)), tuple(map(int, filter)), strides, dilations, padding, (), data_format)


def _check_strides(op: Operation, *_: Any) -> None:
    if op["strides"][0] != 1 or op["strides"][channel_axis(op["data_format"])] != 1:
        raise ValueError("Current implementation does not yet support strides in the batch and depth dimensions.")


@op("Conv3D", "input: T, filter: T -> output: T", _convolved, **_ATTRS)
def conv3d(input, filter, *, strides, padding, data_format, dilations):
    """The sums of products of the filters with each window of the volumes."""
    return convolve(_described(input.shape, filter.shape, strides, padding, data_format, dilations), input, filter)


@conv3d.check
def _(op, input, filter):
    _check_strides(op)
    depth, seen = input.shape[channel_axis(op["data_format"])], filter.shape[3]
    if depth != seen:
        raise ValueError("Input depth must be equal to filter depth." if seen else "filter depth must be positive")


@op("Conv3DBackpropInputV2", "input_sizes: Static(Tshape), filter: T, out_backprop: T -> output: T", _shaped_by(0),
    **_ATTRS, Tshape=TINDEX.with_default(int32))
def conv3d_backprop_input_v2(input_sizes, filter, out_backprop, *, strides, padding, data_format, dilations):
    """The gradient of a convolution's volumes, which is a transposed convolution."""
    what = _described(input_sizes, filter.shape, strides, padding, data_format, dilations)
    return input_gradient(what, filter, out_backprop)


@op("Conv3DBackpropFilterV2", "input: T, filter_sizes: Static(int32), out_backprop: T -> output: T", _shaped_by(1),
    **_ATTRS)
def conv3d_backprop_filter_v2(input, filter_sizes, out_backprop, *, strides, padding, data_format, dilations):
    """The gradient of a convolution's filters."""
    what = _described(input.shape, filter_sizes, strides, padding, data_format, dilations)
    return filter_gradient(what, input, out_backprop)


conv3d_backprop_input_v2.check(_check_strides)
conv3d_backprop_filter_v2.check(_check_strides)


def _same(op: Operation) -> dict[str, Any]:
    return {name: op[name] for name in _ATTRS if name != "T"}


@conv3d.gradient
def _(op, grad):
    volume, filter = op.inputs
    return (conv3d_backprop_input_v2(shape_of(volume), filter, grad, **_same(op)),
            conv3d_backprop_filter_v2(volume, shape_of(filter), grad, **_same(op)))


@conv3d_backprop_input_v2.gradient
def _(op, grad):
    _, filter, above = op.inputs
    return (None, conv3d_backprop_filter_v2(grad, shape_of(filter), above, **_same(op)),
            conv3d(grad, filter, **_same(op)))


@conv3d_backprop_filter_v2.gradient
def _(op, grad):
    volume, _, above = op.inputs
    return (conv3d_backprop_input_v2(shape_of(volume), grad, above, **_same(op)), None, conv3d(volume, grad, **_same(op)))
