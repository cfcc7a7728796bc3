"""Functions that put tensors together and take them apart."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops import array as ops
from ..ops.forms import times
from ..ops.joining import concat
from ..ops.packing import stack
from ..shape import Dimension
from .array import size
from .filling import ones

__all__ = ["concat", "meshgrid", "split", "stack", "unstack"]


def unstack(value: Any, num: int | None = None, axis: int = 0, name: str = "unstack") -> list[Tensor]:
    """Return the slices of a tensor along one dimension, which goes.

    Args:
      value: a tensor of rank 1 or more.
      num: how many slices there are, if the shape does not tell.
      axis: the dimension, in `[-rank, rank)`.
      name: of the node.

    Raises:
      ValueError: if `num` is missing and unknown, or `axis` is out of range.
    """
    if num is None:
        value = convert_to_tensor(value)
        shape = value.static_shape
        if shape is not None:
            if not -len(shape) <= axis < len(shape):
                raise ValueError(f"axis = {axis} not in [{-len(shape)}, {len(shape)})")
            num = shape[axis]
        if num is None:
            raise ValueError(f"Cannot infer num from shape {value.shape}")
    return ops.unpack(value, num=num, axis=axis, name=name)


def split(value: Any, num_or_size_splits: Any, axis: Any = 0, num: int | None = None, name: str = "split") -> list[Tensor]:
    """Return parts of a tensor along one dimension.

    Args:
      value: a tensor.
      num_or_size_splits: how many equal parts, or an integer vector of their sizes, one of which may be -1.
      axis: the dimension, in `[-rank, rank)`.
      num: how many sizes there are, if their shape does not tell.
      name: of the node.

    Raises:
      ValueError: if the parts do not fit the dimension.
    """
    sizes = convert_to_tensor(num_or_size_splits)
    if isinstance(num_or_size_splits, int | Dimension):
        return ops.split(axis, value, num_split=int(num_or_size_splits), name=name)
    if sizes.static_shape == ():
        raise ValueError("Rank-0 tensors are not supported as the num_or_size_splits argument to split. Argument "
                         f"provided: {num_or_size_splits}")
    if num is None:
        num = sizes.static_shape[0] if sizes.static_shape else None
        if num is None:
            raise ValueError(f"Cannot infer num from shape {num_or_size_splits}")
    return ops.split_v(value, sizes, axis, num_split=num, name=name)


def meshgrid(*args: Any, **kwargs: Any) -> list[Tensor]:
    """Return the coordinates of the points of a grid.

    Args:
      *args: vectors: the places along each dimension of the grid.
      **kwargs: `indexing`, `"xy"` (the first two dimensions exchanged, the default) or `"ij"`, and `name`.

    Returns:
      A tensor of the grid's shape for each vector.

    Raises:
      TypeError: for another keyword.
      ValueError: for another `indexing`.
    """
    indexing, name = kwargs.pop("indexing", "xy"), kwargs.pop("name", "meshgrid")
    for key in kwargs:
        raise TypeError(f"'{key}' is an invalid keyword argument for this function")
    if indexing not in ("xy", "ij"):
        raise ValueError("indexing parameter must be either 'xy' or 'ij'")
    with scoped(name, "meshgrid", args):
        count = len(args)
        grids = [ops.reshape(stack(x), (1,) * i + (-1,) + (1,) * (count - i - 1)) for i, x in enumerate(args)]
        sizes = [size(x) for x in args]
        dtype = convert_to_tensor(args[0]).dtype.base_dtype
        if indexing == "xy" and count > 1:
            grids[0] = ops.reshape(grids[0], (1, -1) + (1,) * (count - 2))
            grids[1] = ops.reshape(grids[1], (-1, 1) + (1,) * (count - 2))
            sizes[0], sizes[1] = sizes[1], sizes[0]
        everywhere = ones(sizes, dtype)
        return [times(grid, everywhere) for grid in grids]
