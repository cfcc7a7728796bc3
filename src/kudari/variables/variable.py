"""`tf.Variable`: a named tensor with an initial value that training changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..dtypes import as_dtype
from ..functions.operators import overload_operators
from ..graph.collections import GraphKeys
from ..graph.operation import Operation
from ..graph.stack import get_default_graph, get_default_session
from ..graph.tensor import Tensor, TensorReference
from ..op.convert import convert_to_tensor, register_tensor_conversion_function
from ..op.definition import lookup
from ..ops.state import assign, assign_add, assign_sub, variable_v2
from ..shape import TensorShape, shape_tuple


class Variable:
    """A tensor whose value a session keeps from one run to the next.

    Args:
      initial_value: what the initializer sets: anything convertible to a tensor, or a function that returns it (then
        `dtype` must be given).
      trainable: whether optimizers train it by default; `None` means yes.
      collections: names of the collections it joins; the global variables if `None`.
      validate_shape: whether the shape of the initial value must be known and is kept.
      caching_device: recorded device of the value read.
      name: of the node.
      variable_def: not supported yet.
      dtype: of the elements; that of the initial value if `None`.
      expected_shape: deprecated and ignored, as in TensorFlow.
      import_scope: not used without `variable_def`.
      constraint: function from the updated value to the value kept, applied by optimizers.
      use_resource: must not be true yet.
      synchronization: accepted; one process has nothing to synchronize.
      aggregation: accepted likewise.
      shape: static shape when it should be less than that of the initial value.

    Raises:
      ValueError: without an initial value, or if its shape must be known and is not.
    """

    def __init__(self, initial_value: Any = None, trainable: bool | None = None, collections: list | None = None,
                 validate_shape: bool = True, caching_device: Any = None, name: str | None = None,
                 variable_def: Any = None, dtype: Any = None, expected_shape: Any = None,
                 import_scope: str | None = None, constraint: Callable | None = None, use_resource: bool | None = None,
                 synchronization: Any = None, aggregation: Any = None, shape: Any = None):
        if variable_def is not None:
            raise NotImplementedError("tf.Variable: `variable_def` is not supported yet.")
        if use_resource:
            raise NotImplementedError("tf.Variable: `use_resource=True` is not supported yet.")
        if initial_value is None:
            raise ValueError("initial_value must be specified.")
        if isinstance(collections, str) or (collections is not None and not isinstance(collections, list | tuple | set)):
            raise ValueError(f"collections argument to Variable constructor must be a list, tuple, or set. Got "
                             f"{collections} of type {type(collections)}")
        if constraint is not None and not callable(constraint):
            raise ValueError("The `constraint` argument must be a callable.")
        self._trainable = True if trainable is None else bool(trainable)
        self.constraint = constraint
        self._save_slice_info: Any = None
        self._cached_value_device = caching_device
        graph = get_default_graph()
        with graph.control_dependencies(None):
            self._build(graph, initial_value, name, None if dtype is None else as_dtype(dtype).base_dtype,
                        validate_shape, caching_device, shape)
        self._join(graph, collections)

    def _build(self, graph: Any, initial_value: Any, name: str | None, dtype: Any, validate_shape: bool,
               caching_device: Any, shape: Any) -> None:
        with graph.name_scope(name or "Variable") as scope:
            self._initial_value = self._make_initial_value(graph, scope, initial_value, dtype)
            static = self._initial_value.static_shape
            if validate_shape and (static is None or None in static):
                raise ValueError(f"initial_value must have a shape specified: {self._initial_value}")
            wanted = static if shape is None else shape_tuple(shape)
            # TensorFlow puts a variable that an initializer fills in its own colocation group.
            own_group = {"_class": [f"loc:@{scope[:-1]}"]} if callable(initial_value) else {}
            with graph._attr_scope(own_group):
                self._variable = variable_v2(wanted if validate_shape or shape is not None else None,
                                             self._initial_value.dtype.base_dtype, name=scope)
            self._initializer_op = assign(self._variable, self._initial_value, validate_shape=validate_shape,
                                          name="Assign").op
            with graph.colocate_with(self._variable.op), graph.device(caching_device) if caching_device else \
                    graph.name_scope(scope):
                self._snapshot = lookup("Identity")(self._variable, name="read")

    def _make_initial_value(self, graph: Any, scope: str, initial_value: Any, dtype: Any) -> Tensor:
        if not callable(initial_value):
            return convert_to_tensor(initial_value, name="initial_value", dtype=dtype)
        with graph._attr_scope({"_class": [f"loc:@{scope[:-1]}"]}), graph.name_scope("Initializer"), graph.device(None):
            return convert_to_tensor(initial_value(), name="initial_value", dtype=dtype)

    def _join(self, graph: Any, collections: Any) -> None:
        names = [GraphKeys.GLOBAL_VARIABLES] if collections is None else list(collections)
        if self._trainable and GraphKeys.TRAINABLE_VARIABLES not in names:
            names.append(GraphKeys.TRAINABLE_VARIABLES)
        for name in names:
            graph.add_to_collection(name, self)

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
        return lookup("Identity")(self._variable, name="read")

    def initialized_value(self) -> Tensor:
        """Return the initial value; as an initial value of another variable it does not depend on the order of set-up."""
        return self._initial_value

    def assign(self, value: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> Any:
        """Add an op that sets the variable to `value`; return its output, or the op if `read_value` is false."""
        return _result(assign(self._variable, value, use_locking=use_locking, name=name), read_value)

    def assign_add(self, delta: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> Any:
        """Add an op that adds `delta`; return its output, or the op if `read_value` is false."""
        return _result(assign_add(self._variable, delta, use_locking=use_locking, name=name), read_value)

    def assign_sub(self, delta: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> Any:
        """Add an op that subtracts `delta`; return its output, or the op if `read_value` is false."""
        return _result(assign_sub(self._variable, delta, use_locking=use_locking, name=name), read_value)

    def eval(self, session: Any = None) -> Any:
        """Return the value it has in `session`, or in the default session."""
        return self._variable.eval(session=session)

    def load(self, value: Any, session: Any = None) -> None:
        """Set the value it has in `session`, or in the default session, without adding a node."""
        session = session or get_default_session()
        if session is None:
            raise ValueError("Either session argument should be provided or default session should be established")
        session.run(self._initializer_op, {self._initializer_op.inputs[1]: value})

    def experimental_ref(self) -> TensorReference:
        """Return a hashable reference to this variable."""
        return TensorReference(self)

    def _ref(self) -> Tensor:
        return self._variable

    def _as_graph_element(self) -> Tensor:
        return self._variable

    def _shared_name(self) -> str:
        return self.op.name

    def __iter__(self) -> Any:
        raise TypeError("'Variable' object is not iterable.")

    def __repr__(self) -> str:
        return f"<tf.Variable '{self.name}' shape={self.shape} dtype={self.dtype.name}>"


def _result(output: Tensor, read_value: bool) -> Any:
    return output if read_value else output.op


def _convert_variable(value: Variable, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Any:
    if dtype is not None and not dtype.is_compatible_with(value.dtype):
        raise ValueError(f"Incompatible type conversion requested to type '{dtype.name}' for variable of type "
                         f"'{value.dtype.name}'")
    return value._variable if as_ref else value._snapshot


register_tensor_conversion_function(Variable, _convert_variable, 50)
overload_operators(Variable)
