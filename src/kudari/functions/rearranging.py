"""Functions that roll, repeat and stack tensors, and gather from stacks of them."""

from __future__ import annotations

from typing import Any

from ..dtypes import int32
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import node
from ..ops.joining import concat
from ..ops.packing import stack
from ..ops.shapes import rank_of, reduction_axes, shape_of
from ..shape import TensorShape
from .filling import ones, sequence_mask, zeros
from .picking import boolean_mask, gather, where


def roll(input: Any, shift: Any, axis: Any, name: str | None = None) -> Tensor:
    """Return `input` with its elements moved on along dimensions, those at the end round to the beginning.

    Args:
      input: a tensor of rank 1 or more.
      shift: by how many places: an integer, or a vector with one for each of `axis`.
      axis: the dimension, or a vector of them; one that occurs several times is rolled by the sum.
      name: of the node.
    """
    return node("Roll", input, shift, axis, name=name)


def parallel_stack(values: Any, name: str = "parallel_stack") -> Tensor:
    """Return tensors of one known shape stacked along a new first dimension.

    Args:
      values: a list of tensors.
      name: of the scope.
    """
    with scoped(name, name):
        first = convert_to_tensor(values[0])
        shape = TensorShape([len(values)]).concatenate(first.shape)
        return node("ParallelConcat", [node("ExpandDims", value, 0) for value in values], shape=shape)


def where_v2(condition: Any, x: Any = None, y: Any = None, name: str | None = None) -> Tensor:
    """Return elements of `x` where `condition` holds and of `y` elsewhere, or the places where it holds.

    Args:
      condition: booleans.
      x: a tensor; `None` for the places. All three broadcast.
      y: a tensor of the type of `x`; `None` for the places.
      name: of the node.

    Raises:
      ValueError: if only one of `x` and `y` is given, or the shapes do not fit.
    """
    if (x is None) != (y is None):
        raise ValueError("x and y must both be non-None or both be None.")
    return where(condition, name=name) if x is None else node("SelectV2", condition, x, y, name=name)


def repeat(input: Any, repeats: Any, axis: int | None = None, name: str | None = None) -> Tensor:
    """Return `input` with its elements, or its slices along one dimension, repeated.

    Args:
      input: a tensor.
      repeats: how often: an integer, or a vector with one for each slice.
      axis: the dimension; `None` for the elements of the flattened tensor.
      name: of the scope.

    Raises:
      TypeError: if `axis` is no integer.
      ValueError: if there are not as many repeats as slices.
    """
    if axis is None:
        input, axis = node("Reshape", input, [-1]), 0
    if not isinstance(axis, int):
        raise TypeError(f"axis must be an int; got {type(axis).__name__}")
    with scoped(name, "Repeat", [input, repeats]):
        data = convert_to_tensor(input, name="data")
        repeats = _as_integers(repeats)
        repeats.shape.with_rank_at_most(1)
        data = _with_axis(data)
        sizes = shape_of(data)
        axis = _from_the_front(axis, data)
        if repeats.shape.ndims == 1:
            dims: Any = data.shape.dims
            dims[axis].assert_is_compatible_with(repeats.shape[0])
        if repeats.shape.ndims == 0:
            tiled = _tiled(node("ExpandDims", data, axis + 1), axis + 1, repeats)
            return node("Reshape", tiled, concat([sizes[:axis], [-1], sizes[axis + 1:]], 0))
        return _repeated(data, repeats, axis, sizes)


def _repeated(data: Tensor, repeats: Tensor, axis: int, sizes: Tensor) -> Tensor:
    each = repeats
    if repeats.shape.ndims != axis + 1:
        count, rank = shape_of(repeats), rank_of(repeats)
        each = node("BroadcastTo", repeats, concat([sizes[:axis + 1 - rank], count], 0))
        each.set_shape([None] * (axis + 1))
    most = node("Maximum", 0, node("Max", each, reduction_axes(each, None)))
    mask = sequence_mask(each, most)
    tiled = _tiled(node("ExpandDims", data, axis + 1), axis + 1, most)
    result = boolean_mask(tiled, mask)
    if axis:
        result = node("Reshape", result, concat([sizes[:axis], [-1], sizes[axis + 1:]], 0))
    if data.shape.ndims is not None:
        length = 0 if repeats.shape[0] == 0 else None
        result.set_shape(data.shape[:axis].concatenate([length]).concatenate(data.shape[axis + 1:]))
    return result


def _as_integers(repeats: Any) -> Tensor:
    tensor = convert_to_tensor(repeats, name="repeats", preferred_dtype=int32)
    if not tensor.dtype.is_integer:
        raise TypeError(f"repeats must be an integer tensor; dtype={tensor.dtype}")
    return node("Cast", tensor, DstT=int32)


def _with_axis(data: Tensor) -> Tensor:
    """A scalar as a vector, anything else as it is."""
    if data.shape.ndims is not None:
        return data if data.shape.ndims else stack([data])
    sizes, rank = shape_of(data), rank_of(data)
    return node("Reshape", data, concat([[1], sizes], 0)[-rank:])


def _from_the_front(axis: int, data: Tensor) -> int:
    count = data.shape.ndims
    if count is None:
        if axis < 0:
            raise ValueError("axis may only be negative if ndims is statically known.")
        return axis
    if not -count <= axis < count:
        raise ValueError(f"axis={axis} out of bounds: expected {-count}<=axis<{count}")
    return axis % count


def _tiled(data: Tensor, axis: int, multiple: Tensor) -> Tensor:
    count = data.shape.ndims
    if count is not None:
        multiples: Any = [1] * count
        multiples[axis] = multiple
    else:
        every = ones(rank_of(data), int32)
        multiples = concat([every[:axis], [multiple], every[axis + 1:]], 0)
    return node("Tile", data, multiples)


def batch_gather(params: Any, indices: Any, name: str | None = None) -> Tensor:
    """Return slices of each tensor of a stack.

    Args:
      params: the stack: a tensor of shape `[b1, …, bn, m, …]`.
      indices: integers of shape `[b1, …, bn, k]`.
      name: of the scope.

    Returns:
      A tensor of shape `[b1, …, bn, k, …]`.

    Raises:
      ValueError: if the rank of `indices` is unknown or does not fit.
    """
    with scoped(name, "BatchGather", [params, indices]):
        indices, params = convert_to_tensor(indices, name="indices"), convert_to_tensor(params, name="params")
        rank = indices.shape.ndims
        if rank is None:
            raise ValueError("batch_gather does not allow indices with unknown shape.")
        batch = rank - 1
        if batch < 0:
            raise ValueError(f"batch_dims = {batch + rank} must be less than rank(indices) = {rank}")
        if params.shape.ndims is not None and batch >= params.shape.ndims:
            raise ValueError(f"batch_dims = {batch} must be less than rank(params) = {params.shape.ndims}")
        return _gathered(params, indices, batch)


def _gathered(params: Tensor, indices: Tensor, batch: int) -> Tensor:
    indices_shape, params_shape = shape_of(indices), shape_of(params)
    places = _flat_places(indices, params_shape, batch)
    places = node("Reshape", places, [-1])
    rest = params_shape[batch + 1:]
    rows = node("Prod", params_shape[:batch + 1], [0], False)
    flat = node("Reshape", params, concat([[rows], rest], 0))
    found = gather(flat, places)
    result = node("Reshape", found, concat([indices_shape, rest], 0))
    shape = indices.shape[:batch].merge_with(params.shape[:batch])
    result.set_shape(shape.concatenate(indices.shape[batch:]).concatenate(params.shape[batch + 1:]))
    return result


def _flat_places(indices: Tensor, params_shape: Tensor, batch: int) -> Tensor:
    """The indices into the stack with its first axes made one."""
    dtype, rank = indices.dtype.base_dtype, len(indices.shape)
    stride = ones((), dtype)
    sizes = node("Cast", params_shape, DstT=dtype)
    for dim in reversed(range(batch)):
        size = sizes[dim]
        stride *= sizes[dim + 1]
        start, step = zeros((), dtype), ones((), dtype)
        steps = node("Range", start, size, step) * stride
        indices += node("Reshape", steps, stack([1] * dim + [size] + [1] * (rank - dim - 1)))
    return indices


