"""Ops on the colours of images: other colour spaces, contrast, hue and saturation."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import NN_FLOATING, TypeSet, float16, float32
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, fail
from ..shape import Shape
from .forms import cast, minus, node, plus, times
from .indexing import item
from .joining import concat

_COLORED = NN_FLOATING.with_default(float32)
_ADJUSTABLE = TypeSet((float16, float32), float32)


def _three_channels(op: Operation) -> list[Shape]:
    shape = op.inputs[0].static_shape
    if shape is None:
        return [None]
    if not shape:
        fail(op, "Shape must be at least rank 1 but is rank 0")
    if shape[-1] not in (None, 3):
        fail(op, f"Dimension must be 3 but is {shape[-1]}")
    return [(*shape[:-1], 3)]


def _at_least_three(op: Operation) -> list[Shape]:
    shape = op.inputs[0].static_shape
    if shape is not None and len(shape) < 3:
        fail(op, f"Shape must be at least rank 3 but is rank {len(shape)}")
    factor = op.inputs[1].static_shape
    if factor:
        fail(op, f"Shape must be rank 0 but is rank {len(factor)}")
    return [shape]


def _hsv(red: Any, green: Any, blue: Any) -> tuple[Any, Any, Any]:
    """Hue, saturation and value, each from 0 to 1."""
    value = jnp.maximum(jnp.maximum(red, green), blue)
    spread = value - jnp.minimum(jnp.minimum(red, green), blue)
    saturation = jnp.where(value > 0, spread / jnp.where(value > 0, value, 1), 0)
    unit = 1 / (6 * jnp.where(spread > 0, spread, 1))
    two, four = (value.dtype.type(i / 6) for i in (2, 4))
    hue = jnp.where(red == value, unit * (green - blue),
                    jnp.where(green == value, unit * (blue - red) + two, unit * (red - green) + four))
    hue = jnp.where(spread > 0, hue, 0)
    return jnp.where(hue < 0, hue + 1, hue), saturation, value


def _rgb(hue: Any, saturation: Any, value: Any) -> Any:
    turn = hue * 6
    parts = jnp.abs(turn - 3) - 1, 2 - jnp.abs(turn - 2), 2 - jnp.abs(turn - 4)
    return jnp.stack([((1 - saturation) + saturation * jnp.clip(part, 0, 1)) * value for part in parts], -1)


@op("RGBToHSV", "images: T -> output: T", _three_channels, T=_COLORED)
def rgb_to_hsv(images):
    """Hue, saturation and value, each from 0 to 1, of red, green and blue."""
    return jnp.stack(_hsv(*(images[..., i] for i in range(3))), -1)


@rgb_to_hsv.gradient
def _(op, grad):
    images, hsv = op.inputs[0], op.outputs[0]
    red, green, blue = (item(images, (..., slice(i, i + 1))) for i in range(3))
    largest = _flags((red, ("GreaterEqual", blue), ("GreaterEqual", green)),
                     (green, ("Greater", red), ("GreaterEqual", blue)),
                     (blue, ("Greater", red), ("Greater", green)))
    smallest = _flags((red, ("Less", blue), ("Less", green)), (green, ("LessEqual", red), ("Less", blue)),
                      (blue, ("LessEqual", red), ("LessEqual", green)))
    by_hue, by_saturation, by_value = (item(grad, (..., slice(i, i + 1))) for i in range(3))
    value = item(hsv, (..., slice(2, 3)))
    least = _summed(times(smallest, images))
    spread = minus(value, least)
    # The hue is (an offset + (one colour - another) / spread) / 6, where the largest colour says which.
    signs = minus(_rolled(largest, 2), _rolled(largest, 1))
    lean = _over(_summed(times(signs, images)), spread)
    hue = _over(minus(signs, times(lean, minus(largest, smallest))), times(6.0, spread))
    saturation = minus(times(largest, _over(least, times(value, value))), _over(smallest, value))
    return plus(plus(times(by_hue, hue), times(by_saturation, saturation)), times(by_value, largest))


def _flags(*colors: Any) -> Any:
    """For each colour 1 where both its comparisons hold and 0 elsewhere, along the last axis."""
    both = [node("LogicalAnd", *(node(kind, color, other) for kind, other in tests)) for color, *tests in colors]
    return concat([cast(flag, colors[0][0].dtype) for flag in both], -1)


def _summed(colors: Any) -> Any:
    return node("Sum", colors, -1, keep_dims=True)


def _rolled(colors: Any, first: int) -> Any:
    return concat([item(colors, (..., slice(first, None))), item(colors, (..., slice(None, first)))], -1)


def _over(x: Any, y: Any) -> Any:
    return node("DivNoNan", x, y)


@op("HSVToRGB", "images: T -> output: T", _three_channels, T=_COLORED)
def hsv_to_rgb(images):
    """Red, green and blue of hue, saturation and value."""
    return _rgb(*(images[..., i] for i in range(3)))


@op("AdjustContrastv2", "images: T, contrast_factor: float32 -> output: T", _at_least_three, T=_ADJUSTABLE)
def adjust_contrastv2(images, contrast_factor):
    """The distance of each pixel from the mean of its channel in its image, multiplied."""
    wide = images.astype(jnp.float32)
    mean = wide.mean((-3, -2), keepdims=True)
    return ((wide - mean) * contrast_factor + mean).astype(images.dtype)


@op("AdjustHue", "images: T, delta: float32 -> output: T", _at_least_three, T=_ADJUSTABLE)
def adjust_hue(images, delta):
    """The hue of each pixel turned by `delta` of a whole turn."""
    hue, saturation, value = _hsv(*(images[..., i].astype(jnp.float32) for i in range(3)))
    return _rgb(jnp.mod(hue + delta, 1), saturation, value).astype(images.dtype)


@op("AdjustSaturation", "images: T, scale: float32 -> output: T", _at_least_three, T=_ADJUSTABLE)
def adjust_saturation(images, scale):
    """The saturation of each pixel multiplied, and held within 0 and 1."""
    hue, saturation, value = _hsv(*(images[..., i].astype(jnp.float32) for i in range(3)))
    return _rgb(hue, jnp.clip(saturation * scale, 0, 1), value).astype(images.dtype)


@adjust_hue.check
@adjust_saturation.check
@adjust_contrastv2.check
def _(op, images, factor):
    shape = np.shape(images)
    what = {"AdjustHue": "delta", "AdjustSaturation": "scale", "AdjustContrastv2": "contrast_factor"}[op.type]
    if len(shape) < 3:
        raise ValueError(f"input must be at least 3-D, got shape{brackets(shape)}")
    if np.shape(factor):
        raise ValueError(f"{what} must be scalar: {brackets(np.shape(factor))}")
    if op.type != "AdjustContrastv2" and shape[-1] != 3:
        raise ValueError(f"input must have 3 channels but instead has {shape[-1]} channels.")


not_differentiable(hsv_to_rgb)
