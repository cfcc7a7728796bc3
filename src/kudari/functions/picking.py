"""Functions that pick elements by condition or by index."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..dtypes import bool, int32
from ..graph.tensor import Tensor
from ..op.constant import constant_value
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops import array as ops
from ..ops.forms import node
from ..ops.indexing import item
from ..ops.joining import concat
from ..ops.shapes import shape_of
from ..shape import TensorShape
from .batch_gathering import batch_gather_nd


def where(condition: Any, x: Any = None, y: Any = None, name: str | None = None) -> Tensor:
    """Return elements of `x` where `condition` holds and of `y` elsewhere, or the places where it holds.

    Args:
      condition: booleans: of the shape of `x`, one for each of its rows, or a scalar.
      x: a tensor; `None` for the places.
      y: of the shape and type of `x`; `None` for the places.
      name: of the node.

    Returns:
      A tensor like `x`; or, without `x` and `y`, an int64 tensor of shape `[n, rank]`.

    Raises:
      ValueError: if only one of `x` and `y` is given, or the shapes differ.
    """
    if (x is None) != (y is None):
        raise ValueError("x and y must both be non-None or both be None.")
    if x is not None:
        return ops.select(condition, x, y, name=name)
    with scoped(name, "Where", [condition]) as scope:
        return ops.where(convert_to_tensor(condition, preferred_dtype=bool, name="condition"), name=scope)


def gather(params: Any, indices: Any, validate_indices: Any = None, name: str | None = None, axis: Any = None,
           batch_dims: int = 0) -> Tensor:
    """Return slices of `params` along one dimension.

    Args:
      params: a tensor.
      indices: integers: which slices.
      validate_indices: not used.
      name: of the node.
      axis: the dimension; `batch_dims` if `None`.
      batch_dims: how many leading dimensions `params` and `indices` share.

    Returns:
      A tensor of shape `params.shape[:axis] + indices.shape[batch_dims:] + params.shape[axis + 1:]`.
    """
    if axis is None:
        axis = batch_dims
    known = constant_value(axis) if isinstance(axis, Tensor) else axis
    if known == 0 and hasattr(params, "_handle"):
        return params.sparse_read(indices, name=name)
    return ops.gather_v2(params, indices, axis, batch_dims=0 if known == 0 else batch_dims, name=name)


def gather_nd(params: Any, indices: Any, name: str | None = None, batch_dims: int = 0) -> Tensor:
    """Return elements or slices of `params`.

    Args:
      params: a tensor.
      indices: integers; each vector along the last dimension is an index into the first dimensions of `params`.
      name: of the node.
      batch_dims: how many leading dimensions `params` and `indices` share; an integer, or a scalar tensor that is known.

    Returns:
      A tensor of shape `indices.shape[:-1] + params.shape[batch_dims + indices.shape[-1]:]`.

    Raises:
      TypeError: if `batch_dims` is not known.
      ValueError: if it is negative, or there are not as many dimensions.
    """
    known = constant_value(batch_dims) if isinstance(batch_dims, Tensor) else batch_dims
    if known is not None:
        batch_dims = int(known)
    if batch_dims != 0:
        return batch_gather_nd(params, indices, batch_dims, name)
    if hasattr(params, "_handle"):
        return params.gather_nd(indices, name=name)
    return ops.gather_nd(params, indices, name=name)


def scatter_nd(indices: Any, updates: Any, shape: Any, name: str | None = None) -> Tensor:
    """Return zeros of `shape`, an integer vector, with each of `updates` added at its vector of `indices`."""
    return ops.scatter_nd(indices, updates, shape, name=name)


def boolean_mask(tensor: Any, mask: Any, name: str = "boolean_mask", axis: int | None = None) -> Tensor:
    """Return the elements of `tensor` where `mask` holds.

    Args:
      tensor: a tensor.
      mask: booleans, of the shape of the dimensions of `tensor` from `axis` on; its rank must be known, and not 0.
      name: of the scope.
      axis: the first dimension that the mask covers; 0 if `None`.

    Returns:
      A tensor in which one dimension stands for those that the mask covers.

    Raises:
      ValueError: if the rank of the mask is 0 or unknown, or the shapes differ.
    """
    with scoped(name, "boolean_mask", [tensor, mask]):
        tensor, mask = convert_to_tensor(tensor, name="tensor"), convert_to_tensor(mask, name="mask")
        rank = _mask_rank(mask)
        axis = 0 if axis is None else int(axis)
        covered = tensor.shape[axis:axis + rank]
        covered.assert_is_compatible_with(mask.shape)
        count = node("Prod", item(shape_of(tensor), slice(axis, axis + rank)), [0])
        ahead = item(shape_of(tensor), slice(None, axis))
        behind = item(shape_of(tensor), slice(axis + rank, None))
        shape = tensor.shape
        tensor = ops.reshape(tensor, concat([ahead, [count], behind], 0))
        line = TensorShape([covered.num_elements()])
        tensor.set_shape(shape[:axis].concatenate(line).concatenate(shape[axis + rank:]))
        places = ops.squeeze(where(ops.reshape(mask, [-1])), squeeze_dims=[1])
        return gather(tensor, places, axis=axis)


class Unique(NamedTuple):
    """What `tf.unique` returns: the distinct values, and the place among them of each element."""

    y: Tensor
    idx: Tensor


def unique(x: Any, out_idx: Any = int32, name: str | None = None) -> Unique:
    """Return the distinct elements of a vector in the order in which they first occur.

    Args:
      x: a vector.
      out_idx: the type of the places, `tf.int32` or `tf.int64`.
      name: of the node.

    Returns:
      `(y, idx)`, with `y[idx[i]] == x[i]`.
    """
    return Unique(*node("Unique", x, out_idx=out_idx, name=name))


def _mask_rank(mask: Tensor) -> int:
    if mask.static_shape is None:
        raise ValueError("Number of mask dimensions must be specified, even if some dimensions are None.  E.g. "
                         "shape=[None] is ok, but shape=None is not.")
    if not mask.static_shape:
        raise ValueError("mask cannot be scalar.")
    return len(mask.static_shape)
