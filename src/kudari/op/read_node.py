"""A `NodeDef` read by the definition of its op."""

from __future__ import annotations

import platform
from typing import Any

from ..dtypes import DType
from ..errors import NotFoundError
from ..graph.attr_value import decode, encode, encoded_kind
from ..graph.tensor import Tensor
from .bind import _arg_dtypes
from .definition import OpDef, lookup
from .signature import Attr
from .summary import op_summary, type_name


def definition_of(node: Any) -> OpDef:
    """Return the definition of the op of `node`.

    Raises:
      NotFoundError: if there is none.
    """
    try:
        return lookup(node.op)
    except LookupError:
        raise NotFoundError(None, None, f"Op type not registered '{node.op}' in binary running on {platform.node()}: "
                            f"node '{node.name}' needs an op that Kudari does not have yet.") from None


def declared_attrs(definition: OpDef, node: Any, where: str) -> dict[str, Any]:
    """Return the attributes that the op has, with defaults for those the node does not give.

    Args:
      definition: of the op.
      node: the `NodeDef`.
      where: the node as error messages name it.

    Raises:
      ValueError: if one is missing, or of another kind or type than the op has.
    """
    values, missing = {}, []
    for key, attr in definition.attrs.items():
        if key in node.attr and node.attr[key].WhichOneof("value") is not None:
            values[key] = _read(definition, key, attr, node.attr[key], where)
        elif attr.has_default:
            values[key] = decode(encode(attr.default, attr.kind))
        else:
            missing.append(f"'{key}'")
    if missing:
        raise ValueError(f"NodeDef missing attr{'s' if len(missing) > 1 else ''} {', '.join(missing)} from "
                         f"{op_summary(definition)}; NodeDef: {where}")
    return values


def _read(definition: OpDef, key: str, attr: Attr, message: Any, where: str) -> Any:
    found, value = encoded_kind(message), decode(message)
    place = f"NodeDef: {where}; {op_summary(definition)}"
    if found != attr.kind and not (found == "list(any)" and attr.kind.startswith("list(")):
        raise ValueError(f"AttrValue had value with type '{found}' when '{attr.kind}' expected\n\t for attr '{key}'\n\t"
                         f"; {place}")
    if attr.kind == "type" and attr.allowed is not None and value not in attr.allowed:
        allowed = ", ".join(map(type_name, attr.allowed.allowed))
        raise ValueError(f"Value for attr '{key}' of {type_name(value)} is not in the list of allowed values: {allowed}"
                         f"\n\t; {place}")
    return value


def own_attrs(definition: OpDef, node: Any, where: str) -> dict[str, Any]:
    """Return the attributes that only the node has: their names start with an underscore.

    Raises:
      ValueError: if there is another one that the op does not have.
    """
    extra = {key: decode(value) for key, value in node.attr.items() if key not in definition.attrs}
    for key in extra:
        if not key.startswith("_"):
            raise ValueError(f"NodeDef mentions attr '{key}' not in {op_summary(definition)}; NodeDef: {where}. (Check "
                             "whether your GraphDef-interpreting binary is up to date with your "
                             "GraphDef-generating binary.).")
    return extra


def check_inputs(definition: OpDef, inputs: list[Tensor], attrs: dict[str, Any], name: str) -> None:
    """Raise a `ValueError` unless `inputs` are as many and of the types that the op takes under `attrs`."""
    expected = _expected_types(definition, attrs)
    if len(expected) != len(inputs):
        raise ValueError(f"NodeDef expected inputs '{', '.join(map(type_name, expected))}' do not match {len(inputs)} "
                         f"inputs specified; {op_summary(definition)}; NodeDef: {{{{node {name}}}}}")
    for i, (tensor, dtype) in enumerate(zip(inputs, expected)):
        if tensor.dtype.base_dtype != dtype.base_dtype or (dtype._is_ref_dtype and not tensor.dtype._is_ref_dtype):
            raise ValueError(f"Input {i} of node {name} was passed {type_name(tensor.dtype)} from {tensor.name} "
                             f"incompatible with expected {type_name(dtype)}.")


def _expected_types(definition: OpDef, attrs: dict[str, Any]) -> list[DType]:
    return [dtype._as_ref if arg.is_ref else dtype for arg in definition.inputs
            for dtype in _arg_dtypes(definition, arg, attrs)]
