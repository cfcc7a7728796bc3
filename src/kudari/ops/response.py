"""Local response normalization: each channel divided by the strength of its neighbours, and the gradient."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import TypeSet, float32
from ..graph.operation import Operation
from ..op.definition import op
from ..op.rules import merge_shapes, with_rank
from ..op.signature import Attr
from ..shape import Shape
from .batch_normalization import LOW

_ATTRS: dict[str, Any] = {"depth_radius": Attr("int", 5), "bias": Attr("float", 1), "alpha": Attr("float", 1),
                          "beta": Attr("float", 0.5), "T": TypeSet(LOW.allowed, float32)}


def _images(op: Operation) -> list[Shape]:
    shape: Shape = (None,) * 4
    for tensor in op.inputs:
        shape = merge_shapes(op, shape, with_rank(op, tensor, 4))
    return [shape]


def _windowed(value, radius):
    radius = min(radius, max(value.shape[-1] - 1, 0))
    edges = [(0, 0)] * (value.ndim - 1) + [(radius, radius)]
    return lax.reduce_window(value, np.zeros((), value.dtype)[()], lax.add, (1,) * (value.ndim - 1) + (2 * radius + 1,),
                             (1,) * value.ndim, edges)


def _normalize(images, depth_radius, bias, alpha, beta):
    return images * jnp.power(bias + alpha * _windowed(images * images, depth_radius), -beta)


@op("LRN", "input: T -> output: T", _images, **_ATTRS)
def lrn(input, *, depth_radius, bias, alpha, beta):
    """Each element divided by a power of a sum of squares over the channels around it."""
    return _normalize(input.astype(jnp.float32), depth_radius, bias, alpha, beta).astype(input.dtype)


@op("LRNGrad", "input_grads: T, input_image: T, output_image: T -> output: T", _images, **_ATTRS)
def lrn_grad(input_grads, input_image, output_image, *, depth_radius, bias, alpha, beta):
    """The gradient of local response normalization."""
    grads, images = input_grads.astype(jnp.float32), input_image.astype(jnp.float32)
    norm = bias + alpha * _windowed(images * images, depth_radius)
    shared = _windowed(grads * output_image.astype(jnp.float32) / norm, depth_radius)
    return (grads * jnp.power(norm, -beta) - 2 * alpha * beta * images * shared).astype(input_grads.dtype)


@lrn.check
def _(op, input):
    if op["depth_radius"] < 0:
        raise ValueError(f"depth_radius = {op['depth_radius']} larger than int max")
    if np.ndim(input) != 4:
        raise ValueError("in must be 4-dimensional")


@lrn.gradient
def _(op, grad):
    return [lrn_grad(grad, op.inputs[0], op.outputs[0], **{name: op[name] for name in list(_ATTRS)[:4]})]
