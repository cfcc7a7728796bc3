"""Functions that make tensors of one value, ranges and masks."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import DType, as_dtype, bool, float32, float64, int32, int64, string
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops import array as ops
from ..ops.comparison import less
from ..ops.forms import cast, node
from ..ops.full import full
from ..ops.shapes import rank_of, shape_of
from ..shape import is_defined

_RANGE_TYPES = [int32, int64, float32, float64]


def fill(dims: Any, value: Any, name: str | None = None) -> Tensor:
    """Return a tensor of shape `dims`, an integer vector, with the scalar `value` everywhere."""
    return ops.fill(dims, value, name=name)


def zeros(shape: Any, dtype: Any = float32, name: str | None = None) -> Tensor:
    """Return a tensor of zeros.

    Args:
      shape: a list of sizes, which may be scalar tensors, a `TensorShape`, or an integer vector.
      dtype: of the elements; `False` for booleans, empty text for strings.
      name: of the node.
    """
    dtype = as_dtype(dtype).base_dtype
    zero: Any = False if dtype == bool else "" if dtype == string else 0
    return full(shape, zero, dtype, name, "zeros")


def ones(shape: Any, dtype: Any = float32, name: str | None = None) -> Tensor:
    """Return a tensor of ones.

    Args:
      shape: a list of sizes, which may be scalar tensors, a `TensorShape`, or an integer vector.
      dtype: of the elements; `True` for booleans.
      name: of the node.
    """
    dtype = as_dtype(dtype).base_dtype
    return full(shape, True if dtype == bool else 1, dtype, name, "ones")


def zeros_like(tensor: Any, dtype: Any = None, name: str | None = None, optimize: Any = True) -> Tensor:
    """Return zeros of the shape of `tensor`.

    Args:
      tensor: the model.
      dtype: of the elements; that of `tensor` if `None`.
      name: of the node.
      optimize: whether a known shape makes a constant.
    """
    with scoped(name, "zeros_like", [tensor]) as scope:
        tensor = convert_to_tensor(tensor, name="tensor")
        if optimize and is_defined(tensor.static_shape):
            return zeros(tensor.shape, dtype or tensor.dtype, name=scope)
        if dtype is not None and as_dtype(dtype) != tensor.dtype:
            return zeros(shape_of(tensor, optimize=optimize), dtype, name=scope)
        return ops.zeros_like(tensor, name=scope)


def ones_like(tensor: Any, dtype: Any = None, name: str | None = None, optimize: Any = True) -> Tensor:
    """Return ones of the shape of `tensor`.

    Args:
      tensor: the model.
      dtype: of the elements; that of `tensor` if `None`.
      name: of the node.
      optimize: whether a known shape is a constant.
    """
    with scoped(name, "ones_like", [tensor]) as scope:
        tensor = convert_to_tensor(tensor, name="tensor")
        shape = shape_of(tensor, optimize=optimize)
        result = ones(shape, tensor.dtype if dtype is None else dtype, name=scope)
        result.set_shape(tensor.static_shape)
        return result


def range(start: Any, limit: Any = None, delta: Any = 1, dtype: Any = None, name: str = "range") -> Tensor:
    """Return the vector `start, start + delta, …` up to but without `limit`.

    Args:
      start: a scalar; the limit, with a start of 0, if `limit` is `None`.
      limit: a scalar.
      delta: a scalar, not zero.
      dtype: of the elements; the widest of the arguments if `None`.
      name: of the node.

    Raises:
      ValueError: if `delta` is zero or leads away from `limit`.
    """
    if limit is None:
        start, limit = 0, start
    with scoped(name, "Range", [start, limit, delta]) as scope:
        given = zip((start, limit, delta), ("start", "limit", "delta"))
        scalars = [convert_to_tensor(value, dtype=dtype, name=each) for value, each in given]
        if dtype is None:
            widest = max((t.dtype.base_dtype for t in scalars), key=_RANGE_TYPES.index)
            scalars = [cast(t, widest) for t in scalars]
        return ops.range(*scalars, name=scope)


def lin_space(start: Any, stop: Any, num: Any, name: str | None = None) -> Tensor:
    """Return `num` numbers, evenly spaced, from `start` to `stop`, both included.

    Args:
      start: a scalar, float32 or float64.
      stop: a scalar of the same type.
      num: how many, at least 1.
      name: of the node.

    Raises:
      ValueError: if `num` is less than 1.
    """
    return ops.lin_space(start, stop, num, name=name)


def one_hot(indices: Any, depth: Any, on_value: Any = None, off_value: Any = None, axis: int | None = None,
            dtype: Any = None, name: str | None = None) -> Tensor:
    """Return a tensor with a new dimension that is `on_value` at each index and `off_value` elsewhere.

    Args:
      indices: integers; one outside `[0, depth)` is nowhere.
      depth: the size of the new dimension.
      on_value: 1 if `None`.
      off_value: 0 if `None`.
      axis: where the new dimension goes; last if `None`.
      dtype: of the elements; that of the values if given, else float32.
      name: of the node.

    Raises:
      TypeError: if the types differ.
    """
    with scoped(name, "one_hot", [indices, depth, on_value, off_value]) as scope:
        on_dtype, off_dtype = (None if v is None else convert_to_tensor(v).dtype.base_dtype for v in (on_value, off_value))
        dtype = _one_hot_type(on_dtype, off_dtype, dtype)
        if on_value is None:
            on_value, on_dtype = convert_to_tensor(1, dtype, name="on_value"), dtype
        if off_value is None:
            off_value, off_dtype = convert_to_tensor(0, dtype, name="off_value"), dtype
        if on_dtype != off_dtype:
            raise TypeError(f"dtype {on_dtype} of on_value does not match dtype {off_dtype} of off_value")
        return ops.one_hot(indices, depth, on_value, off_value, axis=axis, name=scope)


def _one_hot_type(on_dtype: DType | None, off_dtype: DType | None, dtype: Any) -> DType:
    if on_dtype is None and off_dtype is None:
        return float32 if dtype is None else as_dtype(dtype)
    if dtype is None:
        return on_dtype or off_dtype  # type: ignore[return-value]
    for found, which in ((on_dtype, "on_value"), (off_dtype, "off_value")):
        if found is not None and found != as_dtype(dtype):
            raise TypeError(f"dtype {found} of {which} does not match dtype parameter {dtype}")
    return as_dtype(dtype)


def sequence_mask(lengths: Any, maxlen: Any = None, dtype: Any = bool, name: str | None = None) -> Tensor:
    """Return a mask that is true for the first `lengths[…]` places of a new last dimension.

    Args:
      lengths: integers.
      maxlen: the size of the new dimension; the largest length if `None`.
      dtype: of the elements.
      name: of the scope.

    Raises:
      ValueError: if `maxlen` is not a scalar.
    """
    with scoped(name, "SequenceMask", [lengths, maxlen]):
        lengths = convert_to_tensor(lengths)
        maxlen = _longest(lengths) if maxlen is None else convert_to_tensor(maxlen)
        if maxlen.static_shape not in (None, ()):
            raise ValueError("maxlen must be scalar for sequence_mask")
        places = ops.range(constant(0, maxlen.dtype), maxlen, constant(1, maxlen.dtype))
        ends = node("Cast", ops.expand_dims(lengths, -1), DstT=maxlen.dtype)
        mask = less(places, ends)
        return mask if dtype is None or as_dtype(dtype) == bool else node("Cast", mask, DstT=dtype)


def _longest(lengths: Tensor) -> Tensor:
    if lengths.static_shape is None:
        axes = ops.range(0, rank_of(lengths), 1)
    else:
        axes = constant(np.arange(len(lengths.static_shape)), int32)
    longest = node("Max", lengths, axes)
    return node("Maximum", constant(0, longest.dtype), longest)


def diag(diagonal: Any, name: str | None = None) -> Tensor:
    """Return a tensor of twice the rank with `diagonal` where both halves of the index agree, zeros elsewhere."""
    return ops.diag(diagonal, name=name)


def matrix_band_part(input: Any, num_lower: Any, num_upper: Any, name: str | None = None) -> Tensor:
    """Return `input` with zeros outside a band of diagonals of each innermost matrix.

    Args:
      input: a tensor of rank 2 or more.
      num_lower: how many diagonals to keep below the main one; all if negative.
      num_upper: how many to keep above it; all if negative.
      name: of the node.
    """
    return ops.matrix_band_part(input, num_lower, num_upper, name=name)


def diag_part(input: Any, name: str | None = None) -> Tensor:
    """Return the elements of `input`, of even rank, where both halves of the index agree."""
    return ops.diag_part(input, name=name)
