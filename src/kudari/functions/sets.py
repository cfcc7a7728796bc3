"""`tf.sets.*` and `tf.edit_distance`: functions of what stands in the last dimension of tensors."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..op.sparse_tensor import SparseTensor, SparseTensorValue, convert_to_tensor_or_sparse_tensor, parts
from ..ops.forms import node
from ..ops.sets import ELEMENTS


def set_size(a: Any, validate_indices: bool = True) -> Tensor:
    """Return how many different elements each set has.

    Args:
      a: a `SparseTensor` of integers or texts, its indices in order; the last dimension holds the sets.
      validate_indices: an attribute of the node; indices out of bounds or order are refused in any case.

    Returns:
      An int32 tensor with the dimensions of `a` but the last.

    Raises:
      TypeError: if `a` is not sparse, or of a type that sets cannot hold.
    """
    a = convert_to_tensor_or_sparse_tensor(a, name="a")
    if not isinstance(a, SparseTensor):
        raise TypeError(f"Expected `SparseTensor`, got {a}.")
    if a.values.dtype.base_dtype not in ELEMENTS:
        raise TypeError(f"Invalid dtype {a.values.dtype}.")
    return node("SetSize", *parts(a), validate_indices=validate_indices)


def set_intersection(a: Any, b: Any, validate_indices: bool = True) -> SparseTensor:
    """Return the elements that are in both of two sets, for each place.

    Args:
      a: a tensor or `SparseTensor` of integers or texts; the last dimension holds the sets.
      b: one of the same type and, but for the last dimension, the same shape.
      validate_indices: an attribute of the node; indices out of bounds or order are refused in any case.

    Returns:
      A `SparseTensor` with the elements of each set sorted.

    Raises:
      TypeError: if the types differ, or sets cannot hold them.
    """
    a, b, _ = _in_order(a, b)
    return _operation(a, b, "intersection", validate_indices)


def set_difference(a: Any, b: Any, aminusb: bool = True, validate_indices: bool = True) -> SparseTensor:
    """Return the elements that are in one of two sets and not in the other, for each place.

    Args:
      a: a tensor or `SparseTensor` of integers or texts; the last dimension holds the sets.
      b: one of the same type and, but for the last dimension, the same shape.
      aminusb: whether to leave those of `b` out of `a`, and not those of `a` out of `b`.
      validate_indices: an attribute of the node; indices out of bounds or order are refused in any case.

    Returns:
      A `SparseTensor` with the elements of each set sorted.

    Raises:
      TypeError: if the types differ, or sets cannot hold them.
    """
    a, b, is_swapped = _in_order(a, b)
    return _operation(a, b, "a-b" if bool(aminusb) != is_swapped else "b-a", validate_indices)


def set_union(a: Any, b: Any, validate_indices: bool = True) -> SparseTensor:
    """Return the elements that are in either of two sets, for each place.

    Args:
      a: a tensor or `SparseTensor` of integers or texts; the last dimension holds the sets.
      b: one of the same type and, but for the last dimension, the same shape.
      validate_indices: an attribute of the node; indices out of bounds or order are refused in any case.

    Returns:
      A `SparseTensor` with the elements of each set sorted.

    Raises:
      TypeError: if the types differ, or sets cannot hold them.
    """
    a, b, _ = _in_order(a, b)
    return _operation(a, b, "union", validate_indices)


def _in_order(a: Any, b: Any) -> tuple[Any, Any, bool]:
    """Both as tensors, a dense one before a sparse one, and whether that swaps them."""
    a = convert_to_tensor_or_sparse_tensor(a, name="a")
    if a.dtype.base_dtype not in ELEMENTS:
        raise TypeError(f"'a' invalid dtype {a.dtype}.")
    b = convert_to_tensor_or_sparse_tensor(b, name="b")
    if b.dtype.base_dtype != a.dtype.base_dtype:
        raise TypeError(f"Types don't match, {a.dtype} vs {b.dtype}.")
    is_swapped = isinstance(a, SparseTensor) and not isinstance(b, SparseTensor)
    return (b, a, True) if is_swapped else (a, b, False)


def _operation(a: Any, b: Any, operation: str, validate_indices: bool) -> SparseTensor:
    inputs: list[Any] = []
    kinds = []
    for x in (a, b):
        inputs += parts(x) if isinstance(x, SparseTensor) else [x]
        kinds.append("Sparse" if isinstance(x, SparseTensor) else "Dense")
    type_name = f"{kinds[0]}To{kinds[1]}SetOperation"
    return SparseTensor(*node(type_name, *inputs, set_operation=operation, validate_indices=validate_indices))


def edit_distance(hypothesis: Any, truth: Any, normalize: bool = True, name: str | None = "edit_distance") -> Tensor:
    """Return how many elements must be put in, left out or replaced to make a sequence of another.

    Args:
      hypothesis: a `SparseTensor`; the last dimension holds the sequences.
      truth: one of the same type and rank.
      normalize: whether to divide by the length of the sequence in `truth`; by none makes infinity.
      name: of the node.

    Returns:
      A float32 tensor with all dimensions but the last, each as large as the larger of the two.

    Raises:
      TypeError: if one of them is not sparse.
    """
    for x, what in ((hypothesis, "Hypothesis"), (truth, "Truth")):
        if not isinstance(x, SparseTensor | SparseTensorValue):
            raise TypeError(f"{what} must be a SparseTensor.")
    inputs = (hypothesis.indices, hypothesis.values, hypothesis.dense_shape, truth.indices, truth.values, truth.dense_shape)
    return node("EditDistance", *inputs, normalize=normalize, name=name)
