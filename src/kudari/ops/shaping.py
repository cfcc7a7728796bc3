"""Ops that tell a shape, and ops that give the same elements another one."""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import ANY, INDEX
from ..graph.operation import Operation
from ..op.constant import constant_value, constant_value_as_shape
from ..op.definition import not_differentiable, op
from ..op.rules import fail, scalar, with_rank
from ..op.signature import Attr
from ..shape import Shape, num_elements
from .forms import node
from .shapes import shape_of


def _lengths(op: Operation) -> list[Shape]:
    return [(None if t.static_shape is None else len(t.static_shape),) for t in op.inputs]


@op("Shape", "input: T -> output: out_type", _lengths, T=ANY, out_type=INDEX)
def shape(input, *, out_type):
    """The sizes of `input` as a vector."""
    return np.array(np.shape(input), out_type.as_numpy_dtype)


@op("ShapeN", "input: N*T -> output: N*out_type", _lengths, T=ANY, out_type=INDEX)
def shape_n(input, *, out_type):
    """The sizes of each input as a vector."""
    return tuple(np.array(np.shape(x), out_type.as_numpy_dtype) for x in input)


@op("Size", "input: T -> output: out_type", scalar, T=ANY, out_type=INDEX)
def size(input, *, out_type):
    """The number of elements."""
    return np.array(math.prod(np.shape(input)), out_type.as_numpy_dtype)


@op("Rank", "input: T -> output: int32", scalar, T=ANY)
def rank(input):
    """The number of dimensions."""
    return np.array(np.ndim(input), np.int32)


not_differentiable(shape, shape_n, size, rank)


def _reshaped(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[1], 1)
    _check_sizes(op)
    old, new = op.inputs[0].static_shape, constant_value_as_shape(op.inputs[1])
    if old is None or new is None:
        return [new]
    known = math.prod(n for n in new if n is not None)
    total = num_elements(old)
    if total is None or new.count(None) > 1:
        return [new]
    if None not in new:
        if total != known:
            fail(op, f"Cannot reshape a tensor with {total} elements to shape [{','.join(map(str, new))}] "
                     f"({known} elements)", as_shapes=(1,))
        return [new]
    if known > 0 and total % known:
        fail(op, f"Dimension size must be evenly divisible by {known} but is {total}", as_shapes=(1,))
    return [tuple(total // known if n is None and known > 0 else n for n in new)]


def _check_sizes(op: Operation) -> None:
    sizes = constant_value(op.inputs[1])
    for size in () if sizes is None else sizes:
        if size < -1:
            raise ValueError(f"Invalid value in tensor used for shape: {size}")


@op("Reshape", "tensor: T, shape: Static(Tshape) -> output: T", _reshaped, T=ANY, Tshape=INDEX)
def reshape(tensor, shape):
    """The same elements, in order, in another shape; a size of -1 is found from the others."""
    return tensor.reshape(_full_shape(tensor, shape))


def _full_shape(tensor: Any, shape: np.ndarray) -> tuple[int, ...]:
    sizes, total = [int(n) for n in shape], tensor.size
    unknown = [i for i, n in enumerate(sizes) if n == -1]
    if len(unknown) > 1:
        raise ValueError(f"Only one input size may be -1, not both {unknown[0]} and {unknown[1]}")
    known = math.prod(n for n in sizes if n != -1)
    problem = f"Input to reshape is a tensor with {total} values, but the requested shape"
    if not unknown:
        if known != total:
            raise ValueError(f"{problem} has {known}")
        return tuple(sizes)
    if (total % known if known else total) != 0:
        raise ValueError(f"{problem} requires a multiple of {known}")
    return tuple((total // known if known else 0) if n == -1 else n for n in sizes)


def to_input_shape(op: Operation, grad: Any) -> Any:
    """Return `grad` in the shape of the first input of `op`."""
    return node("Reshape", grad, shape_of(op.inputs[0]))


@reshape.gradient
def _(op, grad):
    return to_input_shape(op, grad), None


def _expanded(op: Operation) -> list[Shape]:
    old, dim = op.inputs[0].static_shape, constant_value(op.inputs[1])
    if dim is not None and dim.size != 1:
        fail(op, "'dim' input must be a tensor with a single value")
    if old is None or dim is None:
        return [None]
    at, rank = int(dim.item()), len(old)
    if not -rank - 1 <= at <= rank:
        fail(op, f"dim {at} not in the interval [{-rank - 1}, {rank}].")
    at += rank + 1 if at < 0 else 0
    return [(*old[:at], 1, *old[at:])]


@op("ExpandDims", "input: T, dim: Static(Tdim) -> output: T", _expanded, T=ANY, Tdim=INDEX)
def expand_dims(input, dim):
    """The same elements with one more dimension, of size 1."""
    at = int(dim.item())
    at += input.ndim + 1 if at < 0 else 0
    if not 0 <= at <= input.ndim:
        raise ValueError(f"Tried to expand dim index {at} for tensor with {input.ndim} dimensions.")
    return input.reshape((*input.shape[:at], 1, *input.shape[at:]))


@expand_dims.gradient
def _(op, grad):
    return to_input_shape(op, grad), None


def _squeezed(op: Operation) -> list[Shape]:
    old, dims = op.inputs[0].static_shape, op["squeeze_dims"]
    if old is None:
        return [None]
    for i, dim in enumerate(dims):
        if not -len(old) <= dim < len(old):
            fail(op, f"squeeze_dims[{i}] not in [{-len(old)},{len(old)}).")
    if not dims:
        return [None if None in old else tuple(n for n in old if n != 1)]
    dropped = {dim % len(old) for dim in dims}
    for i in sorted(dropped):
        if old[i] not in (1, None):
            fail(op, f"Can not squeeze dim[{i}], expected a dimension of 1, got {old[i]}")
    return [tuple(n for i, n in enumerate(old) if i not in dropped)]


@op("Squeeze", "input: T -> output: T", _squeezed, T=ANY, squeeze_dims=Attr("list(int)", []))
def squeeze(input, *, squeeze_dims):
    """The same elements without dimensions of size 1: those of `squeeze_dims`, or all."""
    if not squeeze_dims:
        return input.reshape([n for n in input.shape if n != 1])
    dropped = {dim % input.ndim for dim in squeeze_dims}
    for i in sorted(dropped):
        if input.shape[i] != 1:
            raise ValueError(f"Can not squeeze dim[{i}], expected a dimension of 1, got {input.shape[i]}")
    return input.reshape([n for i, n in enumerate(input.shape) if i not in dropped])


@squeeze.gradient
def _(op, grad):
    return (to_input_shape(op, grad),)


def _transposed(op: Operation) -> list[Shape]:
    old, perm = op.inputs[0].static_shape, constant_value(op.inputs[1])
    length = with_rank(op, op.inputs[1], 1)[0]  # type: ignore[index]
    if old is None:
        return [None if length is None else (None,) * length]
    if length is not None and length != len(old):
        fail(op, f"Dimension must be {len(old)} but is {length}", known=())
    if perm is None:
        return [(None,) * len(old)]
    for axis in perm:
        if not 0 <= axis < len(old):
            fail(op, f"perm dim {axis} is out of range of input rank {len(old)}")
    return [tuple(old[axis] for axis in perm)]


@op("Transpose", "x: T, perm: Static(Tperm) -> y: T", _transposed, T=ANY, Tperm=INDEX)
def transpose(x, perm):
    """`x` with its dimensions in the order `perm`."""
    return x.transpose([int(axis) for axis in perm])


@op("ConjugateTranspose", "x: T, perm: Static(Tperm) -> y: T", _transposed, T=ANY, Tperm=INDEX)
def conjugate_transpose(x, perm):
    """The complex conjugate of `x` with its dimensions in the order `perm`."""
    return jnp.conj(jnp.transpose(x, [int(axis) for axis in perm]))


@transpose.check
@conjugate_transpose.check
def _(op, x, perm):
    axes, rank = [int(axis) for axis in perm], np.ndim(x)
    if len(axes) != rank:
        raise ValueError(f"transpose expects a vector of size {rank}. But input(1) is a vector of size {len(axes)}")
    for axis in axes:
        if not 0 <= axis < rank:
            raise ValueError(f"{axis} is out of range [0 .. {rank})")
    for axis in sorted(set(range(rank)) - set(axes)):
        raise ValueError(f"{axis} is missing from {{{','.join(map(str, axes))}}}.")


@transpose.gradient
def _(op, grad):
    return node("Transpose", grad, node("InvertPermutation", op.inputs[1]), name="transpose"), None


@conjugate_transpose.gradient
def _(op, grad):
    return node("ConjugateTranspose", grad, node("InvertPermutation", op.inputs[1]), name="transpose"), None


@op("InvertPermutation", "x: T -> y: T", lambda op: [with_rank(op, op.inputs[0], 1)], T=INDEX)
def invert_permutation(x):
    """The permutation that undoes `x`."""
    return jnp.zeros_like(x).at[x].set(jnp.arange(x.shape[0], dtype=x.dtype))


@invert_permutation.fold
def _(x):
    for i, place in enumerate(x.tolist()):
        if not 0 <= place < len(x):
            raise ValueError(f"{place} is not between 0 and {len(x)}")
        if place in x[:i]:
            raise ValueError(f"{place} is duplicated in the input.")
    return np.argsort(x, kind="stable")


not_differentiable(invert_permutation)

for _definition in (reshape, expand_dims, squeeze, transpose):
    _definition.fold(_definition.lower)
