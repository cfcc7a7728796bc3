"""Graphs as `GraphDef` messages, byte for byte those that TensorFlow 1.15 writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..dtypes import as_dtype
from ..protos import proto
from .attr_value import encode, public_value

if TYPE_CHECKING:
    from .graph import Graph
    from .operation import Operation
    from .tensor import Tensor

PRODUCER_VERSION = 134  # GraphDef version of TensorFlow 1.15


def versions() -> Any:
    """Return the `VersionDef` that every graph carries."""
    return proto("VersionDef")(producer=PRODUCER_VERSION)


def graph_def(graph: Graph, from_version: int = 0, add_shapes: bool = False) -> Any:
    """Return `graph` as a `GraphDef`.

    Args:
      graph: the graph.
      from_version: how many of its first nodes to leave out.
      add_shapes: whether every node carries `_output_shapes`.
    """
    nodes = [node_def(op) for op in graph.get_operations()[from_version:]]
    if add_shapes:
        for node, op in zip(nodes, graph.get_operations()[from_version:]):
            if op.outputs:
                node.attr["_output_shapes"].CopyFrom(encode([t.static_shape for t in op.outputs], "list(shape)"))
    return proto("GraphDef")(node=nodes, versions=versions())


def node_def(op: Operation) -> Any:
    """Return `op` as a `NodeDef`."""
    node = proto("NodeDef")(name=op.name, op=op.type, device=op.device, input=input_names(op))
    for key, value in op.attrs.items():
        attr = op.definition.attrs.get(key)
        node.attr[key].CopyFrom(encode(value, attr and attr.kind))
    return node


def node_text(op: Operation) -> str:
    """Return `op` as the text of its `NodeDef`, attributes in order of their names."""
    from google.protobuf import text_format
    return text_format.MessageToString(node_def(op))


def input_names(op: Operation) -> list[str]:
    """Return the inputs of `op` as a `NodeDef` spells them: data first, then the ops to wait for by name."""
    return [_input_name(t) for t in op.inputs] + sorted(f"^{c.name}" for c in op.control_inputs)


def _input_name(tensor: Tensor) -> str:
    return tensor.name if tensor.value_index else tensor.op.name


def public_attr(attr: Any, value: Any) -> Any:
    """Return an attribute as `Operation.get_attr` gives it.

    Args:
      attr: its declaration, or `None` for one that only the node has.
      value: as the node keeps it.
    """
    return public_value(encode(value, attr and attr.kind))


def op_def(definition: Any) -> Any:
    """Return an op definition as an `OpDef`."""
    message = proto("OpDef")(name=definition.name, is_stateful=definition.stateful)
    for arguments, entries in ((definition.inputs, message.input_arg), (definition.outputs, message.output_arg)):
        for argument in arguments:
            entries.add(name=argument.name, is_ref=argument.is_ref, **_argument_type(argument, definition.attrs))
    for key, attr in definition.attrs.items():
        entry = message.attr.add(name=key, type=attr.kind)
        if attr.has_default:
            entry.default_value.CopyFrom(encode(attr.default, attr.kind))
        if attr.is_restricted:
            entry.allowed_values.CopyFrom(encode(list(getattr(attr.allowed, "allowed", attr.allowed))))
    return message


def _argument_type(argument: Any, attrs: dict[str, Any]) -> dict[str, Any]:
    if argument.is_type_list:
        return {"type_list_attr": argument.type}
    fields = {"number_attr": argument.count} if argument.count is not None else {}
    if argument.type in attrs:
        return {**fields, "type_attr": argument.type}
    return {**fields, "type": as_dtype(argument.type).as_datatype_enum}

