"""Parts of graphs, and graphs without what only training needs: `tf.graph_util`."""

from __future__ import annotations

from typing import Any

from ..dtypes import int32, string
from ..graph.operation import Operation
from ..op.tensor_proto import make_tensor_proto
from ..platform import logging
from ..protos import proto
from ..shape import TensorShape

_COLOCATION = "loc:@"
_KEPT_BY_CPU = {"Assign", "AssignAdd", "AssignSub", "Queue", "ScatterAdd", "ScatterSub", "ScatterUpdate", "TruncatedNormal",
                "Variable", "VariableV2"}
_PASSING = {"Switch", "Enter", "Exit", "Identity", "Merge", "NextIteration"}


def must_run_on_cpu(node: Any, pin_variables_on_cpu: bool = False) -> bool:
    """Return whether TensorFlow has a node only on CPU.

    Args:
      node: an operation or a `NodeDef`.
      pin_variables_on_cpu: whether the ops of variables are said to belong there, too.
    """
    node_def = node.node_def if isinstance(node, Operation) else node
    assert isinstance(node_def, proto("NodeDef"))
    if pin_variables_on_cpu and node_def.op in _KEPT_BY_CPU:
        return True
    attr, types = {"Const": ("dtype", (string, int32)), "DynamicStitch": ("T", (int32,)),
                   "ParallelDynamicStitch": ("T", (int32,)), "Cast": ("SrcT", (int32,))}.get(node_def.op, ("", ()))
    return any(node_def.attr[attr].type == dtype.as_datatype_enum for dtype in types)


def tensor_shape_from_node_def_name(graph: Any, input_name: str) -> TensorShape:
    """Return the shape of the tensor that a `NodeDef` names as an input; `:0` may be missing."""
    return graph.get_tensor_by_name(input_name if ":" in input_name else f"{input_name}:0").get_shape()


def extract_sub_graph(graph_def: Any, dest_nodes: Any) -> Any:
    """Return the nodes that some nodes need, in their order, as a `GraphDef`.

    Args:
      graph_def: a `GraphDef`.
      dest_nodes: a list of names.

    Raises:
      TypeError: if an argument is not of its type.
      AssertionError: if a name is not in `graph_def`.
    """
    if not isinstance(graph_def, proto("GraphDef")):
        raise TypeError("graph_def must be a graph_pb2.GraphDef proto.")
    if isinstance(dest_nodes, str):
        raise TypeError("dest_nodes must be a list.")
    by_name = {node.name: node for node in graph_def.node}
    for name in dest_nodes:
        assert name in by_name, f"{name} is not in graph"
    needed: set[str] = set()
    waiting = list(dest_nodes)
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting.extend(_needed_by(by_name[name]))
    result = proto("GraphDef")(library=graph_def.library, versions=graph_def.versions)
    result.node.extend(node for node in graph_def.node if node.name in needed)
    return result


def _needed_by(node: Any) -> list[str]:
    groups = [group.decode() for group in node.attr["_class"].list.s] if "_class" in node.attr else []
    return [_node_name(text) for text in node.input] + [
        group.removeprefix(_COLOCATION) for group in groups if group.startswith(_COLOCATION)]


def _node_name(text: str) -> str:
    return text[1:] if text.startswith("^") else text.partition(":")[0]


def remove_training_nodes(input_graph: Any, protected_nodes: Any = None) -> Any:
    """Return a `GraphDef` without `CheckNumerics` nodes, and without `Identity` nodes that nothing waits for.

    Args:
      input_graph: a `GraphDef`.
      protected_nodes: names of nodes to keep.
    """
    protected = set(protected_nodes or ())
    checks = {node.name for node in input_graph.node if node.op == "CheckNumerics" and node.name not in protected}
    kept = []
    for node in input_graph.node:
        if node.name not in checks:
            kept.append(_with_inputs(node, [text for text in node.input if text.removeprefix("^") not in checks]))
    awaited = {text[1:] for node in kept for text in node.input if text.startswith("^")}
    spliced = {node.name: node.input[0] for node in kept
               if node.op == "Identity" and node.name not in protected and node.name not in awaited
               and not any(text.startswith("^") for text in node.input)}
    result = proto("GraphDef")()
    result.node.extend(_with_inputs(node, [_behind(text, spliced) for text in node.input])
                       for node in kept if node.name not in spliced)
    return result


def _with_inputs(node: Any, inputs: list[str]) -> Any:
    copy = proto("NodeDef")()
    copy.CopyFrom(node)
    copy.input[:] = inputs
    return copy


def _behind(text: str, spliced: dict[str, str]) -> str:
    while text.removeprefix("^") in spliced:
        text = spliced[text.removeprefix("^")]
    return text


def convert_variables_to_constants(sess: Any, input_graph_def: Any, output_node_names: Any,
                                   variable_names_whitelist: Any = None, variable_names_blacklist: Any = None) -> Any:
    """Return what some nodes need as a `GraphDef` with constants in place of the variables.

    Args:
      sess: the session that holds the variables.
      input_graph_def: the graph.
      output_node_names: a list of the nodes' names.
      variable_names_whitelist: names of the variables to convert; all if `None`.
      variable_names_blacklist: names of variables to keep.

    Raises:
      ValueError: if what a node reads is no variable, or a gathering has batch dimensions.
      FailedPreconditionError: if a variable is not initialized.
    """
    needed = extract_sub_graph(input_graph_def, output_node_names)
    types = _types_on_the_way(needed)
    handles = {node.name: node.op == "VarHandleOp" for node in needed.node
               if node.op in ("Variable", "VariableV2", "VarHandleOp")
               and (variable_names_whitelist is None or node.name in variable_names_whitelist)
               and (variable_names_blacklist is None or node.name not in variable_names_blacklist)}
    reads = [f"{name}/Read/ReadVariableOp:0" if is_handle else f"{name}:0" for name, is_handle in handles.items()]
    values = dict(zip(handles, sess.run(reads) if reads else []))
    logging.info("Froze %d variables.", len(values))
    result = proto("GraphDef")(library=needed.library)
    for node in needed.node:
        if node.name in values:
            result.node.append(_constant(node.name, node.attr["dtype"], values[node.name]))
        elif node.name in types:
            result.node.append(_retyped(node, types[node.name]))
        else:
            result.node.extend(_frozen(node))
    logging.info("Converted %d variables to const ops.", len(values))
    return result


def _types_on_the_way(graph_def: Any) -> dict[str, Any]:
    """The types of the values that the nodes between variables and their readers pass on by handle."""
    by_name = {node.name: node for node in graph_def.node}
    types: dict[str, Any] = {}
    for node in graph_def.node:
        if node.op not in ("ReadVariableOp", "ResourceGather"):
            continue
        waiting = [_node_name(node.input[0])]
        while waiting:
            source = by_name[waiting.pop()]
            if source.op in _PASSING and source.name not in types:
                types[source.name] = node.attr["dtype"]
                waiting.extend(_node_name(text) for text in source.input[:2 if source.op == "Merge" else 1])
            elif source.op not in _PASSING and source.op != "VarHandleOp":
                raise ValueError("Cannot find the variable that is an input to the ReadVariableOp.")
    return types


def _constant(name: str, dtype: Any, value: Any) -> Any:
    node = proto("NodeDef")(name=name, op="Const")
    node.attr["dtype"].CopyFrom(dtype)
    node.attr["value"].tensor.CopyFrom(make_tensor_proto(value, dtype.type, getattr(value, "shape", ())))
    return node


def _retyped(node: Any, dtype: Any) -> Any:
    copy = _with_inputs(node, list(node.input))
    copy.attr.pop("_output_shapes", None)  # those of the handle
    copy.attr["T"].CopyFrom(dtype)
    return copy


def _frozen(node: Any) -> list[Any]:
    if node.op == "ReadVariableOp":
        return [_replaced(node, "Identity", [node.input[0]], T=node.attr["dtype"])]
    if node.op != "ResourceGather":
        return [node]
    if node.attr["batch_dims"].i != 0:
        raise ValueError("batch_dims != 0 is not supported by freeze_graph.")
    axis = _constant(f"{node.name}/axis", node.attr["Tindices"], 0)
    return [axis, _replaced(node, "GatherV2", [*node.input[:2], axis.name], Tparams=node.attr["dtype"],
                            Tindices=node.attr["Tindices"], Taxis=node.attr["Tindices"])]


def _replaced(node: Any, op: str, inputs: list[str], **attrs: Any) -> Any:
    made = proto("NodeDef")(name=node.name, op=op, input=inputs)
    for key, value in attrs.items():
        made.attr[key].CopyFrom(value)
    if "_class" in node.attr:
        made.attr["_class"].CopyFrom(node.attr["_class"])
    return made
