"""`tf.assign` and its like."""

from __future__ import annotations

from typing import Any

from ..ops.state import assign as _assign
from ..ops.state import assign_add as _assign_add
from ..ops.state import assign_sub as _assign_sub
from ..ops.state import is_variable_initialized as _is_initialized


def assign(ref: Any, value: Any, validate_shape: bool | None = None, use_locking: bool | None = None,
           name: str | None = None) -> Any:
    """Return an op's output that sets the variable `ref` to `value`.

    Args:
      ref: a variable.
      value: of the same type, and of the same shape unless `validate_shape` is false.
      validate_shape: whether the shape must fit; it must by default.
      use_locking: recorded; steps are atomic either way.
      name: of the node.

    Returns:
      The variable's tensor, after the assignment.
    """
    if ref.dtype._is_ref_dtype:
        return _assign(ref, value, validate_shape=validate_shape, use_locking=use_locking, name=name)
    return ref.assign(value, name=name)


def assign_add(ref: Any, value: Any, use_locking: bool | None = None, name: str | None = None) -> Any:
    """Return an op's output that adds `value` to the variable `ref`."""
    if ref.dtype._is_ref_dtype:
        return _assign_add(ref, value, use_locking=use_locking, name=name)
    return ref.assign_add(value)


def assign_sub(ref: Any, value: Any, use_locking: bool | None = None, name: str | None = None) -> Any:
    """Return an op's output that subtracts `value` from the variable `ref`."""
    if ref.dtype._is_ref_dtype:
        return _assign_sub(ref, value, use_locking=use_locking, name=name)
    return ref.assign_sub(value)


def is_variable_initialized(variable: Any) -> Any:
    """Return a boolean tensor: whether `variable` holds a value."""
    if variable.dtype._is_ref_dtype:
        return _is_initialized(variable)
    return variable.is_initialized()
