"""The patches of images and of volumes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import REALNUMBER, DType, int32, int64
from ..errors import UnimplementedError
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.definition import op
from ..op.rules import fail, with_rank
from ..op.scope import scoped
from ..op.sparse_tensor import SparseTensor, parts
from ..shape import Shape
from .forms import minus, node, plus, times
from .full import full
from .indexing import item
from .joining import concat
from .shapes import shape_of
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
    return _windows(images, ksizes[1:3], strides[1:3], rates[1:3], padding)


def _windows(images: Any, window: Any, steps: Any, gaps: Any, padding: str) -> Any:
    """The elements of each window of a batch of images or volumes, as channels."""
    spans = [reach(k, gap) for k, gap in zip(window, gaps)]
    around = paddings(images.shape[1:-1], spans, steps, padding)
    library: Any = np if isinstance(images, np.ndarray) else jnp
    padded = library.pad(images, [(0, 0), *around, (0, 0)])
    counts = [(n - span) // step + 1 for n, span, step in zip(padded.shape[1:-1], spans, steps)]
    parts = []
    for offset in np.ndindex(*window):
        first = [int(o) * gap for o, gap in zip(offset, gaps)]
        inner = [slice(low, low + (n - 1) * step + 1, step) for low, n, step in zip(first, counts, steps)]
        parts.append(padded[(slice(None), *inner)])
    return library.concatenate(parts, axis=-1)


extract_image_patches.fold(extract_image_patches.lower)


@extract_image_patches.check
def _(op, images):
    for name in ("ksizes", "strides", "rates"):
        if op[name][0] != 1 or op[name][3] != 1:
            raise UnimplementedError(None, op, f"Only support {name} across space.")


@extract_image_patches.gradient
def _(op, grad):
    batch, rows, columns, depth = _sizes(op.inputs[0], int64, range(4))
    total = plus(1, times(rows, columns))
    before = node("Reshape", _numbers(1, total), (1, rows, columns, 1))
    before = node("ExtractImagePatches", before, op["ksizes"], op["strides"], op["rates"], op["padding"])
    rows_out, columns_out = _sizes(op.outputs[0], int64, (1, 2))
    _, high, wide, _ = op["ksizes"]
    total_out = times(times(times(rows_out, columns_out), high), wide)
    after = node("Reshape", _numbers(0, total_out), (1, rows_out, columns_out, high * wide))
    slope = _sent_back(grad, (before, after), (total, total_out), (batch, rows_out, columns_out, high, wide, depth))
    return node("Transpose", node("Reshape", slope, (rows, columns, batch, depth)), (2, 0, 1, 3), name="transpose")


def _patched_volumes(op: Operation) -> list[Shape]:
    batch, *sizes, depth = with_rank(op, op.inputs[0], 5)
    for name, word in (("ksizes", "ksizes"), ("strides", "stride")):
        if len(op[name]) != 5:
            fail(op, f"ExtractVolumePatches requires the {word} attribute to contain 5 values, but got: {len(op[name])}",
                 known=())
    window = op["ksizes"][1:4]
    counts = [output_size(op, n, k, step, op["padding"]) for n, k, step in zip(sizes, window, op["strides"][1:4])]
    return [(batch, *counts, None if depth is None else depth * math.prod(window))]


@op("ExtractVolumePatches", "input: T -> patches: T", _patched_volumes, ksizes=SIZES, strides=SIZES, T=REALNUMBER,
    padding=PADDING)
def extract_volume_patches(input, *, ksizes, strides, padding):
    """The elements of each window of the volumes, one after the other, as the channels of one element."""
    return _windows(input, ksizes[1:4], strides[1:4], (1, 1, 1), padding)


extract_volume_patches.fold(extract_volume_patches.lower)


@extract_volume_patches.check
def _(op, input):
    for name in ("ksizes", "strides"):
        if op[name][0] != 1 or op[name][4] != 1:
            raise UnimplementedError(None, op, f"Only support {name} across space.")


@extract_volume_patches.gradient
def _(op, grad):
    _, *sizes, _ = with_rank(op, op.inputs[0], 5)
    _, *sizes_out, _ = with_rank(op, op.outputs[0], 5)
    if None in sizes or None in sizes_out:
        raise ValueError(f"The gradient of '{op.name}' (op: '{op.type}') needs the size of its volumes, which is {sizes}; "
                         "give the input a static shape.")
    batch, depth = _sizes(op.inputs[0], int32, (0, 4))
    window = op["ksizes"][1:4]
    total, total_out = 1 + math.prod(sizes), math.prod(sizes_out) * math.prod(window)
    before = node("Reshape", _numbers(1, total), (1, *sizes, 1))
    before = node("ExtractVolumePatches", before, op["ksizes"], op["strides"], op["padding"])
    after = node("Reshape", _numbers(0, total_out), (1, *sizes_out, math.prod(window)))
    slope = _sent_back(grad, (before, after), (total, total_out), (batch, *sizes_out, *window, depth))
    return node("Transpose", node("Reshape", slope, (*sizes, batch, depth)), (3, 0, 1, 2, 4), name="transpose")


def _sizes(x: Any, dtype: DType, axes: Iterable[int]) -> list[Any]:
    """Sizes of a tensor, as tensors."""
    shape = shape_of(x, out_type=dtype)
    return [item(shape, axis) for axis in axes]


def _numbers(start: int, limit: Any) -> Any:
    """The int64 numbers from `start` up to `limit`."""
    with scoped(None, "range", [limit]) as scope:
        ends = zip((start, limit, 1), ("start", "limit", "delta"))
        return node("Range", *(convert_to_tensor(value, dtype=int64, name=name) for value, name in ends), name=scope)


def _sent_back(grad: Any, numbers: tuple[Any, Any], totals: tuple[Any, Any], sizes: tuple) -> Any:
    """The sums of the gradients of all places that each element went to: a matrix of zeros and ones times the gradients.

    Args:
      grad: the gradient of the patches.
      numbers: for each place in the patches of one image with one channel the number, from 1 on, of the element that is
        there, 0 in the padding; and the number of the place.
      totals: how many there are of either.
      sizes: of the patches, those of the window apart.
    """
    indices = concat([node("ExpandDims", each, -1) for each in numbers], -1)
    indices = node("Reshape", indices, (-1, 2))
    links = SparseTensor(indices, full([totals[1]], 1, grad.dtype, None, "ones"), totals)
    start, size = (convert_to_tensor(value, int64) for value in ((1, 0), (minus(totals[0], 1) if isinstance(
        totals[0], Tensor) else totals[0] - 1, totals[1])))
    with scoped(None, "SparseSlice", list(parts(links))) as scope:
        links = SparseTensor(*node("SparseSlice", *parts(links), start, size, name=scope))
    rank = len(sizes)
    grad = node("Transpose", node("Reshape", grad, sizes), (*range(1, rank - 1), 0, rank - 1), name="transpose")
    grad = node("Reshape", grad, (-1, times(sizes[0], sizes[-1])))
    with scoped(None, "SparseTensorDenseMatMul", [links.indices, links.values, grad]):
        return node("SparseTensorDenseMatMul", *parts(links), grad)
