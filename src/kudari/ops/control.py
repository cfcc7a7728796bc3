"""Ops that only order other ops or check values, and the ways nodes are made to wait for each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.definition import not_differentiable, op
from ..op.rules import brackets
from ..op.scope import scoped
from ..op.signature import types
from .forms import node
from .showing import shown


@op("NoOp", "->", None)
def no_op():
    """Nothing; what it waits for is its purpose."""
    return ()


@op("ControlTrigger", "->", None)
def control_trigger():
    """Nothing, on the next step of a control-flow context."""
    return ()


@op("Assert", "condition: bool, data: T[] ->", None, stateful=True, T=types(), summarize=3)
def check(condition, data):
    """Stop the step with `data` as the message unless the condition holds."""
    return ()


@check.check
def _(op, condition, data):
    if np.ndim(condition):
        raise ValueError(f"In[0] should be a scalar: {brackets(np.shape(condition))}")


@check.watch
def _(op, inputs, outputs):
    condition, data = inputs

    def words():
        return "assertion failed: " + " ".join(f"[{shown(np.asarray(value), op['summarize'])}]" for value in data)

    return ~condition.all(), words


not_differentiable(no_op, control_trigger, check)


def flat_values(values: Any) -> list[Any]:
    """Return the leaves of nested lists, tuples and dicts (by sorted key), slices taken apart into their tensors."""
    if isinstance(values, IndexedSlices):
        values = [t for t in (values.values, values.indices, values.dense_shape) if t is not None]
    elif isinstance(values, dict):
        values = [values[key] for key in sorted(values)]
    if isinstance(values, list | tuple):
        return [leaf for value in values for leaf in flat_values(value)]
    return [values]


def group_nodes(inputs: Any, name: str | None = None) -> Operation:
    """Return an op that waits for all of `inputs`, with one op for each device in between if there are several."""
    leaves = flat_values(inputs)
    with scoped(name, "group_deps", leaves) as scope:
        if not leaves:
            return no_op(name=scope)
        on_device: dict[str, list[Any]] = {}
        for leaf in leaves:
            on_device.setdefault(_device_of(leaf), []).append(leaf)
        if len(on_device) == 1:
            return _wait_on(*on_device.popitem(), scope)
        joints = [_wait_on(device, on_device[device], None) for device in sorted(on_device)]
        with get_default_graph().control_dependencies(joints):
            return no_op(name=scope)


def _device_of(leaf: Any) -> str:
    if not hasattr(leaf, "device"):
        raise TypeError(f"Expected tf.group() expected Tensor arguments not '{leaf}' with type '{type(leaf)}'")
    return leaf.device or ""


def _wait_on(device: str, leaves: Iterable[Any], name: str | None) -> Operation:
    graph = get_default_graph()
    with graph.control_dependencies(leaves), graph.device(device):
        return no_op(name=name)


def with_dependencies(dependencies: Sequence[Any], output: Any, name: str | None = None) -> Any:
    """Return `output`, a tensor or slices, as a copy that waits for `dependencies`."""
    held = output.values if isinstance(output, IndexedSlices) else output
    with scoped(name, "control_dependency", [*dependencies, held]) as scope:
        graph = get_default_graph()
        with graph.colocate_with(held), graph.control_dependencies(dependencies):
            copy = node("Identity", held, name=scope)
    if isinstance(output, IndexedSlices):
        return IndexedSlices(copy, output.indices, output.dense_shape)
    return copy


def gate_values(values: Sequence[Any], name: str | None = None, control_inputs: Iterable[Any] = ()) -> list[Any]:
    """Return copies of `values` (tensors, slices, ops or `None`), each of which waits for all of them.

    Raises:
      ValueError: if all of them are `None`.
      TypeError: if a control input is neither an op nor a tensor.
    """
    with scoped(name, "tuple", [v for v in values if isinstance(v, Tensor | Operation)]):
        waited = [value if isinstance(value, Operation) else value.op for value in values if value is not None]
        waited += [_control_op(item) for item in control_inputs]
        if not waited:
            raise ValueError(f"Must have at least one Tensor: {values}")
        gate = group_nodes(sorted(set(waited), key=lambda node: node._id))
        return [_gated(gate, value) for value in values]


def _control_op(item: Any) -> Operation:
    if isinstance(item, Tensor):
        return item.op
    if isinstance(item, Operation):
        return item
    raise TypeError(f"Control input must be Operation or Tensor: {item}")


def _gated(gate: Operation, value: Any) -> Any:
    if isinstance(value, Operation):
        with get_default_graph().control_dependencies([gate]):
            return group_nodes([value])
    return None if value is None else with_dependencies([gate], value)
