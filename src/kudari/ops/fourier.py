"""Fourier transforms over the last one, two or three axes."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import TypeSet, complex64, complex128, float32, int32
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.constant import constant_value, constant_value_as_shape
from ..op.convert import convert_to_tensor
from ..op.definition import OpDef, op
from ..op.rules import brackets, fail, with_rank
from ..op.scope import scoped
from ..shape import Shape
from .forms import cast, floor_over, minus, modulo, node, over, plus, times
from .full import full
from .indexing import item
from .joining import concat
from .linalg import matmul
from .packing import stack
from .shapes import counting, rank_of, reduction, shape_of, zeros_like

_ANY_COMPLEX = TypeSet((complex64, complex128), complex64)
_COMPLEX = "input: Tcomplex -> output: Tcomplex"
_FORWARD = "input: float32, fft_length: Static(int32) -> output: complex64"
_BACK = "input: complex64, fft_length: Static(int32) -> output: float32"


def _axes(rank: int) -> tuple[int, ...]:
    return tuple(range(-rank, 0))


def _same(rank: int) -> Callable[[Operation], list[Shape]]:
    return lambda op: [_at_least(op, rank)]


def _at_least(op: Operation, rank: int) -> Shape:
    shape = op.inputs[0].static_shape
    if shape is not None and len(shape) < rank:
        fail(op, f"Shape must be at least rank {rank} but is rank {len(shape)}", known=())
    return shape


def _real(rank: int, is_forward: bool) -> Callable[[Operation], list[Shape]]:
    def rule(op: Operation) -> list[Shape]:
        shape = _at_least(op, rank)
        length, = with_rank(op, op.inputs[1], 1)
        if length is not None and length != rank:
            fail(op, f"Dimension must be {rank} but is {length}", known=())
        sizes = constant_value(op.inputs[1])
        if shape is None:
            return [None]
        if sizes is None:
            return [(*shape[:-rank], *[None] * rank)]
        inner = [int(n) for n in sizes]
        if is_forward and inner[-1]:
            inner[-1] = inner[-1] // 2 + 1
        return [(*shape[:-rank], *inner)]

    return rule


def _transform(kind: Any, input: Any, rank: int) -> Any:
    return kind(input, axes=_axes(rank)) if input.size else input


@op("FFT", _COMPLEX, _same(1), Tcomplex=_ANY_COMPLEX)
def fft(input):
    """The transform over the last axis."""
    return _transform(jnp.fft.fftn, input, 1)


@op("IFFT", _COMPLEX, _same(1), Tcomplex=_ANY_COMPLEX)
def ifft(input):
    """The inverse transform over the last axis."""
    return _transform(jnp.fft.ifftn, input, 1)


@op("FFT2D", _COMPLEX, _same(2), Tcomplex=_ANY_COMPLEX)
def fft2d(input):
    """The transform over the last two axes."""
    return _transform(jnp.fft.fftn, input, 2)


@op("IFFT2D", _COMPLEX, _same(2), Tcomplex=_ANY_COMPLEX)
def ifft2d(input):
    """The inverse transform over the last two axes."""
    return _transform(jnp.fft.ifftn, input, 2)


@op("FFT3D", _COMPLEX, _same(3), Tcomplex=_ANY_COMPLEX)
def fft3d(input):
    """The transform over the last three axes."""
    return _transform(jnp.fft.fftn, input, 3)


@op("IFFT3D", _COMPLEX, _same(3), Tcomplex=_ANY_COMPLEX)
def ifft3d(input):
    """The inverse transform over the last three axes."""
    return _transform(jnp.fft.ifftn, input, 3)


def _forward(input: Any, fft_length: np.ndarray) -> Any:
    sizes = tuple(int(n) for n in fft_length)
    inner = (*sizes[:-1], sizes[-1] // 2 + 1 if sizes[-1] else 0)
    if not input.size or 0 in sizes:
        return jnp.zeros((*input.shape[:-len(sizes)], *inner), np.complex64)
    return jnp.fft.rfftn(input, sizes, _axes(len(sizes))).astype(np.complex64)


def _back(input: Any, fft_length: np.ndarray) -> Any:
    sizes = tuple(int(n) for n in fft_length)
    if not input.size or 0 in sizes:
        return jnp.zeros((*input.shape[:-len(sizes)], *sizes), np.float32)
    return jnp.fft.irfftn(input, sizes, _axes(len(sizes))).astype(np.float32)


@op("RFFT", _FORWARD, _real(1, True))
def rfft(input, fft_length):
    """The half that tells everything of the transform of real numbers over the last axis."""
    return _forward(input, fft_length)


@op("RFFT2D", _FORWARD, _real(2, True))
def rfft2d(input, fft_length):
    """The half that tells everything of the transform of real numbers over the last two axes."""
    return _forward(input, fft_length)


@op("RFFT3D", _FORWARD, _real(3, True))
def rfft3d(input, fft_length):
    """The half that tells everything of the transform of real numbers over the last three axes."""
    return _forward(input, fft_length)


@op("IRFFT", _BACK, _real(1, False))
def irfft(input, fft_length):
    """The real numbers over the last axis that have such a transform."""
    return _back(input, fft_length)


@op("IRFFT2D", _BACK, _real(2, False))
def irfft2d(input, fft_length):
    """The real numbers over the last two axes that have such a transform."""
    return _back(input, fft_length)


@op("IRFFT3D", _BACK, _real(3, False))
def irfft3d(input, fft_length):
    """The real numbers over the last three axes that have such a transform."""
    return _back(input, fft_length)


def _must_be_long_enough(op: Operation, input: Any, fft_length: np.ndarray) -> None:
    rank, shape = len(fft_length), np.shape(input)
    if len(shape) < rank:
        raise ValueError(f"Input must have rank of at least {rank} but got: {brackets(shape)}")
    for i, length in enumerate(fft_length):
        at = len(shape) - rank + i
        least = length // 2 + 1 if op.type.startswith("IRFFT") and i == rank - 1 else length
        if shape[at] and shape[at] < least:
            raise ValueError(f"Input dimension {at} must have length of at least {least} but got: {shape[at]}")


for _definition in (rfft, rfft2d, rfft3d, irfft, irfft2d, irfft3d):
    _definition.check(_must_be_long_enough)


def _given(values: list[Any]) -> list[Any]:
    return [value for value in values if value is not None]


def forward_transform(kind: str, rank: int, input: Any, length: Any, name: str | None, default: str) -> Tensor:
    """Return the transform `kind` of real numbers over the last `rank` axes, cut or padded to `length` if there is one."""
    with scoped(name, default, _given([input, length])) as scope:
        input = convert_to_tensor(input, float32)
        input.shape.with_rank_at_least(rank)
        length = _forward_length(input, rank) if length is None else convert_to_tensor(length, int32)
        return node(kind, _padded(input, rank, length, False), length, name=scope)


def inverse_transform(kind: str, rank: int, input: Any, length: Any, name: str | None, default: str) -> Tensor:
    """Return the real numbers whose transform over the last `rank` axes is `input`, by the op type `kind`."""
    with scoped(name, default, _given([input, length])) as scope:
        input = convert_to_tensor(input, complex64)
        input.shape.with_rank_at_least(rank)
        length = _back_length(input, rank) if length is None else convert_to_tensor(length, int32)
        return node(kind, _padded(input, rank, length, True), length, name=scope)


def _forward_length(input: Tensor, rank: int) -> Tensor:
    inner = input.shape[-rank:]
    return convert_to_tensor(inner.as_list(), int32) if inner.is_fully_defined() else shape_of(input)[-rank:]


def _back_length(input: Tensor, rank: int) -> Tensor:
    inner = input.shape[-rank:]
    if not inner.is_fully_defined():
        sizes = node("Unpack", shape_of(input)[-rank:], num=rank, name="unstack")
        sizes[-1] = node("Maximum", 0, 2 * (sizes[-1] - 1))
        return stack(sizes)
    lengths: Any = inner.as_list()
    lengths[-1] = max(0, 2 * (lengths[-1] - 1))
    return convert_to_tensor(lengths, int32)


def _padded(input: Tensor, rank: int, length: Tensor, is_back: bool) -> Tensor:
    """The input with zeros behind, where it is shorter than a transform of this length needs."""
    wanted, shape = constant_value_as_shape(length), input.static_shape
    if shape is not None and 0 in shape:
        return input
    if wanted is not None and None not in wanted and shape is not None and None not in shape[-len(wanted):]:
        needed: Any = [*wanted[:-1], wanted[-1] // 2 + 1] if is_back else list(wanted)  # type: ignore[operator]
        missing = [[0, max(n - m, 0)] for n, m in zip(needed, shape[-len(needed):])]
        if not any(n for _, n in missing):
            return input
        return node("Pad", input, [[0, 0]] * max(len(shape) - len(needed), 0) + missing)
    input_rank = rank_of(input)
    inner = shape_of(input)[-rank:]
    around = full([node("Maximum", 0, input_rank - rank)], 0, length.dtype, None, "zeros")
    if is_back:
        length = concat([length[:-1], floor_over(length[-1:], 2) + 1], 0)
    behind = concat([around, node("Maximum", 0, length - inner)], 0)
    return node("Pad", input, stack([zeros_like(behind), behind], axis=1))


def _size(x: Tensor, rank: int) -> Tensor:
    return reduction("Prod", item(shape_of(x), slice(-rank, None)))


def _between(forward: OpDef, inverse: OpDef, rank: int) -> None:
    @forward.gradient
    def _(op, grad):
        size = cast(_size(grad, rank), grad.dtype)
        return (times(node(inverse.name, grad), size),)

    @inverse.gradient
    def _(op, grad):
        real = float32 if grad.dtype == complex64 else "float64"
        size = cast(over(1.0, cast(_size(grad, rank), real)), grad.dtype)
        return (times(node(forward.name, grad), size),)


for _rank, (_forth, _inverse) in enumerate(((fft, ifft), (fft2d, ifft2d), (fft3d, ifft3d)), 1):
    _between(_forth, _inverse, _rank)


def _alternating(length: Any) -> Tensor:
    """1, -1, 1, …"""
    return cast(minus(1, times(2, modulo(counting(0, length), 2))), complex64)


def _mask(length: Tensor) -> Tensor:
    """The matrix of the transform."""
    rows = node("Tile", node("ExpandDims", counting(0, length), 0), (length, 1))
    with scoped("transpose", "transpose", [rows]) as scope:
        columns = node("Transpose", rows, [1, 0], name=scope)
    angles = times(-2j * math.pi, cast(times(rows, columns), complex64))
    return node("Exp", over(angles, cast(length, complex64)))


def _tiled(matrix: Tensor, like: Tensor) -> Tensor:
    ones = full([minus(rank_of(like), 2)], 1, int32, None, "ones")
    expanded = node("Reshape", matrix, concat([ones, shape_of(matrix)], 0))
    return node("Tile", expanded, concat([item(shape_of(like), slice(None, -2)), [1, 1]], 0))


def _real_part(x: Tensor) -> Tensor:
    with scoped(None, "Real", [x]) as scope:
        return node("Real", x, Tout=float32, name=scope)


def _conjugated(x: Tensor) -> Tensor:
    with scoped(None, "Conj", [x]) as scope:
        return node("Conj", x, name=scope)


def _forward_gradient(op: Operation, grad: Tensor, rank: int, inverse: str) -> tuple:
    length, sizes = op.inputs[1], shape_of(op.inputs[0])
    is_even = cast(minus(1, modulo(item(length, -1), 2)), complex64)
    first = item(grad, (..., slice(0, 1)))
    if rank == 1:
        last = item(grad, (..., slice(-1, None)))
        extra = plus(first, times(times(is_even, last), _alternating(item(sizes, -1))))
    else:
        mask = _tiled(_mask(item(sizes, -2)), first)
        extra = matmul(mask, _conjugated(first))
        last = item(grad, (..., slice(-1, None)))
        beyond = matmul(mask, _conjugated(last))
        width = item(sizes, -1)
        ones = full([minus(rank_of(grad), 1)], 1, int32, None, "ones")
        beyond = times(node("Tile", beyond, concat([ones, [width]], 0)), _alternating(width))
        extra = plus(extra, times(is_even, beyond))
    size = cast(_size(op.inputs[0], rank), float32)
    total = plus(times(inverse_transform(inverse, rank, grad, length, None, inverse.lower()), size), _real_part(extra))
    return times(0.5, total), None


def _back_gradient(op: Operation, grad: Tensor, rank: int, forward: str) -> tuple:
    length = op.inputs[1]
    is_odd = node("FloorMod", item(length, -1), 2)
    width = item(shape_of(op.inputs[0]), -1)
    twice = times(2.0, full([plus(minus(width, 2), is_odd)], 1, float32, None, "ones"))
    mask = concat([[1.0], twice, full([minus(1, is_odd)], 1, float32, None, "ones")], 0)
    share = node("Reciprocal", cast(_size(grad, rank), float32))
    transformed = forward_transform(forward, rank, grad, length, None, forward.lower())
    return times(transformed, cast(times(share, mask), complex64)), None


@rfft.gradient
def _(op, grad):
    return _forward_gradient(op, grad, 1, "IRFFT")


@rfft2d.gradient
def _(op, grad):
    return _forward_gradient(op, grad, 2, "IRFFT2D")


@irfft.gradient
def _(op, grad):
    return _back_gradient(op, grad, 1, "RFFT")


@irfft2d.gradient
def _(op, grad):
    return _back_gradient(op, grad, 2, "RFFT2D")
