"""Ops that hand values into a loop, to its next iteration and out of it."""

from __future__ import annotations

from ..dtypes import ANY
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..op.definition import not_differentiable, op
from ..op.rules import scalar, unchanged
from ..op.signature import required
from ..shape import Shape
from .while_context import enter_frame, leave_frame

_SAME = "data: T -> output: T"
_SAME_REF = "data: Ref(T) -> output: Ref(T)"


def _entered(op: Operation) -> list[Shape]:
    """A loop variable may change its shape; what is the same in every iteration does not."""
    return [op.inputs[0].static_shape if op["is_constant"] else None]


@op("Enter", _SAME, _entered, frame_name=required("string"), is_constant=False, parallel_iterations=10, T=ANY)
def enter(data):
    """The value, inside of a loop."""
    return data


@op("RefEnter", _SAME_REF, unchanged, frame_name=required("string"), is_constant=False, parallel_iterations=10, T=ANY)
def ref_enter(data):
    """A variable, inside of a loop."""
    return data


@op("Exit", _SAME, unchanged, T=ANY)
def exit(data):
    """The value, outside of the loop that it was made in."""
    return data


@op("RefExit", _SAME_REF, unchanged, T=ANY)
def ref_exit(data):
    """A variable, outside of the loop."""
    return data


@op("NextIteration", _SAME, unchanged, T=ANY)
def next_iteration(data):
    """The value, in the next iteration."""
    return data


@op("RefNextIteration", _SAME_REF, unchanged, T=ANY)
def ref_next_iteration(data):
    """A variable, in the next iteration."""
    return data


@op("LoopCond", "input: bool -> output: bool", scalar)
def loop_cond(input):
    """Whether there is another iteration."""
    return input


not_differentiable(loop_cond)


@next_iteration.gradient
@ref_next_iteration.gradient
def _(op, grad):
    return grad


@exit.gradient
@ref_exit.gradient
def _(op, grad):
    backward = get_default_graph()._control_flow_context
    if not backward.back_prop:
        return None
    if op._control_flow_context.grad_state is not None:
        raise TypeError("Second-order gradient for while loops not supported.")
    return enter_frame(backward, grad, "b_exit")


@enter.gradient
@ref_enter.gradient
def _(op, grad):
    backward = get_default_graph()._control_flow_context
    if backward is None or not backward.back_prop or backward.grad_state is None:
        return grad
    if op["is_constant"]:
        return backward.grad_state.accumulated(op, grad)
    return leave_frame(backward, grad)
