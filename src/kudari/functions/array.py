"""Placeholders, identities, and the functions that tell or change a tensor's shape."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import int32
from ..graph.tensor import Tensor
from ..op import convert
from ..op.convert import convert_to_tensor as _tensor
from ..op.scope import scoped
from ..op.sparse_tensor import is_sparse
from ..ops import array as ops
from ..ops import shapes
from ..ops.forms import minus, node
from ..shape import TensorShape, broadcast, shape_tuple
from .arguments import renamed


def placeholder(dtype: Any, shape: Any = None, name: str | None = None) -> Tensor:
    """Return a tensor whose value must be fed at every step.

    Args:
      dtype: of the elements.
      shape: of the values that may be fed, `None` for unknown sizes; any shape if `None`.
      name: of the node.

    Returns:
      A tensor that only `feed_dict` can give a value.
    """
    return ops.placeholder(dtype=dtype, shape=shape, name=name)


def placeholder_with_default(input: Any, shape: Any, name: str | None = None) -> Tensor:
    """Return a tensor that passes `input` on unless another value is fed.

    Args:
      input: the default.
      shape: of the values that may be fed; `input` must fit it.
      name: of the node.

    Raises:
      ValueError: if `input` does not fit `shape`.
    """
    return ops.placeholder_with_default(input, shape=shape, name=name)


def identity(input: Any, name: str | None = None) -> Tensor:
    """Return a tensor with the value of `input`."""
    return ops.identity(input, name=name)


def identity_n(input: Any, name: str | None = None) -> list[Tensor]:
    """Return tensors with the values of the list `input`, none of them before all are there."""
    return ops.identity_n(input, name=name)


def stop_gradient(input: Any, name: str | None = None) -> Tensor:
    """Return a tensor with the value of `input` that gradients take for a constant."""
    return ops.stop_gradient(input, name=name)


def convert_to_tensor(value: Any, dtype: Any = None, name: str | None = None, preferred_dtype: Any = None,
                      dtype_hint: Any = None) -> Tensor:
    """Return `value` as a tensor.

    Args:
      value: a tensor, variable, number, text, array, or nested list of them.
      dtype: the element type it must have; found from the value if `None`.
      name: of the node, if one is made.
      preferred_dtype: the older name of `dtype_hint`.
      dtype_hint: the element type to try first when `dtype` is `None`.

    Raises:
      TypeError: if the value has no such type.
      ValueError: if it is a tensor of another type.
    """
    hint = renamed("dtype_hint", dtype_hint, "preferred_dtype", preferred_dtype)
    return convert.convert_to_tensor(value, dtype, name, hint)


def ensure_shape(x: Any, shape: Any, name: str | None = None) -> Tensor:
    """Return `x`, checked when it runs to have `shape`, which is known from then on.

    Args:
      x: a tensor.
      shape: sizes, `None` for unknown ones.
      name: of the node.

    Raises:
      ValueError: if the static shape of `x` contradicts it.
    """
    return ops.ensure_shape(x, shape=shape, name=name)


def broadcast_static_shape(shape_x: TensorShape, shape_y: TensorShape) -> TensorShape:
    """Return the shape that tensors of two static shapes broadcast to.

    Args:
      shape_x: a `TensorShape`.
      shape_y: a `TensorShape`.

    Raises:
      ValueError: if they do not fit.
    """
    try:
        return TensorShape(broadcast(shape_tuple(shape_x), shape_tuple(shape_y)))
    except ValueError:
        raise ValueError(f"Incompatible shapes for broadcasting: {shape_x} and {shape_y}") from None


def broadcast_dynamic_shape(shape_x: Any, shape_y: Any) -> Tensor:
    """Return the shape, an integer vector, that tensors of two shapes, integer vectors too, broadcast to."""
    return ops.broadcast_args(shape_x, shape_y)


def shape(input: Any, name: str | None = None, out_type: Any = int32) -> Tensor:
    """Return the shape of `input` as a vector: a constant if it is known.

    Args:
      input: a tensor, dense or sparse.
      name: of the node.
      out_type: `tf.int32` or `tf.int64`.
    """
    if is_sparse(input):
        with scoped(name, "Shape", [input]):
            return node("Cast", input.dense_shape, DstT=out_type)
    return shapes.shape_of(input, name, out_type)


def shape_n(input: Any, out_type: Any = int32, name: str | None = None) -> list[Tensor]:
    """Return the shapes of the tensors in the list `input`, all of one type, as vectors of `out_type`."""
    return ops.shape_n(input, out_type=out_type, name=name)


def size(input: Any, name: str | None = None, out_type: Any = int32) -> Tensor:
    """Return the number of elements of `input` as a scalar of `out_type`: a constant if it is known."""
    if is_sparse(input):
        with scoped(name, "Size", [input]) as scope:
            return node("Prod", node("Cast", input.dense_shape, DstT=out_type), 0, name=scope)
    return shapes.size_of(input, name, out_type)


def rank(input: Any, name: str | None = None) -> Tensor:
    """Return the number of dimensions of `input` as a scalar int32: a constant if it is known."""
    if is_sparse(input):
        with scoped(name, "Rank", [input]) as scope:
            return node("Size", input.dense_shape, name=scope)
    return shapes.rank_of(input, name)


def reshape(tensor: Any, shape: Any, name: str | None = None) -> Tensor:
    """Return the elements of `tensor`, in row-major order, in another shape.

    Args:
      tensor: the elements.
      shape: an integer vector; one size may be -1, found from the others.
      name: of the node.

    Raises:
      ValueError: if the number of elements differs.
    """
    return ops.reshape(tensor, shape, name=name)


def expand_dims(input: Any, axis: Any = None, name: str | None = None, dim: Any = None) -> Tensor:
    """Return `input` with one more dimension, of size 1.

    Args:
      input: a tensor.
      axis: where the new dimension goes, in `[-rank - 1, rank]`.
      name: of the node.
      dim: the older name of `axis`.

    Raises:
      ValueError: if `axis` is missing, given twice or out of range.
    """
    axis = renamed("axis", axis, "dim", dim)
    if axis is None:
        raise ValueError("Must specify an axis argument to tf.expand_dims()")
    return ops.expand_dims(input, axis, name=name)


def squeeze(input: Any, axis: Any = None, name: str | None = None, squeeze_dims: Any = None) -> Tensor:
    """Return `input` without dimensions of size 1.

    Args:
      input: a tensor.
      axis: the dimension, or list of them, to drop; all of size 1 if `None`.
      name: of the node.
      squeeze_dims: the older name of `axis`.

    Raises:
      ValueError: if a dimension to drop has another size.
    """
    axis = renamed("axis", axis, "squeeze_dims", squeeze_dims)
    return ops.squeeze(input, squeeze_dims=[axis] if np.isscalar(axis) else axis, name=name)


def transpose(a: Any, perm: Any = None, name: str = "transpose", conjugate: bool = False) -> Tensor:
    """Return `a` with its dimensions in another order.

    Args:
      a: a tensor.
      perm: for each dimension of the result, the one of `a` it is; the reverse order if `None`.
      name: of the node.
      conjugate: whether to take the complex conjugate too.

    Raises:
      ValueError: if `perm` is not a permutation of the dimensions.
    """
    with scoped(name, "transpose", [a]) as scope:
        permute = ops.conjugate_transpose if conjugate and a.dtype.is_complex else ops.transpose
        if perm is not None:
            return permute(a, perm, name=scope)
        a = _tensor(a, name="a")
        result = permute(a, _backwards(a), name=scope)
        result.set_shape(None if a.static_shape is None else a.static_shape[::-1])
        return result


def _backwards(a: Tensor) -> Any:
    if a.static_shape:
        return len(a.static_shape) - 1 - np.arange(len(a.static_shape))
    rank = ops.rank(a)
    return minus(minus(rank, 1), ops.range(0, rank, 1))


def invert_permutation(x: Any, name: str | None = None) -> Tensor:
    """Return the permutation that undoes `x`, a vector of the integers 0 to n - 1."""
    return ops.invert_permutation(x, name=name)


def bitcast(input: Any, type: Any, name: str | None = None) -> Tensor:
    """Return the bytes of `input` read as the element type `type`; sizes that differ change the last dimension."""
    return ops.bitcast(input, type=type, name=name)
