"""What a saver saves of a variable, and how it puts it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..dtypes import DType
from ..functions.state import assign
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..ops.forms import node
from ..variables.partitioned import PartitionedVariable
from ..variables.resource import is_resource_variable
from ..variables.variable import Variable

_REF_TYPES = ("Variable", "VariableV2", "AutoReloadVariable")
_RESOURCE_TYPES = ("VarHandleOp", "ReadVariableOp")


class SaveSpec:
    """One tensor to save.

    Args:
      tensor: the tensor, or a function that makes it when it is needed.
      slice_spec: which part of a whole it is, such as `"5 2 0,3:0,2"`; `""` for all.
      name: of it in the checkpoint.
      dtype: of it, if `tensor` is a function.
      device: where it is, if `tensor` is a function.
    """

    def __init__(self, tensor: Any, slice_spec: str, name: str, dtype: DType | None = None, device: str | None = None):
        self._tensor, self.slice_spec, self.name = tensor, slice_spec, name
        made_later = callable(tensor)
        if made_later and (dtype is None or device is None):
            raise AssertionError("When passing a callable `tensor` to a SaveSpec, an explicit dtype and device must be "
                                 "given.")
        self.dtype: Any = dtype if made_later else tensor.dtype
        self.device: Any = device if made_later else tensor.device

    @property
    def tensor(self) -> Any:
        """The tensor, made now if it was given as a function."""
        return self._tensor() if callable(self._tensor) else self._tensor


class SaveableObject:
    """Something that savers save as one or several tensors; a subclass says how it is put back.

    Args:
      op: what is saved; each thing is saved once.
      specs: its tensors.
      name: of it.
    """

    def __init__(self, op: Any, specs: Any, name: str):
        self.op, self._specs, self.name = op, specs, name

    @property
    def optional_restore(self) -> bool:
        """Whether a checkpoint may lack it."""
        return False

    @property
    def device(self) -> str:
        """Where its first tensor is."""
        return self.specs[0].device

    @property
    def specs(self) -> list[SaveSpec]:
        """Its tensors."""
        return self._specs() if callable(self._specs) else self._specs

    def restore(self, restored_tensors: list[Tensor], restored_shapes: list[Any] | None) -> Any:
        """Return the op that puts tensors back that were read from a checkpoint.

        Args:
          restored_tensors: one for each of `specs`.
          restored_shapes: what to reshape them to, or `None`.
        """
        raise NotImplementedError("Calling an abstract method.")


class ReferenceVariableSaveable(SaveableObject):
    """A variable whose tensor is itself."""

    def __init__(self, var: Any, slice_spec: str, name: str):
        super().__init__(var, [SaveSpec(var, slice_spec, name, dtype=var.dtype)], name)

    def restore(self, restored_tensors: list[Tensor], restored_shapes: list[Any] | None) -> Any:
        """Return the assignment of the tensor that was read."""
        value = _reshaped(restored_tensors[0], restored_shapes)
        shape = self.op.get_shape()
        return assign(self.op, value, validate_shape=restored_shapes is None and shape.is_fully_defined())


class ResourceVariableSaveable(SaveableObject):
    """A variable behind a handle.

    Args:
      var: the variable, or a tensor that reads it.
      slice_spec: which part of a whole it is.
      name: of it in the checkpoint.
    """

    def __init__(self, var: Any, slice_spec: str, name: str):
        self._device, self._shape = var.device, var.shape
        if isinstance(var, Tensor):
            self._handle = var.op.inputs[0]
            tensor: Any = var
        elif is_resource_variable(var):
            self._handle = var.handle
            tensor = _read_later(var)
        else:
            raise ValueError(f"Saveable is neither a resource variable nor a read operation. Got: {var!r}")
        super().__init__(var, [SaveSpec(tensor, slice_spec, name, dtype=var.dtype, device=var.device)], name)

    def restore(self, restored_tensors: list[Tensor], restored_shapes: list[Any] | None) -> Any:
        """Return the assignment of the tensor that was read."""
        value = _reshaped(restored_tensors[0], restored_shapes)
        graph = get_default_graph()
        with graph.device(self._device):
            value = node("Identity", value)
            self._shape.assert_is_compatible_with(value.shape)
            return node("AssignVariableOp", self._handle, value)


def _read_later(variable: Any) -> Callable[[], Tensor]:
    def read() -> Tensor:
        graph = get_default_graph()
        with graph.device(variable.device):
            value = variable.read_value()
            with graph.device("/device:CPU:0"):
                return node("Identity", value)

    return read


def _reshaped(value: Tensor, shapes: list[Any] | None) -> Tensor:
    return value if shapes is None else node("Reshape", value, shapes[0])


def saveables_of(names_to_saveables: Any) -> list[SaveableObject]:
    """Return what a saver saves, sorted by name.

    Args:
      names_to_saveables: variables, partitioned ones and `SaveableObject`s in a list or, by name, in a dict.

    Raises:
      TypeError: if something is none of these, or a name no string.
      ValueError: if two have one name, or one has two.
    """
    if not isinstance(names_to_saveables, dict):
        names_to_saveables = by_name(names_to_saveables)
    found: list[SaveableObject] = []
    seen: set[int] = set()
    for name, op in sorted(names_to_saveables.items(), key=lambda item: item[0]):
        for saveable in _saveables(op, name):
            if id(saveable.op) in seen:
                raise ValueError(f"The same saveable will be restored with two names: {saveable.name}")
            seen.add(id(saveable.op))
            found.append(saveable)
    return found


def _saveables(op: Any, name: Any) -> Iterator[SaveableObject]:
    if not isinstance(name, str):
        raise TypeError("names_to_saveables must be a dict mapping string names to trackable operations. Name is not a "
                        f"string: {name}")
    if isinstance(op, SaveableObject):
        yield op
    elif isinstance(op, list | tuple | PartitionedVariable):
        yield from _parts(list(op), name)
    else:
        tensor = op._as_graph_element() if is_resource_variable(op) else _as_variable_tensor(
            op, "names_to_saveables must be a dict mapping string names to Tensors/Variables. Not a variable: ")
        yield _kind(tensor)(tensor, "", name)


def _parts(parts: list[Any], name: str) -> Iterator[SaveableObject]:
    whole = None
    for part in parts:
        if not isinstance(part, Variable):
            raise ValueError(f"Slices must all be Variables: {part}")
        info = part._get_save_slice_info()
        if not info:
            raise ValueError(f"Slices must all be slices: {part}")
        if whole not in (None, info.full_name):
            raise ValueError(f"Slices must all be from the same tensor: {whole} != {info.full_name}")
        whole = info.full_name
        yield _kind(part)(part, info.spec, name)


def _kind(variable: Any) -> type[Any]:
    return ReferenceVariableSaveable if variable.op.type in _REF_TYPES else ResourceVariableSaveable


def _as_variable_tensor(value: Any, words: str) -> Tensor:
    tensor = value._ref() if isinstance(value, Variable) else convert_to_tensor(value)
    if not isinstance(tensor, Tensor) or tensor.op.type not in _REF_TYPES + _RESOURCE_TYPES:
        raise TypeError(f"{words}{tensor}")
    return tensor


def by_name(op_list: Any) -> dict[str, Any]:
    """Return the things to save by the names they are saved under; the parts of a variable share one.

    Raises:
      TypeError: if something cannot be saved.
      ValueError: if two have one name.
    """
    if not isinstance(op_list, list | tuple | set):
        raise TypeError(f"Variables to save should be passed in a dict or a list: {op_list}")
    found: dict[str, Any] = {}
    for item in sorted(op_list, key=lambda item: item.name):
        if isinstance(item, SaveableObject):
            found[item.name] = item
        elif isinstance(item, Variable) and item._get_save_slice_info():
            name = item._get_save_slice_info().full_name
            if not isinstance(found.setdefault(name, []), list):
                raise ValueError(f"Mixing slices and non-slices with the same name: {name}")
            found[name].append(item)
        else:
            name, value = _named(item)
            if name in found:
                raise ValueError(f"At least two variables have the same name: {name}")
            found[name] = value
    return found


def _named(item: Any) -> tuple[str, Any]:
    if isinstance(item, PartitionedVariable):
        return item.name, item
    tensor = item._as_graph_element() if is_resource_variable(item) else _as_variable_tensor(
        item, "Variable to save is not a Variable: ")
    return (tensor.op.inputs[0].op.name if tensor.op.type == "ReadVariableOp" else tensor.op.name), tensor
