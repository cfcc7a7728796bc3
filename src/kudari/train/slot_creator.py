"""Slots: variables that an optimizer keeps beside the ones it trains, named after them, in the variable scope around."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from ..dtypes import as_dtype
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..ops.shapes import shape_of, zeros
from ..shape import TensorShape
from ..variables.initializers import Zeros
from ..variables.resource import is_resource_variable
from ..variables.scope import get_variable, get_variable_scope, variable_scope
from ..variables.slice_info import SaveSliceInfo
from ..variables.variable import Variable


def create_slot(primary: Any, val: Tensor, name: str, colocate_with_primary: bool = True) -> Variable:
    """Return a new variable that starts from `val`.

    Args:
      primary: the variable or tensor it is kept for.
      val: its initial value, which also gives its type.
      name: what it is called after the name of `primary`.
      colocate_with_primary: whether it is recorded to live where `primary` lives.
    """
    return _slot(primary, val, name, colocate_with_primary, val.shape.is_fully_defined())


def create_slot_with_initializer(primary: Any, initializer: Callable, shape: TensorShape, dtype: Any, name: str,
                                 colocate_with_primary: bool = True) -> Variable:
    """Return a new variable that starts from `initializer(shape, dtype=dtype)`.

    Args:
      primary: the variable or tensor it is kept for.
      initializer: function from a list of sizes and a type to a tensor; where the shape is open, a function of nothing, or a
        tensor.
      shape: of the variable.
      dtype: of its elements.
      name: what it is called after the name of `primary`.
      colocate_with_primary: whether it is recorded to live where `primary` lives.
    """
    return _slot(primary, initializer, name, colocate_with_primary, shape.is_fully_defined(), shape, dtype)


def create_zeros_slot(primary: Any, name: str, dtype: Any = None, colocate_with_primary: bool = True) -> Variable:
    """Return a new variable of zeros, of the shape of `primary`.

    Args:
      primary: the variable or tensor it is kept for.
      name: what it is called after the name of `primary`.
      dtype: of its elements; that of `primary` if `None`.
      colocate_with_primary: whether it is recorded to live where `primary` lives.
    """
    dtype = as_dtype(primary.dtype if dtype is None else dtype).base_dtype
    if primary.get_shape().is_fully_defined():
        return create_slot_with_initializer(primary, Zeros(), primary.get_shape(), dtype, name, colocate_with_primary)
    start = primary.initialized_value() if isinstance(primary, Variable) else primary
    return create_slot(primary, zeros(shape_of(start), dtype), name, colocate_with_primary)


def _slot(primary: Any, initializer: Any, name: str, colocates: bool, validate_shape: bool,
          shape: TensorShape | None = None, dtype: Any = None) -> Variable:
    place = get_default_graph().colocate_with(primary) if colocates else contextlib.nullcontext()
    with variable_scope(None, f"{primary.op.name}/{name}"), place:
        get_variable_scope().set_partitioner(None)
        slot = get_variable("", initializer=initializer, trainable=False, use_resource=_is_resource(primary),
                            shape=shape if callable(initializer) else None, dtype=dtype, validate_shape=validate_shape)
    _place_like(primary, slot)
    return slot


def _is_resource(primary: Any) -> bool | None:
    return is_resource_variable(primary) if isinstance(primary, Variable) else None


def _place_like(primary: Any, slot: Variable) -> None:
    """Have savers keep the slot of a part of a variable as that part of the slot of the whole."""
    info = getattr(primary, "_save_slice_info", None)
    if info:
        name = slot.op.name.removeprefix(f"{primary.op.name}/")
        slot._set_save_slice_info(SaveSliceInfo(f"{info.full_name}/{name}", list(info.full_shape), list(info.var_offset),
                                                list(info.var_shape)))
