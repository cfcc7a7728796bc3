"""Variables that start from what a checkpoint holds: `tf.train.init_from_checkpoint`."""

from __future__ import annotations

import os
from typing import Any

from ..graph.stack import get_default_graph
from ..ops.forms import node
from ..variables.variable import Variable
from ..variables.variable_store import variable_store
from .checkpoint_reader import load_checkpoint
from .checkpoint_state import latest_checkpoint
from .saveables import by_name, saveables_of


def init_from_checkpoint(ckpt_dir_or_file: Any, assignment_map: dict[str, Any]) -> None:
    """Let variables be initialized from a checkpoint, when their initializers run.

    Args:
      ckpt_dir_or_file: the path of a checkpoint, or of a folder whose latest one is used.
      assignment_map: from names in the checkpoint to variables, lists of the parts of one, or names of variables that
        `tf.get_variable` made; from a scope (`"old/"`, `"/"` for all) to a scope for all variables in that.

    Raises:
      ValueError: if a tensor is not in the checkpoint or has another shape, or a scope goes with a name of a tensor.
    """
    place = os.fspath(ckpt_dir_or_file)
    path = checkpoint_path(place)
    shapes = load_checkpoint(place).get_variable_to_shape_map()
    store = variable_store()._vars
    for tensor_name, current in sorted(assignment_map.items(), key=lambda item: item[0]):
        found = _variable(current, store)
        if found is None:
            _start_scope(path, place, tensor_name, current, shapes, store)
            continue
        if tensor_name not in shapes:
            raise ValueError(f"Tensor {tensor_name} is not found in {place} checkpoint {shapes}")
        if isinstance(found, Variable) and not found.get_shape().is_compatible_with(shapes[tensor_name]):
            raise ValueError(f"Shape of variable {found.name} ({found.get_shape()}) doesn't match with shape of tensor "
                             f"{tensor_name} ({shapes[tensor_name]}) from checkpoint reader.")
        _start_all(found, path, tensor_name)


def checkpoint_path(place: Any) -> Any:
    """Return the path of a checkpoint: the one given, or the latest in a folder."""
    return latest_checkpoint(place) if os.path.isdir(place) else os.fspath(place)


def _variable(current: Any, store: dict[str, Any]) -> Any:
    """The variable or the list of parts that `current` is or names; `None` if it names neither."""
    if isinstance(current, Variable) or (isinstance(current, list) and all(isinstance(v, Variable) for v in current)):
        return current
    return store[current] if current in store else _parts(current, store)


def _parts(name: str, store: dict[str, Any]) -> list[Any] | None:
    parts: list[Any] = []
    while f"{name}/part_{len(parts)}" in store:
        parts.append(store[f"{name}/part_{len(parts)}"])
    return parts or None


def _start_scope(path: Any, place: str, tensor_scope: str, current: str, shapes: dict[str, Any],
                 store: dict[str, Any]) -> None:
    scope = current.rpartition("/")[0]
    if not tensor_scope.endswith("/"):
        raise ValueError(f"Assignment map with scope only name {scope} should map to scope only {tensor_scope}. Should be "
                         "'scope/': 'other_scope/'.")
    names = {name.partition("/part_")[0] for name in store if not scope or name.startswith(f"{scope}/")}
    for name in sorted(names):
        rest = name[len(scope):] if current == "/" else name[len(scope):][1:]
        tensor_name = (rest if tensor_scope == "/" else tensor_scope + rest).removesuffix("/")
        if tensor_name not in shapes:
            raise ValueError(f"Tensor {tensor_name} ({name[len(scope) + 1:]} in {tensor_scope}) is not found in {place} "
                             "checkpoint")
        _start_all(_variable(name, store), path, tensor_name)


def _start_all(found: Any, path: Any, tensor_name: str) -> None:
    if isinstance(found, Variable):
        start_from(found, path, tensor_name, "")
        return
    whole = found[0]._get_save_slice_info().full_name
    for part in found:
        info = part._get_save_slice_info()
        if info.full_name != whole:
            raise ValueError(f"Slices must all be from the same tensor: {whole} != {info.full_name}")
        start_from(part, path, tensor_name, info.spec)


def start_from(variable: Any, path: Any, tensor_name: str, slice_spec: str) -> None:
    """Make the initializer of a variable, or of a part of one, read a tensor of a checkpoint.

    Args:
      variable: the variable.
      path: of the checkpoint.
      tensor_name: of the tensor.
      slice_spec: which part of it to read, `""` for all.
    """
    graph = get_default_graph()
    with graph.device(variable.device), graph.device("/cpu:0"):
        value = node("RestoreV2", path, [tensor_name], [slice_spec], dtypes=[variable.dtype.base_dtype],
                     name="checkpoint_initializer")[0]
        saveable, = saveables_of(by_name([variable]))
    variable._initializer_op = saveable.restore([value], None)
    value.set_shape(variable.shape)
    variable._initial_value = value
