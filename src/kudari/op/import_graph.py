"""Nodes of a `GraphDef` added to a graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..graph.graph import Graph
from ..graph.graphdef import PRODUCER_VERSION
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..protos import proto
from ..shape import merge
from .bind import add_node
from .convert import convert_to_tensor
from .definition import OpDef
from .import_order import TensorKey, closes_loop, import_order, index_nodes, tensor_key
from .read_node import check_inputs, declared_attrs, definition_of, own_attrs

_COLOCATION = "loc:@"


def import_graph_def(graph_def: Any, input_map: dict[str, Any] | None = None,
                     return_elements: Iterable[str] | None = None, name: str | None = None, op_dict: Any = None,
                     producer_op_list: Any = None) -> list[Any] | None:
    """Add the nodes of `graph_def` to the default graph.

    Args:
      graph_def: a `GraphDef`.
      input_map: from names of tensors in `graph_def` (`"node"`, `"node:1"`, `"^node"`) to tensors of this graph, or
        values, to use in their place.
      return_elements: names of operations and tensors in `graph_def` to return.
      name: scope of the new nodes, `"import"` if `None`; `""` puts them at the top of the graph.
      op_dict: not used.
      producer_op_list: the `OpList` of the writer; attributes that are unknown here and at its defaults are left out.

    Returns:
      The operations and tensors of `return_elements`, in order; `None` if that is `None`.

    Raises:
      TypeError: if an argument is not of its type.
      ValueError: if a name is not in `graph_def`, or `graph_def` is not a proper graph.
      NotFoundError: if Kudari has no op of a node's type.
    """
    if not isinstance(graph_def, proto("GraphDef")):
        raise TypeError("graph_def must be a GraphDef proto.")
    wanted = _names(return_elements)
    mapped = _checked_map(input_map)
    _check_version(graph_def)
    nodes = _without_unknown_defaults(graph_def.node, producer_op_list)
    graph = get_default_graph()
    _check_graph(graph, mapped)
    with graph.name_scope("import" if name is None else name) as scope:
        replaced = {tensor_key(key): value for key, value in _as_tensors(graph, mapped, name).items()}
    importer = _Importer(graph, nodes, scope, replaced)
    with graph._lock:
        importer.add_all()
    return None if wanted is None else [importer.element(element) for element in wanted]


def _names(return_elements: Iterable[str] | None) -> list[str] | None:
    if return_elements is None:
        return None
    elements = list(return_elements)
    if not all(isinstance(element, str | bytes) for element in elements):
        raise TypeError("return_elements must be a list of strings.")
    return [element.decode() if isinstance(element, bytes) else element for element in elements]


def _checked_map(input_map: Any) -> dict[str, Any]:
    if input_map is None:
        return {}
    if not isinstance(input_map, dict) or not all(isinstance(key, str | bytes) for key in input_map):
        raise TypeError("input_map must be a dictionary mapping strings to Tensor objects.")
    return {key.decode() if isinstance(key, bytes) else key: value for key, value in input_map.items()}


def _check_graph(graph: Graph, input_map: dict[str, Any]) -> None:
    for key, value in input_map.items():
        if isinstance(value, Tensor) and value.graph is not graph:
            raise ValueError(f"{value}, given for '{key}' in input_map, must be from the default graph: the nodes are "
                             "imported into that one.")


def _check_version(graph_def: Any) -> None:
    if graph_def.versions.min_consumer > PRODUCER_VERSION:
        raise ValueError(f"GraphDef min consumer version {graph_def.versions.min_consumer} above current version "
                         f"{PRODUCER_VERSION}: this graph was written for a later TensorFlow.")


def _as_tensors(graph: Graph, input_map: dict[str, Any], name: str | None) -> dict[str, Tensor]:
    if all(isinstance(value, Tensor) for value in input_map.values()):
        return input_map
    if name == "":
        raise ValueError("tf.import_graph_def() requires a non-empty `name` if `input_map` contains non-Tensor values. "
                         "Try calling tf.convert_to_tensor() on `input_map` values before calling "
                         "tf.import_graph_def().")
    with graph.name_scope("_inputs"):
        return {key: convert_to_tensor(value) for key, value in input_map.items()}


def _without_unknown_defaults(nodes: Iterable[Any], producer_op_list: Any) -> list[Any]:
    """Copies of `nodes` less the attributes that only their writer knew and left at their defaults."""
    written = {op.name: {attr.name: attr for attr in op.attr} for op in getattr(producer_op_list, "op", ())}
    result = []
    for original in nodes:
        node = proto("NodeDef")()
        node.CopyFrom(original)
        for key, attr in written.get(node.op, {}).items():
            if key in node.attr and key not in definition_of(node).attrs and attr.HasField("default_value") \
                    and node.attr[key] == attr.default_value:
                del node.attr[key]
        result.append(node)
    return result


class _Importer:
    """One import: the nodes of a `GraphDef` on their way into `graph`.

    Args:
      graph: where the nodes go.
      nodes: the `NodeDef`s, in any order.
      scope: a name scope with a final slash, or `""`.
      replaced: the tensors to use for those of the `GraphDef`.
    """

    def __init__(self, graph: Graph, nodes: list[Any], scope: str, replaced: dict[TensorKey, Tensor]):
        self.graph, self.nodes, self.scope, self.replaced = graph, nodes, scope, replaced
        self.index = index_nodes(nodes)
        self.taken = _names_and_scopes(graph)
        self.ops: dict[str, Operation] = {}
        self.open: list[tuple[Operation, int, TensorKey]] = []  # inputs that close loops, to be set at the end

    def add_all(self) -> None:
        """Add every node, or none if one of them is wrong."""
        size = self.graph.version
        outer = [op for controller in self.graph._stacks.controllers for op in controller.control_ops]
        try:
            with self.graph.control_dependencies(None):
                for position in import_order(self.nodes, self.index, self.replaced):
                    self._add(self.nodes[position])
                for op, place, key in self.open:
                    op.update_input(place, self.ops[key[0]].outputs[key[1]])
            self._check_map()
            self._settle_surroundings(outer)
        except BaseException:
            for op in reversed(self.graph.get_operations()[size:]):
                self.graph.discard(op)
            raise

    def _check_map(self) -> None:
        """Refuse replacements for what is neither there nor asked for by any node."""
        used = {tensor_key(text) for node in self.nodes for text in node.input}
        missing = [f"{node}:{index}" if index >= 0 else f"^{node}" for node, index in sorted(set(self.replaced) - used)
                   if node not in self.ops or index >= len(self.ops[node].outputs)]
        if missing:
            raise ValueError(f"Attempted to map inputs that were not found in graph_def: [{', '.join(missing)}]")

    def _add(self, node: Any) -> None:
        definition = definition_of(node)
        name = self._free_name(self.scope + node.name)
        where = f"{{{{node {name}}}}}"
        attrs = {**declared_attrs(definition, node, where), **self._own_attrs(definition, node, where)}
        texts = [text for text in node.input if not text.startswith("^")]
        closing = {i for i, text in enumerate(texts) if self._closes_loop(node, text)}
        first = next((text for i, text in enumerate(texts) if i not in closing), "")
        inputs = [self._tensor(node, first if i in closing else text) for i, text in enumerate(texts)]
        check_inputs(definition, inputs, attrs, name)
        shapes = attrs.pop("_output_shapes", None)
        op = add_node(self.graph, definition, inputs, attrs, name + "/")
        self.open.extend((op, i, tensor_key(texts[i])) for i in sorted(closing))
        op.control_input_list[:] = sorted({self._op(text) for text in node.input if text.startswith("^")},
                                          key=lambda other: other.name)
        op.device = node.device
        _check_shapes(op, shapes)
        self.ops[node.name] = op
        self.graph._names_in_use.setdefault(name.lower(), 1)

    def _closes_loop(self, node: Any, text: str) -> bool:
        key = tensor_key(text)
        return key not in self.replaced and closes_loop(node, self.nodes[self.index[key[0]]])

    def _free_name(self, name: str) -> str:
        """`name`, or with a number if the graph has it: import never renames what is there."""
        count, free = 0, name
        while free in self.taken or (count and free.removeprefix(self.scope) in self.index):
            count += 1
            free = f"{name}_{count}"
        return free

    def _own_attrs(self, definition: OpDef, node: Any, where: str) -> dict[str, Any]:
        extra = own_attrs(definition, node, where)
        if "_class" in extra:
            extra["_class"] = [self._group(node, group) for group in extra["_class"]]
        return extra

    def _group(self, node: Any, group: str) -> str:
        if not group.startswith(_COLOCATION):
            return group
        other = group.removeprefix(_COLOCATION)
        if other not in self.index:
            raise ValueError(f"Node '{node.name}' expects to be colocated with unknown node '{other}'")
        return _COLOCATION + (self.ops[other].name if other in self.ops else self._free_name(self.scope + other))

    def _tensor(self, node: Any, text: str) -> Tensor:
        key = tensor_key(text)
        if key in self.replaced:
            return self.replaced[key]
        outputs = self.ops[key[0]].outputs
        if key[1] >= len(outputs):
            raise ValueError(f"Node '{node.name}': Connecting to invalid output {key[1]} of source node {key[0]} which "
                             f"has {len(outputs)} outputs.")
        return outputs[key[1]]

    def _op(self, text: str) -> Operation:
        key = tensor_key(text)
        return self.replaced[key].op if key in self.replaced else self.ops[key[0]]

    def _settle_surroundings(self, outer: list[Operation]) -> None:
        """Put the new nodes under the devices and control dependencies around the import."""
        for op in self.ops.values():
            if outer:
                op.add_control_inputs(outer)
            if not _colocated_with(op):
                op.device = self._device(op)
        for op in self.ops.values():
            devices = [self.graph.get_operation_by_name(other).device for other in _colocated_with(op)]
            if devices:
                op.device = next(filter(None, devices), "")

    def _device(self, op: Operation) -> str:
        if not op.device:
            return self.graph._current_device(op)
        with self.graph.device(op.device):
            return self.graph._current_device(op)

    def element(self, text: str) -> Any:
        """Return the operation or tensor that `text` names in the `GraphDef`.

        Raises:
          ValueError: if there is none.
        """
        key = tensor_key(text)
        if ":" in text and key in self.replaced:
            return self.replaced[key]
        if key[0] not in self.ops:
            kind = "tensor" if ":" in text else "node"
            raise ValueError(f"Requested return {kind} '{text}' not found in graph def")
        op = self.ops[key[0]]
        if ":" not in text:
            return op
        if key[1] >= len(op.outputs):
            raise ValueError(f"Invalid return output {key[1]} of node '{key[0]}', which has {len(op.outputs)} "
                             "output(s)")
        return op.outputs[key[1]]


def _check_shapes(op: Operation, shapes: list[Any] | None) -> None:
    """Refuse a graph that says other shapes than its ops have."""
    for i, (tensor, shape) in enumerate(zip(op.outputs, shapes or ())):
        try:
            merge(tensor.static_shape, shape)
        except ValueError as error:
            raise ValueError(f"Node '{op.name}' has an _output_shapes attribute inconsistent with the GraphDef for "
                             f"output #{i}: {error}") from None


def _colocated_with(op: Operation) -> list[str]:
    groups = [group.removeprefix(_COLOCATION) for group in op.attrs.get("_class", ()) if group.startswith(_COLOCATION)]
    return [name for name in groups if name != op.name]


def _names_and_scopes(graph: Graph) -> set[str]:
    taken: set[str] = set()
    for op in graph.get_operations():
        name = op.name
        while name and name not in taken:
            taken.add(name)
            name = name.rpartition("/")[0]
    return taken
