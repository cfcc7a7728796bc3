"""The element at a place in the order of each row."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from ..dtypes import REALNUMBER
from ..graph.operation import Operation
from ..op.definition import op
from ..op.rules import brackets, fail
from ..shape import Shape
from .forms import cast, node, old_over, times
from .shapes import reduction
from .sorting import rows_and_place


def _chosen(op: Operation) -> list[Shape]:
    shape, n = rows_and_place(op)
    if shape is None:
        return [None]
    if n is not None and shape[-1] is not None and shape[-1] <= n:
        fail(op, f"Input must have last dimension > n = {n} but is {shape[-1]}")
    return [shape[:-1]]


@op("NthElement", "input: T, n: Static(int32) -> values: T", _chosen, reverse=False, T=REALNUMBER)
def nth_element(input, n, *, reverse):
    """The element of each row that `n` others are smaller than, or greater than if `reverse`."""
    place = int(n)
    return jnp.sort(input, axis=-1)[..., input.shape[-1] - 1 - place if reverse else place]


@nth_element.check
def _(op, input, n):
    shape = np.shape(input)
    if np.ndim(n):
        raise ValueError(f"N must be scalar, got shape {brackets(np.shape(n))}")
    if n < 0:
        raise ValueError(f"Need n >= 0, got {n}")
    if not shape:
        raise ValueError(f"Input must be >= 1-D, got shape {brackets(shape)}")
    if shape[-1] <= n:
        raise ValueError("Input must have at least n+1 columns")


@nth_element.gradient
def _(op, grad):
    found = node("ExpandDims", op.outputs[0], -1)
    is_it = cast(node("Equal", found, op.inputs[0]), grad.dtype)
    grad = node("ExpandDims", grad, -1)
    count = node("ExpandDims", reduction("Sum", is_it, axis=-1), -1)
    return times(old_over(is_it, count), grad), None
