"""How often a loop runs at most, where constants and shapes say so."""

from __future__ import annotations

from typing import Any

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from .frames import Loop

_LESS = {"Less": (0, 1, 0), "LessEqual": (0, 1, 1), "Greater": (1, 0, 0), "GreaterEqual": (1, 0, 1)}


def bound_of(loop: Loop, lowering: Any) -> int | None:
    """Return the most iterations of `loop`, or `None` if that is known only when it has run.

    Args:
      loop: the loop.
      lowering: has `is_known` and `static`, for values that follow from constants and shapes.
    """
    bounds = [_bound(loop, lowering, test) for test in _tests(loop.condition.op.inputs[0])]
    return min((bound for bound in bounds if bound is not None), default=None)


def _tests(condition: Tensor) -> list[Operation]:
    """The tests all of which must hold."""
    if condition.op.type == "Identity":
        return _tests(condition.op.inputs[0])
    if condition.op.type == "LogicalAnd":
        return [test for tensor in condition.op.inputs for test in _tests(tensor)]
    return [condition.op]


def _bound(loop: Loop, lowering: Any, test: Operation) -> int | None:
    """The iterations of a counter that goes up by a known step to a known limit."""
    if test.type not in _LESS:
        return None
    counter, limit, included = _LESS[test.type]
    variable = test.inputs[counter].op
    if variable not in loop.variables or not lowering.is_known(test.inputs[limit]):
        return None
    start, step = loop.initial(variable), _step(loop, lowering, variable)
    if step is None or not lowering.is_known(start):
        return None
    distance = int(lowering.static(test.inputs[limit])) + included - int(lowering.static(start))
    return max(0, -(-distance // step))


def _step(loop: Loop, lowering: Any, variable: Operation) -> int | None:
    add = loop.following(variable).op
    if add.type not in ("Add", "AddV2"):
        return None
    for old, step in (add.inputs, add.inputs[::-1]):
        if _is_current(old, variable) and lowering.is_known(step) and step.dtype.is_integer:
            value = int(lowering.static(step))
            return value if value > 0 else None
    return None


def _is_current(tensor: Tensor, variable: Operation) -> bool:
    """Whether `tensor` is the loop variable, as the body sees it."""
    op = tensor.op
    while op.type in ("Identity", "Switch"):
        op = op.inputs[0].op
    return op is variable
