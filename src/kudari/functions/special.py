"""Functions made of the special ones."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import node, times
from ..ops.shapes import reduction


def bessel_i0(x: Any, name: str | None = None) -> Tensor:
    """Return the modified Bessel function of order 0 of `x`, a tensor of floats."""
    with scoped(name, "bessel_i0", [x]):
        return times(node("Exp", node("Abs", x)), node("BesselI0e", x))


def bessel_i1(x: Any, name: str | None = None) -> Tensor:
    """Return the modified Bessel function of order 1 of `x`, a tensor of floats."""
    with scoped(name, "bessel_i1", [x]):
        return times(node("Exp", node("Abs", x)), node("BesselI1e", x))


def bessel_i0e(x: Any, name: str | None = None) -> Tensor:
    """Return `bessel_i0(x)` times `exp(-abs(x))`."""
    return node("BesselI0e", x, name=name)


def bessel_i1e(x: Any, name: str | None = None) -> Tensor:
    """Return `bessel_i1(x)` times `exp(-abs(x))`."""
    return node("BesselI1e", x, name=name)


def lbeta(x: Any, name: str | None = None) -> Tensor:
    """Return the logarithm of the beta function's absolute value, for the innermost vectors of `x`, of shape `[..., n]`."""
    with scoped(name, "lbeta", [x]):
        x = convert_to_tensor(x, name="x")
        product = reduction("Sum", node("Lgamma", x), [-1])
        total = reduction("Sum", x, [-1])
        return product - node("Lgamma", total)


def reduce_euclidean_norm(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """Return the root of the sum of squares of elements along axes.

    Args:
      input_tensor: a tensor of numbers.
      axis: the dimensions to sum over; all if `None`.
      keepdims: whether they stay, with size 1.
      name: of the node.
    """
    return reduction("EuclideanNorm", input_tensor, axis, keepdims, name=name)


def cumulative_logsumexp(x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False,
                         name: str | None = None) -> Tensor:
    """Return the running logarithm of the sum of exponentials along a dimension.

    Args:
      x: a tensor of floats.
      axis: the dimension.
      exclusive: whether each element is left out of its own sum.
      reverse: whether to run from the end.
      name: of the node.
    """
    with scoped(name, "CumulativeLogsumexp", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        return node("CumulativeLogsumexp", x, axis, exclusive=exclusive, reverse=reverse, name=scope)
