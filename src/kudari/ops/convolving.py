"""The arithmetic of convolutions of any number of axes: forward and both gradients."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
from jax import lax

from .onednn import convolutions as onednn
from .windows import channel_axis, paddings, placed, reach, spatial


@dataclass(frozen=True)
class Convolution:
    """What a convolution does to which shapes.

    Args:
      input: the shape of its input.
      filter: the shape of its filter, spatial sizes first, then channels in and out.
      strides: one for each spatial axis, as is
      dilations: the distance of the elements that a window takes, and
      paddings: the zeros before and after.
      data_format: a letter for each axis, `NHWC` or the like.
    """

    input: tuple[int, ...]
    filter: tuple[int, ...]
    strides: tuple[int, ...]
    dilations: tuple[int, ...]
    paddings: tuple[tuple[int, int], ...]
    data_format: str

    @property
    def groups(self) -> int:
        """Into how many groups the channels are split; each filter sees those of one."""
        return max(self.input[channel_axis(self.data_format)] // max(self.filter[-2], 1), 1)

    @property
    def output(self) -> tuple[int, ...]:
        """The shape of the output."""
        sizes = [(n + sum(pair) - reach(k, d)) // s + 1 for n, k, s, d, pair in zip(
            spatial(self.data_format, self.input), self.filter, self.strides, self.dilations, self.paddings)]
        return placed(self.data_format, self.input[0], sizes, self.filter[-1])

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to add up."""
        return 0 in self.input or 0 in self.filter or 0 in self.output


def describe(input: Any, filter: Any, strides: Any, dilations: Any, padding: str, explicit: Any,
             data_format: str) -> Convolution:
    """Return the convolution of shapes `input` and `filter`; the lists have a value for each axis."""
    steps, gaps = spatial(data_format, strides), spatial(data_format, dilations)
    sizes = spatial(data_format, input)
    spans = [reach(k, d) for k, d in zip(filter, gaps)]
    around = paddings(sizes, spans, steps, padding, spatial(data_format, explicit) if explicit else ())
    return Convolution(tuple(input), tuple(filter), tuple(steps), tuple(gaps), around, data_format)


def convolve(what: Convolution, input: Any, filter: Any) -> Any:
    """Return the sums of products of `filter` with each window of `input`."""
    return _computed(onednn.FORWARD, _convolve, what, input, filter)


def input_gradient(what: Convolution, filter: Any, grad: Any) -> Any:
    """Return the gradient of the input for that of the output, `grad`."""
    return _computed(onednn.INPUT_GRADIENT, _input_gradient, what, filter, grad)


def filter_gradient(what: Convolution, input: Any, grad: Any) -> Any:
    """Return the gradient of the filter for that of the output, `grad`."""
    return _computed(onednn.FILTER_GRADIENT, _filter_gradient, what, input, grad)


def _computed(kind: str, plain: Any, what: Convolution, one: Any, other: Any) -> Any:
    """The result of oneDNN where it takes the operands and the program is for CPU; else that of `plain`."""
    if not onednn.takes(what, one, other):
        return plain(what, one, other)
    return lax.platform_dependent(one, other, cpu=partial(onednn.call, kind, what), default=partial(plain, what))


def _convolve(what: Convolution, input: Any, filter: Any) -> Any:
    layout = what.data_format
    return lax.conv_general_dilated(
        input, filter, what.strides, what.paddings, rhs_dilation=what.dilations, feature_group_count=what.groups,
        dimension_numbers=(layout, layout.replace("N", "").replace("C", "") + "IO", layout))


def _input_gradient(what: Convolution, filter: Any, grad: Any) -> Any:
    before = jax.ShapeDtypeStruct(what.input, grad.dtype)
    return jax.linear_transpose(lambda x: _convolve(what, x, filter), before)(grad)[0]


def _filter_gradient(what: Convolution, input: Any, grad: Any) -> Any:
    before = jax.ShapeDtypeStruct(what.filter, grad.dtype)
    return jax.linear_transpose(lambda w: _convolve(what, input, w), before)(grad)[0]
