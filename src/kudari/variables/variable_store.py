"""The variables that `tf.get_variable` has made in a graph, by name."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable
from typing import Any

from ..dtypes import DType, as_dtype, string
from ..graph.collections import GraphKeys
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..ops.forms import node
from ..shape import TensorShape, as_shape
from .initializers import GlorotUniform, Zeros
from .modes import checked_modes
from .partitioned import PartitionedVariable, PartitionInfo, partitions_of, places
from .resource import ResourceVariable
from .slice_info import SaveSliceInfo
from .variable import Variable

_STORES = ("__variable_store",)


def variable_store() -> GottenVariables:
    """Return the store of the default graph, made when first used."""
    kept = get_default_graph().get_collection_ref(_STORES)
    if not kept:
        kept.append(GottenVariables())
    return kept[0]


class GottenVariables:
    """Variables and partitioned variables by name."""

    def __init__(self) -> None:
        self._vars: dict[str, Variable] = {}
        self._partitioned_vars: dict[str, PartitionedVariable] = {}

    def get(self, name: str, custom_getter: Callable | None, **settings: Any) -> Any:
        """Return the variable `name`, made if there is none and it may be.

        Args:
          name: of the variable, with its scope.
          custom_getter: called instead, with what it would have been made by as its first argument.
          **settings: the other arguments of `tf.get_variable`, and `reuse`.

        Raises:
          ValueError: if the variable exists or does not, against `reuse`, or is another than asked for.
        """
        if custom_getter is not None and not callable(custom_getter):
            raise ValueError(f"Passed a custom_getter which is not callable: {custom_getter}")
        dtype = settings["dtype"]
        settings["dtype"] = dtype.base_dtype if isinstance(dtype, DType) else dtype
        settings["synchronization"], settings["aggregation"], settings["trainable"] = checked_modes(
            settings["synchronization"], settings["aggregation"], settings["trainable"], name)
        if custom_getter is None:
            return self._true_getter(name, **settings)
        if not _takes(custom_getter, "constraint"):
            settings.pop("constraint")
        return custom_getter(getter=self._true_getter, name=name, **settings)

    def _true_getter(self, name: str, shape: Any = None, dtype: Any = "float32", initializer: Any = None,
                     regularizer: Any = None, reuse: Any = None, trainable: bool | None = None, collections: Any = None,
                     caching_device: Any = None, partitioner: Any = None, validate_shape: bool = True,
                     use_resource: bool | None = None, constraint: Any = None, synchronization: Any = None,
                     aggregation: Any = None) -> Any:
        made = {"trainable": trainable, "collections": collections, "caching_device": caching_device,
                "validate_shape": validate_shape, "use_resource": use_resource, "constraint": constraint,
                "synchronization": synchronization, "aggregation": aggregation}
        is_scalar = isinstance(shape, list | tuple) and not shape
        if partitioner is not None and not is_scalar:
            if not callable(partitioner):
                raise ValueError(f"Partitioner must be callable, but received: {partitioner}")
            with get_default_graph().name_scope(None):
                return self.partitioned(name, shape, dtype, initializer, regularizer, reuse, partitioner, made)
        if reuse is True and partitioner is None and name in self._partitioned_vars:
            return self.partitioned(name, shape, dtype, initializer, regularizer, reuse, None, made)
        if f"{name}/part_0" in self._vars:
            raise ValueError("No partitioner was provided, but a partitioned version of the variable was found: "
                             f"{name}/part_0. Perhaps a variable of the same name was already created with partitioning?")
        return self._single(name, shape, dtype, initializer, regularizer, reuse, None, made)

    def partitioned(self, name: str, shape: Any, dtype: Any, initializer: Any, regularizer: Any, reuse: Any,
                    partitioner: Callable | None, made: dict[str, Any]) -> PartitionedVariable:
        """Return the partitioned variable `name`; the arguments are those of `get`, and how to make the parts."""
        if name in self._vars:
            raise ValueError("A partitioner was provided, but an unpartitioned version of the variable was found: "
                             f"{name}.  Perhaps a variable of the same name was already created without partitioning?")
        shape, dtype = as_shape(shape), as_dtype(dtype)
        if isinstance(initializer, Tensor):
            shape = shape.merge_with(initializer.get_shape())
        partitions = partitions_of(partitioner, shape, dtype) if partitioner is not None else None
        if name in self._partitioned_vars:
            return self._found_partitioned(name, shape, dtype, reuse, partitions)
        if reuse is True:
            raise ValueError(f"PartitionedVariable {name} does not exist, or was not created with tf.get_variable(). Did "
                             "you mean to set reuse=False or reuse=tf.AUTO_REUSE in VarScope?")
        assert partitions is not None
        self._check_parts(name, max(partitions))
        full = shape.as_list()
        parts = []
        for i, (offset, sizes) in enumerate(places(full, partitions)):
            part = self._part(f"{name}/part_{i}", name, full, offset, sizes, dtype, initializer, regularizer, reuse, made)
            part._set_save_slice_info(SaveSliceInfo(name, full, offset, sizes))
            parts.append(part)
        self._partitioned_vars[name] = PartitionedVariable(name, shape, dtype, parts, partitions)
        return self._partitioned_vars[name]

    def _check_parts(self, name: str, count: int) -> None:
        """Refuse other parts than those that were made one by one before."""
        if f"{name}/part_0" not in self._vars:
            return
        words = (f"Partitioner returned a different partitioning than what was already found.  Partitioner returned {count} "
                 f"shards, and shard {name}/part_0 was found, but ")
        if f"{name}/part_{count - 1}" not in self._vars:
            raise ValueError(f"{words}{name}/part_{count - 1} was not.")
        if f"{name}/part_{count}" in self._vars:
            raise ValueError(f"{words}so was the extra shard {name}/part_{count}.")

    def _found_partitioned(self, name: str, shape: TensorShape, dtype: DType, reuse: Any, partitions: Any) -> Any:
        if reuse is False:
            raise ValueError(f"Partitioned variable with name {name} already exists. Did you mean to set reuse=True or "
                             "reuse=tf.AUTO_REUSE in VarScope?")
        found = self._partitioned_vars[name]
        trying = f"Trying to reuse partitioned variable {name}, but specified "
        if not shape.is_compatible_with(found.get_shape()):
            raise ValueError(f"{trying}shape {shape} and found shape {found.get_shape()}.")
        if not dtype.is_compatible_with(found.dtype):
            raise ValueError(f"{trying}dtype {dtype.name} and found dtype {found.dtype.name}.")
        if partitions is not None and found._get_partitions() != partitions:
            raise ValueError(f"{trying}partitions {partitions} and found partitions {found._get_partitions()}.")
        return found

    def _part(self, part_name: str, name: str, full: list[int], offset: list[int], sizes: list[int], dtype: Any,
              initializer: Any, regularizer: Any, reuse: Any, made: dict[str, Any]) -> Variable:
        graph = get_default_graph()
        shape: Any = sizes
        with graph.name_scope(part_name + "/PartitionedInitializer"):
            if initializer is None:
                initializer = _default_initializer(name, dtype)
            elif not callable(initializer):
                whole = convert_to_tensor(initializer, dtype=None if isinstance(initializer, Tensor) else dtype)
                initializer, shape = node("Slice", whole, offset, sizes), None
                dtype = initializer.dtype.base_dtype
        with graph.name_scope(None):
            return self._single(part_name, shape, dtype, initializer, regularizer, reuse, PartitionInfo(full, offset), made)

    def _single(self, name: str, shape: Any, dtype: Any, initializer: Any, regularizer: Any, reuse: Any,
                partition_info: PartitionInfo | None, made: dict[str, Any]) -> Variable:
        if initializer is not None and not callable(initializer) and shape is not None:
            raise ValueError("If initializer is a constant, do not specify shape.")
        dtype, shape = as_dtype(dtype), as_shape(shape)
        if name in self._vars:
            return self._found(name, shape, dtype, reuse)
        if reuse is True:
            raise ValueError(f"Variable {name} does not exist, or was not created with tf.get_variable(). Did you mean to "
                             "set reuse=tf.AUTO_REUSE in VarScope?")
        if initializer is None:
            initializer = _default_initializer(name, dtype)
        value, own_dtype = _initial_value(initializer, shape, dtype, partition_info)
        variable = Variable(value, name=name, dtype=own_dtype, **made)
        self._vars[name] = variable
        if regularizer:
            _add_regularization(variable, name, regularizer)
        return variable

    def _found(self, name: str, shape: TensorShape, dtype: DType, reuse: Any) -> Variable:
        found = self._vars[name]
        if reuse is False:
            raise ValueError(_already_exists(name, found))
        trying = f"Trying to share variable {name}, but specified "
        if not shape.is_compatible_with(found.get_shape()):
            raise ValueError(f"{trying}shape {shape} and found shape {found.get_shape()}.")
        if not dtype.is_compatible_with(found.dtype):
            raise ValueError(f"{trying}dtype {dtype.name} and found dtype {found.dtype.name}.")
        return found


def _already_exists(name: str, found: Variable) -> str:
    words = (f"Variable {name} already exists, disallowed. Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in "
             "VarScope?")
    if isinstance(found, ResourceVariable):
        return words
    calls = [(file, line, function, None) for file, line, function, _ in reversed(found.op.traceback)][:5]
    return f"{words} Originally defined at:\n\n{''.join(traceback.format_list(calls))}"


def _takes(function: Callable, keyword: str) -> bool:
    parameters = inspect.signature(function).parameters
    return keyword in parameters or any(p.kind is p.VAR_KEYWORD for p in parameters.values())


def _default_initializer(name: str, dtype: DType) -> Callable:
    if dtype.is_floating:
        return GlorotUniform()
    if dtype.is_integer or dtype.is_bool or dtype == string:
        return Zeros()
    raise ValueError(f"An initializer for variable {name} of {dtype.base_dtype} is required")


def _initial_value(initializer: Any, shape: TensorShape, dtype: DType,
                   partition_info: PartitionInfo | None) -> tuple[Any, DType | None]:
    """What a variable is made with, and of which type it then is if that does not say."""
    if not callable(initializer):
        return initializer, None
    if inspect.isclass(initializer):
        initializer = initializer()
    if shape.is_fully_defined():
        sizes = shape.as_list()
        return lambda: initializer(sizes, dtype=dtype, partition_info=partition_info), dtype.base_dtype
    parameters = inspect.signature(initializer).parameters.values()
    if all(p.default is not p.empty or p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in parameters):
        return initializer, None
    raise ValueError("The initializer passed is not valid. It should be a callable with no arguments and the shape should "
                     "not be provided or an instance of `tf.keras.initializers.*' and `shape` should be fully defined.")


def _add_regularization(variable: Variable, name: str, regularizer: Callable) -> None:
    graph = get_default_graph()
    with graph.colocate_with(variable), graph.name_scope(name + "/Regularizer/"), graph.control_dependencies(None):
        loss = regularizer(variable)
    if loss is not None:
        graph.add_to_collection(GraphKeys.REGULARIZATION_LOSSES, loss)
