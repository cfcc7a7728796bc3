"""Comparisons, tests and logic: ops that answer true or false."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from ..dtypes import FLOATING, NUMBER, REALNUMBER
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import broadcasting, fit, merged, must_fit, unchanged
from ..shape import Shape, broadcast, is_defined
from .fitting import must_be_alike
from .typesets import EQUATABLE

_COMPARE = "x: T, y: T -> z: bool"
_TEST = "x: T -> y: bool"
_LOGIC = "x: bool, y: bool -> z: bool"


@op("Less", _COMPARE, broadcasting, T=REALNUMBER)
def less(x, y):
    """Whether `x < y`, elementwise."""
    return x < y


@op("LessEqual", _COMPARE, broadcasting, T=REALNUMBER)
def less_equal(x, y):
    """Whether `x <= y`, elementwise."""
    return x <= y


@op("Greater", _COMPARE, broadcasting, T=REALNUMBER)
def greater(x, y):
    """Whether `x > y`, elementwise."""
    return x > y


@op("GreaterEqual", _COMPARE, broadcasting, T=REALNUMBER)
def greater_equal(x, y):
    """Whether `x >= y`, elementwise."""
    return x >= y


@less.fold
def _(x, y):
    return x < y


@less_equal.fold
def _(x, y):
    return x <= y


@greater.fold
def _(x, y):
    return x > y


@greater_equal.fold
def _(x, y):
    return x >= y


def _equated(op: Operation) -> list[Shape]:
    """Shapes that do not fit are allowed when the op is told to call such tensors unequal."""
    if op["incompatible_shape_error"]:
        return broadcasting(op)
    try:
        shape = broadcast(*(t.static_shape for t in op.inputs))
    except ValueError:
        return [()]
    return [shape if all(is_defined(t.static_shape) for t in op.inputs) else None]


@op("Equal", _COMPARE, _equated, T=EQUATABLE, incompatible_shape_error=True)
def equal(x, y, *, incompatible_shape_error):
    """Whether `x == y`, elementwise."""
    return x == y if incompatible_shape_error or fit(np.shape(x), np.shape(y)) else jnp.asarray(False)


@op("NotEqual", _COMPARE, _equated, T=EQUATABLE, incompatible_shape_error=True)
def not_equal(x, y, *, incompatible_shape_error):
    """Whether `x != y`, elementwise."""
    return x != y if incompatible_shape_error or fit(np.shape(x), np.shape(y)) else jnp.asarray(True)


@equal.check
@not_equal.check
def _(op, x, y):
    if op["incompatible_shape_error"]:
        must_fit(op, x, y)


@equal.fold
def _(x, y, *, incompatible_shape_error):
    return x == y if incompatible_shape_error or fit(np.shape(x), np.shape(y)) else np.False_


@not_equal.fold
def _(x, y, *, incompatible_shape_error):
    return x != y if incompatible_shape_error or fit(np.shape(x), np.shape(y)) else np.True_


@op("ApproximateEqual", _COMPARE, merged, T=NUMBER, tolerance=1e-5)
def approximate_equal(x, y, *, tolerance):
    """Whether `x` and `y` differ by less than `tolerance`, elementwise."""
    return jnp.abs(x - y) < tolerance


approximate_equal.check(must_be_alike)


@op("IsNan", _TEST, unchanged, T=FLOATING)
def is_nan(x):
    """Whether each element is not a number."""
    return jnp.isnan(x)


@op("IsInf", _TEST, unchanged, T=FLOATING)
def is_inf(x):
    """Whether each element is infinite."""
    return jnp.isinf(x)


@op("IsFinite", _TEST, unchanged, T=FLOATING)
def is_finite(x):
    """Whether each element is neither infinite nor not a number."""
    return jnp.isfinite(x)


@op("LogicalAnd", _LOGIC, broadcasting)
def logical_and(x, y):
    """Whether both hold, elementwise."""
    return jnp.logical_and(x, y)


@op("LogicalOr", _LOGIC, broadcasting)
def logical_or(x, y):
    """Whether at least one holds, elementwise."""
    return jnp.logical_or(x, y)


@op("LogicalNot", "x: bool -> y: bool", unchanged)
def logical_not(x):
    """Whether each element does not hold."""
    return jnp.logical_not(x)


@logical_and.fold
def _(x, y):
    return np.logical_and(x, y)


@logical_or.fold
def _(x, y):
    return np.logical_or(x, y)


@logical_not.fold
def _(x):
    return np.logical_not(x)


not_differentiable(less, less_equal, greater, greater_equal, equal, not_equal, approximate_equal, logical_and,
                   logical_or, logical_not)
