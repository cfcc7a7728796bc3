"""`tf.variable_scope` and `tf.get_variable`: variables found by name, and defaults for those made in a block."""

from __future__ import annotations

import contextlib
import enum
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from ..dtypes import float32
from ..graph.collections import GraphKeys
from ..graph.stack import get_default_graph
from ..op.bind import graph_of
from ..op.convert import convert_to_tensor
from .current import scope_store
from .modes import VariableAggregation, VariableSynchronization
from .partitioned import PartitionedVariable
from .variable_store import GottenVariables, variable_store


class _ReuseMode(enum.Enum):
    """Ways to reuse variables besides yes and no."""

    AUTO_REUSE = 1


_DEFAULTS = ("initializer", "regularizer", "caching_device", "partitioner", "custom_getter", "dtype", "use_resource",
             "constraint")
AUTO_REUSE = _ReuseMode.AUTO_REUSE


def no_regularizer(_: Any) -> None:
    """Regularize nothing: as a regularizer it overrides that of the scope around."""


class VariableScope:
    """What `tf.get_variable` takes from the scope it is called in.

    Args:
      reuse: whether variables are found: `True`, `tf.AUTO_REUSE` to make those that are not there, else `None` or `False`.
      name: put before the names of the variables.
      initializer: for variables that come without one.
      regularizer: for variables that come without one.
      caching_device: recorded device of the values read.
      partitioner: for variables that come without one.
      custom_getter: called in place of what makes or finds a variable.
      name_scope: the name scope that came with it.
      dtype: of variables that come without one.
      use_resource: whether they are resource variables.
      constraint: for variables that come without one.
    """

    def __init__(self, reuse: Any, name: str = "", initializer: Any = None, regularizer: Any = None,
                 caching_device: Any = None, partitioner: Any = None, custom_getter: Any = None, name_scope: str = "",
                 dtype: Any = float32, use_resource: bool | None = None, constraint: Any = None):
        self._name, self._name_scope, self._reuse = name, name_scope, reuse
        self._initializer, self._regularizer, self._constraint = initializer, regularizer, constraint
        self._caching_device, self._partitioner, self._custom_getter = caching_device, partitioner, custom_getter
        self._dtype, self._use_resource = dtype, use_resource

    @property
    def name(self) -> str:
        """What is put before the names of variables."""
        return self._name

    @property
    def original_name_scope(self) -> str:
        """The name scope it was first entered with."""
        return self._name_scope

    @property
    def reuse(self) -> Any:
        """Whether variables are found."""
        return self._reuse

    @property
    def initializer(self) -> Any:
        """The default initializer."""
        return self._initializer

    @property
    def dtype(self) -> Any:
        """The default type."""
        return self._dtype

    @property
    def use_resource(self) -> bool | None:
        """Whether resource variables are made."""
        return self._use_resource

    @property
    def regularizer(self) -> Any:
        """The default regularizer."""
        return self._regularizer

    @property
    def caching_device(self) -> Any:
        """The default caching device."""
        return self._caching_device

    @property
    def partitioner(self) -> Any:
        """The default partitioner."""
        return self._partitioner

    @property
    def custom_getter(self) -> Any:
        """What is called in place of what makes or finds a variable."""
        return self._custom_getter

    @property
    def constraint(self) -> Any:
        """The default constraint."""
        return self._constraint

    def reuse_variables(self) -> None:
        """Find variables from here on, and make none."""
        self._reuse = True

    def set_initializer(self, initializer: Any) -> None:
        """Set the default initializer."""
        self._initializer = initializer

    def set_dtype(self, dtype: Any) -> None:
        """Set the default type."""
        self._dtype = dtype

    def set_use_resource(self, use_resource: bool | None) -> None:
        """Set whether resource variables are made."""
        self._use_resource = use_resource

    def set_regularizer(self, regularizer: Any) -> None:
        """Set the default regularizer."""
        self._regularizer = regularizer

    def set_caching_device(self, caching_device: Any) -> None:
        """Set the default caching device."""
        self._caching_device = caching_device

    def set_partitioner(self, partitioner: Any) -> None:
        """Set the default partitioner."""
        self._partitioner = partitioner

    def set_custom_getter(self, custom_getter: Any) -> None:
        """Set what is called in place of what makes or finds a variable."""
        self._custom_getter = custom_getter

    def get_collection(self, name: Any) -> list:
        """Return what of the collection `name` is in this scope."""
        return get_default_graph().get_collection(name, self._name + "/" if self._name else "")

    def trainable_variables(self) -> list:
        """Return the trainable variables of this scope."""
        return self.get_collection(GraphKeys.TRAINABLE_VARIABLES)

    def global_variables(self) -> list:
        """Return the global variables of this scope."""
        return self.get_collection(GraphKeys.GLOBAL_VARIABLES)

    def local_variables(self) -> list:
        """Return the local variables of this scope."""
        return self.get_collection(GraphKeys.LOCAL_VARIABLES)

    def get_variable(self, var_store: GottenVariables, name: str, shape: Any = None, dtype: Any = None,
                     initializer: Any = None, regularizer: Any = None, reuse: Any = None, trainable: bool | None = None,
                     collections: Any = None, caching_device: Any = None, partitioner: Any = None,
                     validate_shape: bool = True, use_resource: bool | None = None, custom_getter: Any = None,
                     constraint: Any = None, synchronization: Any = VariableSynchronization.AUTO,
                     aggregation: Any = VariableAggregation.NONE) -> Any:
        """Return the variable `name` of this scope from `var_store`; the other arguments are those of `tf.get_variable`."""
        with get_default_graph().name_scope(None):
            if dtype is not None and initializer is not None and not callable(initializer):
                own = convert_to_tensor(initializer).dtype.base_dtype
                if own != dtype:
                    raise ValueError(f"Initializer type '{own}' and explicit dtype '{dtype}' don't match.")
            return var_store.get(
                self._full(name), _or(custom_getter, self._custom_getter), shape=shape, dtype=_or(dtype, self._dtype),
                initializer=_or(initializer, self._initializer), regularizer=_or(regularizer, self._regularizer),
                reuse=_or(reuse, self._reuse), trainable=trainable, collections=collections,
                caching_device=_or(caching_device, self._caching_device),
                partitioner=_or(partitioner, self._partitioner), validate_shape=validate_shape,
                use_resource=_or(use_resource, self._use_resource), constraint=_or(constraint, self._constraint),
                synchronization=synchronization, aggregation=aggregation)

    def partitioned(self, shape: Any, dtype: Any, initializer: Any, trainable: bool, partitioner: Callable,
                    collections: Any) -> PartitionedVariable:
        """Return the partitioned variable that has the name of this scope.

        Raises:
          ValueError: if the scope has a custom getter.
        """
        if self._custom_getter is not None:
            raise ValueError("Private access to _get_partitioned_variable is not allowed when a custom getter is set.  "
                             f"Current custom getter: {self._custom_getter}.  It is likely that you're using "
                             "create_partitioned_variables.  If so, consider instead using get_variable with a non-empty "
                             "partitioner parameter instead.")
        made = {"trainable": trainable, "collections": collections, "caching_device": self._caching_device,
                "validate_shape": True, "use_resource": self._use_resource, "constraint": self._constraint}
        with get_default_graph().name_scope(None):
            return variable_store().partitioned(
                self._name, shape, _or(dtype, self._dtype), _or(initializer, self._initializer), self._regularizer,
                self._reuse, partitioner, made)

    def _full(self, name: str) -> str:
        return f"{self._name}/{name}" if self._name else name

    def _with(self, reuse: Any, name: str, name_scope: str, changes: dict[str, Any]) -> VariableScope:
        """A scope with these settings, and those of this one where `changes` says nothing."""
        kept = {key: _or(changes[key], getattr(self, key)) for key in (
            "initializer", "regularizer", "caching_device", "partitioner", "dtype", "use_resource")}
        getter = changes["custom_getter"]
        if getter is not None and self._custom_getter is not None:
            getter = _nested(getter, self._custom_getter)
        return VariableScope(reuse, name, name_scope=name_scope, custom_getter=_or(getter, self._custom_getter),
                             constraint=changes["constraint"], **kept)


def _or(value: Any, default: Any) -> Any:
    return default if value is None else value


def _nested(inner: Callable, outer: Callable) -> Callable:
    """The getter of an inner scope, which calls that of the outer one as its own getter."""
    def nested(getter: Callable, *args: Any, **kwargs: Any) -> Any:
        return inner(partial(outer, getter), *args, **kwargs)

    return nested


def get_variable_scope() -> VariableScope:
    """Return the current variable scope."""
    store = scope_store()
    if store.current_scope is None:
        store.current_scope = VariableScope(False)
    return store.current_scope


def get_variable(name: str, shape: Any = None, dtype: Any = None, initializer: Any = None, regularizer: Any = None,
                 trainable: bool | None = None, collections: Any = None, caching_device: Any = None,
                 partitioner: Any = None, validate_shape: bool = True, use_resource: bool | None = None,
                 custom_getter: Any = None, constraint: Any = None,
                 synchronization: Any = VariableSynchronization.AUTO, aggregation: Any = VariableAggregation.NONE) -> Any:
    """Return the variable `name` of the current variable scope, made if there is none and it may be.

    Args:
      name: of the variable in the scope.
      shape: a list of sizes; not with a tensor or value as `initializer`.
      dtype: of the elements; that of the scope if `None`, float32 at the top.
      initializer: function `f(shape, dtype=…, partition_info=…)`, a class of such, a tensor or a value; that of the scope
        if `None`, else Glorot's uniform for floats and zeros for integers.
      regularizer: function from the variable to a loss, which joins the collection of regularization losses.
      trainable: whether optimizers train it by default.
      collections: names of the collections it joins; the global variables if `None`.
      caching_device: recorded device of the value read.
      partitioner: function from shape and type to the number of parts along each dimension.
      validate_shape: whether the shape of the initial value must be known.
      use_resource: whether it is a resource variable.
      custom_getter: called as `custom_getter(getter, name, …)` in place of what makes or finds the variable.
      constraint: function from the updated value to the value kept, applied by optimizers.
      synchronization: accepted; one process has nothing to synchronize.
      aggregation: accepted likewise.

    Returns:
      A `Variable`, or a `PartitionedVariable` if there is a partitioner.

    Raises:
      ValueError: if the variable exists or does not, against what the scope says of reuse, or is another than asked for.
    """
    return get_variable_scope().get_variable(
        variable_store(), name, shape=shape, dtype=dtype, initializer=initializer, regularizer=regularizer,
        trainable=trainable, collections=collections, caching_device=caching_device, partitioner=partitioner,
        validate_shape=validate_shape, use_resource=use_resource, custom_getter=custom_getter, constraint=constraint,
        synchronization=synchronization, aggregation=aggregation)


def get_local_variable(name: str, shape: Any = None, dtype: Any = None, initializer: Any = None, regularizer: Any = None,
                       trainable: bool = False, collections: Any = None, caching_device: Any = None,
                       partitioner: Any = None, validate_shape: bool = True, use_resource: bool | None = None,
                       custom_getter: Any = None, constraint: Any = None,
                       synchronization: Any = VariableSynchronization.AUTO,
                       aggregation: Any = VariableAggregation.NONE) -> Any:
    """Return what `tf.get_variable` returns, not trained, and a local variable if it is made."""
    return get_variable(
        name, shape, dtype, initializer, regularizer, False, [*(collections or ()), GraphKeys.LOCAL_VARIABLES],
        caching_device, partitioner, validate_shape, use_resource, custom_getter, constraint, synchronization, aggregation)


@contextlib.contextmanager
def _entered(name_or_scope: Any, name_scope: str, reuse: Any, changes: dict[str, Any]) -> Iterator[VariableScope]:
    """Make a scope the current one, without its name scope."""
    store, outer = scope_store(), get_variable_scope()
    if isinstance(name_or_scope, VariableScope):
        scope = name_or_scope._with(reuse or name_or_scope.reuse, name_or_scope.name, name_or_scope._name_scope, changes)
        store.open(scope.name)
        counts = dict(store.counts)
    else:
        scope = outer._with(reuse or outer.reuse, outer._full(name_or_scope), name_scope, changes)
        store.open(scope.name)
        counts = None
    store.current_scope = scope
    try:
        yield scope
    finally:
        if store.current_scope is not scope:
            raise RuntimeError("Improper nesting of variable_scope.")
        if counts is not None:
            store.counts = counts
        else:
            store.close_below(scope.name)
        store.current_scope = outer


def unique_scope(prefix: str) -> str:
    """Return `prefix`, with a number added if that variable scope was opened already."""
    counts, name = scope_store().counts, get_variable_scope()._full(prefix)
    if not counts.get(name, 0):
        return prefix
    number = 1
    while counts.get(f"{name}_{number}", 0):
        number += 1
    return f"{prefix}_{number}"


def pure_variable_scope(name: str, custom_getter: Any = None) -> contextlib.AbstractContextManager[VariableScope]:
    """Enter the variable scope `name` without a name scope."""
    return _entered(name, name, None, {**dict.fromkeys(_DEFAULTS), "custom_getter": custom_getter})


class variable_scope:  # noqa: N801 - TensorFlow's name
    """Block in which `tf.get_variable` puts variables under a name, and takes defaults from.

    Args:
      name_or_scope: the name, or a scope to enter again.
      default_name: made unique and used if `name_or_scope` is `None`.
      values: tensors that must be in one graph.
      initializer: default for the variables inside.
      regularizer: likewise.
      caching_device: likewise.
      partitioner: likewise.
      custom_getter: called in place of what makes or finds a variable; it can call that of the scope around.
      reuse: `True` to find variables, `tf.AUTO_REUSE` to make those that are not there, else what the scope around says.
      dtype: default for the variables inside.
      use_resource: whether they are resource variables.
      constraint: default for the variables inside.
      auxiliary_name_scope: whether nodes are put under the name, too.

    Raises:
      TypeError: without a name, or if `auxiliary_name_scope` is not a bool.
      ValueError: if `reuse` is none of these.
    """

    def __init__(self, name_or_scope: Any, default_name: str | None = None, values: Any = None, initializer: Any = None,
                 regularizer: Any = None, caching_device: Any = None, partitioner: Any = None, custom_getter: Any = None,
                 reuse: Any = None, dtype: Any = None, use_resource: bool | None = None, constraint: Any = None,
                 auxiliary_name_scope: bool = True):
        if default_name is None and name_or_scope is None:
            raise TypeError("If default_name is None then name_or_scope is required")
        if reuse is False:
            reuse = None
        if not (reuse is True or reuse is None or reuse is AUTO_REUSE):
            raise ValueError("The reuse parameter must be True or False or None.")
        if not isinstance(auxiliary_name_scope, bool):
            raise TypeError("The auxiliary_name_scope must be `True` or `False`, "
                            f"while get {auxiliary_name_scope}")
        self._name_or_scope, self._default_name, self._reuse = name_or_scope, default_name, reuse
        self._names_nodes = auxiliary_name_scope
        self._graph = graph_of(list(values or ()))
        self._changes = {"initializer": initializer, "regularizer": regularizer, "caching_device": caching_device,
                         "partitioner": partitioner, "custom_getter": custom_getter, "dtype": dtype,
                         "use_resource": use_resource, "constraint": constraint}
        self._stacks: list[contextlib.ExitStack] = []

    def __enter__(self) -> VariableScope:
        with contextlib.ExitStack() as stack:
            stack.enter_context(self._graph.as_default())
            scope = self._enter(stack)
            self._stacks.append(stack.pop_all())
        return scope

    def _enter(self, stack: contextlib.ExitStack) -> VariableScope:
        given = self._name_or_scope
        if given is None:
            if self._reuse:
                raise ValueError("reuse=True cannot be used without a name_or_scope")
            name_scope = self._enter_names(stack, self._default_name or "")
            return stack.enter_context(_entered(unique_scope(self._default_name or ""), name_scope, None, self._changes))
        if not isinstance(given, VariableScope | str):
            raise TypeError("VariableScope: name_or_scope must be a string or VariableScope.")
        name = given if isinstance(given, str) else given.name.split("/")[-1]
        name_scope = self._enter_names(stack, name) if name or not self._names_nodes else name
        return stack.enter_context(_entered(given, name_scope, self._reuse, self._changes))

    def _enter_names(self, stack: contextlib.ExitStack, name: str) -> str:
        if not self._names_nodes:
            here = self._graph.get_name_scope()
            name = here + "/" if here else ""
        return stack.enter_context(self._graph.name_scope(name))

    def __exit__(self, kind: Any, error: Any, trace: Any) -> Any:
        return self._stacks.pop().__exit__(kind, error, trace)


@contextlib.contextmanager
def variable_op_scope(values: Any, name_or_scope: Any, default_name: str | None = None, initializer: Any = None,
                      regularizer: Any = None, caching_device: Any = None, partitioner: Any = None,
                      custom_getter: Any = None, reuse: Any = None, dtype: Any = None, use_resource: bool | None = None,
                      constraint: Any = None) -> Iterator[VariableScope]:
    """Enter `tf.variable_scope` with its arguments in the old order."""
    with variable_scope(name_or_scope, default_name, values, initializer, regularizer, caching_device, partitioner,
                        custom_getter, reuse, dtype, use_resource, constraint) as scope:
        yield scope


@contextlib.contextmanager
def variable_creator_scope(variable_creator: Callable) -> Iterator[None]:
    """Have `variable_creator(next_creator, **kwargs)` make the variables inside the block."""
    with get_default_graph()._variable_creator_scope(variable_creator):
        yield

