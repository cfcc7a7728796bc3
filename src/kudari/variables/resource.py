"""Resource variables: each read is a node, which sees what ran before it and nothing after."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..ops.forms import node
from ..shape import TensorShape, merge, shape_tuple
from .guard import guarded
from .variable import Variable, _element, register_kind


class ResourceVariable(Variable):
    """A variable whose every read is a node of its own.

    Args:
      initial_value: what the initializer sets: anything convertible to a tensor, or a function that returns it.
      trainable: whether optimizers train it by default; `None` means yes.
      collections: names of the collections it joins; the global variables if `None`.
      validate_shape: not used.
      caching_device: recorded device of a cached value.
      name: of the node.
      dtype: of the elements; that of the initial value if `None`.
      variable_def: a `VariableDef`, whose nodes are in the graph already.
      import_scope: scope put before the names in `variable_def`.
      constraint: function from the updated value to the value kept, applied by optimizers.
      distribute_strategy: must be `None`.
      synchronization: accepted; one process has nothing to synchronize.
      aggregation: accepted likewise.
      shape: static shape when it should be less than that of the initial value.

    Raises:
      ValueError: without an initial value, or if its shape is not that of `shape`.
    """

    def __init__(self, initial_value: Any = None, trainable: bool | None = None, collections: Any = None,
                 validate_shape: bool = True, caching_device: Any = None, name: str | None = None, dtype: Any = None,
                 variable_def: Any = None, import_scope: str | None = None, constraint: Callable | None = None,
                 distribute_strategy: Any = None, synchronization: Any = None, aggregation: Any = None,
                 shape: Any = None):
        if distribute_strategy is not None:
            raise NotImplementedError("ResourceVariable: `distribute_strategy` is not supported.")
        super().__init__(initial_value, trainable, collections, True, caching_device, name, variable_def, dtype,
                         import_scope=import_scope, constraint=constraint, synchronization=synchronization,
                         aggregation=aggregation, shape=shape)

    def _build(self, graph: Any, initial_value: Any, name: str | None, dtype: Any, validate_shape: bool,
               caching_device: Any, shape: Any) -> None:
        with graph.name_scope(name or "Variable") as scope:
            own = scope[:-1]
            with graph._attr_scope({"_class": [f"loc:@{own}"]}):
                with graph.name_scope("Initializer"), graph.device(None):
                    value = initial_value() if callable(initial_value) else initial_value
                    self._initial_value = convert_to_tensor(value, name="initial_value", dtype=dtype)
                static = self._initial_value.static_shape if shape is None else _checked(self._initial_value, shape)
                self._dtype = self._initial_value.dtype.base_dtype
                self._handle = node("VarHandleOp", dtype=self._dtype, shape=static, shared_name=own, name=scope)
            with graph.name_scope("IsInitialized"):
                node("VarIsInitializedOp", self._handle)
            with graph.name_scope("Assign") as assign, self._placed(graph, ignore_existing=True):
                self._initializer_op = node("AssignVariableOp", self._handle, guarded(scope, self._initial_value),
                                            name=assign)
            with graph.name_scope("Read"):
                with self._placed(graph):
                    self._graph_element = node("ReadVariableOp", self._handle, dtype=self._dtype)
                self._cached_value = self._cache(graph, caching_device)

    def _placed(self, graph: Any, ignore_existing: bool = False) -> Any:
        stack = contextlib.ExitStack()
        if ignore_existing:
            stack.enter_context(graph.colocate_with(None, ignore_existing=True))
        stack.enter_context(graph.device(self._handle.device))
        return stack

    def _cache(self, graph: Any, device: Any) -> Tensor | None:
        if device is None:
            return None
        with graph.colocate_with(None, ignore_existing=True), graph.device(device):
            return node("Identity", self._graph_element)

    def _take_def(self, variable_def: Any, import_scope: str | None) -> None:
        if not variable_def.is_resource:
            raise ValueError("Trying to restore Variable as ResourceVariable.")
        self._handle = _element(variable_def.variable_name, import_scope)
        self._dtype = self._handle.op["dtype"]
        self._take_common(variable_def, import_scope)
        read = _element(variable_def.snapshot_name or f"{self._handle.op.name}/Read/ReadVariableOp:0",
                        import_scope if variable_def.snapshot_name else None)
        self._cached_value = None if read.op.type == "ReadVariableOp" else read
        while read.op.type != "ReadVariableOp":
            read = read.op.inputs[0]
        self._graph_element = read

    def to_proto(self, export_scope: str | None = None) -> Any:
        """Return this variable as a `VariableDef`, or `None` if it is not in the scope `export_scope`."""
        kept = self._graph_element if self._cached_value is None else self._cached_value
        made = self._as_def(self._handle.name, kept.name, export_scope)
        if made is not None:
            made.is_resource = True
        return made

    @property
    def name(self) -> str:
        """`node:0`."""
        return self._handle.name

    @property
    def handle(self) -> Tensor:
        """The handle that stands for the variable."""
        return self._handle

    @property
    def op(self) -> Operation:
        """The node of the handle."""
        return self._handle.op

    @property
    def graph(self) -> Any:
        """The graph it is in."""
        return self._handle.graph

    @property
    def dtype(self) -> Any:
        """The type of the elements."""
        return self._dtype

    @property
    def device(self) -> str:
        """The device recorded for it."""
        return self._handle.device

    @property
    def shape(self) -> TensorShape:
        """The static shape."""
        return TensorShape(self._handle.op["shape"])

    def set_shape(self, shape: Any) -> None:
        """Refuse: the shape of a resource variable is fixed."""
        raise NotImplementedError("ResourceVariable does not implement set_shape()")

    @property
    def create(self) -> Operation:
        """The op that sets the initial value."""
        return self._initializer_op

    def value(self) -> Tensor:
        """Return a new node that reads the value, or the cached value."""
        if self._cached_value is not None:
            return self._cached_value
        with self._placed(get_default_graph(), ignore_existing=True):
            return self._read()

    def _read(self) -> Tensor:
        return node("ReadVariableOp", self._handle, dtype=self._dtype)

    def read_value(self) -> Tensor:
        """Return a new node that reads the value where control dependencies put it."""
        graph = get_default_graph()
        with graph.name_scope("Read"), self._placed(graph):
            value = self._read()
        return node("Identity", value)

    def sparse_read(self, indices: Any, name: str | None = None) -> Tensor:
        """Return the rows that `indices` name, read without the rest."""
        with get_default_graph().name_scope(name or "Gather") as scope:
            rows = node("ResourceGather", self._handle, indices, dtype=self._dtype, name=scope)
        return node("Identity", rows)

    def gather_nd(self, indices: Any, name: str | None = None) -> Tensor:
        """Return the elements or slices whose places the rows of `indices` are, read without the rest."""
        with get_default_graph().name_scope(name or "GatherNd") as scope:
            found = node("ResourceGatherNd", self._handle, indices, dtype=self._dtype, name=scope)
        return node("Identity", found)

    def is_initialized(self, name: str | None = None) -> Tensor:
        """Return a bool tensor: whether the session holds a value."""
        return node("VarIsInitializedOp", self._handle, name=name)

    def _is_set(self) -> Tensor:
        return self.is_initialized()

    def eval(self, session: Any = None) -> Any:
        """Return the value it has in `session`, or in the default session."""
        return self._graph_element.eval(session=session)

    def count_up_to(self, limit: int) -> Tensor:
        """Add an op that adds one, or fails with `OutOfRangeError` at `limit`; return its output, the value before."""
        return node("ResourceCountUpTo", self._handle, limit, T=self._dtype)

    def assign(self, value: Any, use_locking: bool | None = None, name: str | None = None, read_value: bool = True) -> Any:
        """Add an op that sets the variable to `value`; return a reader of it afterwards, or the op."""
        value = convert_to_tensor(value, dtype=self._dtype)
        self.shape.assert_is_compatible_with(value.shape)
        return self._after(node("AssignVariableOp", self._handle, value, name=name), read_value)

    def assign_add(self, delta: Any, use_locking: bool | None = None, name: str | None = None,
                   read_value: bool = True) -> Any:
        """Add an op that adds `delta`; return a reader of the variable afterwards, or the op."""
        return self._updated("AssignAddVariableOp", delta, name, read_value)

    def assign_sub(self, delta: Any, use_locking: bool | None = None, name: str | None = None,
                   read_value: bool = True) -> Any:
        """Add an op that subtracts `delta`; return a reader of the variable afterwards, or the op."""
        return self._updated("AssignSubVariableOp", delta, name, read_value)

    def _updated(self, kind: str, delta: Any, name: str | None, read_value: bool) -> Any:
        waits = [] if self._cached_value is None else [self._cached_value]
        with get_default_graph().control_dependencies(waits):
            update = node(kind, self._handle, convert_to_tensor(delta, dtype=self._dtype), name=name)
        return self._after(update, read_value)

    def _after(self, update: Operation, read_value: bool = True) -> Any:
        return UnreadVariable(self, update) if read_value else update

    _lazy_read = _after

    def _scatter(self, kind: str, sparse_delta: Any, use_locking: bool, name: str | None) -> Any:
        if not isinstance(sparse_delta, IndexedSlices):
            raise TypeError(f"sparse_delta is not IndexedSlices: {sparse_delta}")
        return self._after(self._scatter_node(kind, sparse_delta.indices, sparse_delta.values, name))

    def _scatter_nd(self, kind: str, indices: Any, updates: Any, name: str | None) -> Any:
        return self._after(self._scatter_node(kind, indices, updates, name))

    def _scatter_node(self, kind: str, indices: Any, updates: Any, name: str | None) -> Operation:
        return node(f"Resource{kind}", self._handle, indices, convert_to_tensor(updates, self._dtype), name=name)

    def _assign_slice(self, value: Any, name: str | None, places: dict[str, Any]) -> Any:
        waits = [] if self._cached_value is None else [self._cached_value]
        with get_default_graph().control_dependencies(waits):
            value = convert_to_tensor(value, dtype=self._dtype)
            return self._after(node("ResourceStridedSliceAssign", self._handle, value=value, name=name, **places))

    def _ref(self) -> Tensor:
        return self._handle

    def _as_graph_element(self) -> Tensor:
        return self._graph_element

    def _in_place(self, operator: str, instead: str) -> Any:
        raise RuntimeError(f"Variable {operator} value not supported. Use {instead}")

    def __iadd__(self, other: Any) -> Any:
        return self._in_place("+=", "variable.assign_add(value) to modify the variable value and variable = variable + "
                                    "value to get a new Tensor object.")

    def __isub__(self, other: Any) -> Any:
        return self._in_place("-=", "variable.assign_sub(value) to modify the variable value and variable = variable - "
                                    "value to get a new Tensor object.")

    def __imul__(self, other: Any) -> Any:
        return self._in_place("*=", "`var.assign(var * value)` to modify the variable or `var = var * value` to get a new "
                                    "Tensor object.")

    def __itruediv__(self, other: Any) -> Any:
        return self._in_place("/=", "`var.assign(var / value)` to modify the variable or `var = var / value` to get a new "
                                    "Tensor object.")

    def __ipow__(self, other: Any) -> Any:
        return self._in_place("**=", "`var.assign(var ** value)` to modify the variable or `var = var ** value` to get a "
                                     "new Tensor object.")


def _checked(value: Tensor, shape: Any) -> Any:
    try:
        merge(value.static_shape, shape_tuple(shape))
    except ValueError:
        raise ValueError(f"The initial value's shape ({value.shape}) is not compatible with the explicitly supplied "
                         f"`shape` argument ({shape}).") from None
    return shape_tuple(shape)


class UnreadVariable(ResourceVariable):
    """A variable after an update: whoever reads it reads it after that.

    Args:
      variable: the variable.
      update: the op that changes it.
    """

    def __init__(self, variable: ResourceVariable, update: Operation):
        self._of, self._update = variable, update
        self._handle, self._dtype = variable._handle, variable._dtype
        self._trainable, self.constraint, self._save_slice_info = True, None, None
        self.synchronization, self.aggregation = variable.synchronization, variable.aggregation
        self._initializer_op: Any = None
        self._initial_value: Any = None
        self._cached_value = None
        self._graph_element = self._read()

    @property
    def name(self) -> str:
        """The name of the update."""
        return self._update.name

    @property
    def op(self) -> Operation:
        """The update."""
        return self._update

    def value(self) -> Tensor:
        """Return a new node that reads the value after the update."""
        return self._read()

    def read_value(self) -> Tensor:
        """Return a new node that reads the value after the update."""
        return self._read()

    def _read(self) -> Tensor:
        with get_default_graph().control_dependencies([self._update]):
            return super()._read()


def is_resource_variable(var: Any) -> bool:
    """Return whether `var` is a resource variable."""
    return isinstance(var, ResourceVariable)


register_kind("resource", ResourceVariable)
