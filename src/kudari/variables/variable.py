"""`tf.Variable`: a named tensor with an initial value that training changes."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

from ..dtypes import as_dtype
from ..functions.conditionals import cond
from ..functions.operators import overload_operators
from ..functions.scatter import batch_scatter_update
from ..graph.collections import GraphKeys
from ..graph.indexed_slices import IndexedSlices
from ..graph.names import under, without
from ..graph.operation import Operation
from ..graph.stack import get_default_graph, get_default_session
from ..graph.tensor import Tensor, TensorReference
from ..op.convert import convert_to_tensor, register_tensor_conversion_function
from ..ops.forms import node
from ..ops.state import assign, assign_add, assign_sub, variable_v2
from ..protos import proto
from ..shape import TensorShape, shape_tuple
from .current import chosen_kind
from .guard import guarded
from .modes import VariableAggregation, VariableSynchronization, checked_modes
from .slice_info import SaveSliceInfo

_kinds: dict[str, Callable] = {}


class VariableType(type):
    """What `tf.Variable(…)` calls: the creators of the scopes around it, and then the kind of variable chosen."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Make a variable."""
        if cls is not Variable:
            return super().__call__(*args, **kwargs)
        creators = get_default_graph()._variable_creators
        if not creators:
            return _create(*args, **kwargs)
        create: Callable = _create
        for creator in creators:
            create = partial(creator, create)
        bound = _SIGNATURE.bind(*args, **kwargs)
        bound.apply_defaults()
        return create(**bound.arguments)


def _create(*args: Any, **kwargs: Any) -> Any:
    given = dict(_SIGNATURE.bind(*args, **kwargs).arguments)
    if chosen_kind(given.pop("use_resource", None)):
        given.pop("expected_shape", None)
        return _kinds["resource"](**given)
    return type.__call__(Variable, **given)


def register_kind(name: str, make: Callable) -> None:
    """Let `make(**kwargs)` create the variables of the kind `name`."""
    _kinds[name] = make


class Variable(metaclass=VariableType):
    """A tensor whose value a session keeps from one run to the next.

    Args:
      initial_value: what the initializer sets: anything convertible to a tensor, or a function that returns it (then
        `dtype` must be given).
      trainable: whether optimizers train it by default; `None` means yes.
      collections: names of the collections it joins; the global variables if `None`.
      validate_shape: whether the shape of the initial value must be known and is kept.
      caching_device: recorded device of the value read.
      name: of the node.
      variable_def: a `VariableDef`, whose nodes are in the graph already; what the other arguments say is then ignored.
      dtype: of the elements; that of the initial value if `None`.
      expected_shape: deprecated and ignored, as in TensorFlow.
      import_scope: scope put before the names in `variable_def`.
      constraint: function from the updated value to the value kept, applied by optimizers.
      use_resource: whether it is a resource variable, whose reads are nodes of their own; `None` leaves it to the variable
        scope and to `tf.enable_resource_variables`.
      synchronization: accepted; one process has nothing to synchronize.
      aggregation: accepted likewise.
      shape: static shape when it should be less than that of the initial value.

    Raises:
      ValueError: without an initial value, or if its shape must be known and is not.
    """

    SaveSliceInfo = SaveSliceInfo

    def __init__(self, initial_value: Any = None, trainable: bool | None = None, collections: list | None = None,
                 validate_shape: bool = True, caching_device: Any = None, name: str | None = None,
                 variable_def: Any = None, dtype: Any = None, expected_shape: Any = None,
                 import_scope: str | None = None, constraint: Callable | None = None, use_resource: bool | None = None,
                 synchronization: Any = VariableSynchronization.AUTO, aggregation: Any = VariableAggregation.NONE,
                 shape: Any = None):
        self._save_slice_info: Any = None
        self.constraint = constraint
        if variable_def is not None:
            if initial_value is not None:
                raise ValueError("variable_def and initial_value are mutually exclusive.")
            self._take_def(variable_def, import_scope)
            return
        graph = get_default_graph()
        self._check(initial_value, collections, constraint)
        self.synchronization, self.aggregation, self._trainable = checked_modes(synchronization, aggregation, trainable,
                                                                                name)
        with graph.control_dependencies(None):
            self._build(graph, initial_value, name, None if dtype is None else as_dtype(dtype).base_dtype,
                        validate_shape, caching_device, shape)
        self._join(graph, collections)

    def _check(self, initial_value: Any, collections: Any, constraint: Any) -> None:
        if initial_value is None:
            raise ValueError("initial_value must be specified.")
        if isinstance(collections, str) or (collections is not None and not isinstance(collections, list | tuple | set)):
            raise ValueError(f"collections argument to Variable constructor must be a list, tuple, or set. Got "
                             f"{collections} of type {type(collections)}")
        if constraint is not None and not callable(constraint):
            raise ValueError("The `constraint` argument must be a callable.")

    def _build(self, graph: Any, initial_value: Any, name: str | None, dtype: Any, validate_shape: bool,
               caching_device: Any, shape: Any) -> None:
        with graph.name_scope(name or "Variable") as scope:
            self._initial_value: Any = self._make_initial_value(graph, scope, initial_value, dtype)
            static = self._initial_value.static_shape
            if validate_shape and (static is None or None in static):
                raise ValueError(f"initial_value must have a shape specified: {self._initial_value}")
            wanted = static if shape is None else shape_tuple(shape)
            # TensorFlow puts a variable that an initializer fills in its own colocation group.
            own_group = {"_class": [f"loc:@{scope[:-1]}"]} if callable(initial_value) else {}
            with graph._attr_scope(own_group):
                self._variable = variable_v2(wanted if validate_shape or shape is not None else None,
                                             self._initial_value.dtype.base_dtype, name=scope)
            self._initializer_op = assign(self._variable, guarded(scope, self._initial_value),
                                          validate_shape=validate_shape, name="Assign").op
            place = graph.colocate_with(self._variable.op) if caching_device is None else graph.device(caching_device)
            with place:
                self._snapshot = node("Identity", self._variable, name="read")

    def _make_initial_value(self, graph: Any, scope: str, initial_value: Any, dtype: Any) -> Tensor:
        if not callable(initial_value):
            return convert_to_tensor(initial_value, name="initial_value", dtype=dtype)
        with graph._attr_scope({"_class": [f"loc:@{scope[:-1]}"]}), graph.name_scope("Initializer"), graph.device(None):
            return convert_to_tensor(initial_value(), name="initial_value", dtype=dtype)

    def _join(self, graph: Any, collections: Any) -> None:
        names = [GraphKeys.GLOBAL_VARIABLES] if collections is None else list(collections)
        if self._trainable and GraphKeys.TRAINABLE_VARIABLES not in names:
            names.append(GraphKeys.TRAINABLE_VARIABLES)
        for name in dict.fromkeys(names):
            graph.add_to_collection(name, self)

    def _take_def(self, variable_def: Any, import_scope: str | None) -> None:
        self._variable = _element(variable_def.variable_name, import_scope)
        self._snapshot = _element(variable_def.snapshot_name, import_scope)
        self._take_common(variable_def, import_scope)

    def _take_common(self, variable_def: Any, import_scope: str | None) -> None:
        self._initializer_op = _element(variable_def.initializer_name, import_scope)
        given = variable_def.initial_value_name
        self._initial_value = _element(given, import_scope) if given else None
        self.synchronization, self.aggregation, self._trainable = checked_modes(
            variable_def.synchronization, variable_def.aggregation, variable_def.trainable, variable_def.variable_name)
        if variable_def.HasField("save_slice_info_def"):
            self._save_slice_info = SaveSliceInfo(save_slice_info_def=variable_def.save_slice_info_def,
                                                  import_scope=import_scope)

    def to_proto(self, export_scope: str | None = None) -> Any:
        """Return this variable as a `VariableDef`, or `None` if it is not in the scope `export_scope`."""
        return self._as_def(self._variable.name, self._snapshot.name, export_scope)

    def _as_def(self, name: str, snapshot: str, export_scope: str | None) -> Any:
        if export_scope is not None and not name.startswith(export_scope):
            return None
        made = proto("VariableDef")(
            variable_name=without(name, export_scope), initializer_name=without(self.initializer.name, export_scope),
            snapshot_name=without(snapshot, export_scope), trainable=self.trainable,
            synchronization=self.synchronization.value, aggregation=self.aggregation.value)
        if self._initial_value is not None:
            made.initial_value_name = without(self._initial_value.name, export_scope)
        if self._save_slice_info is not None:
            made.save_slice_info_def.MergeFrom(self._save_slice_info.to_proto(export_scope))
        return made

    @staticmethod
    def from_proto(variable_def: Any, import_scope: str | None = None) -> Any:
        """Return the variable that a `VariableDef` describes, whose nodes are in the default graph."""
        kind = _kinds["resource"] if variable_def.is_resource else partial(type.__call__, Variable)
        return kind(variable_def=variable_def, import_scope=import_scope)

    def _set_save_slice_info(self, info: Any) -> None:
        self._save_slice_info = info

    def _get_save_slice_info(self) -> Any:
        return self._save_slice_info

    @property
    def name(self) -> str:
        """`node:0`."""
        return self._variable.name

    @property
    def op(self) -> Operation:
        """The node that holds the value."""
        return self._variable.op

    @property
    def graph(self) -> Any:
        """The graph it is in."""
        return self._variable.graph

    @property
    def dtype(self) -> Any:
        """The reference type of the elements, such as `float32_ref`."""
        return self._variable.dtype

    @property
    def device(self) -> str:
        """The device recorded for it."""
        return self._variable.device

    @property
    def shape(self) -> TensorShape:
        """The static shape."""
        return self._variable.shape

    def get_shape(self) -> TensorShape:
        """Return the static shape."""
        return self.shape

    def set_shape(self, shape: Any) -> None:
        """Add what `shape` says to the static shape of the variable and of its value."""
        self._variable.set_shape(shape)
        self._snapshot.set_shape(shape)

    @property
    def trainable(self) -> bool:
        """Whether optimizers train it by default."""
        return self._trainable

    @property
    def initializer(self) -> Operation:
        """The op that sets the initial value."""
        return self._initializer_op

    @property
    def initial_value(self) -> Tensor:
        """The tensor the initializer sets."""
        return self._initial_value

    def value(self) -> Tensor:
        """Return the last value read, as a tensor."""
        return self._snapshot

    def read_value(self) -> Tensor:
        """Return a new node that reads the value where control dependencies put it."""
        return node("Identity", self._variable, name="read")

    def initialized_value(self) -> Tensor:
        """Return the value it has, or its initial value as long as it has none."""
        with get_default_graph().control_dependencies(None):
            return cond(self._is_set(), self.read_value, lambda: self._initial_value)

    def _is_set(self) -> Tensor:
        return node("IsVariableInitialized", self._variable)

    def assign(self, value: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> Any:
        """Add an op that sets the variable to `value`; return its output, or the op if `read_value` is false."""
        return _result(assign(self._variable, value, use_locking=use_locking, name=name), read_value)

    def assign_add(self, delta: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> Any:
        """Add an op that adds `delta`; return its output, or the op if `read_value` is false."""
        return _result(assign_add(self._variable, delta, use_locking=use_locking, name=name), read_value)

    def assign_sub(self, delta: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> Any:
        """Add an op that subtracts `delta`; return its output, or the op if `read_value` is false."""
        return _result(assign_sub(self._variable, delta, use_locking=use_locking, name=name), read_value)

    def scatter_sub(self, sparse_delta: IndexedSlices, use_locking: bool = False, name: str | None = None) -> Any:
        """Add an op that subtracts rows; return its output."""
        return self._scatter("ScatterSub", sparse_delta, use_locking, name)

    def scatter_add(self, sparse_delta: IndexedSlices, use_locking: bool = False, name: str | None = None) -> Any:
        """Add an op that adds rows; return its output."""
        return self._scatter("ScatterAdd", sparse_delta, use_locking, name)

    def scatter_max(self, sparse_delta: IndexedSlices, use_locking: bool = False, name: str | None = None) -> Any:
        """Add an op that takes the larger of the rows and those given; return its output."""
        return self._scatter("ScatterMax", sparse_delta, use_locking, name)

    def scatter_min(self, sparse_delta: IndexedSlices, use_locking: bool = False, name: str | None = None) -> Any:
        """Add an op that takes the smaller of the rows and those given; return its output."""
        return self._scatter("ScatterMin", sparse_delta, use_locking, name)

    def scatter_mul(self, sparse_delta: IndexedSlices, use_locking: bool = False, name: str | None = None) -> Any:
        """Add an op that multiplies rows; return its output."""
        return self._scatter("ScatterMul", sparse_delta, use_locking, name)

    def scatter_div(self, sparse_delta: IndexedSlices, use_locking: bool = False, name: str | None = None) -> Any:
        """Add an op that divides rows; return its output."""
        return self._scatter("ScatterDiv", sparse_delta, use_locking, name)

    def scatter_update(self, sparse_delta: IndexedSlices, use_locking: bool = False, name: str | None = None) -> Any:
        """Add an op that replaces rows; return its output."""
        return self._scatter("ScatterUpdate", sparse_delta, use_locking, name)

    def _scatter(self, kind: str, sparse_delta: Any, use_locking: bool, name: str | None) -> Any:
        if not isinstance(sparse_delta, IndexedSlices):
            raise TypeError(f"sparse_delta is not IndexedSlices: {sparse_delta}")
        return node(kind, self._variable, sparse_delta.indices, sparse_delta.values, use_locking=use_locking, name=name)

    def scatter_nd_sub(self, indices: Any, updates: Any, name: str | None = None) -> Any:
        """Add an op that subtracts at the places that the rows of `indices` are; return its output."""
        return self._scatter_nd("ScatterNdSub", indices, updates, name)

    def scatter_nd_add(self, indices: Any, updates: Any, name: str | None = None) -> Any:
        """Add an op that adds at the places that the rows of `indices` are; return its output."""
        return self._scatter_nd("ScatterNdAdd", indices, updates, name)

    def scatter_nd_update(self, indices: Any, updates: Any, name: str | None = None) -> Any:
        """Add an op that replaces what is at the places that the rows of `indices` are; return its output."""
        return self._scatter_nd("ScatterNdUpdate", indices, updates, name)

    def _scatter_nd(self, kind: str, indices: Any, updates: Any, name: str | None) -> Any:
        return node(kind, self._variable, indices, updates, use_locking=True, name=name)

    def batch_scatter_update(self, sparse_delta: IndexedSlices, use_locking: bool = False, name: str | None = None) -> Any:
        """Add an op that replaces slices in each batch, as `tf.batch_scatter_update` does; return its output."""
        return batch_scatter_update(self, sparse_delta.indices, sparse_delta.values, use_locking=use_locking, name=name)

    def _assign_slice(self, value: Any, name: str | None, places: dict[str, Any]) -> Any:
        return node("StridedSliceAssign", self._variable, value=value, name=name, **places)

    def count_up_to(self, limit: int) -> Tensor:
        """Add an op that adds one, or fails with `OutOfRangeError` at `limit`; return its output, the value before."""
        return node("CountUpTo", self._variable, limit)

    def sparse_read(self, indices: Any, name: str | None = None) -> Tensor:
        """Return rows of a resource variable.

        Raises:
          AttributeError: for other variables; `tf.gather` reads theirs.
        """
        raise AttributeError(f"{self!r} is not a resource variable: read its rows with tf.gather.")

    def gather_nd(self, indices: Any, name: str | None = None) -> Tensor:
        """Return elements or slices of a resource variable.

        Raises:
          AttributeError: for other variables; `tf.gather_nd` reads theirs.
        """
        raise AttributeError(f"{self!r} is not a resource variable: read its elements with tf.gather_nd.")

    def eval(self, session: Any = None) -> Any:
        """Return the value it has in `session`, or in the default session."""
        return self._variable.eval(session=session)

    def load(self, value: Any, session: Any = None) -> None:
        """Set the value it has in `session`, or in the default session, without adding a node."""
        session = session or get_default_session()
        if session is None:
            raise ValueError("Either session argument should be provided or default session should be established")
        session.run(self.initializer, {self.initializer.inputs[1]: value})

    def experimental_ref(self) -> TensorReference:
        """Return a hashable reference to this variable."""
        return TensorReference(self)

    def _ref(self) -> Tensor:
        return self._variable

    def _as_graph_element(self) -> Tensor:
        return self._variable

    @property
    def _shared_name(self) -> str:
        return self.name.partition(":")[0]

    def __iter__(self) -> Any:
        raise TypeError("'Variable' object is not iterable.")

    def __repr__(self) -> str:
        return f"<tf.Variable '{self.name}' shape={self.shape} dtype={self.dtype.name}>"


def _element(name: str, import_scope: str | None) -> Any:
    return get_default_graph().as_graph_element(under(name, import_scope))


def _result(output: Tensor, read_value: bool) -> Any:
    return output if read_value else output.op


def _convert_variable(value: Variable, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Any:
    if dtype is not None and not dtype.is_compatible_with(value.dtype):
        raise ValueError(f"Incompatible type conversion requested to type '{dtype.name}' for variable of type "
                         f"'{value.dtype.name}'")
    return value._ref() if as_ref else value.value()


_SIGNATURE = inspect.Signature(list(inspect.signature(Variable.__init__).parameters.values())[1:])
register_tensor_conversion_function(Variable, _convert_variable, 50)
overload_operators(Variable)
