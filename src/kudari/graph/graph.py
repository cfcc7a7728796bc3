"""Graphs: operations in the order they were made."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from .collections import Collections
from .graphdef import graph_def, versions
from .names import Names
from .operation import Operation
from .scopes import Scopes
from .stack import graphs, use_graph_class
from .tensor import Tensor


class Graph(Names, Collections, Scopes):
    """A set of operations and the tensors that flow between them."""

    building_function = False  # whether it is that of a function, which takes values of other graphs

    def __init__(self) -> None:
        Names.__init__(self)
        Collections.__init__(self)
        Scopes.__init__(self)
        self._lock = threading.RLock()
        self._operations: list[Operation] = []
        self._by_name: dict[str, Operation] = {}
        self._finalized = False
        self._seed: int | None = None
        self._unfeedable: set[Tensor] = set()
        self._unfetchable: set[Operation] = set()
        self.edits = 0
        self.minimized: list[tuple[Any, Any]] = []  # losses, each with the optimizer that makes it small

    def add(self, definition: Any, inputs: list[Tensor], attrs: dict[str, Any], name: str) -> Operation:
        """Add a node without outputs, with the surroundings of the current scopes.

        Raises:
          RuntimeError: if the graph is finalized.
        """
        with self._lock:
            self._check_not_finalized()
            op = Operation(self, self.node_name(name), definition, inputs, self._current_control_inputs(inputs), attrs)
            if op.name in self._by_name:
                raise ValueError(f"Duplicate node name in graph: '{op.name}'")
            op.attrs.update(self._attr_scopes)
            if op.type in self._override_types:
                op.attrs.setdefault("_gradient_op_type", self._override_types[op.type])
            op.device = self._current_device(op)
            groups = self._colocation_groups(op)
            if groups:
                op.attrs["_class"] = groups
            self._operations.append(op)
            op._id = len(self._operations)
            op._control_flow_context = self._control_flow_context
            self._by_name[op.name] = op
            self._record_seen(op)
            return op

    def discard(self, op: Operation) -> None:
        """Take back a node just made, whose inputs turned out not to fit; its name stays taken, as in TensorFlow."""
        with self._lock:
            self._operations.remove(op)
            del self._by_name[op.name]
            for tensor in op.inputs:
                tensor._consumers.remove(op)

    @contextlib.contextmanager
    def scratch(self) -> Iterator[None]:
        """Take back every node, name and collection made inside the block at its end, in a finalized graph too.

        Seeds, names and node numbers of what is made later are then what they would have been without the block.
        """
        with self._lock:
            size, finalized = len(self._operations), self._finalized
            names, held = dict(self._names_in_use), {key: len(values) for key, values in self._collections.items()}
            self._finalized = False
            try:
                yield
            finally:
                for op in reversed(self._operations[size:]):
                    self.discard(op)
                self._finalized = finalized
                self._names_in_use = names
                for key in list(self._collections):
                    del self._collections[key][held.get(key, 0):]
                    if key not in held:
                        del self._collections[key]

    def changed(self) -> None:
        """Note that an edge of an existing node was edited, which plans made before do not know."""
        self.edits += 1

    def _check_not_finalized(self) -> None:
        if self._finalized:
            raise RuntimeError("Graph is finalized and cannot be modified.")

    def finalize(self) -> None:
        """Make the graph read-only."""
        self._finalized = True

    def _unsafe_unfinalize(self) -> None:
        self._finalized = False

    @property
    def finalized(self) -> bool:
        """Whether the graph is read-only."""
        return self._finalized

    @property
    def seed(self) -> int | None:
        """The graph-level random seed."""
        return self._seed

    @seed.setter
    def seed(self, seed: int | None) -> None:
        self._seed = seed

    @property
    def version(self) -> int:
        """The number of nodes made so far."""
        return len(self._operations)

    _last_id = version

    @property
    def graph_def_versions(self) -> Any:
        """The `VersionDef` of the `GraphDef` of this graph."""
        return versions()

    @contextlib.contextmanager
    def as_default(self) -> Iterator[Graph]:
        """Make this the default graph inside the block."""
        with graphs.entered(self):
            yield self

    def get_operations(self) -> list[Operation]:
        """Return the operations in the order they were made."""
        return list(self._operations)

    def get_operation_by_name(self, name: str) -> Operation:
        """Return the operation called `name`.

        Raises:
          TypeError: if `name` is not a string.
          KeyError: if there is none.
        """
        if not isinstance(name, str):
            raise TypeError(f"Operation names are strings (or similar), not {type(name).__name__}.")
        return self.as_graph_element(name, allow_tensor=False, allow_operation=True)

    def get_tensor_by_name(self, name: str) -> Tensor:
        """Return the tensor called `name`, as in `"node:0"`.

        Raises:
          TypeError: if `name` is not a string.
          KeyError: if there is none.
        """
        if not isinstance(name, str):
            raise TypeError(f"Tensor names are strings (or similar), not {type(name).__name__}.")
        return self.as_graph_element(name, allow_tensor=True, allow_operation=False)

    def as_graph_element(self, obj: Any, allow_tensor: bool = True, allow_operation: bool = True) -> Any:
        """Return the `Tensor` or `Operation` of this graph that `obj` stands for.

        Args:
          obj: a tensor, an operation, a name of one, or an object that stands for one, such as a variable.
          allow_tensor: whether a tensor may be meant.
          allow_operation: whether an operation may be meant.

        Raises:
          TypeError: if `obj` cannot stand for an allowed element.
          ValueError: if it is of another graph, or not a proper name.
          KeyError: if no element has that name.
        """
        if not (allow_tensor or allow_operation):
            raise ValueError("allow_tensor and allow_operation can't both be False.")
        wanted = " or ".join(["Tensor"] * allow_tensor + ["Operation"] * allow_operation)
        if isinstance(obj, str):
            return self._named_element(obj, allow_tensor, allow_operation)
        as_element = getattr(obj, "_as_graph_element", None)
        if as_element is not None:
            obj = as_element()
        if isinstance(obj, Tensor) and allow_tensor:
            if obj.graph is not self:
                raise ValueError(f"Tensor {obj} is not an element of this graph.")
            return obj
        if isinstance(obj, Operation) and allow_operation:
            if obj.graph is not self:
                raise ValueError(f"Operation {obj} is not an element of this graph.")
            return obj
        raise TypeError(f"Can not convert a {type(obj).__name__} into a {wanted}.")

    def _named_element(self, name: str, allow_tensor: bool, allow_operation: bool) -> Any:
        if ":" in name and allow_tensor:
            return self._named_tensor(name)
        if ":" in name:
            raise ValueError(f"Name {name!r} appears to refer to a Tensor, not a Operation.")
        if allow_operation:
            if name not in self._by_name:
                raise KeyError(f"The name {name!r} refers to an Operation not in the graph.")
            return self._by_name[name]
        if name in self._by_name:
            raise ValueError(f"The name {name!r} refers to an Operation, not a Tensor. Tensor names must be of the form "
                             "\"<op_name>:<output_index>\".")
        raise ValueError(f"The name {name!r} looks like an (invalid) Operation name, not a Tensor. Tensor names must be "
                         "of the form \"<op_name>:<output_index>\".")

    def _named_tensor(self, name: str) -> Tensor:
        op_name, _, index = name.partition(":")
        if not index.isdigit():
            raise ValueError(f"The name {name!r} looks a like a Tensor name, but is not a valid one. Tensor names must be "
                             "of the form \"<op_name>:<output_index>\".")
        op = self._by_name.get(op_name)
        if op is None:
            raise KeyError(f"The name {name!r} refers to a Tensor which does not exist. The operation, {op_name!r}, does "
                           "not exist in the graph.")
        if int(index) >= len(op.outputs):
            raise KeyError(f"The name {name!r} refers to a Tensor which does not exist. The operation, {op_name!r}, "
                           f"exists but only has {len(op.outputs)} outputs.")
        return op.outputs[int(index)]

    def prevent_feeding(self, tensor: Tensor) -> None:
        """Mark `tensor` as one that cannot be fed."""
        self._unfeedable.add(tensor)

    def is_feedable(self, tensor: Tensor) -> bool:
        """Return whether `tensor` may be fed."""
        return tensor not in self._unfeedable

    def prevent_fetching(self, op: Operation) -> None:
        """Mark `op` as one that cannot be fetched."""
        self._unfetchable.add(op)

    def is_fetchable(self, tensor_or_op: Any) -> bool:
        """Return whether `tensor_or_op` may be fetched."""
        op = tensor_or_op.op if isinstance(tensor_or_op, Tensor) else tensor_or_op
        return op not in self._unfetchable

    def as_graph_def(self, from_version: int | None = None, add_shapes: bool = False) -> Any:
        """Return this graph as a `GraphDef` protocol buffer.

        Args:
          from_version: if given, only the nodes made after the graph had this `version`.
          add_shapes: whether every node carries `_output_shapes`.
        """
        return graph_def(self, from_version or 0, add_shapes)




use_graph_class(Graph)
