"""`tf.linalg.expm`: a quotient of polynomials of the matrix, scaled down and squared up again."""

from __future__ import annotations

from typing import Any

from ..dtypes import complex64, complex128, float16, float32, float64
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.comparison import less
from ..ops.elementwise import floor
from ..ops.exponential import log
from ..ops.extremes import maximum
from ..ops.matrices import eye
from ..ops.solving import matrix_solve
from ..shape import is_defined
from .array import reshape, shape, size
from .elementwise import absolute, cast, pow
from .joining import concat
from .linalg import matmul
from .loops import while_loop
from .picking import where
from .reduce import reduce_max, reduce_sum

# The coefficients of the Padé approximants, by their order; and for either precision up to which norm each of them will do,
# and the norm that the last one wants.
_COEFFICIENTS = {
    3: [120.0, 60.0, 12.0],
    5: [30240.0, 15120.0, 3360.0, 420.0, 30.0],
    7: [17297280.0, 8648640.0, 1995840.0, 277200.0, 25200.0, 1512.0, 56.0],
    9: [17643225600.0, 8821612800.0, 2075673600.0, 302702400.0, 30270240.0, 2162160.0, 110880.0, 3960.0, 90.0],
    13: [64764752532480000.0, 32382376266240000.0, 7771770303897600.0, 1187353796428800.0, 129060195264000.0,
         10559470521600.0, 670442572800.0, 33522128640.0, 1323241920.0, 40840800.0, 960960.0, 16380.0, 182.0],
}
_SINGLE = {3: 4.258730016922831e-001, 5: 1.880152677804762e+000, 7: 3.925724783138660}
_DOUBLE = {3: 1.495585217958292e-002, 5: 2.539398330063230e-001, 7: 9.504178996162932e-001, 9: 2.097847961257068e+000,
           13: 5.371920351148152}


def matrix_exponential(input: Any, name: str | None = None) -> Tensor:
    """Return the exponential of a matrix, or of each in a stack.

    Args:
      input: `[..., M, M]`, of floats or complex numbers.
      name: of the scope.

    Raises:
      ValueError: if it is of another type.
    """
    with scoped(name, "matrix_exponential", [input]):
        matrix = convert_to_tensor(input, name="input")
        if matrix.shape[-2:] == [0, 0]:
            return matrix
        batch: Any = matrix.shape[:-2]
        if not batch.is_fully_defined():
            batch = shape(matrix)[:-2]
        matrix = reshape(matrix, concat([[-1], shape(matrix)[-2:]], axis=0))
        result = _exponentials(matrix)
        if not is_defined(matrix.static_shape):
            return reshape(result, concat([batch, shape(result)[-2:]], axis=0))
        return reshape(result, batch.concatenate(result.shape[-2:]))


def _exponentials(matrix: Tensor) -> Tensor:
    norm = reduce_max(reduce_sum(absolute(matrix), axis=size(shape(matrix)) - 2), axis=-1)
    if matrix.dtype in (float16, float32, complex64):
        bounds = _SINGLE
    elif matrix.dtype in (float64, complex128):
        bounds = _DOUBLE
    else:
        raise ValueError(f"tf.linalg.expm does not support matrices of type {matrix.dtype}")
    *lower, last = bounds
    most = constant(bounds[last], norm.dtype)
    halvings = maximum(floor(log(norm / most) / log(constant(2.0, norm.dtype))), 0)
    parts = [_parts(matrix, order) for order in lower]
    scale = pow(constant(2.0, matrix.dtype), cast(halvings, matrix.dtype))[..., None, None]
    parts.append(_parts(matrix / scale, last))
    odd, even = (_chosen(norm, [bounds[order] for order in lower], [part[i] for part in parts]) for i in (0, 1))
    return _squared(_quotient(odd, even), halvings)


def _quotient(odd: Tensor, even: Tensor) -> Tensor:
    above = odd + even
    return matrix_solve(-odd + even, above)


def _squared(result: Tensor, times: Tensor) -> Tensor:
    """Each matrix squared as often as it says."""
    most, start = reduce_max(times), constant(0.0, times.dtype)
    _, result = while_loop(lambda i, _: less(i, most), lambda i, r: (i + 1, where(less(i, times), matmul(r, r), r)),
                           [start, result])
    return result


def _chosen(norm: Tensor, bounds: list[float], cases: list[Tensor]) -> Tensor:
    """The first case whose bound is above the norm, the last if there is none."""
    if not bounds:
        return cases[0]
    is_small = less(norm, constant(bounds[0], norm.dtype))
    return where(is_small, cases[0], _chosen(norm, bounds[1:], cases[1:]))


def _parts(matrix: Tensor, order: int) -> tuple[Tensor, Tensor]:
    """The odd and the even terms of a Padé approximant's numerator."""
    b = [constant(value, matrix.dtype) for value in _COEFFICIENTS[order]]
    one = eye(shape(matrix)[-2], batch_shape=shape(matrix)[:-2], dtype=matrix.dtype)
    powers = [matmul(matrix, matrix)]
    for _ in range(min(order, 7) // 2 - 1 if order == 13 else order // 2 - 1):
        powers.append(matmul(powers[-1], powers[0]))
    if order == 13:
        return _longest(matrix, powers, one, b)
    odd = powers[-1]
    for power, factor in zip(powers[-2::-1], b[-2::-2]):
        odd += factor * power
    odd = matmul(matrix, odd + b[1] * one)
    even = b[-1] * powers[-1]
    for power, factor in zip(powers[-2::-1], b[-3::-2]):
        even += factor * power
    return odd, even + b[0] * one


def _longest(matrix: Tensor, powers: list[Tensor], one: Tensor, b: list[Tensor]) -> tuple[Tensor, Tensor]:
    """The terms of order 13, whose highest powers are products of lower ones."""
    second, fourth, sixth = powers
    odd = matmul(sixth, sixth + b[11] * fourth + b[9] * second)
    odd = matmul(matrix, odd + b[7] * sixth + b[5] * fourth + b[3] * second + b[1] * one)
    even = b[12] * sixth + b[10] * fourth + b[8] * second
    even = matmul(sixth, even)
    return odd, even + b[6] * sixth + b[4] * fourth + b[2] * second + b[0] * one
