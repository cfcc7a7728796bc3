"""Ops that move blocks of space into the batch or the channels, and back."""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import ANY, INDEX
from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.definition import op
from ..op.rules import fail, merge_shapes, with_rank
from ..op.signature import Attr, required
from ..shape import Shape
from .forms import node

_FORMATS = Attr("string", "NHWC", ("NHWC", "NCHW", "NCHW_VECT_C"))


def _divided(op: Operation, size: int | None, by: int) -> int | None:
    if size is not None and size % by:
        fail(op, f"Dimension size must be evenly divisible by {by} but is {size}")
    return None if size is None else size // by


def _block_count(op: Operation) -> int | None:
    shape = op.inputs[1].static_shape
    if shape is not None and len(shape) != 1:
        fail(op, "block_shape must have rank 1.", known=())
    return None if shape is None else shape[0]


def _block(op: Operation) -> Any:
    """The block's sizes, `None` if they are not known."""
    if "block_size" in op.attrs:
        least_block(op)
        return [op["block_size"]] * 2
    return constant_value(op.inputs[1])


def least_block(op: Operation) -> None:
    """Refuse a block of one pixel."""
    if op["block_size"] < 2:
        raise ValueError(f"Attr 'block_size' of '{op.type}' Op passed {op['block_size']} less than minimum 2.")


def _spaces(op: Operation, what: str) -> tuple[int | None, Any, Any, Shape]:
    """How many axes blocks have, their sizes, the pairs to add or to cut, and the shape of the input."""
    by_size = "block_size" in op.attrs
    count = 2 if by_size else _block_count(op)
    image = with_rank(op, op.inputs[0], 4) if by_size else op.inputs[0].static_shape
    merge_shapes(op, op.inputs[-1].static_shape, (count, 2))
    if image is not None and count is not None and len(image) < count + 1:
        fail(op, f"Shape must be at least rank {count + 1} but is rank {len(image)}", known=())
    block, pairs = _block(op), constant_value(op.inputs[-1])
    if block is not None and min(block, default=1) < 1:
        fail(op, "block_shape must be positive")
    if pairs is not None and np.size(pairs) and np.min(pairs) < 0:
        fail(op, f"{what} cannot be negative")
    return count, block, pairs, image


def _into_batch(op: Operation) -> list[Shape]:
    count, block, pairs, image = _spaces(op, "paddings")
    if image is None or count is None:
        return [None]
    sizes: list[int | None] = [None] * count
    if block is not None and pairs is not None:
        sizes = [_divided(op, None if n is None else n + int(sum(pair)), int(b))
                 for n, pair, b in zip(image[1:], pairs, block)]
    batch = None if image[0] is None or block is None else image[0] * int(np.prod(block))
    return [(batch, *sizes, *image[count + 1:])]


def _out_of_batch(op: Operation) -> list[Shape]:
    count, block, pairs, image = _spaces(op, "crops")
    if image is None or count is None:
        return [None]
    batch = None if block is None else _divided(op, image[0], int(np.prod(block)))
    sizes: list[int | None] = [None] * count
    if block is not None and pairs is not None:
        sizes = [None if n is None else _cropped(op, n * int(b), pair) for n, pair, b in zip(image[1:], pairs, block)]
    return [(batch, *sizes, *image[count + 1:])]


def _cropped(op: Operation, size: int, pair: Any) -> int:
    for cut in map(int, pair):
        if cut > size:
            fail(op, f"Negative dimension size caused by subtracting {cut} from {size}")
        size -= cut
    return size


def _moved_to_batch(x: Any, block: list[int], paddings: Any) -> Any:
    count = len(block)
    around = [(0, 0), *(tuple(map(int, pair)) for pair in paddings), *[(0, 0)] * (x.ndim - count - 1)]
    x = jnp.pad(x, around)
    rest = x.shape[count + 1:]
    split = x.reshape(x.shape[0], *(n for size, b in zip(x.shape[1:], block) for n in (size // b, b)), *rest)
    inner, outer = range(2, 2 * count + 1, 2), range(1, 2 * count, 2)
    moved = split.transpose(*inner, 0, *outer, *range(2 * count + 1, split.ndim))
    return moved.reshape(x.shape[0] * math.prod(block), *(n // b for n, b in zip(x.shape[1:], block)), *rest)


def _moved_to_space(x: Any, block: list[int], crops: Any) -> Any:
    count, batch = len(block), x.shape[0] // math.prod(block)
    rest = x.shape[count + 1:]
    split = x.reshape(*block, batch, *x.shape[1:])
    order = [axis for i in range(count) for axis in (count + 1 + i, i)]
    whole = [n * b for n, b in zip(x.shape[1:], block)]
    moved = split.transpose(count, *order, *range(2 * count + 1, split.ndim)).reshape(batch, *whole, *rest)
    return moved[(slice(None), *(slice(int(low), n - int(high)) for n, (low, high) in zip(whole, crops)))]


@op("SpaceToBatchND", "input: T, block_shape: Static(Tblock_shape), paddings: Static(Tpaddings) -> output: T",
    _into_batch, T=ANY, Tblock_shape=INDEX, Tpaddings=INDEX)
def space_to_batch_nd(input, block_shape, paddings):
    """The input padded with zeros, each element of a block in a batch of its own."""
    return _moved_to_batch(input, block_shape.tolist(), paddings)


@op("BatchToSpaceND", "input: T, block_shape: Static(Tblock_shape), crops: Static(Tcrops) -> output: T",
    _out_of_batch, T=ANY, Tblock_shape=INDEX, Tcrops=INDEX)
def batch_to_space_nd(input, block_shape, crops):
    """The batches put together to blocks again, and cut at the borders."""
    return _moved_to_space(input, block_shape.tolist(), crops)


@op("SpaceToBatch", "input: T, paddings: Static(Tpaddings) -> output: T", _into_batch, T=ANY, Tpaddings=INDEX,
    block_size=required("int"))
def space_to_batch(input, paddings, *, block_size):
    """Images padded with zeros, each pixel of a square block in a batch of its own."""
    return _moved_to_batch(input, [block_size] * 2, paddings)


@op("BatchToSpace", "input: T, crops: Static(Tidx) -> output: T", _out_of_batch, T=ANY,
    block_size=required("int"), Tidx=INDEX)
def batch_to_space(input, crops, *, block_size):
    """The batches put together to square blocks of pixels again, and cut at the borders."""
    return _moved_to_space(input, [block_size] * 2, crops)


def _check_into(op: Operation, input: Any, *rest: Any) -> None:
    block = rest[0].tolist() if len(rest) == 2 else [op["block_size"]] * 2
    if input.ndim < len(block) + 1:
        raise ValueError(f"input rank should be >= {len(block) + 1} instead of {input.ndim}")
    for i, (size, pair, b) in enumerate(zip(input.shape[1:], rest[-1], block)):
        if (size + int(sum(pair))) % b:
            raise ValueError(f"padded_shape[{i}]={size + int(sum(pair))} is not divisible by block_shape[{i}]={b}")


def _check_out(op: Operation, input: Any, *rest: Any) -> None:
    block = rest[0].tolist() if len(rest) == 2 else [op["block_size"]] * 2
    if input.ndim < len(block) + 1:
        raise ValueError(f"input rank should be >= {len(block) + 1} instead of {input.ndim}")
    if input.shape[0] % math.prod(block):
        raise ValueError(f"Input batch dimension ({input.shape[0]}) is not divisible by product of block sizes "
                         f"({math.prod(block)})")
    for i, (size, pair, b) in enumerate(zip(input.shape[1:], rest[-1], block)):
        if size * b < sum(pair):
            raise ValueError(f"cropped_shape[{i}]={size * b - int(sum(pair))} must be non-negative")


for _definition in (space_to_batch_nd, space_to_batch):
    _definition.check(_check_into)
for _definition in (batch_to_space_nd, batch_to_space):
    _definition.check(_check_out)


@space_to_batch_nd.gradient
def _(op, grad):
    return batch_to_space_nd(grad, op.inputs[1], op.inputs[2]), None, None


@batch_to_space_nd.gradient
def _(op, grad):
    return space_to_batch_nd(grad, op.inputs[1], op.inputs[2]), None, None


def square(size: Any) -> np.ndarray:
    """Return the `block_shape` of a square block."""
    return np.array([size, size], np.int64)


@space_to_batch.gradient
def _(op, grad):
    return batch_to_space_nd(grad, square(op["block_size"]), op.inputs[1]), None


@batch_to_space.gradient
def _(op, grad):
    return space_to_batch_nd(grad, square(op["block_size"]), op.inputs[1]), None


def _pixels(op: Operation) -> tuple[Any, Any, int]:
    least_block(op)
    if op["data_format"] == "NCHW_VECT_C":
        fail(op, "the data format NCHW_VECT_C, of quantized images, is not supported; use NHWC", known=())
    return with_rank(op, op.inputs[0], 4), op["data_format"], op["block_size"]


def _into_depth(op: Operation) -> list[Shape]:
    image, layout, size = _pixels(op)
    at = {letter: image[layout.index(letter)] for letter in "NHWC"}
    at |= {letter: _divided(op, at[letter], size) for letter in "HW"}
    at["C"] = None if at["C"] is None else at["C"] * size * size
    return [tuple(at[letter] for letter in layout)]


def _out_of_depth(op: Operation) -> list[Shape]:
    image, layout, size = _pixels(op)
    at = {letter: image[layout.index(letter)] for letter in "NHWC"}
    at |= {letter: None if at[letter] is None else at[letter] * size for letter in "HW"}
    at["C"] = _divided(op, at["C"], size * size)
    return [tuple(at[letter] for letter in layout)]


@op("SpaceToDepth", "input: T -> output: T", _into_depth, T=ANY,
    block_size=required("int"), data_format=_FORMATS)
def space_to_depth(input, *, block_size, data_format):
    """Each square block of pixels as one pixel with more channels."""
    x = input if data_format == "NHWC" else input.transpose(0, 2, 3, 1)
    batch, height, width, depth = x.shape
    split = x.reshape(batch, height // block_size, block_size, width // block_size, block_size, depth)
    y = split.transpose(0, 1, 3, 2, 4, 5).reshape(*split.shape[:2], split.shape[3], depth * block_size ** 2)
    return y if data_format == "NHWC" else y.transpose(0, 3, 1, 2)


@op("DepthToSpace", "input: T -> output: T", _out_of_depth, T=ANY,
    block_size=required("int"), data_format=_FORMATS)
def depth_to_space(input, *, block_size, data_format):
    """The channels of each pixel as a square block of pixels."""
    x = input if data_format == "NHWC" else input.transpose(0, 2, 3, 1)
    batch, height, width, depth = x.shape
    depth //= block_size ** 2
    split = x.reshape(batch, height, width, block_size, block_size, depth)
    y = split.transpose(0, 1, 3, 2, 4, 5).reshape(batch, height * block_size, width * block_size, depth)
    return y if data_format == "NHWC" else y.transpose(0, 3, 1, 2)


@space_to_depth.check
def _(op, input):
    size = op["block_size"]
    height, width = (input.shape[op["data_format"].index(letter)] for letter in "HW")
    if height % size or width % size:
        raise ValueError(f"Image width {width} and height {height} should be divisible by block_size: {size}")


@depth_to_space.check
def _(op, input):
    depth, parts = input.shape[op["data_format"].index("C")], op["block_size"] ** 2
    if depth % parts:
        raise ValueError(f"Input depth dimension {depth} should be divisible by: {parts}")


@space_to_depth.gradient
def _(op, grad):
    return node("DepthToSpace", grad, block_size=op["block_size"], data_format=op["data_format"])


@depth_to_space.gradient
def _(op, grad):
    return node("SpaceToDepth", grad, block_size=op["block_size"], data_format=op["data_format"])
