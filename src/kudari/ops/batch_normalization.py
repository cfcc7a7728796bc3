"""Normalizing a batch of images by the mean and variance of each channel, in one op, and the gradients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import TypeSet, bfloat16, float16, float32
from ..graph.operation import Operation
from ..op.definition import OpDef, op
from ..op.rules import brackets, fail, with_rank
from ..op.signature import Attr
from ..shape import Shape
from .forms import node
from .windows import FORMAT_2D, channel_axis

LOW = TypeSet((float16, bfloat16, float32))
_SINGLE = TypeSet((float32,))
_ATTRS: dict[str, Any] = {"epsilon": Attr("float", 0.0001), "data_format": FORMAT_2D, "is_training": Attr("bool", True)}


def _channels(op: Operation, image: Shape, parameters: Sequence[int]) -> int | None:
    axis = channel_axis(op["data_format"])
    size = image[axis] if image is not None else None
    for i in parameters:
        (length,) = with_rank(op, op.inputs[i], 1)
        if None not in (size, length) and size != length:
            fail(op, f"Dimensions must be equal, but are {size} and {length}", known=())
        size = length if size is None else size
    return size


def _with_channels(op: Operation, image: Any, channels: int | None) -> Shape:
    axis = channel_axis(op["data_format"])
    return (*image[:axis], channels, *image[axis + 1:])


def _normalized(op: Operation) -> list[Shape]:
    image = with_rank(op, op.inputs[0], 4)
    channels = _channels(op, image, (1, 2) if op["is_training"] else (1, 2, 3, 4))
    shapes: list[Shape] = [_with_channels(op, image, channels), *[(channels,)] * 4]
    return [*shapes, None][:len(op.outputs)]


def _differentiated(op: Operation) -> list[Shape]:
    image = with_rank(op, op.inputs[0], 4)
    with_rank(op, op.inputs[1], 4)
    channels = _channels(op, image, (2, 3, 4))
    rest = (0,) if op["is_training"] else (channels,)
    return [_with_channels(op, image, channels), (channels,), (channels,), rest, rest]


def _along(channels, data_format):
    return channels.reshape([-1 if letter == "C" else 1 for letter in data_format])


def _over(data_format):
    return tuple(i for i, letter in enumerate(data_format) if letter != "C")


def _normalize(x, scale, offset, mean, variance, epsilon, data_format, is_training):
    image, over = x.astype(jnp.float32), _over(data_format)
    count = int(np.prod([x.shape[i] for i in over]))
    if is_training and count:
        mean = image.mean(over)
        variance = jnp.square(image - _along(mean, data_format)).mean(over)
    elif is_training:
        mean = variance = jnp.full(scale.shape, jnp.nan, jnp.float32)
    factor = _along(jnp.reciprocal(jnp.sqrt(variance + epsilon)) * scale, data_format)
    y = (image - _along(mean, data_format)) * factor + _along(offset, data_format)
    unbiased = variance * (count / max(count - 1, 1)) if is_training else variance
    return y.astype(x.dtype), mean, unbiased, mean, variance


def _gradients(y_backprop, x, scale, mean, variance, epsilon, data_format, is_training):
    image, incoming, over = x.astype(jnp.float32), y_backprop.astype(jnp.float32), _over(data_format)
    centred = image - _along(mean, data_format)
    root = jnp.reciprocal(jnp.sqrt(variance + epsilon))
    by_offset = incoming.sum(over)
    by_scale = (incoming * centred).sum(over) * root
    by_x = incoming
    if is_training:
        count = max(int(np.prod([x.shape[i] for i in over])), 1)
        by_x = incoming - _along(by_offset / count, data_format) - centred * _along(by_scale * root / count, data_format)
    by_x = by_x * _along(scale * root, data_format)
    nothing = jnp.zeros((0,) if is_training else scale.shape, jnp.float32)
    return by_x.astype(x.dtype), by_scale, by_offset, nothing, nothing


_OUTPUTS = "batch_mean: {U}, batch_variance: {U}, reserve_space_1: {U}, reserve_space_2: {U}"
_INPUTS = "x: T, scale: {U}, offset: {U}, mean: {U}, variance: {U} -> y: T, " + _OUTPUTS
_BACKPROPS = "-> x_backprop: T, scale_backprop: {U}, offset_backprop: {U}"


@op("FusedBatchNorm", _INPUTS.format(U="T"), _normalized, T=_SINGLE, **_ATTRS)
def fused_batch_norm(x, scale, offset, mean, variance, *, epsilon, data_format, is_training):
    """A batch of images normalized, and the mean and variance of each channel."""
    return _normalize(x, scale, offset, mean, variance, epsilon, data_format, is_training)


@op("FusedBatchNormV2", _INPUTS.format(U="U"), _normalized, T=LOW, U=_SINGLE, **_ATTRS)
def fused_batch_norm_v2(x, scale, offset, mean, variance, *, epsilon, data_format, is_training):
    """A batch of images, of any float type, normalized, and the mean and variance of each channel."""
    return _normalize(x, scale, offset, mean, variance, epsilon, data_format, is_training)


@op("FusedBatchNormV3", _INPUTS.format(U="U") + ", reserve_space_3: U", _normalized, T=LOW, U=_SINGLE, **_ATTRS)
def fused_batch_norm_v3(x, scale, offset, mean, variance, *, epsilon, data_format, is_training):
    """A batch of images normalized, the mean and variance of each channel, and room that only a GPU uses."""
    results = _normalize(x, scale, offset, mean, variance, epsilon, data_format, is_training)
    return *results, jnp.zeros((), jnp.float32)


@op("FusedBatchNormGrad", "y_backprop: T, x: T, scale: T, reserve_space_1: T, reserve_space_2: T "
    + _BACKPROPS.format(U="T") + ", reserve_space_3: T, reserve_space_4: T", _differentiated, T=_SINGLE, **_ATTRS)
def fused_batch_norm_grad(y_backprop, x, scale, mean, variance, *, epsilon, data_format, is_training):
    """The gradients by the images, the scale and the offset."""
    return _gradients(y_backprop, x, scale, mean, variance, epsilon, data_format, is_training)


@op("FusedBatchNormGradV2", "y_backprop: T, x: T, scale: float32, reserve_space_1: U, reserve_space_2: U "
    + _BACKPROPS.format(U="U") + ", reserve_space_3: U, reserve_space_4: U", _differentiated, T=LOW, U=_SINGLE, **_ATTRS)
def fused_batch_norm_grad_v2(y_backprop, x, scale, mean, variance, *, epsilon, data_format, is_training):
    """The gradients by the images, of any float type, the scale and the offset."""
    return _gradients(y_backprop, x, scale, mean, variance, epsilon, data_format, is_training)


@op("FusedBatchNormGradV3", "y_backprop: T, x: T, scale: float32, reserve_space_1: U, reserve_space_2: U, "
    "reserve_space_3: U " + _BACKPROPS.format(U="U") + ", reserve_space_4: U, reserve_space_5: U", _differentiated, T=LOW,
    U=_SINGLE, **_ATTRS)
def fused_batch_norm_grad_v3(y_backprop, x, scale, mean, variance, room, *, epsilon, data_format, is_training):
    """The gradients by the images, of any float type, the scale and the offset."""
    return _gradients(y_backprop, x, scale, mean, variance, epsilon, data_format, is_training)


@fused_batch_norm.check
@fused_batch_norm_v2.check
@fused_batch_norm_v3.check
def _(op, x, scale, offset, mean, variance):
    if np.ndim(x) != 4:
        raise ValueError(f"input must be 4-dimensional{brackets(np.shape(x))}")
    channels = np.shape(x)[channel_axis(op["data_format"])]
    given = {"scale": scale, "offset": offset, "estimated_mean": mean, "estimated_variance": variance}
    for name, value in given.items():
        if np.ndim(value) != 1:
            raise ValueError(f"{name} must be 1-dimensional{brackets(np.shape(value))}")
        if len(value) != channels and (name in ("scale", "offset") or not op["is_training"]):
            raise ValueError(f"{name} has {len(value)} elements, but the images have {channels} channels: give one for each")


def _gradient_through(gradient: OpDef, rooms: int) -> Any:
    """Return the gradient rule of the op whose gradients `gradient` computes, with its last `rooms` outputs at hand."""

    def rule(op: Operation, grad: Any, *_: Any) -> Any:
        attrs = {"epsilon": op["epsilon"], "is_training": op["is_training"]}
        x, scale, _, mean, variance = op.inputs
        if op["is_training"]:
            kept = op.outputs[3:3 + rooms]
            return *gradient(grad, x, scale, *kept, **attrs, data_format=op["data_format"])[:3], None, None
        channels_first = op["data_format"] == "NCHW"
        if channels_first:
            x, grad = (node("Transpose", tensor, [0, 2, 3, 1], name="transpose") for tensor in (x, grad))
        by_x, by_scale, by_offset, _, _ = gradient(grad, x, scale, mean, variance, *op.outputs[5:3 + rooms], **attrs)
        if channels_first:
            by_x = node("Transpose", by_x, [0, 3, 1, 2], name="transpose")
        return by_x, by_scale, by_offset, None, None

    return rule


fused_batch_norm.gradient(_gradient_through(fused_batch_norm_grad, 2))
fused_batch_norm_v2.gradient(_gradient_through(fused_batch_norm_grad_v2, 2))
fused_batch_norm_v3.gradient(_gradient_through(fused_batch_norm_grad_v3, 3))
