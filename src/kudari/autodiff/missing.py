"""Zeros for the gradients of outputs that the result does not depend on."""

from __future__ import annotations

from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..ops.cond_context import CondContext
from ..ops.context import is_switch
from ..ops.forms import node
from ..ops.shapes import shape_of, zeros


def missing_gradient(op: Operation, tensor: Tensor) -> Tensor:
    """Return zeros like `tensor`, an output of `op`; for a switch into a branch, made on the other branch."""
    context = op._control_flow_context
    if not (is_switch(op) and isinstance(context, CondContext)):
        return node("ZerosLike", tensor, name="zeros_like")
    graph = get_default_graph()
    with graph.name_scope("Switch") as scope:
        other = node("Switch", op.inputs[0], context.pred, name=scope)[1 - context.branch]
    taken = node("Identity", other)
    shape = shape_of(other, optimize=False)
    with graph.control_dependencies([taken]):
        return zeros(shape, tensor.dtype)
