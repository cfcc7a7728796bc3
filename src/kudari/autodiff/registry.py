"""Which function differentiates a node: the rule of its op type, or one the program registered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..graph.operation import Operation
from ..op.definition import lookup

_registered: dict[str, Callable | None] = {}


class RegisterGradient:
    """Decorator that makes a function the gradient of an op type, or of a name for `gradient_override_map`.

    Args:
      op_type: the op type or name. The function takes the operation and the gradients of its outputs, and returns the
        gradients of its inputs (tensors, `IndexedSlices` or `None`).

    Raises:
      TypeError: if `op_type` is not a string.
      KeyError: on decorating, if that type has a gradient already.
    """

    def __init__(self, op_type: str):
        self._op_type = _checked(op_type)

    def __call__(self, f: Callable) -> Callable:
        """Register `f`, and return it."""
        _register(self._op_type, f)
        return f


def not_differentiable_type(op_type: str) -> None:
    """Declare that no gradient flows through ops of type `op_type`.

    Args:
      op_type: the op type.

    Raises:
      TypeError: if `op_type` is not a string.
      KeyError: if that type has a gradient already.
    """
    _register(_checked(op_type), None)


def _checked(op_type: Any) -> str:
    if not isinstance(op_type, str):
        raise TypeError("op_type must be a string")
    return op_type


def _register(op_type: str, function: Callable | None) -> None:
    if op_type in _registered or _has_rule(op_type):
        raise KeyError(f"Registering two gradient with name '{op_type}'! (It was registered before.)")
    _registered[op_type] = function


def _has_rule(op_type: str) -> bool:
    try:
        definition = lookup(op_type)
    except LookupError:
        return False
    return definition.gradient_rule is not None or not definition.is_differentiable


def gradient_function(op: Operation) -> Callable | None:
    """Return the function that differentiates `op`, or `None` if no gradient flows through it.

    Raises:
      LookupError: if its type has no gradient.
    """
    if not op.inputs:
        return None
    op_type = op.attrs.get("_gradient_op_type", op.type)
    op_type = op_type.decode() if isinstance(op_type, bytes) else op_type
    if op_type in _registered:
        return _registered[op_type]
    if not _has_rule(op_type):
        raise LookupError(f"No gradient defined for operation '{op.name}' (op type: {op.type})")
    return lookup(op_type).gradient_rule
