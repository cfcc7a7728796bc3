"""Ordering nodes: `tf.group`, `tf.tuple`, `tf.no_op`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.control import control_trigger, gate_values, group_nodes
from ..ops.control import no_op as no_op_node


def no_op(name: str | None = None) -> Operation:
    """Return an op that does nothing.

    Args:
      name: of the op.
    """
    return no_op_node(name=name)


def control_trigger_op(name: str | None = None) -> Operation:
    """Return an op that does nothing and serves as a trigger for what waits for it.

    Args:
      name: of the op.
    """
    return control_trigger(name=name)


def group(*inputs: Any, **kwargs: Any) -> Operation:
    """Return an op that has run when all of `inputs` have.

    Args:
      *inputs: tensors, variables, ops, or nested structures of them.
      **kwargs: `name`, of the op.

    Raises:
      ValueError: for another keyword argument.
      TypeError: if an input is none of these.
    """
    name = kwargs.pop("name", None)
    if kwargs:
        raise ValueError("Unknown keyword arguments: " + ", ".join(kwargs))
    return group_nodes(inputs, name)


def tuple_of(tensors: Sequence[Any], name: str | None = None, control_inputs: Iterable[Any] | None = None) -> list[Any]:
    """Return copies of `tensors` that are there only when all of them have been computed.

    Args:
      tensors: tensors, `IndexedSlices`, ops, or `None`.
      name: of the scope that holds the copies.
      control_inputs: further ops to wait for.

    Returns:
      A list with a tensor, `IndexedSlices`, op or `None` for each of `tensors`.

    Raises:
      ValueError: if `tensors` holds nothing but `None`.
      TypeError: if a control input is neither an op nor a tensor.
    """
    with scoped(name, "tuple", [t for t in tensors if isinstance(t, Tensor | Operation)]) as scope:
        return gate_values([_as_value(t) for t in tensors], scope, control_inputs or ())


def _as_value(value: Any) -> Any:
    if value is None or isinstance(value, Tensor | Operation | IndexedSlices) or hasattr(value, "_as_graph_element"):
        return value
    return convert_to_tensor(value)
