"""Checks of values that are known only when a step runs."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import InvalidArgumentError
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.constant import constant, constant_value
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.control import check
from ..ops.control import no_op as no_op_node
from ..ops.forms import node
from ..ops.shapes import reduction


def assert_equal(x: Any, y: Any) -> Operation:
    """Return an op that stops the step unless the int32 tensors `x` and `y` are equal.

    Args:
      x: an int32 tensor.
      y: another, of a shape that broadcasts with it.

    Raises:
      InvalidArgumentError: if both are known already, and differ.
    """
    with scoped(None, "assert_equal", [x, y]):
        if x is y:
            return no_op_node(name="static_checks_determined_all_ok")
    with scoped(None, "assert_equal", [x, y]):
        x, y = convert_to_tensor(x, name="x"), convert_to_tensor(y, name="y")
        data = ["Condition x == y did not hold element-wise:", f"x ({x.name}) = ", x, f"y ({y.name}) = ", y]
        condition = reduction("All", node("Equal", x, y))
        _check_known(x, y, data)
        with scoped(None, "Assert", [condition, x, y]):
            for item in data:
                if not isinstance(item, Tensor):
                    constant(item)  # TensorFlow makes these nodes too, and leaves them unused
            return check(condition, data, name="Assert")


def _check_known(x: Tensor, y: Tensor, data: list[Any]) -> None:
    known_x, known_y = constant_value(x), constant_value(y)
    if known_x is not None and known_y is not None and not np.all(np.equal(known_x, known_y)):
        shown = [str(constant_value(item)) if isinstance(item, Tensor) else item for item in data]
        raise InvalidArgumentError(None, None, "\n".join(shown))
