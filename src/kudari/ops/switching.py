"""Ops that send a value one way or the other, and take what arrives: what conditionals are made of.

They say how values flow; the executors follow them (`runtime/guards.py`), so their lowerings only hand a value on.
"""

from __future__ import annotations

from typing import Any

from ..dtypes import ANY
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..op.definition import not_differentiable, op
from ..op.rules import unchanged
from ..shape import Shape
from .cond_context import CondContext, merge_values, switch_values
from .context import output_context
from .forms import node
from .while_context import WhileContext, close_cycle

_SWITCH = "data: T, pred: bool -> output_false: T, output_true: T"


def _alternatives(op: Operation) -> list[Shape]:
    """What the inputs have in common: any of them may come out."""
    shapes = [t.static_shape for t in op.inputs]
    if any(shape is None or len(shape) != len(shapes[0] or ()) for shape in shapes):
        return [None, ()]
    sizes = zip(*[shape for shape in shapes if shape is not None])
    return [tuple(size[0] if len(set(size)) == 1 else None for size in sizes), ()]


@op("Switch", _SWITCH, unchanged, T=ANY)
def switch(data, pred):
    """The value, on the output that `pred` names; nothing comes out of the other."""
    return data, data


@op("RefSwitch", "data: Ref(T), pred: bool -> output_false: Ref(T), output_true: Ref(T)", unchanged, T=ANY)
def ref_switch(data, pred):
    """A variable, on the output that `pred` names."""
    return data, data


@op("Merge", "inputs: N*T -> output: T, value_index: int32", _alternatives, T=ANY)
def merge(inputs):
    """The one input that has a value, and which it is."""
    raise AssertionError("the executor follows it")


@op("RefMerge", "inputs: Ref(N*T) -> output: Ref(T), value_index: int32", _alternatives, T=ANY)
def ref_merge(inputs):
    """The variable that arrived, and by which input."""
    raise AssertionError("the executor follows it")


@op("RefIdentity", "input: Ref(T) -> output: Ref(T)", unchanged, T=ANY)
def ref_identity(input):
    """The variable itself."""
    return input


switch.fold(switch.lower)
not_differentiable(ref_identity)


@switch.gradient
@ref_switch.gradient
def _(op, *grads):
    context = op._control_flow_context
    if isinstance(context, WhileContext):
        return _back_edge(op, *grads), None
    if isinstance(context, CondContext):
        if grads[1 - context.branch] is None:
            return None, None
        return merge_values(grads, "cond_grad"), None
    off = node("Switch", grads[0], op.inputs[1])[0]
    on = node("Switch", grads[1], op.inputs[1])[1]
    return merge_values([off, on]), None


def _back_edge(op: Operation, left: Any, stayed: Any) -> Any:
    """The gradient of a loop variable, which starts with that of its exit and goes on with that of the body.

    The walk comes here twice: after the exit, and after the body.
    """
    merges = get_default_graph()._control_flow_context.grad_state.switch_merges
    if op in merges:
        if stayed is not None:
            close_cycle(merges[op], stayed, checks=False)
        return None
    if left is None:
        return None
    merges[op] = merge_values([left, left], "b_switch")
    return merges[op]


@merge.gradient
@ref_merge.gradient
def _(op, grad, _):
    context = output_context(op.inputs[0].op)
    backward = get_default_graph()._control_flow_context
    if isinstance(context, WhileContext):
        return switch_values(grad, backward.pivot)
    if isinstance(context, CondContext):
        state = None if backward is None else backward.grad_state
        pred = context.pred if state is None else state.kept_pred(context.pred)
        return switch_values(grad, pred, "cond_grad")
    arrived = [node("Equal", op.outputs[1], i) for i in range(len(op.inputs))]
    return [switch_values(grad, came)[1] for came in arrived]
