"""Ops that put tensors together and take them apart along one axis."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import ANY, INDEX, TINDEX, int32, int64
from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.constant import constant, constant_value
from ..op.convert import convert_to_tensor
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, fail, known_axis, merge_shapes, merged_list, with_rank
from ..op.scope import scoped
from ..op.signature import Attr, required
from ..shape import Shape
from .forms import cast, minus, modulo, node, plus, times
from .shapes import rank_of, shape_of


def _library(arrays: list[Any]) -> Any:
    """NumPy for NumPy arrays, text among them, JAX for all others."""
    return np if all(isinstance(a, np.ndarray | np.generic) for a in arrays) else jnp


def _packed(op: Operation) -> list[Shape]:
    each = merged_list(op)
    if each is None:
        return [None]
    at, rank = op["axis"], len(each) + 1
    if not -rank <= at < rank:
        fail(op, f"Invalid axis: {at}; must be in [{-rank},{rank})")
    at %= rank
    return [(*each[:at], len(op.inputs), *each[at:])]


@op("Pack", "values: N*T -> output: T", _packed, T=ANY, axis=0)
def pack(values, *, axis):
    """The tensors stacked along a new axis."""
    return _library(values).stack(values, axis)


@pack.check
def _(op, values):
    for i, value in enumerate(values):
        if np.shape(value) != np.shape(values[0]):
            raise ValueError("Shapes of all inputs must match: values[0].shape = "
                             f"{brackets(np.shape(values[0]))} != values[{i}].shape = {brackets(np.shape(value))}")


@pack.gradient
def _(op, grad):
    return node("Unpack", grad, num=op["N"], axis=op["axis"], name="unstack")


def _unpacked(op: Operation) -> list[Shape]:
    whole, num, at = op.inputs[0].static_shape, op["num"], op["axis"]
    if whole is None:
        return [None] * num
    if not -len(whole) <= at < len(whole):
        fail(op, f"Invalid axis: {at}; must be in [{-len(whole)},{len(whole)})")
    at %= len(whole)
    if whole[at] not in (None, num):
        fail(op, f"Dimension must be {num} but is {whole[at]}")
    return [whole[:at] + whole[at + 1:]] * num


@op("Unpack", "value: T -> output: num*T", _unpacked, num=required("int"), T=ANY, axis=0)
def unpack(value, *, num, axis):
    """The slices of `value` along `axis`."""
    if value.shape[axis] != num:
        raise ValueError(f"Input shape axis {axis} must equal {num}, got shape {list(value.shape)}")
    at = axis % value.ndim
    return tuple(value[(slice(None),) * at + (i,)] for i in range(num))


@unpack.gradient
def _(op, *grads):
    return (node("Pack", list(grads), axis=op["axis"], name="stack"),)


def _concatenated(op: Operation) -> list[Shape]:
    values, axis = op.inputs[:-1], constant_value(op.inputs[-1])
    shapes = [t.static_shape for t in values]
    known = [s for s in shapes if s is not None]
    if not known:
        return [None]
    rank = len(known[0])
    if rank == 0:
        fail(op, "Can't concatenate scalars (use tf.stack instead)", known=())
    if axis is not None:
        least = axis + 1 if axis >= 0 else -axis
        if least > rank:
            fail(op, f"Shape must be at least rank {least} but is rank {rank}")
    for shape in known:
        if len(shape) != rank:
            fail(op, f"Shape must be rank {rank} but is rank {len(shape)}", known=())
    if axis is None:
        return [(None,) * rank]
    at = int(axis) % rank
    before = after = None
    for shape in known:
        before, after = merge_shapes(op, before, shape[:at]), merge_shapes(op, after, shape[at + 1:])
    sizes = [None if s is None else s[at] for s in shapes]
    return [(*before, None if None in sizes else sum(sizes), *after)]  # type: ignore[misc, arg-type]


@op("ConcatV2", "values: N*T, axis: Static(Tidx) -> output: T", _concatenated, N=Attr("int"), T=ANY, Tidx=INDEX)
def concat_v2(values, axis):
    """The tensors one after another along `axis`."""
    return _library(values).concatenate(values, int(axis))


@concat_v2.check
def _(op, values, axis):
    first, at = np.shape(values[0]), int(axis)
    if not -len(first) <= at < len(first):
        raise ValueError("ConcatOp : Expected concatenating dimensions in the range "
                         f"[{-len(first)}, {len(first)}), but got {at}")
    at %= len(first)
    for i, shape in enumerate(map(np.shape, values)):
        if len(shape) != len(first):
            problem = "Ranks of all input tensors should match"
        elif shape[:at] + shape[at + 1:] != first[:at] + first[at + 1:]:
            problem = "Dimensions of inputs should match"
        else:
            continue
        raise ValueError(f"ConcatOp : {problem}: shape[0] = {brackets(first)} vs. shape[{i}] = {brackets(shape)}")


def concat(values: Any, axis: Any, name: str = "concat") -> Tensor:
    """Return the tensors of a list one after another along `axis`, or the tensor that is alone.

    Args:
      values: a list of tensors with equal shapes but for `axis`, or one tensor.
      axis: the axis; a negative one counts from the end.
      name: of the node.

    Raises:
      ValueError: if the shapes do not fit, or `axis` is not a scalar.
    """
    values = values if isinstance(values, list | tuple) else [values]
    if not values:
        raise ValueError("List argument 'values' to 'ConcatV2' Op with length 0 shorter than minimum length 2.")
    if len(values) != 1:
        return node("ConcatV2", values, axis, name=name)
    with scoped(name, name):
        convert_to_tensor(axis, name="concat_dim", dtype=int32).shape.assert_has_rank(0)
        return node("Identity", values[0], name=name)


@concat_v2.gradient
def _(op, grad):
    values, axis = op.inputs[:-1], op.inputs[-1]
    if len(values) == 1:
        return [grad, None]
    if isinstance(grad, IndexedSlices):
        return [*_split_slices(grad, values, axis), None]
    axis = modulo(cast(axis, int32), rank_of(values[0]))
    sizes = _shapes_of(values)
    if len(sizes) > 16:
        return [*_split_at_once(grad, sizes, axis), None]
    offsets = node("ConcatOffset", axis, sizes)
    return [*(node("Slice", grad, begin, size) for begin, size in zip(offsets, sizes)), None]


def _shapes_of(values: list[Tensor]) -> list[Tensor]:
    """The shapes: constants if all are known, else by one node; a constant made before that showed is left unused."""
    sizes = []
    for value in values:
        sizes.append(shape_of(value))
        if sizes[-1].op.type != "Const":
            return node("ShapeN", values)
    return sizes


def _split_at_once(grad: Tensor, sizes: list[Tensor], axis: Tensor) -> list[Tensor]:
    table = node("Pack", sizes, axis=1, name="stack")
    along = node("Squeeze", node("Slice", table, [axis, 0], [1, -1]))
    return node("SplitV", grad, along, axis, num_split=len(sizes), name="split")


def _split_slices(grad: IndexedSlices, values: list[Tensor], axis: Tensor) -> list[IndexedSlices]:
    at = constant_value(axis)
    wrapped = modulo(axis, rank_of(values[0]))
    if at is None:
        raise ValueError("Can only compute IndexedSlices gradient with statically-known concat_dim")
    if at < 0:
        rank = constant_value(rank_of(values[0]))
        if rank is None:
            raise ValueError("Can only compute IndexedSlices gradient with negative concat_dim when first value rank "
                             "is statically-known.")
        at = at % rank
    sizes = [shape_of(value) for value in values]
    return _split_columns(grad, sizes, wrapped) if at > 0 else _split_rows(grad, sizes, wrapped)


def _split_columns(grad: IndexedSlices, sizes: list[Tensor], axis: Tensor) -> list[IndexedSlices]:
    length = shape_of(sizes[0])
    ahead = node("Fill", node("ExpandDims", axis, 0), 0)
    behind = node("Fill", minus(minus(length, axis), 1), 0)
    mask = concat([ahead, [1], behind], 0)
    begin, parts = node("Fill", length, 0), []
    for size in sizes:
        rest = node("Slice", size, [1], [-1])
        values = node("Slice", grad.values, begin, concat([[-1], rest], 0))
        parts.append(IndexedSlices(values, grad.indices, size))
        begin = node("Add", begin, times(size, mask))
    return parts


def _split_rows(grad: IndexedSlices, sizes: list[Tensor], axis: Tensor) -> list[IndexedSlices]:
    start, parts = constant(0, grad.indices.dtype), []
    for size in sizes:
        end = plus(start, cast(node("GatherV2", size, axis, 0), grad.indices.dtype))
        inside = node("LogicalAnd", node("GreaterEqual", grad.indices, start), node("Less", grad.indices, end))
        rows = node("Squeeze", node("Where", inside), squeeze_dims=[1])
        indices = minus(node("GatherV2", grad.indices, rows, 0), start)
        parts.append(IndexedSlices(node("GatherV2", grad.values, rows, 0), indices, size))
        start = end
    return parts


def _like_shapes(op: Operation) -> list[Shape]:
    return [with_rank(op, tensor, 1) for tensor in op.inputs[1:]]


@op("ConcatOffset", "concat_dim: int32, shape: N*int32 -> offset: N*int32", _like_shapes)
def concat_offset(concat_dim, shape):
    """Where each of several tensors, of the shapes given, starts in their concatenation."""
    lengths = jnp.stack(shape) * (jnp.arange(shape[0].size) == concat_dim % shape[0].size)
    return tuple(jnp.cumsum(lengths, axis=0, dtype=np.int32) - lengths)


@concat_offset.fold
def _(concat_dim, shape):
    offsets = np.zeros_like(np.stack(shape))
    offsets[1:, int(concat_dim)] = np.cumsum([vector[int(concat_dim)] for vector in shape[:-1]])
    return tuple(offsets)


not_differentiable(concat_offset)


def _split_shapes(op: Operation) -> list[Shape]:
    whole, num = op.inputs[1].static_shape, op["num_split"]
    at = None if whole is None else known_axis(op, op.inputs[0], len(whole))
    if whole is None or at is None:
        return [None if whole is None else (None,) * len(whole)] * num
    if whole[at] is not None and whole[at] % num:
        fail(op, f"Dimension size must be evenly divisible by {num} but is {whole[at]}\n\t"
                 "Number of ways to split should evenly divide the split dimension")
    each = None if whole[at] is None else whole[at] // num
    return [(*whole[:at], each, *whole[at + 1:])] * num


@op("Split", "split_dim: Static(int32), value: T -> output: num_split*T", _split_shapes, num_split=required("int"),
    T=ANY)
def split(split_dim, value, *, num_split):
    """`value` in equal parts along `split_dim`."""
    at = int(split_dim) % value.ndim
    if value.shape[at] % num_split:
        raise ValueError("Number of ways to split should evenly divide the split dimension, but got split_dim "
                         f"{int(split_dim)} (size = {value.shape[at]}) and num_split {num_split}")
    return _parts(value, at, [value.shape[at] // num_split] * num_split)


def _parts(value: Any, axis: int, sizes: list[int]) -> tuple:
    ends = list(accumulate(sizes))
    return tuple(value[(slice(None),) * axis + (slice(end - size, end),)] for size, end in zip(sizes, ends))


@split.gradient
def _(op, *grads):
    return None, concat(list(grads), op.inputs[0])


def _split_v_shapes(op: Operation) -> list[Shape]:
    whole, num = op.inputs[0].static_shape, op["num_split"]
    sizes = constant_value(op.inputs[1])
    at = None if whole is None else known_axis(op, op.inputs[2], len(whole))
    if whole is None or at is None:
        return [None if whole is None else (None,) * len(whole)] * num
    if sizes is None:
        return [whole if num == 1 else (*whole[:at], None, *whole[at + 1:])] * num
    each = _known_sizes(op, [int(n) for n in sizes], whole[at])
    return [(*whole[:at], n, *whole[at + 1:]) for n in each]


def _known_sizes(op: Operation, sizes: list[int], total: int | None) -> list[int | None]:
    given = sum(n for n in sizes if n != -1)
    if total is None:
        return [None if n == -1 else n for n in sizes]
    if given > total or (-1 not in sizes and given != total):
        fail(op, f"can't split axis of size {total} into pieces of size [{','.join(map(str, sizes))}]")
    return [total - given if n == -1 else n for n in sizes]


@op("SplitV", "value: T, size_splits: Static(Tlen), split_dim: Static(int32) -> output: num_split*T", _split_v_shapes,
    num_split=required("int"), T=ANY, Tlen=TINDEX.with_default(int64))
def split_v(value, size_splits, split_dim, *, num_split):
    """`value` in parts of `size_splits` along `split_dim`; one size of -1 is what the others leave."""
    at, sizes = int(split_dim) % value.ndim, [int(n) for n in size_splits]
    given = sum(n for n in sizes if n != -1)
    sizes = [value.shape[at] - given if n == -1 else n for n in sizes]
    if sum(sizes) != value.shape[at] or min(sizes) < 0:
        raise ValueError("Determined shape must either match input shape along split_dim exactly if fully specified, "
                         f"or be less than the size of the input along split_dim if not fully specified.  Got: {given}")
    return _parts(value, at, sizes)


@split_v.gradient
def _(op, *grads):
    return concat(list(grads), op.inputs[2]), None, None


for _definition in (pack, unpack, concat_v2, split, split_v):
    _definition.fold(_definition.lower)
