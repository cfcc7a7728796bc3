"""Functions that take matrices apart, and those on their diagonals."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..op.generated import generated
from ..ops import matrices
from ..ops.forms import node
from .complex import real

qr = generated("Qr")
cholesky = generated("Cholesky")
lu = generated("Lu")
matrix_triangular_solve = generated("MatrixTriangularSolve")


def matrix_diag(diagonal: Any, name: str = "diag", k: Any = 0, num_rows: Any = -1, num_cols: Any = -1,
                padding_value: Any = 0) -> Tensor:
    """Return matrices that are zero but for their main diagonals.

    Args:
      diagonal: the diagonals: a tensor of shape `[..., n]`.
      name: of the node.
      k: must be 0.
      num_rows: must be -1.
      num_cols: must be -1.
      padding_value: must be 0.

    Returns:
      A tensor of shape `[..., n, n]`.

    Raises:
      ValueError: for anything but square matrices with a main diagonal, which is what TensorFlow 1.15 makes whatever the
        arguments say.
    """
    _only_default("tf.linalg.diag", k=(k, 0), num_rows=(num_rows, -1), num_cols=(num_cols, -1),
                  padding_value=(padding_value, 0))
    return matrices.matrix_diag(diagonal, name=name)


def matrix_diag_part(input: Any, name: str = "diag_part", k: Any = 0, padding_value: Any = 0) -> Tensor:
    """Return the main diagonals of matrices.

    Args:
      input: a tensor of shape `[..., m, n]`.
      name: of the node.
      k: must be 0.
      padding_value: must be 0.

    Returns:
      A tensor of shape `[..., min(m, n)]`.

    Raises:
      ValueError: for another diagonal, whose number TensorFlow 1.15 ignores.
    """
    _only_default("tf.linalg.diag_part", k=(k, 0), padding_value=(padding_value, 0))
    return matrices.matrix_diag_part(input, name=name)


def matrix_set_diag(input: Any, diagonal: Any, name: str = "set_diag", k: Any = 0) -> Tensor:
    """Return matrices with other main diagonals.

    Args:
      input: a tensor of shape `[..., m, n]`.
      diagonal: the diagonals: a tensor of shape `[..., min(m, n)]`.
      name: of the node.
      k: must be 0.

    Raises:
      ValueError: for another diagonal, whose number TensorFlow 1.15 ignores.
    """
    _only_default("tf.linalg.set_diag", k=(k, 0))
    return matrices.matrix_set_diag(input, diagonal, name=name)


def _only_default(function: str, **given: tuple[Any, int]) -> None:
    for key, (value, default) in given.items():
        if isinstance(value, Tensor | list | tuple) or value != default:
            raise ValueError(f"{function} has {key}={value!r}, which TensorFlow 1.15 ignores; leave it out, and build other "
                             "diagonals with tf.pad or tf.gather_nd.")


def svd(tensor: Any, full_matrices: bool = False, compute_uv: bool = True, name: str | None = None) -> Any:
    """Return the singular values of matrices, and their singular vectors.

    Args:
      tensor: a tensor of floats or complex numbers of shape `[..., m, n]`.
      full_matrices: whether to return `m` left and `n` right vectors rather than `min(m, n)` of each.
      compute_uv: whether to return the vectors at all.
      name: of the node.

    Returns:
      `(s, u, v)`: values, greatest first, of shape `[..., min(m, n)]`, and vectors as columns, with
      `tensor == u @ diag(s) @ adjoint(v)`; or `s` alone.
    """
    s, u, v = node("Svd", tensor, compute_uv=compute_uv, full_matrices=full_matrices, name=name)
    return (real(s), u, v) if compute_uv else real(s)


def self_adjoint_eig(tensor: Any, name: str | None = None) -> tuple[Tensor, Tensor]:
    """Return the eigenvalues and eigenvectors of self-adjoint matrices.

    Args:
      tensor: a tensor of floats or complex numbers of shape `[..., n, n]`, of which the lower half is read.
      name: of the node.

    Returns:
      `(e, v)`: the values, least first, of shape `[..., n]`, and the vectors as columns, of shape `[..., n, n]`.
    """
    e, v = node("SelfAdjointEigV2", tensor, compute_v=True, name=name)
    return e, v


def self_adjoint_eigvals(tensor: Any, name: str | None = None) -> Tensor:
    """Return the eigenvalues of self-adjoint matrices.

    Args:
      tensor: a tensor of floats or complex numbers of shape `[..., n, n]`, of which the lower half is read.
      name: of the node.

    Returns:
      The values, least first, of shape `[..., n]`.
    """
    return node("SelfAdjointEigV2", tensor, compute_v=False, name=name)[0]
