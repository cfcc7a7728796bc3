"""Roots of symmetric positive definite matrices by iteration: products only, and so quick where decompositions are not."""

from __future__ import annotations

from typing import Any

from ...dtypes import int32
from ...functions.linalg import matmul, norm
from ...functions.loops import while_loop
from ...functions.reduce import reduce_max, reduce_sum
from ...graph.tensor import Tensor
from ...ops.forms import cast, node
from ...ops.matrices import eye


def square_root(matrix: Any, size: Any, iter_count: int = 100, ridge_epsilon: float = 1e-4) -> Tensor:
    """Return the square root of a matrix, by the coupled Newton iteration.

    Higham: Stable iterations for the matrix square root, Numerical Algorithms 15, 1997.

    Args:
      matrix: symmetric, positive definite, of shape `[size, size]`.
      size: an integer.
      iter_count: the greatest number of iterations; they end before, when the error stops falling.
      ridge_epsilon: added to the diagonal first.
    """
    identity = eye(cast(size, int32))
    matrix = matrix + ridge_epsilon * identity
    scale = node("Sqrt", reduce_sum(matrix * matrix))

    def falling(i: Any, y: Any, last_y: Any, z: Any, last_z: Any, error: Any, last_error: Any) -> Any:
        return node("LogicalAnd", i < iter_count, error < last_error)

    def step(i: Any, y: Any, last_y: Any, z: Any, last_z: Any, error: Any, last_error: Any) -> tuple:
        factor = 0.5 * (3.0 * identity - matmul(z, y))
        next_y, next_z = matmul(y, factor), matmul(factor, z)
        root = next_y * node("Sqrt", scale)
        residual = matrix - matmul(root, root)
        next_error = node("Sqrt", reduce_sum(residual * residual)) / scale
        return i + 1, next_y, y, next_z, z, next_error, error

    y = matrix / scale
    result = while_loop(falling, step, [0, y, y, identity, identity, scale, scale + 1.0])
    return result[2] * node("Sqrt", scale)


def inverse_pth_root(matrix: Any, size: Any, alpha: float, iter_count: int = 100, epsilon: float = 1e-6,
                     ridge_epsilon: float = 1e-6) -> Tensor:
    """Return the power `alpha` of a matrix, by the coupled Newton iteration.

    Args:
      matrix: symmetric, positive definite, of shape `[size, size]`.
      size: an integer.
      alpha: minus one over a whole number.
      iter_count: the greatest number of iterations.
      epsilon: they end before, when no element is farther from the identity's than this.
      ridge_epsilon: added to the diagonal first.
    """
    if size == 1:
        return node("Pow", matrix + ridge_epsilon, alpha)
    identity = eye(cast(size, int32))
    damped = matrix + ridge_epsilon * identity
    start = (1 - 1 / alpha) / (2 * norm(damped))

    def is_far(i: Any, left: Any, _: Any) -> Any:
        return node("LogicalAnd", i < iter_count, reduce_max(node("Abs", left - identity)) > epsilon)

    def step(i: Any, left: Any, root: Any) -> tuple:
        factor = (1 - alpha) * identity + alpha * left
        return i + 1, matmul(_whole_power(factor, -1.0 / alpha), left), matmul(root, factor)

    return while_loop(is_far, step, [0, damped * start, identity * node("Pow", start, -alpha)])[2]


def _whole_power(matrix: Any, exponent: float) -> Any:
    if exponent != int(exponent) or exponent <= 0:
        raise ValueError(f"The exponent of a root by iteration must be minus one over a whole number, not {-1 / exponent}.")
    power = None
    while exponent > 0:
        if exponent % 2 == 1:
            power = matrix if power is None else matmul(matrix, power)
        exponent //= 2
        matrix = matmul(matrix, matrix)
    return power
