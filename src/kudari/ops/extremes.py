"""The greater and the smaller of two values, and values kept inside an interval."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from ..dtypes import NUMBER
from ..graph.operation import Operation
from ..op.definition import op
from ..op.rules import broadcasting, merge_shapes
from ..shape import Shape
from .broadcasting import operands_of
from .forms import node
from .shapes import shape_of, zeros
from .typesets import ORDERED

_BINARY = "x: T, y: T -> z: T"


@op("Maximum", _BINARY, broadcasting, T=ORDERED)
def maximum(x, y):
    """Elementwise greater of two values."""
    return jnp.maximum(x, y)


@op("Minimum", _BINARY, broadcasting, T=ORDERED)
def minimum(x, y):
    """Elementwise smaller of two values."""
    return jnp.minimum(x, y)


@maximum.fold
def _(x, y):
    return np.maximum(x, y)


@maximum.gradient
def _(op, dz):
    return _chosen_gradient(op, dz, "GreaterEqual")


@minimum.fold
def _(x, y):
    return np.minimum(x, y)


@minimum.gradient
def _(op, dz):
    return _chosen_gradient(op, dz, "LessEqual")


def _chosen_gradient(op, dz, comparison):
    x, y = op.inputs
    shape_x, shape_y = shape_of(x), shape_of(y)
    none = zeros(shape_of(dz), dz.dtype)
    is_x = node(comparison, x, y)
    left, right = operands_of(shape_x, shape_y)
    dx = left.reduce(node("Select", is_x, dz, none))
    return dx, right.reduce(node("Select", is_x, none, dz))


def _clipped(op: Operation) -> list[Shape]:
    t, low, high = (tensor.static_shape for tensor in op.inputs)
    for bound in (low, high):
        if bound != ():
            t = merge_shapes(op, t, bound)
    return [t]


@op("ClipByValue", "t: T, clip_value_min: T, clip_value_max: T -> output: T", _clipped, T=NUMBER)
def clip_by_value(t, clip_value_min, clip_value_max):
    """Each element, moved to the nearest end of an interval if it is outside."""
    return jnp.minimum(jnp.maximum(t, clip_value_min), clip_value_max)


@clip_by_value.gradient
def _(op, dy):
    t, low, high = op.inputs
    sizes = [shape_of(tensor) for tensor in op.inputs]
    none = zeros(shape_of(dy), dy.dtype)
    is_below, is_above = node("Less", t, low), node("Greater", t, high)
    _, at_low = operands_of(sizes[0], sizes[1])
    inside, at_high = operands_of(sizes[0], sizes[2])
    is_outside = node("LogicalOr", is_below, is_above)
    grads = [node("Select", is_outside, none, dy), node("Select", is_below, dy, none),
             node("Select", is_above, dy, none)]
    return [operand.reduce(grad) for operand, grad in zip((inside, at_low, at_high), grads)]
