"""Attributes of nodes as `AttrValue` messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..dtypes import DType, as_dtype
from ..protos import proto
from ..shape import TensorShape, shape_tuple
from .tensor_proto import array_proto, proto_array

_FIELDS = {"string": "s", "int": "i", "float": "f", "bool": "b", "type": "type", "shape": "shape", "tensor": "tensor",
           "func": "func"}
_KINDS = {field: kind for kind, field in _FIELDS.items()}


def _as_bytes(value: Any) -> bytes:
    return value.encode() if isinstance(value, str) else value


def _as_text(value: bytes) -> str | bytes:
    """Text where it is text: an attribute may also hold a serialized message."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value


def _as_function(value: Any) -> Any:
    message = proto("NameAttrList")
    return value if isinstance(value, message) else message(name=str(value))


_ENCODE: dict[str, Callable] = {
    "string": _as_bytes, "int": int, "float": float, "bool": bool, "type": lambda v: v.as_datatype_enum,
    "shape": lambda v: TensorShape(v).as_proto(), "tensor": array_proto, "func": _as_function,
}
_DECODE: dict[str, Callable] = {
    "s": _as_text, "type": as_dtype, "shape": shape_tuple, "tensor": proto_array,
    "func": lambda v: v if v.attr else v.name,
}


def encode(value: Any, kind: str | None = None) -> Any:
    """Return the `AttrValue` of an attribute.

    Args:
      value: as a node keeps it: `DType`s, shapes as tuples or `None`, arrays, text, numbers, and lists of these.
      kind: as an OpDef spells it, such as `"list(int)"`; found from the value if `None`.
    """
    message = proto("AttrValue")
    if isinstance(value, message):
        return value
    kind = kind or kind_of(value)
    if not kind.startswith("list("):
        return message(**{_FIELDS[kind]: _ENCODE[kind](value)})
    kind = kind[5:-1]
    return message(list=message.ListValue(**{_FIELDS[kind]: [_ENCODE[kind](item) for item in value]}))


_TYPES: list[tuple[Any, str]] = [
    (bool, "bool"), (int, "int"), (float, "float"), ((str, bytes), "string"), (DType, "type"),
    ((tuple, type(None)), "shape"), (np.ndarray, "tensor"),
]


def kind_of(value: Any) -> str:
    """Return the kind of attribute that `value` is, as an OpDef spells it."""
    if isinstance(value, list):
        return f"list({kind_of(value[0]) if value else 'string'})"
    return next((kind for base, kind in _TYPES if isinstance(value, base)), "func")


def decode(message: Any) -> Any:
    """Return the attribute that an `AttrValue` encodes, in the form in which a node keeps it."""
    field = message.WhichOneof("value")
    if field is None:
        return []
    if field != "list":
        return _DECODE.get(field, lambda v: v)(getattr(message, field))
    return [_DECODE.get(entry.name, lambda v: v)(item) for entry, items in message.list.ListFields() for item in items]


def encoded_kind(message: Any) -> str:
    """Return the kind of an `AttrValue` as an OpDef spells it; `"list(any)"` for an empty list."""
    field = message.WhichOneof("value")
    if field != "list":
        return _KINDS.get(field, "any")
    fields = [entry.name for entry, _ in message.list.ListFields()]
    return f"list({_KINDS[fields[0]]})" if fields else "list(any)"


def public_value(message: Any) -> Any:
    """Return what `Operation.get_attr` gives for an `AttrValue`: types as `DType`s, all else as the message has it."""
    field = message.WhichOneof("value")
    if field is None:
        return []
    if field == "list":
        items = next((list(items) for _, items in message.list.ListFields()), [])
        return [as_dtype(item) for item in items] if message.list.type else items
    return as_dtype(message.type) if field == "type" else getattr(message, field)
