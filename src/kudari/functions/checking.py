"""The assertions that compare elements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..errors import InvalidArgumentError
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.constant import constant_value
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.control import no_op as no_op_node
from ..ops.forms import minus, node, plus, times
from ..ops.shapes import reduction
from .conditionals import assert_that


def _refuse_known(holds: Any, data: list[Any]) -> None:
    if not holds:
        raise InvalidArgumentError(None, None, "\n".join(map(_known_text, data)))


def _known_text(item: Any) -> Any:
    known = constant_value(item) if isinstance(item, Tensor) else item
    return item if known is None else str(known)


class Comparison:
    """An assertion that holds if a comparison of two tensors holds for each pair of elements.

    Args:
      sign: as the message writes it.
      name: of the function.
      type_name: of the op that compares.
      compare: the same on arrays.
    """

    def __init__(self, sign: str, name: str, type_name: str, compare: Callable):
        self.sign, self.name, self.type_name, self.compare = sign, name, type_name, compare

    def __call__(self, x: Any, y: Any, data: Any = None, summarize: int | None = None, message: str | None = None,
                 name: str | None = None) -> Operation:
        """Return the op; raise at once if both are known and it does not hold."""
        with scoped(name, self.name, [x, y, *(data or ())]):
            x, y = convert_to_tensor(x, name="x"), convert_to_tensor(y, name="y")
            if data is None:
                data = [f"Condition x {self.sign} y did not hold element-wise:", f"x ({x.name}) = ", x,
                        f"y ({y.name}) = ", y]
            if message is not None:
                data = [message, *data]
            condition = reduction("All", node(self.type_name, x, y))
            known_x, known_y = constant_value(x), constant_value(y)
            if known_x is not None and known_y is not None:
                _refuse_known(np.all(self.compare(known_x, known_y)), data)
            return assert_that(condition, data, summarize=summarize)


_equal = Comparison("==", "assert_equal", "Equal", np.equal)
_none_equal = Comparison("!=", "assert_none_equal", "NotEqual", np.not_equal)
_less = Comparison("<", "assert_less", "Less", np.less)
_less_equal = Comparison("<=", "assert_less_equal", "LessEqual", np.less_equal)
_greater = Comparison(">", "assert_greater", "Greater", np.greater)
_greater_equal = Comparison(">=", "assert_greater_equal", "GreaterEqual", np.greater_equal)


def assert_equal(x: Any, y: Any, data: Any = None, summarize: int | None = None, message: str | None = None,
                 name: str | None = None) -> Operation:
    """Return an op that stops the step unless `x == y` for all elements.

    Args:
      x: a tensor.
      y: another, of a shape that broadcasts with it.
      data: what to tell; both tensors if `None`.
      summarize: how many elements of each to tell; 3 if `None`.
      message: told before them.
      name: of the scope.

    Raises:
      InvalidArgumentError: at once, if both are known already and differ.
    """
    with scoped(name, "assert_equal", [x, y, *(data or ())]):
        if x is y:
            return no_op_node()
    return _equal(x, y, data, summarize, message, name)


def assert_none_equal(x: Any, y: Any, data: Any = None, summarize: int | None = None, message: str | None = None,
                      name: str | None = None) -> Operation:
    """Return an op that stops the step unless `x != y` for all elements; see `assert_equal`."""
    return _none_equal(x, y, data, summarize, message, name)


def assert_less(x: Any, y: Any, data: Any = None, summarize: int | None = None, message: str | None = None,
                name: str | None = None) -> Operation:
    """Return an op that stops the step unless `x < y` for all elements; see `assert_equal`."""
    return _less(x, y, data, summarize, message, name)


def assert_less_equal(x: Any, y: Any, data: Any = None, summarize: int | None = None, message: str | None = None,
                      name: str | None = None) -> Operation:
    """Return an op that stops the step unless `x <= y` for all elements; see `assert_equal`."""
    return _less_equal(x, y, data, summarize, message, name)


def assert_greater(x: Any, y: Any, data: Any = None, summarize: int | None = None, message: str | None = None,
                   name: str | None = None) -> Operation:
    """Return an op that stops the step unless `x > y` for all elements; see `assert_equal`."""
    return _greater(x, y, data, summarize, message, name)


def assert_greater_equal(x: Any, y: Any, data: Any = None, summarize: int | None = None, message: str | None = None,
                         name: str | None = None) -> Operation:
    """Return an op that stops the step unless `x >= y` for all elements; see `assert_equal`."""
    return _greater_equal(x, y, data, summarize, message, name)


def _sign(function_name: str, words: str, compare: Any, x: Any, data: Any, summarize: int | None, message: str | None,
          name: str | None) -> Operation:
    """Compare `x` with zero, by `compare(x, zero, …)`."""
    with scoped(name, function_name, [x, *(data or ())]):
        x = convert_to_tensor(x, name="x")
        if data is None:
            data = [message or "", *(part.replace("NAME", x.name) for part in words.split("|")), x]
        return compare(x, convert_to_tensor(0, dtype=x.dtype), data, summarize)


def assert_negative(x: Any, data: Any = None, summarize: int | None = None, message: str | None = None,
                    name: str | None = None) -> Operation:
    """Return an op that stops the step unless `x < 0` for all elements; see `assert_equal`."""
    words = "Condition x < 0 did not hold element-wise:|x (NAME) = "
    return _sign("assert_negative", words, assert_less, x, data, summarize, message, name)


def assert_positive(x: Any, data: Any = None, summarize: int | None = None, message: str | None = None,
                    name: str | None = None) -> Operation:
    """Return an op that stops the step unless `x > 0` for all elements; see `assert_equal`."""
    words = "Condition x > 0 did not hold element-wise:|x (NAME) = "
    return _sign("assert_positive", words, lambda x, zero, *rest: assert_less(zero, x, *rest), x, data, summarize,
                 message, name)


def assert_non_negative(x: Any, data: Any = None, summarize: int | None = None, message: str | None = None,
                        name: str | None = None) -> Operation:
    """Return an op that stops the step unless `x >= 0` for all elements; see `assert_equal`."""
    words = "Condition x >= 0 did not hold element-wise:|x (NAME) = "
    return _sign("assert_non_negative", words, lambda x, zero, *rest: assert_less_equal(zero, x, *rest), x, data,
                 summarize, message, name)


def assert_non_positive(x: Any, data: Any = None, summarize: int | None = None, message: str | None = None,
                        name: str | None = None) -> Operation:
    """Return an op that stops the step unless `x <= 0` for all elements; see `assert_equal`."""
    words = "Condition x <= 0 did not hold element-wise:x (NAME) = "
    return _sign("assert_non_positive", words, assert_less_equal, x, data, summarize, message, name)


def assert_near(x: Any, y: Any, rtol: Any = None, atol: Any = None, data: Any = None, summarize: int | None = None,
                message: str | None = None, name: str | None = None) -> Operation:
    """Return an op that stops the step unless `|x - y| < atol + rtol * |y|` for all elements.

    Args:
      x: a tensor of floats.
      y: another, of a shape that broadcasts with it.
      rtol: the part of the tolerance that grows with `y`; ten times the precision of the type if `None`.
      atol: the part that does not; the same if `None`.
      data: what to tell; both tensors if `None`.
      summarize: how many elements of each to tell; 3 if `None`.
      message: told before them.
      name: of the scope.
    """
    with scoped(name, "assert_near", [x, y, rtol, atol, *(data or ())]):
        x = convert_to_tensor(x, name="x")
        y = convert_to_tensor(y, name="y", dtype=x.dtype)
        precision = 10 * np.finfo(x.dtype.as_numpy_dtype).eps
        rtol = convert_to_tensor(precision if rtol is None else rtol, name="rtol", dtype=x.dtype)
        atol = convert_to_tensor(precision if atol is None else atol, name="atol", dtype=x.dtype)
        if data is None:
            data = [message or "", f"x and y not equal to tolerance rtol = {rtol}, atol = {atol}", f"x ({x.name}) = ", x,
                    f"y ({y.name}) = ", y]
        tolerance = plus(atol, times(rtol, node("Abs", y)))
        difference = node("Abs", minus(x, y))
        return assert_that(reduction("All", node("Less", difference, tolerance)), data, summarize=summarize)
