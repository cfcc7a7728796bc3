"""The patches of images."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import REALNUMBER
from ..errors import UnimplementedError
from ..graph.operation import Operation
from ..op.definition import op
from ..op.rules import fail, with_rank
from ..shape import Shape
from .windows import PADDING, SIZES, output_size, paddings, reach


def _patched(op: Operation) -> list[Shape]:
    batch, height, width, depth = with_rank(op, op.inputs[0], 4)
    for name in ("ksizes", "strides", "rates"):
        if len(op[name]) < 4:
            raise ValueError(f"Attr '{name}' of '{op.type}' Op passed list of length {len(op[name])} less than minimum 4.")
        if len(op[name]) > 4:
            fail(op, f"ExtractImagePatches requires the {name} attribute to contain 4 values, but got: {len(op[name])}",
                 known=())
    sizes = []
    for axis, size in ((1, height), (2, width)):
        span, step = reach(op["ksizes"][axis], op["rates"][axis]), op["strides"][axis]
        if op["padding"] == "VALID" and size is not None and step > 0 and size < span - step:
            fail(op, f"Computed output size would be negative: {int((size - span + step) / step)} [input_size: {size}, "
                     f"effective_filter_size: {span}, stride: {step}]", known=())
        sizes.append(output_size(op, size, span, step, op["padding"]))
    return [(batch, *sizes, None if depth is None else depth * op["ksizes"][1] * op["ksizes"][2])]


@op("ExtractImagePatches", "images: T -> patches: T", _patched, ksizes=SIZES, strides=SIZES, rates=SIZES, T=REALNUMBER,
    padding=PADDING)
def extract_image_patches(images, *, ksizes, strides, rates, padding):
    """The pixels of each window, one after the other, as the channels of one pixel."""
    window, steps, gaps = ksizes[1:3], strides[1:3], rates[1:3]
    spans = [reach(k, gap) for k, gap in zip(window, gaps)]
    around = paddings(images.shape[1:3], spans, steps, padding)
    padded = jnp.pad(images, [(0, 0), *around, (0, 0)])
    counts = [(n - span) // step + 1 for n, span, step in zip(padded.shape[1:3], spans, steps)]
    batch, depth = images.shape[0], images.shape[3]
    parts = []
    for offset in np.ndindex(*window):
        first = [int(o) * gap for o, gap in zip(offset, gaps)]
        last = [low + (n - 1) * step + 1 for low, n, step in zip(first, counts, steps)]
        parts.append(lax.slice(padded, (0, *first, 0), (batch, *last, depth), (1, *steps, 1)))
    return jnp.concatenate(parts, axis=3)


@extract_image_patches.check
def _(op, images):
    for name in ("ksizes", "strides", "rates"):
        if op[name][0] != 1 or op[name][3] != 1:
            raise UnimplementedError(None, op, f"Only support {name} across space.")
