"""Ops that solve systems of linear equations, and what goes with them: inverses and determinants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
import numpy as np
import scipy.linalg
from jax import lax

from ..dtypes import TypeSet, complex64, complex128, float32, float64
from ..graph.operation import Operation
from ..op.definition import op
from ..op.rules import brackets, merge_shapes, with_rank
from ..op.scope import scoped
from ..shape import Shape, is_defined
from .decompositions import in_single, must_be_square
from .forms import cast, minus, negated, node, plus, times
from .indexing import item
from .joining import concat
from .linalg import matmul
from .matrices import (
    FACTORED,
    INVERTED,
    eye,
    matrix_transpose,
    rows_and_columns,
    same_size,
    square,
    square_unchanged,
    stacked,
)
from .packing import stack
from .shapes import reduction, shape_of, size_of
from .shapes import zeros as zeros_of

_SYSTEM = "matrix: T, rhs: T -> output: T"
_BANDED = TypeSet((float64, float32, complex64, complex128))


def _solution(op: Operation) -> list[Shape]:
    batch, order = square(op, op.inputs[0])
    return _solved(op, batch, order, order)


def _solved(op: Operation, batch: Any, rows: Any, columns: Any) -> list[Shape]:
    batch_b, rows_b, width = rows_and_columns(op, op.inputs[1])
    both = merge_shapes(op, batch, batch_b)
    same_size(op, rows, rows_b)
    if columns is None and rows is None:
        columns = rows_b
    return [stacked(both, columns, width)]


def _scalars(op: Operation) -> list[Shape]:
    batch, _ = square(op, op.inputs[0])
    return [batch] * len(op.outputs)


@op("MatrixInverse", "input: T -> output: T", square_unchanged, adjoint=False, T=FACTORED)
def matrix_inverse(input, *, adjoint):
    """The inverses of square matrices, or of their adjoints."""
    matrix = jnp.conj(jnp.swapaxes(input, -1, -2)) if adjoint else input
    return in_single(jnp.linalg.inv, matrix) if input.size else input


@op("MatrixDeterminant", "input: T -> output: T", _scalars, T=INVERTED)
def matrix_determinant(input):
    """The determinants of square matrices."""
    return in_single(jnp.linalg.det, input) if input.shape[-1] else jnp.ones(input.shape[:-2], input.dtype)


@op("LogMatrixDeterminant", "input: T -> sign: T, log_abs_determinant: T", _scalars, T=INVERTED)
def log_matrix_determinant(input):
    """The signs of the determinants of square matrices, and the logarithms of their absolute values."""
    sign, logarithm = in_single(lambda matrix: tuple(jnp.linalg.slogdet(matrix)), input)
    return sign, logarithm.astype(input.dtype)


@op("MatrixSolve", _SYSTEM, _solution, adjoint=False, T=FACTORED)
def matrix_solve(matrix, rhs, *, adjoint):
    """The solutions of systems with square matrices, or with their adjoints."""
    if not rhs.size:
        return rhs
    single = jnp.float32 if matrix.dtype == jnp.float16 else matrix.dtype
    turned = jnp.conj(jnp.swapaxes(matrix, -1, -2)) if adjoint else matrix
    return jnp.linalg.solve(turned.astype(single), rhs.astype(single)).astype(matrix.dtype)


def _least_squares_shape(op: Operation) -> list[Shape]:
    batch, rows, columns = rows_and_columns(op, op.inputs[0])
    with_rank(op, op.inputs[2], 0)
    return _solved(op, batch, rows, columns)


@op("MatrixSolveLs", "matrix: T, rhs: T, l2_regularizer: float64 -> output: T", _least_squares_shape, fast=True,
    T=FACTORED)
def matrix_solve_ls(matrix, rhs, l2_regularizer, *, fast):
    """The solutions of least squares problems; through the normal equations if it is to be fast."""
    if not fast:
        return jnp.linalg.pinv(matrix) @ rhs
    adjoint = jnp.conj(jnp.swapaxes(matrix, -1, -2))
    rows, columns = matrix.shape[-2:]
    is_tall = rows >= columns
    gram = adjoint @ matrix if is_tall else matrix @ adjoint
    gram = gram + l2_regularizer.astype(matrix.dtype) * jnp.eye(min(rows, columns), dtype=matrix.dtype)
    return jnp.linalg.solve(gram, adjoint @ rhs) if is_tall else adjoint @ jnp.linalg.solve(gram, rhs)


@op("MatrixSquareRoot", "input: T -> output: T", square_unchanged, host=True, T=FACTORED)
def matrix_square_root(input):
    """The matrices whose squares are `input`."""
    return _each(scipy.linalg.sqrtm, input)


@op("MatrixLogarithm", "input: T -> output: T", square_unchanged, host=True,
    T=TypeSet((complex64, complex128)))
def matrix_logarithm(input):
    """The matrices whose exponentials are `input`."""
    return _each(scipy.linalg.logm, input)


def _each(function: Callable, matrices: np.ndarray) -> np.ndarray:
    flat = matrices.reshape(-1, *matrices.shape[-2:])
    results = [np.asarray(function(m.astype(np.result_type(m, np.float64)))) for m in flat]
    if not np.iscomplexobj(matrices):
        results = [np.where(np.abs(r.imag).max() < 1e-6, r.real, np.nan) for r in results]
    return np.array(results, matrices.dtype).reshape(matrices.shape)


@op("TridiagonalSolve", "diagonals: T, rhs: T -> output: T", lambda op: [op.inputs[1].static_shape],
    partial_pivoting=True, T=_BANDED)
def tridiagonal_solve(diagonals, rhs, *, partial_pivoting):
    """The solutions of systems with tridiagonal matrices, given by their three diagonals from above."""
    above, middle, below = (diagonals[..., i, :] for i in range(3))
    if not partial_pivoting:
        below, above = below.at[..., 0].set(0), above.at[..., -1].set(0)
        return lax.linalg.tridiagonal_solve(below, middle, above, rhs)
    order = middle.shape[-1]
    matrix = jnp.zeros((*middle.shape, order), middle.dtype)
    on = np.arange(order)
    matrix = matrix.at[..., on, on].set(middle)
    matrix = matrix.at[..., on[:-1], on[1:]].set(above[..., :-1]).at[..., on[1:], on[:-1]].set(below[..., 1:])
    return jnp.linalg.solve(matrix, rhs)


@tridiagonal_solve.check
def _(op, diagonals, rhs):
    shape, other = np.shape(diagonals), np.shape(rhs)
    if len(shape) < 2 or shape[-2] != 3:
        raise ValueError(f"Expected diagonals of shape [..., 3, M], got {brackets(shape)}")
    if len(other) < 2 or other[-2] != shape[-1]:
        raise ValueError(f"The length of diagonals must be equal to the rows of the right hand sides, got {brackets(shape)} "
                         f"and {brackets(other)}")


@tridiagonal_solve.gradient
def _(op, grad):
    diagonals, x = op.inputs[0], op.outputs[0]
    middle = item(diagonals, (..., 1, slice(None)))
    shape = diagonals.static_shape
    if not is_defined(shape):
        raise NotImplementedError(f"The gradient of {op.name!r} needs diagonals of known shape, not {diagonals.shape}.")
    zeros = zeros_of((*shape[:-2], 1), diagonals.dtype)  # type: ignore[index]
    above = concat((item(diagonals, (..., 2, slice(1, None))), zeros), -1)
    below = concat((zeros, item(diagonals, (..., 0, slice(None, -1)))), -1)
    turned = stack([above, middle, below], -2)
    grad_rhs = node("TridiagonalSolve", turned, grad, partial_pivoting=op["partial_pivoting"])
    return negated(_three_diagonals(grad_rhs, x)), grad_rhs


def _three_diagonals(x: Any, y: Any) -> Any:
    """The diagonals of the product of `x` and the transpose of `y`, from above."""
    middle = reduction("Sum", times(x, y), -1)
    zeros = zeros_of((*x.static_shape[:-2], 1, x.static_shape[-1]), x.dtype)
    above = reduction("Sum", times(x, concat((item(y, (..., slice(1, None), slice(None))), zeros), -2)), -1)
    below = reduction("Sum", times(x, concat((zeros, item(y, (..., slice(None, -1), slice(None)))), -2)), -1)
    return stack([above, middle, below], -2)


@op("TridiagonalMatMul", "superdiag: T, maindiag: T, subdiag: T, rhs: T -> output: T",
    lambda op: [op.inputs[3].static_shape], T=_BANDED)
def tridiagonal_mat_mul(superdiag, maindiag, subdiag, rhs):
    """The products of tridiagonal matrices, given by rows of their diagonals, and matrices."""
    above, middle, below = (jnp.swapaxes(d, -1, -2) for d in (superdiag, maindiag, subdiag))
    product = middle * rhs
    product = product.at[..., :-1, :].add(above[..., :-1, :] * rhs[..., 1:, :])
    return product.at[..., 1:, :].add(below[..., 1:, :] * rhs[..., :-1, :])


@op("MatrixTriangularSolve", _SYSTEM, _solution, lower=True, adjoint=False, T=FACTORED)
def matrix_triangular_solve(matrix, rhs, *, lower, adjoint):
    """The solutions of systems with a triangular matrix, of which the other half is not read."""
    single = jnp.float32 if matrix.dtype == jnp.float16 else matrix.dtype
    solution = lax.linalg.triangular_solve(matrix.astype(single), rhs.astype(single), left_side=True, lower=lower,
                                           transpose_a=adjoint, conjugate_a=adjoint)
    return solution.astype(matrix.dtype)


@matrix_triangular_solve.gradient
def _(op, grad):
    matrix, solution, is_adjoint = op.inputs[0], op.outputs[0], op["adjoint"]
    grad_rhs = node("MatrixTriangularSolve", matrix, grad, lower=op["lower"], adjoint=not is_adjoint)
    pair = (solution, grad_rhs) if is_adjoint else (grad_rhs, solution)
    grad_matrix = negated(matmul(*pair, adjoint_b=True))
    below, above = (-1, 0) if op["lower"] else (0, -1)
    return node("MatrixBandPart", grad_matrix, below, above), grad_rhs


for _definition in (matrix_inverse, matrix_determinant, log_matrix_determinant, matrix_square_root, matrix_logarithm,
                    matrix_solve, matrix_triangular_solve):
    _definition.check(must_be_square)


def _not_invertible(op: Operation, inputs: tuple, outputs: tuple) -> Any:
    words = "Input is not invertible." if op.type == "MatrixInverse" else "Input matrix is not invertible."
    return ~jnp.isfinite(outputs[0]).all() & jnp.isfinite(inputs[0]).all(), lambda: words


matrix_inverse.watch(_not_invertible)
matrix_solve.watch(_not_invertible)


@matrix_triangular_solve.watch
def _(op, inputs, outputs):
    diagonal = jnp.diagonal(inputs[0], axis1=-2, axis2=-1)
    return (diagonal == 0).any(), lambda: "Input matrix is not invertible."


@matrix_inverse.gradient
def _(op, grad):
    inverse = op.outputs[0]
    if op["adjoint"]:
        raise NotImplementedError(f"{op.name!r} inverts the adjoint and has no gradient; take tf.linalg.adjoint of the "
                                  "inverse.")
    return (negated(matmul(inverse, matmul(grad, inverse, adjoint_b=True), adjoint_a=True)),)


def _spread(scalars: Any, like: Any) -> Any:
    return node("Reshape", scalars, concat([shape_of(like), [1, 1]], 0))


@matrix_determinant.gradient
def _(op, grad):
    determinant = op.outputs[0]
    inverse = node("MatrixInverse", op.inputs[0], adjoint=True)
    return (times(_spread(times(grad, determinant), determinant), inverse),)


@log_matrix_determinant.gradient
def _(op, _, grad):
    inverse = node("MatrixInverse", op.inputs[0], adjoint=True)
    return (times(_spread(grad, op.outputs[1]), inverse),)


@matrix_solve.gradient
def _(op, grad):
    matrix, solution, is_adjoint = op.inputs[0], op.outputs[0], op["adjoint"]
    grad_rhs = node("MatrixSolve", matrix, grad, adjoint=not is_adjoint)
    pair = (solution, grad_rhs) if is_adjoint else (grad_rhs, solution)
    return negated(matmul(*pair, adjoint_b=True)), grad_rhs


def regularized_gram(matrix: Any, l2_regularizer: Any, first_kind: bool) -> Any:
    """Return the Cholesky factor of the product of a matrix with its adjoint, plus a multiple of the identity."""
    gram = matmul(matrix, matrix, adjoint_a=first_kind, adjoint_b=not first_kind)
    if not isinstance(l2_regularizer, int | float) or l2_regularizer != 0:
        sizes = shape_of(matrix)
        batch, order = item(sizes, slice(None, -2)), item(sizes, -1 if first_kind else -2)
        identity = eye(order, batch_shape=batch, dtype=matrix.dtype)
        known = matrix.shape[-1 if first_kind else -2]
        identity.set_shape(matrix.shape[:-2].concatenate([known, known]))
        gram = plus(gram, times(l2_regularizer, identity))
    return node("Cholesky", gram)


def cholesky_solve(chol: Any, rhs: Any, name: str | None = None) -> Any:
    """Return the solutions of systems whose matrices have these Cholesky factors.

    Args:
      chol: lower triangular matrices: a tensor of shape `[..., m, m]`.
      rhs: the right hand sides: a tensor of shape `[..., m, k]`.
      name: of the scope.

    Returns:
      A tensor of shape `[..., m, k]`.
    """
    with scoped(name, "cholesky_solve", [chol, rhs]):
        y = node("MatrixTriangularSolve", chol, rhs, adjoint=False, lower=True)
        return node("MatrixTriangularSolve", chol, y, adjoint=True, lower=True)


@matrix_solve_ls.gradient
def _(op, grad):
    matrix = op.inputs[0]
    if not op["fast"]:
        raise ValueError("Gradient not defined for fast=False")
    shape = matrix.static_shape
    if shape is None or shape[-2] is None or shape[-1] is None:
        raise NotImplementedError(f"The gradient of {op.name!r} needs matrices of known size, not {matrix.shape}.")
    if shape[-2] >= shape[-1]:
        return _overdetermined(op, grad)
    return _underdetermined(op, grad)


def _overdetermined(op: Operation, grad: Any) -> tuple:
    (a, b, regularizer), x = op.inputs, op.outputs[0]
    chol = regularized_gram(a, cast(regularizer, a.dtype), True)
    z = cholesky_solve(chol, grad)
    xz = matmul(x, z, adjoint_b=True)
    symmetric = plus(xz, matrix_transpose(xz))
    grad_a = plus(negated(matmul(a, symmetric)), matmul(b, z, adjoint_b=True))
    return grad_a, matmul(a, z), None


def _underdetermined(op: Operation, grad: Any) -> tuple:
    a, b, regularizer = op.inputs
    chol = regularized_gram(a, cast(regularizer, a.dtype), False)
    grad_b = cholesky_solve(chol, matmul(a, grad))
    solved = cholesky_solve(chol, b)
    first = negated(matmul(grad_b, matmul(solved, a, adjoint_a=True)))
    rest = minus(grad, matmul(a, grad_b, adjoint_a=True))
    return plus(first, matmul(solved, rest, adjoint_b=True)), grad_b, None


def _kronecker(x: Any, y: Any) -> Any:
    x_shape, y_shape = shape_of(x), shape_of(y)
    m, n = item(x_shape, -1), item(y_shape, -1)
    batch = node("Slice", x_shape, [0], [node("Sub", size_of(x_shape), 2)])
    x_spread, y_spread = concat([batch, [m], [1], [m], [1]], 0), concat([batch, [1], [n], [1], [n]], 0)
    x, y = node("Reshape", x, x_spread), node("Reshape", y, y_spread)
    order = times(m, n)
    shape = concat([batch, [order], [order]], 0)
    return node("Reshape", times(x, y), shape)


@matrix_square_root.gradient
def _(op, grad):
    root = op.outputs[0]
    shape = shape_of(root)
    order = item(shape, -1)
    count = reduction("Prod", item(shape, slice(0, -2)))
    flat = node("Reshape", eye(order, dtype=root.dtype), [-1])
    identity = node("Reshape", node("Tile", flat, [count]), shape)
    turned = matrix_transpose(root)
    first, second = _kronecker(identity, turned), _kronecker(root, identity)
    total = node("Add", first, second)
    batch = node("Slice", shape, [0], [node("Sub", size_of(shape), 2)])
    column = concat([batch, [times(order, order)], [1]], 0)
    solved = node("MatrixSolve", total, node("Reshape", matrix_transpose(grad), column))
    return (matrix_transpose(node("Reshape", solved, shape)),)
