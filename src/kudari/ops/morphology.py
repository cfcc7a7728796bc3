"""Grayscale dilation of images and its gradients."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import REALNUMBER
from ..graph.operation import Operation
from ..op.definition import op
from ..op.rules import fail, with_rank
from ..op.signature import required
from ..shape import Shape
from .windows import PADDING, output_size, paddings, reach

_SIZES: dict[str, Any] = {"strides": required("list(int)"), "rates": required("list(int)"), "padding": PADDING}


def _dilated(op: Operation) -> list[Shape]:
    image, filter = with_rank(op, op.inputs[0], 4), with_rank(op, op.inputs[1], 3)
    for name, word in (("strides", "stride"), ("rates", "rate")):
        if len(op[name]) != 4:
            fail(op, f"Dilation2D requires the {word} attribute to contain 4 values, but got: {len(op[name])}", known=())
    depth, seen = image[3], filter[2]
    if None not in (depth, seen) and depth != seen:
        fail(op, f"Dimensions must be equal, but are {depth} and {seen}", known=())
    sizes = [None if k is None else output_size(op, n, reach(k, rate), step, op["padding"])
             for n, k, rate, step in zip(image[1:3], filter, op["rates"][1:3], op["strides"][1:3])]
    return [(image[0], *sizes, seen if depth is None else depth)]


class _Windows:
    """Where the filter stands on the images: the slice of the padded images that each of its elements meets."""

    def __init__(self, image: Any, filter: Any, strides: Any, rates: Any, padding: str):
        self.window, steps = filter.shape[:2], strides[1:3]
        spans = [reach(k, rate) for k, rate in zip(self.window, rates[1:3])]
        self.around = paddings(image.shape[1:3], spans, steps, padding)
        self.shape = (image.shape[0], *(n + sum(pair) for n, pair in zip(image.shape[1:3], self.around)), image.shape[3])
        self.counts = [(n - span) // step + 1 for n, span, step in zip(self.shape[1:3], spans, steps)]
        self.rates, self.steps = rates[1:3], steps

    def places(self) -> list[tuple[slice, ...]]:
        """The slices of an array of `shape`, one for each element of the filter."""
        found: list[tuple[slice, ...]] = []
        for offset in np.ndindex(*self.window):
            first = [int(o) * rate for o, rate in zip(offset, self.rates)]
            found.append((slice(None), *(slice(low, low + (n - 1) * step + 1, step)
                                         for low, n, step in zip(first, self.counts, self.steps)), slice(None)))
        return found

    def pad(self, x: Any, value: Any) -> Any:
        """`x` with `value` around it."""
        return lax.pad(x, jnp.asarray(value, x.dtype), [(0, 0, 0), *((a, b, 0) for a, b in self.around), (0, 0, 0)])


def _sums(windows: _Windows, image: Any, filter: Any) -> Any:
    """Image plus filter for each element of the filter, one after the other; the least number outside the image."""
    kind = jnp.finfo if jnp.issubdtype(image.dtype, jnp.inexact) else jnp.iinfo
    least = jnp.asarray(kind(image.dtype).min, image.dtype)
    padded, inside = windows.pad(image, 0), windows.pad(jnp.ones(image.shape, bool), False)
    rows = filter.reshape(-1, filter.shape[2])
    return jnp.stack([jnp.where(inside[place], padded[place] + row, least) for place, row in zip(windows.places(), rows)])


@op("Dilation2D", "input: T, filter: T -> output: T", _dilated, T=REALNUMBER, **_SIZES)
def dilation2d(input, filter, *, strides, rates, padding):
    """The greatest sum of an element of the filter and the pixel that it meets."""
    return _sums(_Windows(input, filter, strides, rates, padding), input, filter).max(0)


@op("Dilation2DBackpropInput", "input: T, filter: T, out_backprop: T -> in_backprop: T",
    lambda op: [op.inputs[0].static_shape], T=REALNUMBER, **_SIZES)
def dilation2d_backprop_input(input, filter, out_backprop, *, strides, rates, padding):
    """The gradient of a dilation's images: each element of `out_backprop` goes to the first of the greatest."""
    windows = _Windows(input, filter, strides, rates, padding)
    greatest = _sums(windows, input, filter).argmax(0)
    total = jnp.zeros(windows.shape, out_backprop.dtype)
    for number, place in enumerate(windows.places()):
        total = total.at[place].add(jnp.where(greatest == number, out_backprop, 0))
    (top, _), (left, _) = windows.around
    return total[:, top:top + input.shape[1], left:left + input.shape[2]]


@op("Dilation2DBackpropFilter", "input: T, filter: T, out_backprop: T -> filter_backprop: T",
    lambda op: [op.inputs[1].static_shape], T=REALNUMBER, **_SIZES)
def dilation2d_backprop_filter(input, filter, out_backprop, *, strides, rates, padding):
    """The gradient of a dilation's filter: each element of `out_backprop` goes to the first of the greatest."""
    greatest = _sums(_Windows(input, filter, strides, rates, padding), input, filter).argmax(0)
    parts = [jnp.where(greatest == number, out_backprop, 0).sum((0, 1, 2), dtype=out_backprop.dtype)
             for number in range(filter.shape[0] * filter.shape[1])]
    return jnp.stack(parts).reshape(filter.shape)


def _check_sizes(op: Operation, *_: Any) -> None:
    for name in ("strides", "rates"):
        if op[name][0] != 1 or op[name][3] != 1:
            raise ValueError(f"Current implementation does not yet support {name} in the batch and depth dimensions.")


for _op in (dilation2d, dilation2d_backprop_input, dilation2d_backprop_filter):
    _op.check(_check_sizes)


@dilation2d.gradient
def _(op, grad):
    image, filter = op.inputs
    attrs = {name: op[name] for name in _SIZES}
    return (dilation2d_backprop_input(image, filter, grad, **attrs),
            dilation2d_backprop_filter(image, filter, grad, **attrs))
