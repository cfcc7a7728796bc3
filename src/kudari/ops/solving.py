"""Ops that solve systems of linear equations, and what goes with them: inverses and determinants."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
from jax import lax

from ..graph.operation import Operation
from ..op.definition import op
from ..op.rules import merge_shapes
from ..shape import Shape
from .forms import negated, node
from .linalg import matmul
from .matrices import FACTORED, rows_and_columns, same_size, square, stacked

_SYSTEM = "matrix: T, rhs: T -> output: T"


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
