"""Ops that make tensors of a value: fills, ranges, one-hot rows, diagonals."""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import (
    ANY,
    FLOATING,
    INDEX,
    TINDEX,
    TypeSet,
    bfloat16,
    bool,
    complex64,
    complex128,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    uint8,
    uint16,
)
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.constant import constant_value, constant_value_as_shape
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, fail, unchanged, with_rank
from ..shape import Shape
from .forms import node
from .shapes import reduction

_FLOATS, _COMPLEX = FLOATING.allowed, (complex64, complex128)
_ONES = TypeSet((*_FLOATS, int8, uint8, int16, uint16, int32, int64, *_COMPLEX, bool))
_STEPPED = TypeSet((bfloat16, float32, float64, int32, int64), int32)
_DIAGONAL = TypeSet((*_FLOATS, int32, int64, *_COMPLEX))


def _filled(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[0], 1)
    with_rank(op, op.inputs[1], 0)
    dims = constant_value(op.inputs[0])
    if dims is not None and (dims < 0).any():
        fail(op, "Fill dimensions must be >= 0", as_shapes=(0,))
    return [constant_value_as_shape(op.inputs[0])]


@op("Fill", "dims: Static(index_type), value: T -> output: T", _filled, T=ANY, index_type=INDEX)
def fill(dims, value):
    """A tensor of shape `dims` with `value` everywhere."""
    sizes = [int(n) for n in dims]
    return np.full(sizes, value, value.dtype) if isinstance(value, np.ndarray) else jnp.full(sizes, value)


fill.fold(fill.lower)


@fill.check
def _(op, dims, value):
    if np.ndim(dims) != 1:
        raise ValueError(f"dims must be a vector, got shape {brackets(np.shape(dims))}")
    for size in dims:
        if size < 0:
            raise ValueError(f"Dimension {size} must be >= 0")


@fill.gradient
def _(op, grad):
    return None, reduction("Sum", grad)


@op("ZerosLike", "x: T -> y: T", unchanged, T=ANY)
def zeros_like(x):
    """Zeros of the shape and type of `x`."""
    if isinstance(x, np.ndarray):
        return np.full(x.shape, b"", object) if x.dtype == object else np.zeros_like(x)
    return jnp.zeros_like(x)


@op("OnesLike", "x: T -> y: T", unchanged, T=_ONES)
def ones_like(x):
    """Ones of the shape and type of `x`."""
    return np.ones_like(x) if isinstance(x, np.ndarray) else jnp.ones_like(x)


zeros_like.fold(zeros_like.lower)
ones_like.fold(ones_like.lower)
not_differentiable(zeros_like, ones_like)


def _range_length(start: Any, limit: Any, delta: Any) -> int:
    if delta == 0:
        raise ValueError("Requires delta != 0")
    if (limit - start) * (1 if delta > 0 else -1) < 0:
        sign, order = (">", "<=") if delta > 0 else ("<", ">=")
        raise ValueError(f"Requires start {order} limit when delta {sign} 0: {start}/{limit}")
    if isinstance(delta, int):
        return -(-abs(limit - start) // abs(delta))
    return math.ceil(abs((limit - start) / delta))


def _end(tensor: Tensor) -> Any:
    """The value of an end if it is known; as in TensorFlow that of a rank is only if the very tensor is constant."""
    value = constant_value(tensor)
    return None if tensor.op.type == "Rank" and constant_value(tensor.op.inputs[0]) is None else value


def _ranged(op: Operation) -> list[Shape]:
    for tensor in op.inputs:
        with_rank(op, tensor, 0)
    values = [_end(t) for t in op.inputs]
    if any(v is None for v in values):
        return [(None,)]
    try:
        return [(_range_length(*(v.item() for v in values)),)]  # type: ignore[union-attr]
    except ValueError as error:
        fail(op, str(error))


@op("Range", "start: Static(Tidx), limit: Static(Tidx), delta: Static(Tidx) -> output: Tidx", _ranged, Tidx=_STEPPED)
def range(start, limit, delta):
    """`start, start + delta, …` up to but without `limit`."""
    length = _range_length(start.item(), limit.item(), delta.item())
    if length == 0:
        return np.zeros([0], start.dtype)
    # Each element is the one before plus `delta`, rounded: the errors of floats add up as they did in TensorFlow.
    steps = np.full(length, delta, start.dtype)
    steps[0] = start
    return np.add.accumulate(steps, dtype=start.dtype)


range.fold(range.lower)


@range.check
def _(op, start, limit, delta):
    if delta == 0:
        raise ValueError(f"Requires delta != 0: {delta}")


def _linear(op: Operation) -> list[Shape]:
    for tensor, name in zip(op.inputs, ("start", "stop", "num")):
        if tensor.static_shape not in (None, ()):
            fail(op, f"Shape must be rank 0 but is rank {len(tensor.static_shape)}\n\t for '{name}'", known=())
    num = constant_value(op.inputs[2])
    if num is not None and num <= 0:
        fail(op, f"Requires num > 0: {num}")
    return [(None if num is None else int(num),)]


@op("LinSpace", "start: T, stop: T, num: Static(Tidx) -> output: T", _linear,
    T=TypeSet((bfloat16, float32, float64)), Tidx=INDEX)
def lin_space(start, stop, num):
    """`num` numbers, evenly spaced, from `start` to `stop`."""
    count = int(num)
    if count <= 0:
        raise ValueError(f"Requires num > 0: {count}")
    if count == 1:
        return start.reshape([1])
    step = (stop - start) / np.array(count - 1, start.dtype)
    inner = start + step * lax.iota(start.dtype, count)
    return inner.at[-1].set(stop)


not_differentiable(range, lin_space)


def _one_hot(op: Operation) -> list[Shape]:
    old, depth, axis = op.inputs[0].static_shape, constant_value(op.inputs[1]), op["axis"]
    with_rank(op, op.inputs[1], 0)
    if axis < -1:
        fail(op, "axis must be >= -1", known=())
    if depth is not None and depth < 0:
        fail(op, f"Dimension size, given by scalar input 1, must be non-negative but is {depth}")
    if old is None:
        return [None]
    at = len(old) if axis == -1 else min(axis, len(old))
    return [(*old[:at], None if depth is None else int(depth), *old[at:])]


@op("OneHot", "indices: TI, depth: Static(int32), on_value: T, off_value: T -> output: T", _one_hot, axis=-1, T=ANY,
    TI=TypeSet((uint8, int32, int64), int64))
def one_hot(indices, depth, on_value, off_value, *, axis):
    """`on_value` where the new axis has the index, `off_value` elsewhere; an index outside is nowhere."""
    at = indices.ndim if axis == -1 else axis
    if at > indices.ndim:
        raise ValueError(f"Expected axis to be -1 or between [0, {indices.ndim + 1}).  But received: {axis}")
    sizes = [1] * (indices.ndim + 1)
    sizes[at] = int(depth)
    places = lax.broadcasted_iota(indices.dtype, sizes, at)
    return jnp.where(jnp.expand_dims(indices, at) == places, on_value, off_value)


not_differentiable(one_hot)


@op("Diag", "diagonal: T -> output: T", lambda op: [op.inputs[0].static_shape and op.inputs[0].static_shape * 2],
    T=_DIAGONAL)
def diag(diagonal):
    """A tensor of twice the rank with `diagonal` where both halves of the index agree."""
    return jnp.diag(diagonal.reshape(-1)).reshape(diagonal.shape * 2)


def _half(op: Operation) -> list[Shape]:
    full = op.inputs[0].static_shape
    if full is None:
        return [None]
    if len(full) % 2 or not full:
        fail(op, f"Input must have even and non-zero rank, but rank is {len(full)}")
    half = len(full) // 2
    for m, n in zip(full[:half], full[half:]):
        if None not in (m, n) and m != n:
            fail(op, f"Dimensions must be equal, but are {m} and {n}")
    return [tuple(n if m is None else m for m, n in zip(full[:half], full[half:]))]


@op("DiagPart", "input: T -> diagonal: T", _half, T=_DIAGONAL)
def diag_part(input):
    """The elements where both halves of the index agree."""
    shape = input.shape[: input.ndim // 2]
    return jnp.diagonal(input.reshape(math.prod(shape), -1)).reshape(shape)


@op("MatrixBandPart", "input: T, num_lower: Tindex, num_upper: Tindex -> band: T", unchanged, T=ANY,
    Tindex=TINDEX.with_default(int64))
def matrix_band_part(input, num_lower, num_upper):
    """Each innermost matrix with zeros outside a band of diagonals; a negative width keeps all on that side."""
    rows, columns = (lax.broadcasted_iota(num_lower.dtype, input.shape[-2:], axis) for axis in (0, 1))
    is_inside = ((num_lower < 0) | (rows - columns <= num_lower)) & ((num_upper < 0) | (columns - rows <= num_upper))
    return jnp.where(is_inside, input, np.zeros((), input.dtype))


@matrix_band_part.gradient
def _(op, grad):
    return node("MatrixBandPart", grad, op.inputs[1], op.inputs[2]), None, None


@diag.gradient
def _(op, grad):
    return (node("DiagPart", grad),)


@diag_part.gradient
def _(op, grad):
    return (node("Diag", grad),)
