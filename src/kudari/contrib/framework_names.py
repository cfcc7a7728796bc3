"""`tf.contrib.framework`: small functions about graphs, names and shapes."""

from __future__ import annotations

import re
from typing import Any

from ..functions.confusion import remove_squeezable_dimensions as _squeezed
from ..functions.reduce import reduce_sum
from ..functions.shape_checks import assert_scalar as _assert_scalar
from ..functions.sorting import argsort as _argsort
from ..functions.sorting import sort as _sort
from ..graph.device import DeviceSpec
from ..graph.graph import Graph
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..op.sparse_tensor import SparseTensor
from ..ops.forms import node
from ..platform.text import as_str
from ..train.global_step import assert_global_step, get_global_step
from ..train.initial_checkpoint import init_from_checkpoint as _init_from_checkpoint
from ..variables.variable import Variable

_PLACES = r"([\^]|loc:@|^)"  # where a name begins in the inputs and attributes of a node


def assert_or_get_global_step(graph: Graph | None = None, global_step_tensor: Any = None) -> Any:
    """Return the global step, the given one after checking that it is one."""
    if global_step_tensor is None:
        return get_global_step(graph)
    assert_global_step(global_step_tensor)
    return global_step_tensor


def assert_scalar_int(tensor: Any, name: str | None = None) -> Tensor:
    """Return `tensor` as a tensor, after checking that it is a scalar of integers.

    Raises:
      ValueError: if it holds no integers, or is no scalar.
    """
    with scoped(name, "assert_scalar_int", [tensor]) as scope:
        tensor = convert_to_tensor(tensor)
        if not tensor.dtype.is_integer:
            raise ValueError(f"Expected integer type for {tensor.name}, received type: {tensor.dtype}.")
        return _assert_scalar(tensor, name=scope)


def init_from_checkpoint(checkpoint_dir: Any, assignment_map: dict[str, Any]) -> None:
    """Let variables be initialized from a checkpoint, as `tf.train.init_from_checkpoint` does."""
    _init_from_checkpoint(checkpoint_dir, assignment_map)


def is_tensor(x: Any) -> bool:
    """Return whether `x` is a tensor, a sparse tensor or a variable."""
    return isinstance(x, Tensor | SparseTensor | Variable)


def get_name_scope() -> str:
    """Return the name scope that nodes are made in, `""` if there is none."""
    return get_default_graph().get_name_scope()


def get_placeholders(graph: Any) -> list[Tensor]:
    """Return the placeholders of a graph.

    Raises:
      TypeError: if it is no graph.
    """
    if not isinstance(graph, Graph):
        raise TypeError(f"Input graph needs to be a Graph: {graph}")
    return [op.outputs[0] for op in graph.get_operations() if op.type == "Placeholder"]


def strip_name_scope(name: Any, export_scope: str | None) -> Any:
    """Return `name` without the scope it begins with."""
    if not export_scope:
        return name
    return re.sub(rf"{_PLACES}{export_scope.removesuffix('/')}[\/]+(.*)", r"\1\2", as_str(name), count=1)


def prepend_name_scope(name: Any, import_scope: str | None) -> Any:
    """Return `name` with a scope before it."""
    return re.sub(rf"{_PLACES}(.*)", rf"\1{import_scope.removesuffix('/')}/\2", as_str(name)) if import_scope else name


def reduce_sum_n(tensors: Any, name: str | None = None) -> Tensor:
    """Return the sum of all elements of all `tensors`, a scalar.

    Raises:
      ValueError: if there are none.
    """
    if not tensors:
        raise ValueError("No tensors provided.")
    with scoped(name, "reduce_sum_n", tensors) as scope:
        sums = [reduce_sum(tensor, name=f"{tensor.op.name}/sum") for tensor in tensors]
        return sums[0] if len(sums) == 1 else node("AddN", sums, name=scope)


def remove_squeezable_dimensions(predictions: Any, labels: Any, name: str | None = None) -> tuple[Tensor, Tensor]:
    """Return predictions and labels without a last dimension of size 1 that only one of them has."""
    labels, predictions = _squeezed(labels, predictions, name=name)
    return predictions, labels


def sort(values: Any, axis: int = -1, direction: str = "ASCENDING", name: str | None = None) -> Tensor:
    """Return `values` in order along an axis, as `tf.sort` does."""
    return _sort(values, axis, direction, name)


def argsort(values: Any, axis: int = -1, direction: str = "ASCENDING", stable: bool = False,
            name: str | None = None) -> Tensor:
    """Return the places of `values` in order along an axis, as `tf.argsort` does."""
    return _argsort(values, axis, direction, stable, name)


class VariableDeviceChooser:
    """Names the tasks of parameter servers in turn, one for each variable.

    Args:
      num_tasks: how many there are; if 0, no task is named.
      job_name: their job.
      device_type: the type of device.
      device_index: its number.
      replica: the replica, if any.
    """

    def __init__(self, num_tasks: int = 0, job_name: str = "ps", device_type: str = "CPU", device_index: int = 0,
                 replica: int | None = None):
        self._job_name, self._device_type, self._device_index, self._replica = job_name, device_type, device_index, replica
        self._num_tasks, self._next_task_id = num_tasks, 0

    def __call__(self, op: Any) -> str:
        """Return the device of the next variable."""
        device = DeviceSpec(replica=self._replica, device_type=self._device_type, device_index=self._device_index)
        if self._num_tasks > 0:
            device.job, device.task = self._job_name, self._next_task_id
            self._next_task_id = (self._next_task_id + 1) % self._num_tasks
        return device.to_string()
