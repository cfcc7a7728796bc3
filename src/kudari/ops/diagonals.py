"""Ops on the diagonals of stacks of matrices."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import ANY
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.definition import op
from ..op.rules import brackets, fail, merge_shapes
from ..shape import Shape, is_defined
from .forms import minus, node
from .full import full
from .joining import concat
from .matrices import lesser, rows_and_columns, same_size, stacked
from .shapes import rank_of, reduction, shape_of, zeros_like


def _as_matrices(op: Operation) -> list[Shape]:
    shape = op.inputs[0].static_shape
    if shape is not None and not shape:
        fail(op, "Shape must be at least rank 1 but is rank 0", known=())
    return [None if shape is None else (*shape, shape[-1])]


def _diagonals(op: Operation) -> list[Shape]:
    batch, rows, columns = rows_and_columns(op, op.inputs[0])
    return [stacked(batch, lesser(rows, columns))]


def _with_other_diagonals(op: Operation) -> list[Shape]:
    batch, rows, columns = rows_and_columns(op, op.inputs[0])
    diagonal = op.inputs[1].static_shape
    if diagonal is not None and not diagonal:
        fail(op, "Shape must be at least rank 1 but is rank 0", known=())
    if batch is None:
        return [None if diagonal is None else (*diagonal[:-1], None, None)]
    if diagonal is None:
        return [(*batch, rows, columns)]
    if len(diagonal) != len(batch) + 1:
        fail(op, f"Shape must be rank {len(batch) + 1} but is rank {len(diagonal)}", known=())
    both = merge_shapes(op, batch, diagonal[:-1])
    same_size(op, lesser(rows, columns), diagonal[-1])
    return [stacked(both, rows, columns)]


@op("MatrixDiag", "diagonal: T -> output: T", _as_matrices, T=ANY)
def matrix_diag(diagonal):
    """Matrices that are zero but for their diagonals, the innermost vectors of `diagonal`."""
    is_on = np.eye(diagonal.shape[-1], dtype=bool)
    return jnp.where(is_on, diagonal[..., None], np.zeros((), diagonal.dtype))


@op("MatrixDiagPart", "input: T -> diagonal: T", _diagonals, T=ANY)
def matrix_diag_part(input):
    """The diagonals of the innermost matrices."""
    return jnp.diagonal(input, axis1=-2, axis2=-1)


@op("MatrixSetDiag", "input: T, diagonal: T -> output: T", _with_other_diagonals, T=ANY)
def matrix_set_diag(input, diagonal):
    """The innermost matrices of `input` with the innermost vectors of `diagonal` as their diagonals."""
    rows, columns = input.shape[-2:]
    spread = diagonal[..., None] if rows <= columns else diagonal[..., None, :]
    return jnp.where(np.eye(rows, columns, dtype=bool), spread, input)


@matrix_diag.check
def _(op, diagonal):
    if not np.ndim(diagonal):
        raise ValueError("input must be at least 1-dim, received shape: []")


@matrix_diag_part.check
def _(op, input):
    if np.ndim(input) < 2:
        raise ValueError(f"input must be at least 2-dim, received shape: {brackets(np.shape(input))}")


@matrix_set_diag.check
def _(op, input, diagonal):
    shape, length = np.shape(input), np.shape(diagonal)
    if len(shape) < 2:
        raise ValueError(f"input must be at least 2-dim, received shape: {brackets(shape)}")
    wanted = (*shape[:-2], min(shape[-2:]))
    if length != wanted:
        raise ValueError("must have diagonal.shape == input.shape[:-2] + min(input.shape[-2:]), but received input shape: "
                         f"{brackets(shape)} and diagonal shape: {brackets(length)}")


@matrix_diag.gradient
def _(op, grad):
    return (node("MatrixDiagPart", grad, name="diag_part"),)


@matrix_diag_part.gradient
def _(op, grad):
    shape = op.inputs[0].static_shape
    if shape is not None and shape[-2] is not None and shape[-2] == shape[-1]:
        return (node("MatrixDiag", grad, name="diag"),)
    return (node("MatrixSetDiag", zeros_like(op.inputs[0]), grad, name="set_diag"),)


@matrix_set_diag.gradient
def _(op, grad):
    shape = merge_shapes(op, op.inputs[0].static_shape, grad.static_shape)
    if is_defined(shape):
        length: Any = (*shape[:-2], min(shape[-2:]))  # type: ignore[index, type-var]
    else:
        length = _length_at_run_time(grad)
    return (node("MatrixSetDiag", grad, full(length, 0, grad.dtype, None, "zeros"), name="set_diag"),
            node("MatrixDiagPart", grad, name="diag_part"))


def _length_at_run_time(grad: Tensor) -> Tensor:
    with get_default_graph().colocate_with(grad):
        sizes, rank = shape_of(grad), rank_of(grad)
        batch = node("Slice", sizes, [0], [minus(rank, 2)])
        matrix = node("Slice", sizes, [minus(rank, 2)], [2])
        return concat([batch, [reduction("Min", matrix)]], 0)
