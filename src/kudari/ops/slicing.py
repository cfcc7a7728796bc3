"""Ops that cut pieces out of tensors."""

from __future__ import annotations

from typing import Any

import numpy as np
from jax import lax

from ..dtypes import ANY, TINDEX
from ..graph.operation import Operation
from ..op.constant import constant_value, constant_value_as_shape
from ..op.definition import not_differentiable, op
from ..op.rules import fail, merge_shapes, unchanged, with_rank
from ..shape import Shape
from .forms import minus, node
from .packing import stack
from .shapes import rank_of, shape_of
from .strided import Cut, Masks, cuts, sliced_shape

_MASKS: dict[str, Any] = {"begin_mask": 0, "end_mask": 0, "ellipsis_mask": 0, "new_axis_mask": 0, "shrink_axis_mask": 0}


def _strided_shape(op: Operation) -> list[Shape]:
    shape = op.inputs[0].static_shape
    begin, end, strides = (constant_value(t) for t in op.inputs[1:])
    if shape is None or strides is None:
        return [None]
    try:
        parts = cuts(len(shape), begin, end, strides, Masks.of(op))
    except ValueError as error:
        fail(op, str(error), known=(3,))
    try:
        return [sliced_shape(shape, parts)]
    except ValueError as error:
        fail(op, str(error))


@op("StridedSlice", "input: T, begin: Static(Index), end: Static(Index), strides: Static(Index) -> output: T",
    _strided_shape, T=ANY, Index=TINDEX, **_MASKS)
def strided_slice(input, begin, end, strides, *, begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask):
    """`input` indexed as Python would, `begin:end:strides` an axis; masks stand for `:`, `...`, new axes and ints."""
    masks = Masks(begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask)
    parts = cuts(input.ndim, begin, end, strides, masks)
    sliced_shape(input.shape, parts)
    return input[tuple(cut.index() for cut in parts)]


strided_slice.fold(strided_slice.lower)


@strided_slice.gradient
def _(op, grad):
    begin, end, strides = op.inputs[1:]
    shape = shape_of(op.inputs[0], out_type=begin.dtype)
    masks = {key: op[key] for key in _MASKS}
    return node("StridedSliceGrad", shape, begin, end, strides, grad, **masks), None, None, None


def _whole(op: Operation) -> list[Shape]:
    return [constant_value_as_shape(op.inputs[0])]


@op("StridedSliceGrad", "shape: Static(Index), begin: Static(Index), end: Static(Index), strides: Static(Index), dy: T "
    "-> output: T", _whole, T=ANY, Index=TINDEX, **_MASKS)
def strided_slice_grad(shape, begin, end, strides, dy, *, begin_mask, end_mask, ellipsis_mask, new_axis_mask,
                       shrink_axis_mask):
    """Zeros of `shape`, with `dy` where a strided slice would have read."""
    masks = Masks(begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask)
    sizes = tuple(int(n) for n in shape)
    parts = [cut for cut in cuts(len(sizes), begin, end, strides, masks) if cut.axis is not None]
    return _put_back(dy, sizes, parts)


def _put_back(dy: Any, sizes: tuple[int, ...], parts: list[Cut]) -> Any:
    """The slice undone: a padding with gaps, which XLA fuses, unlike a scatter."""
    places = [cut.range_in(size) for cut, size in zip(parts, sizes)]
    if 0 in map(len, places):
        return lax.full(sizes, 0, dy.dtype)
    dy = lax.rev(dy.reshape([len(r) for r in places]), [i for i, r in enumerate(places) if r.step < 0])
    ends = [(min(r[0], r[-1]), max(r[0], r[-1])) for r in places]
    padding = [(low, size - 1 - high, abs(r.step) - 1) for (low, high), size, r in zip(ends, sizes, places)]
    return lax.pad(dy, np.zeros((), dy.dtype), padding)


@strided_slice_grad.gradient
def _(op, grad):
    begin, end, strides = op.inputs[1:4]
    return None, None, None, None, node("StridedSlice", grad, begin, end, strides, **{key: op[key] for key in _MASKS})


@op("StridedSliceAssign", "ref: Ref(T), begin: Static(Index), end: Static(Index), strides: Static(Index), value: T "
    "-> output_ref: Ref(T)", unchanged, T=ANY, Index=TINDEX, **_MASKS)
def strided_slice_assign(ref, begin, end, strides, value, *, begin_mask, end_mask, ellipsis_mask, new_axis_mask,
                         shrink_axis_mask):
    """Set a strided slice of a variable."""
    masks = Masks(begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask)
    parts = [cut for cut in cuts(ref.ndim, begin, end, strides, masks) if cut.axis is not None]
    sliced_shape(ref.shape, parts)
    place = tuple(cut.index() for cut in parts)
    return ref.at[place].set(value.reshape(ref[place].shape))


not_differentiable(strided_slice_assign)


def _slice_shape(op: Operation) -> list[Shape]:
    shape, begin, size = op.inputs[0].static_shape, constant_value(op.inputs[1]), constant_value(op.inputs[2])
    lengths = merge_shapes(op, with_rank(op, op.inputs[1], 1), with_rank(op, op.inputs[2], 1))
    rank = lengths[0] if shape is None else len(shape)  # type: ignore[index]
    if rank is None:
        return [None]
    if lengths[0] not in (None, rank):  # type: ignore[index]
        fail(op, f"Shape must be rank {lengths[0]} but is rank {rank}", known=())  # type: ignore[index]
    if size is None:
        sizes = constant_value_as_shape(op.inputs[2])
        return [(None,) * rank if sizes is None else sizes]
    return [tuple(_slice_size(shape, begin, i, int(n)) for i, n in enumerate(size))]


def _slice_size(shape: Shape, begin: Any, axis: int, size: int) -> int | None:
    if size != -1:
        return size
    if shape is None or begin is None or shape[axis] is None:
        return None
    return shape[axis] - int(begin[axis])  # type: ignore[operator]


@op("Slice", "input: T, begin: Static(Index), size: Static(Index) -> output: T", _slice_shape, T=ANY, Index=TINDEX)
def slice(input, begin, size):
    """`size` elements along each axis from `begin` on; -1 for all that are left."""
    ends = []
    for i, (total, start, length) in enumerate(zip(input.shape, begin, size)):
        if not 0 <= start <= total:
            raise ValueError(f"Expected begin[{i}] in [0, {total}], but got {start}")
        if length != -1 and not 0 <= length <= total - start:
            raise ValueError(f"Expected size[{i}] in [0, {total - start}], but got {length}")
        ends.append(total if length == -1 else int(start + length))
    return input[tuple(Cut(i, int(start), end).index() for i, (start, end) in enumerate(zip(begin, ends)))]


slice.fold(slice.lower)


@slice.gradient
def _(op, grad):
    source, begin = op.inputs[:2]
    rank, size = rank_of(source), shape_of(op.outputs[0], out_type=begin.dtype)
    column = stack([rank, 1])
    before = node("Reshape", begin, column)
    after = node("Reshape", minus(minus(shape_of(source, out_type=begin.dtype), size), begin), column)
    paddings = node("ConcatV2", [before, after], 1, name="concat")
    return node("Pad", grad, paddings), None, None
