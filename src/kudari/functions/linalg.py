"""Products of matrices, norms, and sums of many tensors."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops import linalg, sums
from ..ops.forms import conjugate, node, times
from ..ops.shapes import reduction
from ..shape import as_shape, unknown_shape
from .arguments import renamed
from .elementwise import absolute, pow

_EUCLIDEAN = ("fro", "euclidean", 2, 2.0)


def matmul(a: Any, b: Any, transpose_a: bool = False, transpose_b: bool = False, adjoint_a: bool = False,
           adjoint_b: bool = False, a_is_sparse: bool = False, b_is_sparse: bool = False,
           name: str | None = None) -> Tensor:
    """Return the matrix product of `a` and `b`, or of the matrices in their last two dimensions.

    Args:
      a: a tensor of numbers with at least two dimensions.
      b: another of the same type.
      transpose_a: whether to take `a` transposed.
      transpose_b: whether to take `b` transposed.
      adjoint_a: whether to take `a` conjugated and transposed.
      adjoint_b: whether to take `b` conjugated and transposed.
      a_is_sparse: accepted; the product is the same.
      b_is_sparse: accepted; the product is the same.
      name: of the node.

    Raises:
      ValueError: if a matrix is to be both transposed and adjoint, or shapes do not fit.
    """
    return linalg.matmul(a, b, transpose_a, transpose_b, adjoint_a, adjoint_b, name)


def matvec(a: Any, b: Any, transpose_a: bool = False, adjoint_a: bool = False, a_is_sparse: bool = False,
           b_is_sparse: bool = False, name: str | None = None) -> Tensor:
    """Return the product of the matrix `a` and the vector `b`, or of stacks of them.

    Args:
      a: a tensor of numbers with at least two dimensions.
      b: another of the same type, with one dimension less.
      transpose_a: whether to take `a` transposed.
      adjoint_a: whether to take `a` conjugated and transposed.
      a_is_sparse: accepted; the product is the same.
      b_is_sparse: accepted; the product is the same.
      name: of the scope.
    """
    with scoped(name, "MatVec", [a, b]):
        column = node("ExpandDims", b, -1)
        product = linalg.matmul(a, column, transpose_a, adjoint_a=adjoint_a)
        return node("Squeeze", product, squeeze_dims=[-1])


def add_n(inputs: Any, name: str | None = None) -> Tensor:
    """Return the sum of tensors of one shape and type.

    Args:
      inputs: a list of tensors or `IndexedSlices`.
      name: of the node.

    Raises:
      TypeError: if `inputs` is not iterable at all.
      ValueError: if the list is empty, or the shapes differ.
    """
    iter(inputs)  # what is no list at all has TensorFlow raise the TypeError of Python
    tensors = _tensors(inputs, "inputs must be a list of at least one Tensor/IndexedSlices with the same dtype and "
                               "shape")
    if len(tensors) == 1:
        return node("Identity", tensors[0], name=name) if name else tensors[0]
    return sums.add_n(tensors, name=name)


def accumulate_n(inputs: Any, shape: Any = None, tensor_dtype: Any = None, name: str | None = None) -> Tensor:
    """Return the sum of tensors of one shape and type, added in any order.

    Args:
      inputs: a list of tensors.
      shape: what is known of their shape.
      tensor_dtype: their type, to be checked.
      name: of the node.

    Raises:
      ValueError: if the list is empty, or the types or shapes differ.
      TypeError: if `tensor_dtype` is another type.
    """
    problem = "inputs must be a list of at least one Tensor with the same dtype and shape"
    tensors = _tensors(inputs, problem)
    if any(t.dtype.base_dtype != tensors[0].dtype.base_dtype for t in tensors):
        raise ValueError(problem)
    known = unknown_shape() if shape is None else as_shape(shape)
    for tensor in tensors:
        known = known.merge_with(tensor.shape)
    if tensor_dtype is not None and tensor_dtype != tensors[0].dtype:
        raise TypeError(f"tensor_dtype is {tensor_dtype}, but input is of type {tensors[0].dtype}")
    if len(tensors) == 1:
        return node("Identity", tensors[0], name=name) if name is not None else tensors[0]
    return sums.accumulate_n_v2(tensors, shape=known, name=name)


def _tensors(inputs: Any, problem: str) -> list[Tensor]:
    if not isinstance(inputs, list | tuple) or not inputs:
        raise ValueError(problem)
    return [convert_to_tensor(value) for value in inputs]


def norm(tensor: Any, ord: Any = "euclidean", axis: Any = None, keepdims: Any = None, name: str | None = None,
         keep_dims: Any = None) -> Tensor:
    """Return the norm of vectors or matrices.

    Args:
      tensor: a tensor of floats.
      ord: "euclidean", "fro" (matrices), a positive number, or infinity.
      axis: the axis of the vectors, two axes of the matrices, or `None` for one vector of all elements.
      keepdims: whether the reduced axes stay, with size 1.
      name: of the scope.
      keep_dims: the old name of `keepdims`.

    Raises:
      ValueError: if `ord` or `axis` is none of these.
      NotImplementedError: for the spectral norm of matrices, `ord=2` with two axes.
    """
    keepdims = bool(renamed("keepdims", keepdims, "keep_dims", keep_dims))
    axes = _norm_axes(ord, axis)
    of_matrices = axes is not None and len(axes) == 2
    if of_matrices and ord in (2, 2.0):
        raise NotImplementedError(f"tf.norm(ord={ord}, axis={axis}) needs singular values, which Kudari does not have "
                                  "yet; take ord='fro' or reduce over tf.abs.")
    with scoped(name, "norm", [tensor]):
        tensor = convert_to_tensor(tensor)
        result = _kept_norm(tensor, ord, axes, of_matrices)
        return result if keepdims else node("Squeeze", result, squeeze_dims=list(axes or ()))


def _norm_axes(ord: Any, axis: Any) -> tuple[int, ...] | None:
    wrong = "'axis' must be None, an integer, or a tuple of 2 unique integers"
    if isinstance(axis, tuple | list) and len(axis) == 2:
        if not all(isinstance(a, int) for a in axis) or axis[0] == axis[1]:
            raise ValueError(wrong)
        supported: list[Any] = ["euclidean", "fro", 1, 2, np.inf]
        if ord not in supported:
            raise ValueError(f"'ord' must be a supported matrix norm in {supported}, got {ord}")
        return tuple(axis)
    if not (isinstance(axis, int) or axis is None):
        raise ValueError(wrong)
    if ord != "euclidean" and (isinstance(ord, str) or not np.isreal(ord) or ord <= 0):
        raise ValueError(f"'ord' must be a supported vector norm, got {ord}")
    return None if axis is None else (axis,)


def _kept_norm(tensor: Tensor, ord: Any, axes: tuple[int, ...] | None, of_matrices: bool) -> Tensor:
    if ord in _EUCLIDEAN:
        return node("Sqrt", reduction("Sum", times(tensor, conjugate(tensor)), axes, True))
    size = absolute(tensor)
    first = None if axes is None else axes[0]
    if ord == 1:
        total = reduction("Sum", size, first, True)
        return reduction("Max", total, axes[-1], True) if of_matrices and axes else total
    if ord == np.inf:
        if of_matrices and axes:
            size = reduction("Sum", size, axes[1], True)
        return reduction("Max", size, first, True)
    return pow(reduction("Sum", pow(size, ord), axes, True), 1.0 / ord)
