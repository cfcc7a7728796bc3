"""Whether the elements of a tensor rise."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import minus, node, plus
from ..ops.shapes import reduction, shape_of, size_of
from .array import reshape
from .conditionals import cond
from .shape_checks import is_numeric_tensor
from .slicing import strided_slice


def is_non_decreasing(x: Any, name: str | None = None) -> Tensor:
    """Return whether no element of `x`, in row-major order, is less than the one before.

    Args:
      x: a tensor of numbers.
      name: of the scope.

    Returns:
      A boolean scalar.

    Raises:
      TypeError: if `x` is not of numbers.
    """
    with scoped(name, "is_non_decreasing", [x]):
        return _all_steps("LessEqual", x)


def is_strictly_increasing(x: Any, name: str | None = None) -> Tensor:
    """Return whether every element of `x`, in row-major order, is greater than the one before.

    Args:
      x: a tensor of numbers.
      name: of the scope.

    Returns:
      A boolean scalar.

    Raises:
      TypeError: if `x` is not of numbers.
    """
    with scoped(name, "is_strictly_increasing", [x]):
        return _all_steps("Less", x)


def _all_steps(type_name: str, x: Any) -> Tensor:
    steps = _steps(x)
    return reduction("All", node(type_name, convert_to_tensor(0, dtype=steps.dtype), steps))


def _steps(x: Any) -> Tensor:
    """The differences of neighbours, none if there are fewer than two elements."""
    x = reshape(x, [-1])
    if not is_numeric_tensor(x):
        raise TypeError(f"Expected x to be numeric, instead found: {x}")
    is_short = node("Less", size_of(x), 2)
    count = minus(shape_of(x), 1)
    return cond(is_short, lambda: convert_to_tensor([], dtype=x.dtype),
                lambda: minus(strided_slice(x, [1], plus([1], count)), strided_slice(x, [0], count)))
