"""Dilation and erosion of grayscale images."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..op.scope import scoped
from ..ops import morphology as ops
from ..ops.forms import negated, node
from .arguments import renamed


def dilation2d(input: Any, filter: Any = None, strides: Any = None, rates: Any = None, padding: Any = None,
               name: str | None = None, filters: Any = None, dilations: Any = None) -> Tensor:
    """Return the greatest sum of an element of a filter and the pixel that it meets.

    Args:
      input: `[batch, height, width, channels]`, of real numbers.
      filter: `[height, width, channels]`: one for each channel.
      strides: from one place of the filter to the next, one for each axis.
      rates: distances of the pixels that the filter meets, one for each axis.
      padding: `SAME` or `VALID`; what lies outside the image counts as the least number.
      name: of the node.
      filters: the later name of `filter`.
      dilations: the later name of `rates`.

    Raises:
      ValueError: if the sizes do not fit.
    """
    filter, rates = renamed("filters", filters, "filter", filter), renamed("dilations", dilations, "rates", rates)
    return ops.dilation2d(input, filter, strides, rates, padding, name=name)


def erosion2d(value: Any, kernel: Any, strides: Any, rates: Any, padding: Any, name: str | None = None) -> Tensor:
    """Return the least difference of a pixel and the element of a filter that it meets.

    Args:
      value: `[batch, height, width, channels]`, of real numbers.
      kernel: `[height, width, channels]`: one for each channel.
      strides: from one place of the filter to the next, one for each axis.
      rates: distances of the pixels that the filter meets, one for each axis.
      padding: `SAME` or `VALID`.
      name: of the scope.

    Raises:
      ValueError: if the sizes do not fit.
    """
    with scoped(name, "erosion2d", [value, kernel]) as scope:
        value, turned = negated(value), node("ReverseV2", kernel, [0, 1])
        return negated(ops.dilation2d(value, turned, strides, rates, padding, name=scope))
