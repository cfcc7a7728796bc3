"""Decompositions of matrices into simpler ones, each innermost matrix of a stack for itself.

Signs are those of LAPACK: of the triangular factors they are TensorFlow's too; singular and eigenvectors may differ from
TensorFlow's by a factor of modulus one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
from jax import lax

from ..dtypes import INDEX, TypeSet, float16, float32, float64
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.definition import op
from ..op.rules import brackets
from ..shape import Shape
from .forms import minus, node, plus, times
from .indexing import item
from .linalg import matmul
from .matrices import (
    FACTORED,
    adjoint,
    eye,
    lesser,
    matrix_diag,
    matrix_diag_part,
    matrix_set_diag,
    matrix_transpose,
    rows_and_columns,
    square,
    square_unchanged,
    stacked,
)
from .shapes import shape_of, zeros_like


def in_single(factor: Callable, matrix: Any) -> Any:
    """Return `factor(matrix)`, in single precision and rounded back if the matrix is of half precision."""
    if matrix.dtype != jnp.float16:
        return factor(matrix)
    result = factor(matrix.astype(jnp.float32))
    return tuple(part.astype(jnp.float16) for part in result) if isinstance(result, tuple) else result.astype(jnp.float16)


def must_be_matrices(op: Operation, input: Any, *others: Any) -> None:
    """Raise a `ValueError` unless the input is a stack of matrices."""
    if jnp.ndim(input) < 2:
        raise ValueError(f"Input tensor 0 must have rank >= 2, got shape: {brackets(jnp.shape(input))}")


def must_be_square(op: Operation, input: Any, *others: Any) -> None:
    """Raise a `ValueError` unless the input is a stack of square matrices."""
    must_be_matrices(op, input)
    if jnp.shape(input)[-1] != jnp.shape(input)[-2]:
        raise ValueError(f"Input matrix must be square.  Got: {brackets(jnp.shape(input)[-2:])}")


def _qr_shapes(op: Operation) -> list[Shape]:
    batch, rows, columns = rows_and_columns(op, op.inputs[0])
    inner = rows if op["full_matrices"] else lesser(rows, columns)
    return [stacked(batch, rows, inner), stacked(batch, inner, columns)]


@op("Qr", "input: T -> q: T, r: T", _qr_shapes, full_matrices=False, T=FACTORED)
def qr(input, *, full_matrices):
    """A matrix of orthonormal columns and an upper triangular one, whose product is `input`."""
    mode = "complete" if full_matrices else "reduced"
    return in_single(lambda matrix: tuple(jnp.linalg.qr(matrix, mode=mode)), input)


@qr.gradient
def _(op, dq, dr):
    q, r = op.outputs
    if q.dtype.is_complex:
        raise NotImplementedError(f"QrGrad not implemented for dtype: {q.dtype}")
    shape = r.static_shape
    if shape is None or shape[-2] is None or shape[-1] is None:
        raise NotImplementedError("QrGrad not implemented with dynamic shapes.")
    if shape[-2] != shape[-1]:
        raise NotImplementedError("QrGrad not implemented when ncols > nrows or full_matrices is true and ncols != nrows.")
    qdq = matmul(q, dq, adjoint_a=True)
    turned = minus(qdq, adjoint(qdq))
    rdr = matmul(r, dr, adjoint_b=True)
    lower = node("MatrixBandPart", plus(turned, minus(rdr, adjoint(rdr))), -1, 0)
    grad = matmul(q, plus(dr, _over_adjoint(lower, r)))
    return (plus(grad, _over_adjoint(minus(dq, matmul(q, qdq)), r)),)


def _over_adjoint(x: Tensor, r: Tensor) -> Tensor:
    """The product of `x` and the inverse of the adjoint of the upper triangular `r`."""
    return adjoint(node("MatrixTriangularSolve", r, adjoint(x), lower=False, adjoint=False))


@op("Cholesky", "input: T -> output: T", square_unchanged, T=FACTORED)
def cholesky(input):
    """The lower triangular matrix whose product with its adjoint is `input`, of which the lower half is read."""
    return in_single(lambda matrix: lax.linalg.cholesky(matrix, symmetrize_input=False), input)


@cholesky.gradient
def _(op, grad):
    factor = op.outputs[0]
    order, batch = item(shape_of(factor), -1), item(shape_of(factor), slice(None, -2))
    identity = eye(order, batch_shape=batch, dtype=factor.dtype)
    inverse = node("MatrixTriangularSolve", factor, identity)
    middle = matmul(factor, grad, adjoint_a=True)
    middle = matrix_set_diag(middle, times(0.5, matrix_diag_part(middle)))
    middle = node("MatrixBandPart", middle, -1, 0)
    slope = matmul(matmul(inverse, middle, adjoint_a=True), inverse)
    slope = plus(slope, adjoint(slope))
    return (times(slope, 0.5),)


@op("CholeskyGrad", "l: T, grad: T -> output: T", square_unchanged, T=TypeSet((float16, float32, float64)))
def cholesky_grad(l, grad):  # noqa: E741 - the OpDef's name
    """The gradient of the matrix that `l` is the Cholesky factor of."""
    inverse = in_single(lambda m: lax.linalg.triangular_solve(
        m, jnp.broadcast_to(jnp.eye(m.shape[-1], dtype=m.dtype), m.shape), left_side=True, lower=True), l)
    middle = jnp.tril(jnp.swapaxes(l, -1, -2) @ grad)
    middle = middle * (1 - jnp.eye(l.shape[-1], dtype=l.dtype) / 2)
    slope = jnp.swapaxes(inverse, -1, -2) @ middle @ inverse
    return (slope + jnp.swapaxes(slope, -1, -2)) / 2


def _svd_shapes(op: Operation) -> list[Shape]:
    batch, rows, columns = rows_and_columns(op, op.inputs[0])
    least = lesser(rows, columns)
    if not op["compute_uv"]:
        return [stacked(batch, least), (0,), (0,)]
    if op["full_matrices"]:
        return [stacked(batch, least), stacked(batch, rows, rows), stacked(batch, columns, columns)]
    return [stacked(batch, least), stacked(batch, rows, least), stacked(batch, columns, least)]


@op("Svd", "input: T -> s: T, u: T, v: T", _svd_shapes, compute_uv=True, full_matrices=False, T=FACTORED)
def svd(input, *, compute_uv, full_matrices):
    """Singular values, greatest first, and the left and right singular vectors as columns; or the values alone."""
    if not compute_uv:
        none = jnp.zeros(0, input.dtype)
        return in_single(lambda m: jnp.linalg.svd(m, compute_uv=False), input).astype(input.dtype), none, none
    u, s, v_adjoint = in_single(lambda m: tuple(jnp.linalg.svd(m, full_matrices=full_matrices)), input)
    return s.astype(input.dtype), u, jnp.conj(jnp.swapaxes(v_adjoint, -1, -2))


@svd.gradient
def _(op, grad_s, grad_u, grad_v):
    a, (s, u, v) = op.inputs[0], op.outputs
    diagonal = matrix_diag(grad_s)
    if not op["compute_uv"]:
        _, u, v = node("Svd", a, compute_uv=True)
        grad = matmul(u, matmul(diagonal, v, adjoint_b=True))
        grad.set_shape(a.static_shape)
        return (grad,)
    rows, columns = _known_sizes(op, grad_u, grad_v)
    is_tall = rows > columns
    if is_tall:
        u, v, grad_u, grad_v = v, u, grad_v, grad_u
    with get_default_graph().control_dependencies([grad_s, grad_u, grad_v]):
        return (_svd_gradient(op, diagonal, (s, u, v), (grad_u, grad_v), sorted((rows, columns)), is_tall),)


def _known_sizes(op: Operation, grad_u: Tensor, grad_v: Tensor) -> tuple[int, int]:
    if op.inputs[0].dtype.is_complex:
        raise NotImplementedError("SVD gradient is not implemented for complex types and compute_uv=True.")
    shape = op.inputs[0].static_shape
    rows, columns = (None, None) if shape is None else shape[-2:]
    if rows is None or columns is None:
        raise NotImplementedError("SVD gradient has not been implemented for input with unknown inner matrix shape.")
    if op["full_matrices"] and abs(rows - columns) > 1:
        raise NotImplementedError("svd gradient is not implemented for abs(m - n) > 1 when full_matrices is True")
    return rows, columns


def _svd_gradient(op: Operation, diagonal: Tensor, parts: Any, grads: Any, sizes: Any, is_tall: bool) -> Tensor:
    (s, u, v), (grad_u, grad_v), (least, most) = parts, grads, sizes
    values, squares = matrix_diag(s), node("Square", s)
    s_shape = shape_of(s)
    identity = eye(item(s_shape, -1), batch_shape=item(s_shape, slice(None, -1)), dtype=s.dtype)
    gaps = minus(node("ExpandDims", squares, -2), node("ExpandDims", squares, -1))
    f = matrix_set_diag(node("Reciprocal", plus(gaps, identity)), zeros_like(s))
    inverse = matrix_diag(node("Reciprocal", s))
    first = (..., slice(None), slice(None, least))
    v1, grad_v1 = item(v, first), item(grad_v, first)
    f_u = matmul(u, grad_u, adjoint_a=True)
    f_v = matmul(v1, grad_v1, adjoint_a=True)
    f_u, f_v = times(f, f_u), times(f, f_v)
    inner = plus(diagonal, matmul(plus(f_u, adjoint(f_u)), values))
    inner = plus(inner, matmul(values, plus(f_v, adjoint(f_v))))
    grad = matmul(u, matmul(inner, v1, adjoint_b=True))
    if least != most:
        turned = matrix_transpose(grad_v1)
        rest = minus(turned, matmul(matmul(turned, v1), v1, adjoint_b=True))
        if op["full_matrices"]:
            beyond = (..., slice(None), slice(least, most))
            v2, grad_v2 = item(v, beyond), item(grad_v, beyond)
            rest = minus(rest, matmul(matmul(v1, grad_v2, adjoint_a=True), v2, adjoint_b=True))
        grad = plus(grad, matmul(matmul(u, inverse), rest))
    if is_tall:
        grad = matrix_transpose(grad)
    grad.set_shape(op.inputs[0].static_shape)
    return grad


def _eigen_shapes(op: Operation) -> list[Shape]:
    batch, order = square(op, op.inputs[0])
    return [stacked(batch, order), stacked(batch, order, order) if op["compute_v"] else (0,)]


@op("SelfAdjointEigV2", "input: T -> e: T, v: T", _eigen_shapes, compute_v=True, T=FACTORED)
def self_adjoint_eig_v2(input, *, compute_v):
    """Eigenvalues of self-adjoint matrices, least first, and the eigenvectors as columns; the lower half is read."""
    def factor(matrix):
        return tuple(jnp.linalg.eigh(matrix, UPLO="L", symmetrize_input=False))

    e, v = in_single(factor, input)
    return e.astype(input.dtype), v if compute_v else jnp.zeros(0, input.dtype)


@self_adjoint_eig_v2.gradient
def _(op, grad_e, grad_v):
    e, v = op.outputs
    with get_default_graph().control_dependencies([grad_e, grad_v]):
        if op["compute_v"]:
            gaps = minus(node("ExpandDims", e, -2), node("ExpandDims", e, -1))
            f = matrix_set_diag(node("Reciprocal", gaps), zeros_like(e))
            inner = plus(matrix_diag(grad_e), times(f, matmul(v, grad_v, adjoint_a=True)))
            grad = matmul(v, matmul(inner, v, adjoint_b=True))
        else:
            _, v = node("SelfAdjointEigV2", op.inputs[0])
            grad = matmul(v, matmul(matrix_diag(grad_e), v, adjoint_b=True))
        grad = node("MatrixBandPart", plus(grad, adjoint(grad)), -1, 0)
        return (matrix_set_diag(grad, times(0.5, matrix_diag_part(grad))),)


def _lu_shapes(op: Operation) -> list[Shape]:
    batch, order = square(op, op.inputs[0])
    return [stacked(batch, order, order), stacked(batch, order)]


@op("Lu", "input: T -> lu: T, p: output_idx_type", _lu_shapes, T=FACTORED, output_idx_type=INDEX)
def lu(input, *, output_idx_type):
    """A lower triangular matrix of unit diagonal and an upper one in one matrix, and the order of rows they are of."""
    def factor(matrix):
        return lax.linalg.lu(matrix)[::2]

    if input.dtype == jnp.float16:
        packed, order = factor(input.astype(jnp.float32))
    else:
        packed, order = factor(input)
    return packed.astype(input.dtype), order.astype(output_idx_type.as_numpy_dtype)


for _definition in (qr, svd):
    _definition.check(must_be_matrices)
for _definition in (cholesky, self_adjoint_eig_v2, lu):
    _definition.check(must_be_square)


@cholesky.watch
def _(op, inputs, outputs):
    return (jnp.isnan(outputs[0]).any() & jnp.isfinite(inputs[0]).all(),
            lambda: "Cholesky decomposition was not successful. The input might not be valid.")
