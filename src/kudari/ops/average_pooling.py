"""The means of windows, and the gradients."""

from __future__ import annotations

from typing import Any

from ..dtypes import NN_FLOATING
from ..graph.operation import Operation
from ..op.constant import constant_value_as_shape
from ..op.definition import op
from ..op.rules import with_rank
from ..shape import Shape
from .forms import node
from .max_pooling import pooled_shape
from .pooling import average_pool, average_pool_gradient
from .shapes import shape_of
from .windows import FORMAT_2D, FORMAT_3D, PADDING, SIZES

_ATTRS: dict[str, Any] = {"ksize": SIZES, "strides": SIZES, "padding": PADDING}


def _pooled(op: Operation) -> list[Shape]:
    return [pooled_shape(op, op["ksize"], op["strides"], op["data_format"])]


def _unpooled(op: Operation) -> list[Shape]:
    rank = len(op["data_format"])
    with_rank(op, op.inputs[1], rank)
    shape = constant_value_as_shape(op.inputs[0])
    return [(None,) * rank if shape is None else shape]


@op("AvgPool", "value: T -> output: T", _pooled, **_ATTRS, data_format=FORMAT_2D, T=NN_FLOATING)
def avg_pool(value, *, ksize, strides, padding):
    """The mean of each window of the images."""
    return average_pool(value, ksize, strides, padding)


@op("AvgPool3D", "input: T -> output: T", _pooled, **_ATTRS, data_format=FORMAT_3D, T=NN_FLOATING)
def avg_pool3d(input, *, ksize, strides, padding):
    """The mean of each window of the volumes."""
    return average_pool(input, ksize, strides, padding)


@op("AvgPoolGrad", "orig_input_shape: Static(int32), grad: T -> output: T", _unpooled, **_ATTRS, data_format=FORMAT_2D,
    T=NN_FLOATING)
def avg_pool_grad(orig_input_shape, grad, *, ksize, strides, padding):
    """The gradient of a mean over windows of images."""
    return average_pool_gradient(orig_input_shape.tolist(), grad, ksize, strides, padding)


@op("AvgPool3DGrad", "orig_input_shape: Static(int32), grad: T -> output: T", _unpooled, **_ATTRS,
    data_format=FORMAT_3D, T=NN_FLOATING)
def avg_pool3d_grad(orig_input_shape, grad, *, ksize, strides, padding):
    """The gradient of a mean over windows of volumes."""
    return average_pool_gradient(orig_input_shape.tolist(), grad, ksize, strides, padding)


def _same(op: Operation) -> dict[str, Any]:
    return {name: op[name] for name in ("ksize", "strides", "padding", "data_format")}


@avg_pool.check
def _(op, value):
    if op["ksize"][0] != 1 or op["strides"][0] != 1:
        raise ValueError("Pooling is not yet supported on the batch dimension.")


@avg_pool.gradient
def _(op, grad):
    return avg_pool_grad(shape_of(op.inputs[0]), grad, **_same(op))


@avg_pool3d.gradient
def _(op, grad):
    return avg_pool3d_grad(shape_of(op.inputs[0]), grad, **_same(op))


@avg_pool_grad.gradient
def _(op, grad):
    return node("StopGradient", op.inputs[0]), avg_pool(grad, **_same(op))


@avg_pool3d_grad.gradient
def _(op, grad):
    return node("StopGradient", op.inputs[0]), avg_pool3d(grad, **_same(op))
