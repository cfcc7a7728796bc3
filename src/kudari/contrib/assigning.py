"""`tf.contrib.framework`: variables set to values that are fed, or that a checkpoint holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from ..functions.control import group
from ..graph.collections import GraphKeys
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..ops.passing import placeholder
from ..platform import logging
from ..protos import proto
from ..train.checkpoint_reader import CheckpointReader
from ..train.saver import Saver
from .model_variables import get_variable_full_name

Feeds = dict[Tensor, Any]


def _assigned(variable: Any) -> tuple[Any, Tensor]:
    """An op that sets a variable to what a placeholder is fed, and the placeholder."""
    value = placeholder(dtype=variable.dtype.base_dtype, shape=variable.get_shape(), name=f"placeholder/{variable.op.name}")
    return variable.assign(value), value


def assign_from_values(var_names_to_values: dict[str, Any]) -> tuple[Operation, Feeds]:
    """Return an op that sets variables to arrays, and the feeds to run it with.

    Args:
      var_names_to_values: arrays by the names of variables.

    Raises:
      ValueError: if there is no variable of a name.
    """
    ops, feeds = [], {}
    for name, value in var_names_to_values.items():
        variable = _global_variable(name)
        op, tensor = _assigned(variable)
        ops.append(op)
        feeds[tensor] = value.reshape(variable.get_shape().as_list())
    return group(*ops), feeds


def _global_variable(name: str) -> Any:
    found = get_default_graph().get_collection(GraphKeys.GLOBAL_VARIABLES, name)
    if not found:
        raise ValueError(f"Variable {name} wasn't found")
    exact = found if len(found) == 1 else [variable for variable in found if variable.op.name == name]
    if not exact:
        raise ValueError(f"Variable {name} doesn't uniquely identify a variable")
    return exact[0]


def assign_from_values_fn(var_names_to_values: dict[str, Any]) -> Callable[[Any], Any]:
    """Return a function that sets variables to arrays in the session it is given; args as of `assign_from_values`."""
    op, feeds = assign_from_values(var_names_to_values)
    return lambda session: session.run(op, feeds)


def assign_from_checkpoint(model_path: Any, var_list: Any, ignore_missing_vars: bool = False) -> tuple[Operation, Feeds]:
    """Return an op that sets variables to what a checkpoint holds, and the feeds to run it with.

    Args:
      model_path: of the checkpoint.
      var_list: variables in a list, or in a dictionary by their names in the checkpoint; the parts of one in a list.
      ignore_missing_vars: whether those that the checkpoint has not are left alone, with a warning.

    Raises:
      ValueError: if the checkpoint has not one of them, or has it with another shape.
    """
    reader = CheckpointReader(model_path)
    ops, feeds = [], {}
    for name, variables in _grouped(var_list).items():
        if not reader.has_tensor(name):
            if not ignore_missing_vars:
                raise ValueError(f"Checkpoint is missing variable [{name}]")
            logging.warning("Checkpoint is missing variable [%s]", name)
            continue
        whole = reader.get_tensor(name)
        for variable in variables:
            op, tensor = _assigned(variable)
            ops.append(op)
            feeds[tensor] = _part(variable, name, whole)
    return group(*ops), feeds


def _grouped(var_list: Any) -> dict[str, list[Any]]:
    if isinstance(var_list, dict):
        return {name: list(value) if isinstance(value, list | tuple) else [value] for name, value in var_list.items()}
    groups: dict[str, list[Any]] = {}
    for variable in var_list:
        groups.setdefault(get_variable_full_name(variable), []).append(variable)
    return groups


def _part(variable: Any, name: str, whole: Any) -> Any:
    """What `variable` holds of the tensor `whole` of a checkpoint."""
    place = variable._get_save_slice_info()
    if place is not None:
        return whole[tuple(slice(start, start + size) for start, size in zip(place.var_offset, place.var_shape))]
    if tuple(variable.get_shape().as_list()) != whole.shape:
        raise ValueError(f"Total size of new array must be unchanged for {name} lh_shape: [{whole.shape}], rh_shape: "
                         f"[{variable.get_shape()}]")
    return whole


def assign_from_checkpoint_fn(model_path: Any, var_list: Any, ignore_missing_vars: bool = False,
                              reshape_variables: bool = False) -> Callable[[Any], None] | None:
    """Return a function that restores variables in the session it is given, `None` if the checkpoint has none of them.

    Args:
      model_path: of the checkpoint.
      var_list: variables in a list, or in a dictionary by their names in the checkpoint.
      ignore_missing_vars: whether those that the checkpoint has not are left alone, with a warning.
      reshape_variables: whether values may have other shapes of the same size.

    Raises:
      ValueError: if there are no variables.
    """
    if not var_list:
        raise ValueError("var_list cannot be empty")
    if ignore_missing_vars:
        reader = CheckpointReader(model_path)
        named = var_list if isinstance(var_list, dict) else {variable.op.name: variable for variable in var_list}
        for name in named:
            if not reader.has_tensor(name):
                logging.warning("Variable %s missing in checkpoint %s", name, model_path)
        var_list = {name: variable for name, variable in named.items() if reader.has_tensor(name)}
    if not var_list:
        logging.warning("No Variables to restore")
        return None
    saver = Saver(var_list, reshape=reshape_variables, write_version=proto("SaverDef").V1)
    return lambda session: saver.restore(session, model_path)


def filter_variables(var_list: Iterable[Any], include_patterns: Any = None, exclude_patterns: Any = None,
                     reg_search: bool = True) -> list[Any]:
    """Return the variables whose names match one of the expressions `include_patterns`, and none of `exclude_patterns`.

    Args:
      var_list: variables.
      include_patterns: expressions; all variables match if `None`.
      exclude_patterns: likewise; none does.
      reg_search: whether they may match anywhere, or from the beginning of the name only.
    """
    find = re.search if reg_search else re.match

    def matches(variable: Any, patterns: Any) -> bool:
        return any(find(pattern, variable.name) for pattern in patterns)

    return [variable for variable in var_list if (include_patterns is None or matches(variable, include_patterns))
            and not (exclude_patterns is not None and matches(variable, exclude_patterns))]
