"""Making tensors of Python values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..dtypes import DType, as_dtype
from ..graph.tensor import Tensor

Conversion = Callable[..., Any]
_conversions: dict[int, list[tuple[Any, Conversion]]] = {}


def register_tensor_conversion_function(base_type: Any, conversion_func: Conversion, priority: int = 100) -> None:
    """Make `convert_to_tensor` use `conversion_func` for objects of `base_type`.

    Args:
      base_type: a type or tuple of types.
      conversion_func: `func(value, dtype=None, name=None, as_ref=False)`, which returns a tensor or `NotImplemented`.
      priority: functions of a smaller priority are asked first.

    Raises:
      TypeError: if `base_type` is not a type, or `conversion_func` not callable.
    """
    bases = base_type if isinstance(base_type, tuple) else (base_type,)
    if not all(isinstance(base, type) for base in bases):
        raise TypeError("base_type must be a type or a tuple of types.")
    if not callable(conversion_func):
        raise TypeError("conversion_func must be callable.")
    _conversions.setdefault(priority, []).append((base_type, conversion_func))


def convert_to_tensor(value: Any, dtype: Any = None, name: str | None = None, preferred_dtype: Any = None,
                      as_ref: bool = False) -> Tensor:
    """Return `value` as a tensor of the default graph.

    Args:
      value: a tensor, variable, number, string, array, or nested list of them.
      dtype: the element type it must have; found from the value if `None`.
      name: of the node, if one is made.
      preferred_dtype: the element type to try first when `dtype` is `None`.
      as_ref: whether a variable gives itself rather than its value.

    Raises:
      TypeError: if there is no conversion to that type.
      ValueError: if a tensor has another type.
    """
    dtype = None if dtype is None else as_dtype(dtype).base_dtype
    if isinstance(value, Tensor):
        if dtype is not None and not dtype.is_compatible_with(value.dtype.base_dtype):
            raise ValueError(f"Tensor conversion requested dtype {dtype.name} for Tensor with dtype {value.dtype.name}: "
                             f"{value!r}")
        return value
    if preferred_dtype is not None and dtype is None:
        tensor = _try_preferred(value, as_dtype(preferred_dtype).base_dtype, name, as_ref)
        if tensor is not None:
            return tensor
    return _convert(value, dtype, name, as_ref)


def _convert(value: Any, dtype: DType | None, name: str | None, as_ref: bool) -> Tensor:
    for priority in sorted(_conversions):
        for base, function in _conversions[priority]:
            if isinstance(value, base):
                tensor = function(value, dtype=dtype, name=name, as_ref=as_ref)
                if tensor is not NotImplemented:
                    return tensor
    prefix = f"{name}: " if name else ""
    raise TypeError(f"{prefix}Cannot convert {value!r} with type {type(value)} to Tensor: no conversion function "
                    "registered.")


def _try_preferred(value: Any, dtype: DType, name: str | None, as_ref: bool) -> Tensor | None:
    try:
        return _convert(value, dtype, name, as_ref)
    except (TypeError, ValueError):
        return None
