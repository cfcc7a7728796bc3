"""The loops that one differentiation goes through."""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import Any

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..ops.cond_context import switch_values
from ..ops.context import is_exit, is_loop_switch, is_switch, loop_of
from ..ops.shapes import shape_of, zeros
from ..ops.while_context import WhileContext, next_value
from ..shape import is_defined
from .loop_gradient import LoopGradient, inside, outside
from .missing import missing_gradient
from .reach import is_trainable


class Loops:
    """The gradients of the loops that lie between the `xs` and the `ys`.

    Args:
      ops: the nodes in between; exits of their loops that are not among them are added.
    """

    def __init__(self, ops: dict[Operation, None]):
        self._states: dict[WhileContext, LoopGradient] = {}
        queue = list(ops)
        for op in queue:
            loop = loop_of(op) if is_exit(op) else None
            if loop is not None and loop not in self._states:
                self._states[loop] = LoopGradient(loop, self._around(loop))
                for tensor in self._states[loop].exits:
                    if tensor.op not in ops:
                        ops[tensor.op] = None
                        queue.append(tensor.op)

    def _around(self, loop: WhileContext) -> LoopGradient | None:
        outer = None if loop.outer_context is None else loop.outer_context.while_context()
        return None if outer is None else self._states.get(outer)

    def state_of(self, op: Operation, before: bool = False) -> LoopGradient | None:
        """Return the state of the loop that `op` is in; for the exit of a loop that is asked `before`, of the one around."""
        loop = loop_of(op)
        if before and is_exit(op) and loop is not None:
            loop = None if loop.outer_context is None else loop.outer_context.while_context()
        return None if loop is None else self._states.get(loop)

    def entered(self, op: Operation, before: bool = False) -> Any:
        """Make the nodes that follow in the backward loop of the loop that `op` is in."""
        state = self.state_of(op, before)
        return contextlib.nullcontext() if state is None else state.grad_context

    def unused_exits(self, pending: Counter[Operation], ends: set[Operation]) -> list[Tensor]:
        """Return the exits that no gradient will reach, of loops all of whose other exits are ends of the walk."""
        found: list[Tensor] = []
        for state in self._states.values():
            for tensor in state.exits:
                if pending[tensor.op] == 0:
                    state.pending_exits -= 1
                    if tensor.op not in ends:
                        state.unused_exits.append(tensor)
                    if state.pending_exits == 0:
                        found.extend(state.unused_exits)
            for tensor in state.forward_context.loop_enters:
                if pending[tensor.op] == 0:
                    pending[tensor.op] = 1
        return found

    def zeros_for_exit(self, tensor: Tensor) -> Tensor:
        """Return zeros like the output of an exit that the result does not depend on."""
        loop = loop_of(tensor.op)
        assert loop is not None
        outer = self._around(loop)
        known = is_defined(tensor.static_shape)
        if outer is None:
            if known:
                return zeros(tensor.static_shape, tensor.dtype)
            return missing_gradient(tensor.op, tensor)
        if known:
            with outer.grad_context:
                return zeros(tensor.static_shape, tensor.dtype)
        with inside(loop.outer_context):
            shape = shape_of(tensor, optimize=False)
        stack = outer.keep(shape)
        with outer.grad_context:
            return zeros(outer.kept_value(stack, shape), tensor.dtype)

    def missing(self, op: Operation, tensor: Tensor) -> Tensor | None:
        """Return zeros like `tensor`, an output of `op` that the result does not depend on."""
        if is_loop_switch(op):
            return None
        state = self.state_of(op)
        if state is None:
            return missing_gradient(op, tensor)
        context: Any = op._control_flow_context
        if is_defined(tensor.static_shape):
            result = constant(0, tensor.dtype, tensor.static_shape)
            if not is_switch(op):
                return result
            return switch_values(result, state.history.get(context.pred))[1 - context.branch]
        if is_switch(op):
            with inside(context.outer_context):
                other = switch_values(op.inputs[0], context.pred)[1 - context.branch]
                shape = shape_of(other, optimize=False)
            other.op._set_control_flow_context(context)
            shape.op._set_control_flow_context(context)
        else:
            with context:
                shape = shape_of(tensor, optimize=False)
        with outside(state.grad_context):
            stack = state.keep(shape, on_dead_branch=is_switch(op))
        return zeros(state.kept_value(stack, shape, on_dead_branch=is_switch(op)), tensor.dtype)

    def ready_exits(self, tensor: Tensor, has_gradient: Any, give: Any) -> list[Operation]:
        """Note that an exit has all its gradients; return the exits to go on with: none until those of the loop all have.

        Args:
          tensor: the output of the exit.
          has_gradient: from an op to whether a gradient reached it.
          give: takes a tensor and the gradient it gets.
        """
        state = self.state_of(tensor.op)
        assert state is not None
        state.deferred_exits.append(tensor)
        state.pending_exits -= 1
        if state.pending_exits:
            return []
        ready = []
        for exit in state.deferred_exits:
            if has_gradient(exit.op):
                ready.append(exit.op)
            else:
                state.unused_exits.append(exit)
        for exit in state.unused_exits:
            if ready and is_trainable(exit.dtype):
                give(exit, self.zeros_for_exit(exit))
        return ready + [exit.op for exit in state.unused_exits]

    def finish(self) -> None:
        """Let the gradient of a loop variable be zero from the second iteration on where nothing flows back to it."""
        for state in self._states.values():
            for merge in state.switch_merges.values():
                if merge.op.inputs[0] is merge.op.inputs[1]:
                    merge.op.update_input(1, self._no_gradient(state, merge))

    def _no_gradient(self, state: LoopGradient, merge: Tensor) -> Tensor:
        entered = merge.op.inputs[0]
        loop = state.grad_context
        if is_defined(entered.static_shape):
            with loop:
                return next_value(constant(0, entered.dtype, entered.static_shape))
        with inside(loop.outer_context):
            nothing = zeros(shape_of(entered.op.inputs[0], optimize=False), entered.dtype)
        with loop:
            return next_value(nothing)


def loops_between(ops: dict[Operation, None]) -> Loops | None:
    """Return the loops that `ops` lie in; `None` if there is no loop."""
    return Loops(ops) if any(is_exit(op) for op in ops) else None
