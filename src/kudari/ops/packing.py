"""Lists that hold tensors, as one tensor: a `Pack` for each list of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..dtypes import DType
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import convert_to_tensor, register_tensor_conversion_function
from ..op.scope import scoped
from .forms import cast, node


def stack(values: Any, axis: int = 0, name: str = "stack") -> Tensor:
    """Return tensors of one shape joined along a new axis.

    Args:
      values: a list of tensors, or of values that become tensors.
      axis: the new axis, in `[-(rank + 1), rank + 1)`.
      name: of the node.

    Raises:
      ValueError: if `axis` is out of range, or the shapes differ.
    """
    if axis == 0:
        # A list of plain values becomes one constant this way.
        try:
            return convert_to_tensor(values, name=name)
        except (TypeError, ValueError):
            pass
    first = convert_to_tensor(values[0], name=name).static_shape
    if first is not None and not -len(first) - 1 <= axis <= len(first):
        raise ValueError(f"axis = {axis} not in [{-len(first) - 1}, {len(first) + 1})")
    return node("Pack", values, axis=axis, name=name)


def _as_tensor(value: Any) -> Tensor | None:
    """The tensor that `value` is or stands for, as a variable does."""
    if isinstance(value, Tensor):
        return value
    element = getattr(value, "_as_graph_element", None)
    return convert_to_tensor(value) if element is not None and isinstance(element(), Tensor) else None


def _leaves(values: Any) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list | tuple):
            yield from _leaves(value)
        else:
            yield value


def _tensor_type(values: Any) -> DType | None:
    return next((v.dtype.base_dtype for v in _leaves(values) if _is_tensor_like(v)), None)


def _is_tensor_like(value: Any) -> bool:
    return isinstance(value, Tensor) or hasattr(value, "_as_graph_element")


def _convert_packed(value: Any, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Any:
    found = None if as_ref else _tensor_type(value)
    if found is None:
        return NotImplemented
    if dtype is not None and dtype != found:
        value = _cast_tensors(value, dtype)
    return _packed(value, dtype or found, name or "packed")


def _cast_tensors(values: Any, dtype: DType) -> list[Any]:
    return [_cast_tensors(v, dtype) if isinstance(v, list | tuple) else cast(v, dtype) if _is_tensor_like(v) else v
            for v in values]


def _packed(values: Any, dtype: DType, name: str) -> Any:
    """The tensor of `values`, or a list of plain values if no tensor is among them."""
    with scoped(name, name) as scope:
        items = [_item(value, dtype, str(i)) for i, value in enumerate(values)]
        if not any(isinstance(item, Tensor) for item in items):
            return items
        return node("Pack", [_as_element(item, dtype, str(i)) for i, item in enumerate(items)], name=scope)


def _as_element(item: Any, dtype: DType, name: str) -> Tensor:
    return item if isinstance(item, Tensor) else constant(item, dtype, name=name)


def _item(value: Any, dtype: DType, name: str) -> Any:
    if isinstance(value, list | tuple):
        return _packed(value, dtype, name)
    tensor = _as_tensor(value)
    if tensor is not None and tensor.dtype.base_dtype != dtype:
        raise TypeError(f"Cannot convert a list containing a tensor of dtype {tensor.dtype} to {dtype} "
                        f"(Tensor is: {tensor!r})")
    return value if tensor is None else tensor


register_tensor_conversion_function((list, tuple), _convert_packed, 99)
