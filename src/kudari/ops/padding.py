"""Ops that surround, repeat and turn tensors round."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import (
    ANY,
    FLOATING,
    INDEX,
    TINDEX,
    TypeSet,
    bool,
    complex64,
    complex128,
    int8,
    int16,
    int32,
    int64,
    string,
    uint8,
    uint16,
)
from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..op.constant import constant_value, constant_value_as_shape
from ..op.definition import not_differentiable, op
from ..op.rules import fail, merge_shapes, with_rank
from ..op.signature import required
from ..shape import Shape
from .forms import cast, node
from .indexing import item
from .joining import concat
from .packing import stack
from .shapes import rank_of, reduction, shape_of, size_of

_INTEGERS = (uint8, int8, uint16, int16, int32, int64)
_REVERSIBLE = TypeSet((*_INTEGERS, bool, *FLOATING.allowed, complex64, complex128, string))


def _padded(op: Operation) -> list[Shape]:
    old, table, paddings = op.inputs[0].static_shape, with_rank(op, op.inputs[1], 2), constant_value(op.inputs[1])
    rank = table[0] if old is None else len(old)  # type: ignore[index]
    if rank is None:
        return [None]
    if table[0] not in (None, rank):  # type: ignore[index]
        fail(op, f"Shape must be rank {table[0]} but is rank {rank}", known=())  # type: ignore[index]
    if paddings is not None and (paddings < 0).any():
        fail(op, "Paddings must be non-negative")
    if old is None or paddings is None:
        return [(None,) * rank]
    return [tuple(None if n is None else n + int(sum(pair)) for n, pair in zip(old, paddings))]


@op("Pad", "input: T, paddings: Static(Tpaddings) -> output: T", _padded, T=ANY, Tpaddings=INDEX)
def pad(input, paddings):
    """`input` with zeros around it: `paddings[i]` says how many before and after along axis `i`."""
    return _surrounded(input, paddings, np.zeros((), input.dtype))


@op("PadV2", "input: T, paddings: Static(Tpaddings), constant_values: T -> output: T", _padded, T=ANY, Tpaddings=INDEX)
def pad_v2(input, paddings, constant_values):
    """`input` with `constant_values` around it."""
    return _surrounded(input, paddings, constant_values)


def _surrounded(input: Any, paddings: np.ndarray, value: Any) -> Any:
    if (paddings < 0).any():
        raise ValueError(f"Paddings must be non-negative: {paddings.tolist()}")
    return lax.pad(input, value, [(int(low), int(high), 0) for low, high in paddings])


@pad.gradient
@pad_v2.gradient
def _(op, grad):
    source, paddings = op.inputs[:2]
    before = node("Slice", paddings, [0, 0], stack([rank_of(source), 1]))
    begin = node("Reshape", before, [-1])
    return node("Slice", grad, begin, shape_of(source, out_type=paddings.dtype)), *[None] * (len(op.inputs) - 1)


@op("MirrorPad", "input: T, paddings: Static(Tpaddings) -> output: T", _padded, T=ANY, Tpaddings=INDEX,
    mode=required("string", ("REFLECT", "SYMMETRIC")))
def mirror_pad(input, paddings, *, mode):
    """`input` with its own elements around it, mirrored: without the edge for `REFLECT`, with it for `SYMMETRIC`."""
    return _mirrored(input, paddings, mode)


def _mirrored(input: Any, paddings: np.ndarray, mode: str) -> Any:
    edge = 1 if mode == "REFLECT" else 0
    for i, (size, pair) in enumerate(zip(input.shape, paddings)):
        if max(pair) > size - edge:
            raise ValueError(f"paddings must be {'less than' if edge else 'no greater than'} the dimension size: "
                             f"{pair[0]}, {pair[1]} not {'less than' if edge else 'no greater than'} {size} (axis {i})")
    return jnp.pad(input, [tuple(map(int, pair)) for pair in paddings], mode=mode.lower())


def _unpadded(op: Operation) -> list[Shape]:
    old, paddings = op.inputs[0].static_shape, constant_value(op.inputs[1])
    if old is None or paddings is None:
        return [old and (None,) * len(old)]
    return [tuple(None if n is None else n - int(sum(pair)) for n, pair in zip(old, paddings))]


@op("MirrorPadGrad", "input: T, paddings: Static(Tpaddings) -> output: T", _unpadded, T=ANY, Tpaddings=INDEX,
    mode=required("string", ("REFLECT", "SYMMETRIC")))
def mirror_pad_grad(input, paddings, *, mode):
    """The gradient of a mirrored padding: each element collects those of its images."""
    sizes = [n - int(sum(pair)) for n, pair in zip(input.shape, paddings)]
    before = jax.ShapeDtypeStruct(sizes, input.dtype)
    return jax.linear_transpose(lambda x: _mirrored(x, paddings, mode), before)(input)[0]


@mirror_pad.gradient
def _(op, grad):
    return node("MirrorPadGrad", grad, op.inputs[1], mode=op["mode"]), None


@mirror_pad_grad.gradient
def _(op, grad):
    return node("MirrorPad", grad, op.inputs[1], mode=op["mode"]), None


def _tiled(op: Operation) -> list[Shape]:
    old = op.inputs[0].static_shape
    length = with_rank(op, op.inputs[1], 1)[0]  # type: ignore[index]
    if old is not None and length not in (None, len(old)):
        fail(op, f"Shape must be rank {len(old)} but is rank {length}", known=())
    times = constant_value_as_shape(op.inputs[1])
    if old is None or times is None:
        return [old and (None,) * len(old)]
    return [tuple(None if None in (m, n) else m * n for m, n in zip(old, times))]  # type: ignore[operator]


@op("Tile", "input: T, multiples: Static(Tmultiples) -> output: T", _tiled, T=ANY, Tmultiples=INDEX)
def tile(input, multiples):
    """`input` repeated `multiples[i]` times along axis `i`."""
    if len(multiples) != input.ndim:
        raise ValueError(f"Expected multiples argument to be a vector of length {input.ndim} but got length "
                         f"{len(multiples)}")
    for i, n in enumerate(multiples):
        if n < 0:
            raise ValueError(f"Expected multiples[{i}] >= 0, but got {n}")
    return (np if isinstance(input, np.ndarray) else jnp).tile(input, [int(n) for n in multiples])


@tile.gradient
def _(op, grad):
    source, multiples = op.inputs
    sizes = shape_of(source, out_type=multiples.dtype)
    pairs = node("Transpose", stack([multiples, sizes]), [1, 0], name="transpose")
    split = node("Reshape", pairs, [-1])
    axes = node("Range", 0, size_of(split), 2, name="range")
    if isinstance(grad, IndexedSlices):
        rows = cast(item(sizes, 0), grad.indices.dtype)
        grad = node("UnsortedSegmentSum", grad.values, node("FloorMod", grad.indices, rows), rows)
        split = concat([[1], item(split, slice(1, None))], 0)
    result = reduction("Sum", node("Reshape", grad, split), axes)
    result.set_shape(source.static_shape)
    return result, None


def _broadcast_shape(op: Operation) -> list[Shape]:
    old, new = op.inputs[0].static_shape, constant_value_as_shape(op.inputs[1])
    if old is None or new is None:
        return [new]
    if len(old) > len(new):
        fail(op, f"Shape must be at most rank {len(new)} but is rank {len(old)}", known=())
    for m, n in zip(old[::-1], new[::-1]):
        if m not in (None, 1) and n is not None and m != n:
            fail(op, f"Dimensions must be equal, but are {m} and {n}", as_shapes=(1,))
    return [new]


@op("BroadcastTo", "input: T, shape: Static(Tidx) -> output: T", _broadcast_shape, T=ANY, Tidx=INDEX)
def broadcast_to(input, shape):
    """`input` repeated along its axes of size 1, and new ones in front, to have `shape`."""
    return (np if isinstance(input, np.ndarray) else jnp).broadcast_to(input, [int(n) for n in shape])


@broadcast_to.gradient
def _(op, grad):
    source, shape = op.inputs
    sizes = shape_of(source)
    _, axes = node("BroadcastGradientArgs", shape, sizes)
    return node("Reshape", reduction("Sum", grad, axes, keepdims=True), sizes), None


@op("BroadcastGradientArgs", "s0: Static(T), s1: Static(T) -> r0: T, r1: T", lambda op: [(None,), (None,)], T=INDEX)
def broadcast_gradient_args(s0, s1):
    """The axes over which the gradients of two broadcast operands, of shapes `s0` and `s1`, must be summed."""
    if s0.tolist() == s1.tolist():
        return np.zeros([0], s0.dtype), np.zeros([0], s0.dtype)
    rank = max(len(s0), len(s1))
    a, b = ([1] * (rank - len(s)) + s.tolist() for s in (s0, s1))
    if any(m != n and 1 not in (m, n) for m, n in zip(a, b)):
        raise ValueError(f"Incompatible shapes: {s0.tolist()} vs. {s1.tolist()}")
    return tuple(np.flatnonzero(np.equal(sizes, 1)).astype(s0.dtype) for sizes in (a, b))


def _longer_shape(op: Operation) -> list[Shape]:
    lengths = [with_rank(op, tensor, 1)[0] for tensor in op.inputs]  # type: ignore[index]
    return [(None if None in lengths else max(lengths),)]  # type: ignore[type-var]


@op("BroadcastArgs", "s0: Static(T), s1: Static(T) -> r0: T", _longer_shape, T=INDEX)
def broadcast_args(s0, s1):
    """The shape that tensors of the shapes `s0` and `s1` broadcast to."""
    return np.array(np.broadcast_shapes(s0.tolist(), s1.tolist()), s0.dtype)


not_differentiable(broadcast_gradient_args, broadcast_args)


def _reversed(op: Operation) -> list[Shape]:
    old, axes = op.inputs[0].static_shape, constant_value(op.inputs[1])
    with_rank(op, op.inputs[1], 1)
    if old is None or axes is None:
        return [old]
    seen: set[int] = set()
    for i, axis in enumerate(axes.tolist()):
        if not -len(old) <= axis < len(old):
            fail(op, f"'axis'[{i}] = {axis} is out of valid range [0, {len(old) - 1}")
        if axis % len(old) in seen:
            fail(op, f"axis {axis % len(old)} specified more than once.")
        seen.add(axis % len(old))
    return [old]


@op("ReverseV2", "tensor: T, axis: Static(Tidx) -> output: T", _reversed, T=_REVERSIBLE, Tidx=INDEX)
def reverse_v2(tensor, axis):
    """`tensor` backwards along each axis of `axis`."""
    return (np if isinstance(tensor, np.ndarray) else jnp).flip(tensor, [int(i) for i in axis])


@reverse_v2.gradient
def _(op, grad):
    return node("ReverseV2", grad, op.inputs[1]), None


def _same_batch(op: Operation) -> list[Shape]:
    whole, rows, at = op.inputs[0].static_shape, with_rank(op, op.inputs[1], 1), op["batch_dim"]
    if whole is None:
        return [None]
    if not at < len(whole) > op["seq_dim"]:
        which, dim = ("batch_dim", at) if at >= len(whole) else ("seq_dim", op["seq_dim"])
        fail(op, f"{which} must be < input rank: {dim} vs. {len(whole)}")
    return [(*whole[:at], *merge_shapes(op, whole[at:at + 1], rows), *whole[at + 1:])]  # type: ignore[misc]


@op("ReverseSequence", "input: T, seq_lengths: Tlen -> output: T", _same_batch, seq_dim=required("int"), batch_dim=0,
    T=ANY, Tlen=TINDEX.with_default(int64))
def reverse_sequence(input, seq_lengths, *, seq_dim, batch_dim):
    """Each row of `input` along `batch_dim` with its first `seq_lengths[i]` elements along `seq_dim` backwards."""
    rows = jnp.moveaxis(input, (batch_dim, seq_dim), (0, 1))
    steps = jnp.arange(rows.shape[1], dtype=seq_lengths.dtype)
    lengths = seq_lengths[:, None]
    source = jnp.where(steps < lengths, lengths - 1 - steps, steps)
    picked = jnp.take_along_axis(rows, source.reshape(source.shape + (1,) * (rows.ndim - 2)), axis=1)
    return jnp.moveaxis(picked, (0, 1), (batch_dim, seq_dim))


@reverse_sequence.gradient
def _(op, grad):
    return node("ReverseSequence", grad, op.inputs[1], seq_dim=op["seq_dim"], batch_dim=op["batch_dim"]), None


_FOLDED: tuple[Any, ...] = (tile, broadcast_to, broadcast_gradient_args, broadcast_args, reverse_v2)
for _definition in _FOLDED:
    _definition.fold(_definition.lower)


@pad.fold
def _(input, paddings):
    return np.pad(input, paddings)
