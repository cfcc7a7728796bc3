"""Stacks: what the gradient of a loop finds the values of the loop on, the last first."""

from __future__ import annotations

from ..dtypes import ANY
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.signature import required
from ..shape import Shape


def handle(op: Operation) -> list[Shape]:
    """A handle counts as a vector of two strings, and a flow beside it as a scalar."""
    return [(2,), ()][:len(op.outputs)]


def _pushed(op: Operation) -> list[Shape]:
    return [op.inputs[1].static_shape]


@op("StackV2", "max_size: int32 -> handle: resource", handle, stateful=True, elem_type=required("type"), stack_name="")
def stack_v2(max_size):
    """An empty stack."""
    raise AssertionError("held by the executor")


@op("StackPushV2", "handle: resource, elem: T -> output: T", _pushed, stateful=True, T=ANY, swap_memory=False)
def stack_push_v2(handle, elem):
    """Put a value on a stack, and hand it on."""
    raise AssertionError("held by the executor")


@op("StackPopV2", "handle: resource -> elem: elem_type", None, stateful=True, elem_type=ANY)
def stack_pop_v2(handle):
    """Take the value from a stack that was put on it last."""
    raise AssertionError("held by the executor")


@op("StackCloseV2", "handle: resource ->", None, stateful=True)
def stack_close_v2(handle):
    """Throw a stack away."""
    raise AssertionError("held by the executor")


not_differentiable(stack_v2, stack_push_v2, stack_pop_v2, stack_close_v2)
