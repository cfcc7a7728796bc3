"""What ops on stacks of matrices share: shape rules, and the small functions their gradients are written in."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import TypeSet, as_dtype, complex64, complex128, float16, float32, float64, int32
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.rules import fail
from ..op.scope import scoped
from ..shape import Shape
from .forms import minus, node
from .full import full
from .joining import concat
from .shapes import rank_of

FACTORED = TypeSet((float64, float32, float16, complex64, complex128))  # in the order the decompositions list them
INVERTED = TypeSet((float16, float32, float64, complex64, complex128))


def rows_and_columns(op: Operation, tensor: Tensor) -> tuple[Any, Any, Any]:
    """Return the sizes of the stack that `tensor` is, as far as known, and the rows and columns of its matrices.

    Raises:
      ValueError: if its rank is less than 2.
    """
    shape = tensor.static_shape
    if shape is None:
        return None, None, None
    if len(shape) < 2:
        fail(op, f"Shape must be at least rank 2 but is rank {len(shape)}", known=())
    return shape[:-2], shape[-2], shape[-1]


def square(op: Operation, tensor: Tensor) -> tuple[Any, Any]:
    """Return the sizes of the stack that `tensor` is, as far as known, and the order of its square matrices.

    Raises:
      ValueError: if they cannot be square.
    """
    batch, rows, columns = rows_and_columns(op, tensor)
    return batch, same_size(op, rows, columns)


def same_size(op: Operation, a: int | None, b: int | None) -> int | None:
    """Return what two sizes that must be equal say together."""
    if a is not None and b is not None and a != b:
        fail(op, f"Dimensions must be equal, but are {a} and {b}", known=())
    return b if a is None else a


def same_sizes(op: Operation, a: Any, b: Any) -> tuple[int | None, ...]:
    """Return what two tuples of sizes that must be equal one by one say together."""
    return tuple(same_size(op, m, n) for m, n in zip(a, b))


def lesser(a: int | None, b: int | None) -> int | None:
    """Return the lesser of two sizes, as far as known."""
    if 0 in (a, b):
        return 0
    return None if a is None or b is None else min(a, b)


def stacked(batch: Shape, *sizes: int | None) -> Shape:
    """Return the shape of a stack of `batch` tensors of `sizes`."""
    return None if batch is None else (*batch, *sizes)


def square_unchanged(op: Operation) -> list[Shape]:
    """The output has the shape of the input, a stack of square matrices."""
    batch, order = square(op, op.inputs[0])
    return [stacked(batch, order, order)]


def matrix_transpose(a: Any, name: str = "matrix_transpose", conjugate: bool = False) -> Tensor:
    """Return `a` with its last two dimensions exchanged, and conjugated if asked for.

    Raises:
      ValueError: if the rank is less than 2.
    """
    with scoped(name, name, [a]):
        a = convert_to_tensor(a, name="a")
        perm = _last_two_exchanged(a)
        with scoped("transpose", "transpose", [a]) as scope:
            is_complex = conjugate and a.dtype.is_complex
            return node("ConjugateTranspose" if is_complex else "Transpose", a, perm, name=scope)


def _last_two_exchanged(a: Tensor) -> Any:
    if a.static_shape is None:
        rank = rank_of(a)
        return concat((node("Range", 0, minus(rank, 2), 1), [minus(rank, 1), minus(rank, 2)]), 0)
    count = len(a.static_shape)
    if count < 2:
        raise ValueError(f"Argument 'a' should be a (batch) matrix, with rank >= 2.  Found: {a.shape}")
    return [*range(count - 2), count - 1, count - 2]


def adjoint(matrix: Any, name: str | None = None) -> Tensor:
    """Return `matrix` with its last two dimensions exchanged, conjugated."""
    with scoped(name, "adjoint", [matrix]):
        return matrix_transpose(convert_to_tensor(matrix, name="matrix"), conjugate=True)


def eye(num_rows: Any, num_columns: Any = None, batch_shape: Any = None, dtype: Any = float32,
        name: str | None = None) -> Tensor:
    """Return an identity matrix, or a stack of them.

    Args:
      num_rows: an integer, or a scalar integer tensor.
      num_columns: another; the number of rows if `None`.
      batch_shape: the sizes of the stack: a list of integers or an int32 vector.
      dtype: of the elements.
      name: of the scope.

    Returns:
      A tensor of shape `batch_shape + [num_rows, num_columns]`.

    Raises:
      TypeError: if a size is neither an integer nor a tensor.
    """
    with scoped(name, "eye", [t for t in (num_rows, num_columns, batch_shape) if t is not None]):
        is_square = num_columns is None
        batch: Any = [] if batch_shape is None else batch_shape
        columns = num_rows if is_square else num_columns
        if isinstance(num_rows, Tensor) or isinstance(columns, Tensor):
            length = node("Minimum", num_rows, columns)
        else:
            if not isinstance(num_rows, int | np.integer) or not isinstance(columns, int | np.integer):
                raise TypeError("num_rows and num_columns must be positive integer values.")
            is_square, length = num_rows == columns, min(num_rows, columns)
        diagonal, shape = _eye_shapes(batch, length, None if is_square else [num_rows, columns])
        base = as_dtype(dtype).base_dtype
        ones = full(diagonal, True if base.is_bool else 1, base, None, "ones")
        if is_square:
            return node("MatrixDiag", ones, name="diag")
        zeros = full(shape, False if base.is_bool else 0, base, None, "zeros")
        return node("MatrixSetDiag", zeros, ones, name="set_diag")


def _eye_shapes(batch: Any, length: Any, sizes: list[Any] | None) -> tuple[Any, Any]:
    """The shape of the diagonals, and that of the matrices unless they are square."""
    if isinstance(batch, Tensor) or isinstance(length, Tensor):
        batch = convert_to_tensor(batch, name="shape", dtype=int32)
        return concat((batch, [length]), 0), sizes and concat((batch, sizes), 0)
    return [*batch, length], sizes and [*batch, *sizes]


def matrix_diag(diagonal: Any, name: str = "diag") -> Tensor:
    """Return matrices with these diagonals."""
    return node("MatrixDiag", diagonal, name=name)


def matrix_diag_part(input: Any, name: str = "diag_part") -> Tensor:
    """Return the diagonals of matrices."""
    return node("MatrixDiagPart", input, name=name)


def matrix_set_diag(input: Any, diagonal: Any, name: str = "set_diag") -> Tensor:
    """Return matrices with other diagonals."""
    return node("MatrixSetDiag", input, diagonal, name=name)
