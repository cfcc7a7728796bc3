"""Convolutions of images, and their gradients."""

from __future__ import annotations

from typing import Any

from ..dtypes import NN_FLOATING
from ..graph.operation import Operation
from ..op.constant import constant_value_as_shape
from ..op.definition import op
from ..op.rules import fail, with_rank
from ..op.signature import Attr, required
from ..shape import Shape
from .convolving import Convolution, convolve, describe, filter_gradient, input_gradient
from .forms import node
from .shapes import shape_of
from .windows import FORMAT_2D, SIZES, channel_axis, ones, output_size, pairs, placed, reach, spatial

_ATTRS: dict[str, Any] = {
    "T": NN_FLOATING, "strides": SIZES, "use_cudnn_on_gpu": True,
    "padding": required("string", ("SAME", "VALID", "EXPLICIT")), "explicit_paddings": Attr("list(int)", []),
    "data_format": FORMAT_2D, "dilations": ones(4),
}


def _convolved(op: Operation) -> list[Shape]:
    layout = op["data_format"]
    image, filter = with_rank(op, op.inputs[0], 4), with_rank(op, op.inputs[1], 4)
    _check_lists(op, layout)
    depth, seen = image[channel_axis(layout)], filter[2]
    if None not in (depth, seen) and not _divides(seen, depth):
        fail(op, f"Depth of input ({depth}) is not a multiple of input depth of filter ({seen})")
    around = spatial(layout, pairs(op["explicit_paddings"])) if op["padding"] == "EXPLICIT" else [(0, 0)] * 2
    spans = [None if k is None else reach(k, d) for k, d in zip(filter, spatial(layout, op["dilations"]))]
    sizes = [output_size(op, n, k, s, op["padding"], pair) for n, k, s, pair in zip(
        spatial(layout, image), spans, spatial(layout, op["strides"]), around)]
    return [placed(layout, image[0], sizes, filter[3])]


def _divides(part: Any, whole: Any) -> bool:
    return part > 0 and whole % part == 0


def _check_lists(op: Operation, layout: str) -> None:
    if len(op["dilations"]) != 4:
        fail(op, f"Conv2D requires the dilation attribute to contain 4 values, but got: {len(op['dilations'])}")
    if len(op["strides"]) != 4:
        fail(op, f"Conv2D on data format {layout} requires the stride attribute to contain 4 values, but got: "
                 f"{len(op['strides'])}")
    explicit = op["explicit_paddings"]
    if op["padding"] != "EXPLICIT":
        if explicit:
            fail(op, "explicit_paddings attribute must be empty if the padding attribute is not EXPLICIT")
        return
    if len(explicit) != 8:
        fail(op, f"explicit_paddings attribute must contain 8 values, but got: {len(explicit)}")
    if min(explicit) < 0:
        fail(op, "All elements of explicit_paddings must be nonnegative")
    if any(sum(pair) for letter, pair in zip(layout, pairs(explicit)) if letter in "NC"):
        fail(op, "Nonzero explicit padding in the batch or depth dimensions is not supported")


def _shaped_by(index: int) -> Any:
    """The output has the shape, of rank 4, that input `index` holds."""
    def rule(op: Operation) -> list[Shape]:
        shape = constant_value_as_shape(op.inputs[index])
        return [(None,) * 4 if shape is None else shape]

    return rule


def _described(input: Any, filter: Any, attrs: dict[str, Any]) -> Convolution:
    explicit = pairs(attrs["explicit_paddings"]) if attrs["padding"] == "EXPLICIT" else ()
    return describe(tuple(map(int, input)), tuple(map(int, filter)), attrs["strides"], attrs["dilations"],
                    attrs["padding"], explicit, attrs["data_format"])


@op("Conv2D", "input: T, filter: T -> output: T", _convolved, **_ATTRS)
def conv2d(input, filter, *, strides, padding, explicit_paddings, data_format, dilations):
    """The sums of products of the filters with each window of the images."""
    return convolve(_described(input.shape, filter.shape, dict(
        strides=strides, padding=padding, explicit_paddings=explicit_paddings, data_format=data_format,
        dilations=dilations)), input, filter)


@conv2d.check
def _(op, input, filter):
    layout = op["data_format"]
    if op["strides"][0] != 1 or op["strides"][channel_axis(layout)] != 1:
        raise ValueError("Current implementation does not yet support strides in the batch and depth dimensions.")
    depth, seen = input.shape[channel_axis(layout)], filter.shape[2]
    if not _divides(seen, depth):
        raise ValueError(f"input depth must be evenly divisible by filter depth: {depth} vs {seen}")


@op("Conv2DBackpropInput", "input_sizes: Static(int32), filter: T, out_backprop: T -> output: T", _shaped_by(0), **_ATTRS)
def conv2d_backprop_input(input_sizes, filter, out_backprop, *, strides, padding, explicit_paddings, data_format,
                          dilations):
    """The gradient of a convolution's images, which is a transposed convolution."""
    return input_gradient(_described(input_sizes, filter.shape, dict(
        strides=strides, padding=padding, explicit_paddings=explicit_paddings, data_format=data_format,
        dilations=dilations)), filter, out_backprop)


@conv2d_backprop_input.check
def _(op, input_sizes, filter, out_backprop):
    what = _described(input_sizes, filter.shape, op.attrs)
    layout, actual = op["data_format"], tuple(out_backprop.shape)
    if actual == what.output:
        return
    for i, (size, computed, n, k, step, gap) in enumerate(zip(
            spatial(layout, actual), spatial(layout, what.output), spatial(layout, what.input), what.filter, what.strides,
            what.dilations)):
        if size != computed:
            raise ValueError(f"Conv2DCustomBackpropInput: Size of out_backprop doesn't match computed: actual = {size}, "
                             f"computed = {computed} spatial_dim: {i + 1} input: {n} filter: {k} output: {size} "
                             f"stride: {step} dilation: {gap}")
    raise ValueError(f"Conv2DCustomBackpropInput: out_backprop has shape {list(actual)}, but the convolution of "
                     f"{list(what.input)} gives {list(what.output)}; give the batch and the channels of the filter.")


@op("Conv2DBackpropFilter", "input: T, filter_sizes: Static(int32), out_backprop: T -> output: T", _shaped_by(1),
    **_ATTRS)
def conv2d_backprop_filter(input, filter_sizes, out_backprop, *, strides, padding, explicit_paddings, data_format,
                           dilations):
    """The gradient of a convolution's filters."""
    return filter_gradient(_described(input.shape, filter_sizes, dict(
        strides=strides, padding=padding, explicit_paddings=explicit_paddings, data_format=data_format,
        dilations=dilations)), input, out_backprop)


def _same(op: Operation) -> dict[str, Any]:
    return {name: op[name] for name in _ATTRS if name != "T"}


@conv2d.gradient
def _(op, grad):
    image, filter = op.inputs
    sizes, filter_sizes = node("ShapeN", [image, filter])
    return (conv2d_backprop_input(sizes, filter, grad, **_same(op)),
            conv2d_backprop_filter(image, filter_sizes, grad, **_same(op)))


@conv2d_backprop_input.gradient
def _(op, grad):
    _, filter, above = op.inputs
    return (None, conv2d_backprop_filter(grad, shape_of(filter), above, **_same(op)),
            conv2d(grad, filter, **_same(op)))


@conv2d_backprop_filter.gradient
def _(op, grad):
    image, _, above = op.inputs
    return (conv2d_backprop_input(shape_of(image), grad, above, **_same(op)), None, conv2d(image, grad, **_same(op)))
