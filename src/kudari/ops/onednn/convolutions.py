"""Where oneDNN takes the place of XLA: float32 on CPU, up to three spatial axes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp

from . import ffi
from .library import Library, library
from .primitives import FILTER_GRADIENT, FORWARD, INPUT_GRADIENT, Job, Layout, primitive

__all__ = ["FILTER_GRADIENT", "FORWARD", "INPUT_GRADIENT", "call", "takes"]

_TARGET = "kudari_onednn_convolution"


@cache
def _registered() -> bool:
    """Whether XLA's programs can call the library."""
    found = library()
    if found is None:
        return False
    ffi.register(_TARGET, lambda job, addresses: found.run(_compute, found, job, addresses))
    return True


def _compute(library: Library, job: str, addresses: list[int]) -> None:
    primitive(library, job)(addresses)


def takes(what: Any, *operands: Any) -> bool:
    """Whether oneDNN computes the convolution `what`, a `Convolution`, or a gradient of it, of these operands."""
    return (all(operand.dtype == jnp.float32 for operand in operands) and 1 <= len(what.strides) <= 3
            and not what.is_empty and min(map(min, what.paddings)) >= 0 and _registered())


def call(kind: str, what: Any, one: Any, other: Any) -> Any:
    """Return a convolution or a gradient of it, in a program of XLA for CPU.

    Args:
      kind: FORWARD of the input and the filter, INPUT_GRADIENT of the filter and the output's gradient, or
        FILTER_GRADIENT of the input and the output's gradient.
      what: the `Convolution`, which `takes` has admitted.
      one: the first operand, and
      other: the second.
    """
    shape = {FORWARD: what.output, INPUT_GRADIENT: what.input, FILTER_GRADIENT: what.filter}[kind]
    result = jax.ShapeDtypeStruct(shape, jnp.float32)
    return jax.ffi.ffi_call(_TARGET, result, vmap_method="sequential")(one, other, job=_job(kind, what).written())


def _job(kind: str, what: Any) -> Job:
    rank = len(what.strides)
    layout = what.data_format
    order = [layout.index("N"), layout.index("C"), *(i for i, letter in enumerate(layout) if letter not in "NC")]
    groups = what.groups
    sizes, steps = what.filter, _steps(what.filter)
    outputs = sizes[-1] // groups
    weights = Layout((outputs, sizes[-2], *sizes[:rank]), (steps[-1], steps[-2], *steps[:rank]))
    if groups > 1:
        weights = Layout((groups, *weights.sizes), (outputs, *weights.strides))
    before, after = zip(*what.paddings)
    return Job(kind, _permuted(what.input, order), weights, _permuted(what.output, order), what.strides,
               tuple(d - 1 for d in what.dilations), before, after)


def _permuted(sizes: Sequence[int], order: list[int]) -> Layout:
    steps = _steps(sizes)
    return Layout(tuple(sizes[i] for i in order), tuple(steps[i] for i in order))


def _steps(sizes: Sequence[int]) -> list[int]:
    """How far apart the elements along each axis are in row-major order."""
    steps = [1]
    for size in reversed(sizes[1:]):
        steps.insert(0, steps[0] * size)
    return steps
