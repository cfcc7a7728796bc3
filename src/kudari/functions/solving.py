"""Functions that solve systems of linear equations, and what is made of decompositions."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..dtypes import complex128, int32
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.generated import generated
from ..op.scope import scoped
from ..ops.forms import cast, node, over
from ..ops.linalg import matmul
from ..ops.matrices import matrix_diag_part, matrix_transpose
from ..ops.shapes import reduction, shape_of
from ..ops.solving import cholesky_solve, regularized_gram
from .complex import conj, real
from .decompositions import svd
from .linalg import norm

slogdet = generated("LogMatrixDeterminant")


def matrix_solve_ls(matrix: Any, rhs: Any, l2_regularizer: Any = 0.0, fast: bool = True, name: str | None = None) -> Tensor:
    """Return the solutions of linear least squares problems.

    Args:
      matrix: a tensor of floats or complex numbers of shape `[..., m, n]`; m and n must be known.
      rhs: another of the same type, of shape `[..., m, k]`.
      l2_regularizer: how much the squares of the solution count, a float64 scalar.
      fast: whether to solve the normal equations by Cholesky decomposition.
      name: of the scope.

    Returns:
      A tensor of shape `[..., n, k]`.

    Raises:
      NotImplementedError: for complex128 with a regularizer.
      ValueError: if the size of the matrices is unknown.
    """
    matrix = convert_to_tensor(matrix, name="matrix")
    if matrix.dtype == complex128 and l2_regularizer != 0:
        raise NotImplementedError("matrix_solve_ls is currently disabled for complex128 and l2_regularizer != 0 due to poor "
                                  "accuracy.")
    if not fast or not _is_composed(matrix):
        return node("MatrixSolveLs", matrix, rhs, l2_regularizer, fast=fast, name=name)
    with scoped(name, "matrix_solve_ls", [matrix, rhs, l2_regularizer]):
        shape = matrix.static_shape
        if shape is None or shape[-2] is None or shape[-1] is None:
            raise ValueError(f"tf.linalg.lstsq needs to know whether matrices of shape {matrix.shape} are tall or wide; "
                             "give them a shape with set_shape, or pass fast=False.")
        is_tall = shape[-2] >= shape[-1]
        chol = regularized_gram(matrix, l2_regularizer, is_tall)
        if is_tall:
            return cholesky_solve(chol, matmul(matrix, rhs, adjoint_a=True))
        return matmul(matrix, cholesky_solve(chol, rhs), adjoint_a=True)


def _is_composed(matrix: Tensor) -> bool:
    """Whether TensorFlow composes the solution of other ops: unless there are many small matrices, and much of them."""
    shape = matrix.static_shape
    if shape is None or None in shape:
        return True
    sizes: Any = shape
    is_large = math.prod(sizes) * matrix.dtype.size > 256000
    return not (is_large and math.prod(sizes[:-2]) > min(sizes[-2:]))


def logdet(matrix: Any, name: str | None = None) -> Tensor:
    """Return the logarithms of the determinants of self-adjoint positive definite matrices, of shape `[..., n, n]`."""
    with scoped(name, "logdet", [matrix]):
        chol = node("Cholesky", matrix)
        return 2.0 * reduction("Sum", node("Log", real(matrix_diag_part(chol))), [-1])


def tridiagonal_solve(diagonals: Any, rhs: Any, diagonals_format: str = "compact", transpose_rhs: bool = False,
                      conjugate_rhs: bool = False, name: str | None = None, partial_pivoting: bool = True) -> Tensor:
    """Return the solutions of systems with tridiagonal matrices.

    Args:
      diagonals: in the format "compact", a tensor of shape `[..., 3, m]` with the diagonals from above.
      rhs: the right hand sides, of shape `[..., m]` or `[..., m, k]`.
      diagonals_format: "compact"; "sequence" is three tensors of shape `[..., m]`.
      transpose_rhs: whether `rhs` is of shape `[..., k, m]`.
      conjugate_rhs: whether to take its conjugate.
      name: of the node.
      partial_pivoting: whether rows may be exchanged, for accuracy.

    Returns:
      A tensor of the shape of `rhs`.

    Raises:
      ValueError: for another format, or if the shapes do not fit.
    """
    if diagonals_format == "sequence":
        diagonals = _compact(diagonals)
    elif diagonals_format != "compact":
        raise ValueError(f"Unrecognized diagonals_format: {diagonals_format}")
    diagonals, rhs = convert_to_tensor(diagonals), convert_to_tensor(rhs)
    rank = rhs.shape.ndims
    if rank is None or diagonals.shape.ndims is None:
        raise ValueError("The rank of the diagonals and of the right hand sides must be known.")
    if rank == diagonals.shape.ndims - 1:
        column = node("ExpandDims", conj(rhs) if conjugate_rhs else rhs, -1)
        _must_be_as_many(diagonals, column)
        solved = node("TridiagonalSolve", diagonals, column, partial_pivoting, name=name)
        return node("Squeeze", solved, squeeze_dims=[-1])
    if transpose_rhs:
        rhs = matrix_transpose(rhs, conjugate=conjugate_rhs)
    elif conjugate_rhs:
        rhs = conj(rhs)
    _must_be_as_many(diagonals, rhs)
    result = node("TridiagonalSolve", diagonals, rhs, partial_pivoting, name=name)
    return matrix_transpose(result) if transpose_rhs else result


def _compact(diagonals: Any) -> Tensor:
    above, middle, below = (convert_to_tensor(d) for d in diagonals)
    return node("Pack", [above, middle, below], axis=-2, name="stack")


def _must_be_as_many(diagonals: Tensor, rhs: Tensor) -> None:
    rows, columns = diagonals.shape[-1], rhs.shape[-2]
    if rows.value is not None and columns.value is not None and rows != columns:
        raise ValueError(f"Expected number of left-hand sided and right-hand sides to be equal, got {rows} and {columns}")


def tridiagonal_matmul(diagonals: Any, rhs: Any, diagonals_format: str = "compact", name: str | None = None) -> Tensor:
    """Return the products of tridiagonal matrices and matrices.

    Args:
      diagonals: in the format "compact", a tensor of shape `[..., 3, m]` with the diagonals from above.
      rhs: a tensor of shape `[..., m, n]`.
      diagonals_format: "compact"; "sequence" is three tensors of shape `[..., m]`.
      name: of the node.

    Returns:
      A tensor of shape `[..., m, n]`.

    Raises:
      ValueError: for another format.
    """
    if diagonals_format == "compact":
        diagonals = convert_to_tensor(diagonals)
        parts = [diagonals[..., i, :] for i in range(3)]
    elif diagonals_format == "sequence":
        parts = list(diagonals)
    else:
        raise ValueError(f"Unrecognized diagonals_format: {diagonals_format}")
    return node("TridiagonalMatMul", *[node("ExpandDims", part, -2) for part in parts], rhs, name=name)


def matrix_rank(a: Any, tol: Any = None, validate_args: bool = False, name: str | None = None) -> Tensor:
    """Return how many singular values of matrices are not zero.

    Args:
      a: a tensor of floats of shape `[..., m, n]`.
      tol: the least value that counts; `eps * max(m, n)` times the greatest if `None`.
      validate_args: accepted; ranks are checked while building.
      name: of the scope.

    Raises:
      TypeError: if `a` is not of floats.
      ValueError: if its rank is less than 2.
    """
    with scoped(name or "matrix_rank", "matrix_rank"):
        a = _floating_matrix(convert_to_tensor(a, preferred_dtype="float32", name="a"))
        s = svd(a, compute_uv=False)
        if tol is None:
            sizes = a.shape[-2:]
            if sizes.is_fully_defined():
                most: Any = np.max(sizes.as_list())
            else:
                most = reduction("Max", shape_of(a)[-2:])
            tol = np.finfo(a.dtype.as_numpy_dtype).eps * cast(most, a.dtype) * reduction("Max", s, -1, True)
        return reduction("Sum", cast(s > tol, int32), -1)


def pinv(a: Any, rcond: Any = None, validate_args: bool = False, name: str | None = None) -> Tensor:
    """Return the pseudo-inverses of matrices.

    Args:
      a: a tensor of floats of shape `[..., m, n]`.
      rcond: the part of the greatest singular value up to which others count as zero; `10 * eps * max(m, n)` if `None`.
      validate_args: accepted; ranks are checked while building.
      name: of the scope.

    Returns:
      A tensor of shape `[..., n, m]`.

    Raises:
      TypeError: if `a` is not of floats.
      ValueError: if its rank is less than 2.
    """
    with scoped(name or "pinv", "pinv"):
        a = _floating_matrix(convert_to_tensor(a, name="a"))
        dtype = a.dtype.as_numpy_dtype
        if rcond is None:
            rows, columns = (a.static_shape[i] if a.static_shape and a.static_shape[i] is not None else shape_of(a)[i]
                             for i in (-2, -1))
            if isinstance(rows, int) and isinstance(columns, int):
                most: Any = float(max(rows, columns))
            else:
                most = cast(node("Maximum", rows, columns), a.dtype)
            rcond = 10.0 * most * np.finfo(dtype).eps
        rcond = convert_to_tensor(rcond, dtype=a.dtype, name="rcond")
        s, u, v = svd(a, full_matrices=False, compute_uv=True)
        cutoff = rcond * reduction("Max", s, -1)
        s = node("SelectV2", s > node("ExpandDims", cutoff, -1), s, np.array(np.inf, dtype))
        result = matmul(over(v, node("ExpandDims", s, -2)), u, adjoint_b=True)
        if a.static_shape is not None:
            result.set_shape((*a.static_shape[:-2], a.static_shape[-1], a.static_shape[-2]))
        return result


def _floating_matrix(a: Tensor) -> Tensor:
    if not a.dtype.is_floating:
        raise TypeError(f"Input `a` must have `float`-like `dtype` (saw {a.dtype.name}).")
    if a.shape.ndims is not None and a.shape.ndims < 2:
        raise ValueError(f"Input `a` must have at least 2 dimensions (saw: {a.shape.ndims}).")
    return a


def normalize(tensor: Any, ord: Any = "euclidean", axis: Any = None, name: str | None = None) -> tuple[Tensor, Tensor]:
    """Return a tensor divided by its norm along axes, and the norm.

    Args:
      tensor: of floats or complex numbers.
      ord: of the norm, as in `tf.norm`.
      axis: as in `tf.norm`.
      name: of the scope.

    Returns:
      `(normalized, norm)`, the norm with dimensions of size 1.
    """
    with scoped(name, "normalize", [tensor]):
        tensor = convert_to_tensor(tensor)
        length = cast(norm(tensor, ord, axis, keepdims=True), tensor.dtype)
        return over(tensor, length), length
