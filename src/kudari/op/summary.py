"""Op definitions and types in the words of TensorFlow's graph errors."""

from __future__ import annotations

from typing import Any

from ..dtypes import DType
from .definition import OpDef
from .signature import Arg, Attr

_SHORT = {"float16": "half", "float32": "float", "float64": "double"}
_LISTED_ENDS = 5


def type_name(dtype: DType) -> str:
    """Return the name of a type as graph errors spell it: `float`, `int32_ref`."""
    base = dtype.base_dtype.name
    return _SHORT.get(base, base) + ("_ref" if dtype._is_ref_dtype else "")


def op_summary(definition: OpDef) -> str:
    """Return an op definition on one line."""
    inputs, outputs = (", ".join(map(_argument, side)) for side in (definition.inputs, definition.outputs))
    attrs = "".join(f"; attr={_attr(key, attr)}" for key, attr in definition.attrs.items())
    stateful = "; is_stateful=true" if definition.stateful else ""
    return f"Op<name={definition.name}; signature={inputs} -> {outputs}{attrs}{stateful}>"


def _argument(arg: Arg) -> str:
    kind = f"{arg.count}*{arg.type}" if arg.count is not None else arg.type
    return f"{arg.name}:Ref({kind})" if arg.is_ref else f"{arg.name}:{kind}"


def _attr(key: str, attr: Attr) -> str:
    text = f"{key}:{attr.kind}"
    if attr.has_default:
        text += f",default={_value(attr.default)}"
    if attr.is_restricted:
        text += f",allowed=[{', '.join(_shortened(_allowed(attr)))}]"
    return text


def _allowed(attr: Attr) -> list[str]:
    return [_value(item) for item in getattr(attr.allowed, "allowed", attr.allowed)]


def _shortened(items: list[str]) -> list[str]:
    if len(items) <= 2 * _LISTED_ENDS:
        return items
    return [*items[:_LISTED_ENDS], "...", *items[-_LISTED_ENDS:]]


def _value(value: Any) -> str:
    if isinstance(value, DType):
        return f"DT_{type_name(value).upper()}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)
