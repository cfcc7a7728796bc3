"""The branch of a conditional or the body of a loop that nodes are being made in.

A node made in a context takes values from outside through a `Switch` or an `Enter`, which the context adds, and waits for
the context's pivot if it takes nothing. Executors do not look at contexts: nodes alone say what happens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor

if TYPE_CHECKING:
    from .while_context import WhileContext


class Context:
    """What branches and loop bodies share."""

    pivot: Any

    def __init__(self) -> None:
        self.outer_context: Context | None = get_default_graph()._control_flow_context
        self.nested: list[Context] = []
        if self.outer_context is not None:
            self.outer_context.nested.append(self)
        self._around: list[Context | None] = []
        self._name = ""
        self.values: set[Tensor] = set()
        self.external: dict[Tensor, Tensor] = {}  # from a value outside to the tensor that stands for it here

    @property
    def name(self) -> str:
        """The name of the context, unique in its graph."""
        return self._name

    @property
    def grad_state(self) -> Any:
        """What is known of the loop this one is the gradient of; `None` if it is the gradient of none."""
        raise NotImplementedError

    def enter(self) -> None:
        """Make the nodes that follow in this context."""
        graph = get_default_graph()
        self._around.append(graph._control_flow_context)
        graph._set_control_flow_context(self)

    def exit(self) -> None:
        """Leave the context entered last."""
        get_default_graph()._set_control_flow_context(self._around.pop())

    def __enter__(self) -> Context:
        self.enter()
        return self

    def __exit__(self, *error: Any) -> None:
        self.exit()

    def exit_result(self, tensors: Iterable[Tensor]) -> None:
        """Make `tensors`, results of this context, known outside."""
        if self.outer_context is not None:
            self.outer_context.values.update(tensors)

    def while_context(self) -> WhileContext | None:
        """Return the innermost loop around, this context included."""
        return None if self.outer_context is None else self.outer_context.while_context()

    def control_pivot(self) -> Any:
        """Return what nodes without inputs wait for."""
        return self.pivot

    def chain(self) -> Iterator[Context]:
        """This context and those around, innermost first."""
        context: Context | None = self
        while context is not None:
            yield context
            context = context.outer_context

    def add_inner(self, op: Operation) -> None:
        """Note that `op` was added to a context inside."""
        if self.outer_context is not None:
            self.outer_context.add_inner(op)

    def add_op(self, op: Operation) -> None:
        """Fit a node that was just made into this context."""
        raise NotImplementedError

    def add_value(self, value: Tensor) -> Tensor:
        """Return what stands for `value` in this context."""
        raise NotImplementedError

    @property
    def is_loop(self) -> bool:
        """Whether this is a loop."""
        return self.while_context() is self

    def drop_outer_controls(self, op: Operation) -> list[Operation]:
        """Let `op` wait only for nodes of the same loop; return those it waited for outside."""
        loop = self.while_context()
        if loop is None:
            return []
        inside = [c for c in op.control_input_list if _loop_of_output(c) is loop]
        outside = [c for c in op.control_input_list if c not in inside]
        op.control_input_list[:] = inside
        return outside


def wait(op: Operation, *others: Operation) -> None:
    """Let `op`, which no plan knows yet, wait for `others` too."""
    op.control_input_list.extend(o for o in others if o not in op.control_input_list)


def _loop_of_output(op: Operation) -> Any:
    context = output_context(op)
    return None if context is None else context.while_context()


def is_switch(op: Operation) -> bool:
    """Whether `op` sends a value one way or the other."""
    return op.type in ("Switch", "RefSwitch")


def is_exit(op: Operation) -> bool:
    """Whether `op` hands a value out of a loop."""
    return op.type in ("Exit", "RefExit")


def is_enter(op: Operation) -> bool:
    """Whether `op` hands a value into a loop."""
    return op.type in ("Enter", "RefEnter")


def is_constant_enter(op: Operation) -> bool:
    """Whether `op` hands the same value into every iteration of a loop."""
    return is_enter(op) and op["is_constant"]


def output_context(op: Operation) -> Context | None:
    """Return the context that the outputs of `op` are in."""
    context = op._control_flow_context
    return context.outer_context if context is not None and is_exit(op) else context


def loop_of(op: Operation) -> WhileContext | None:
    """Return the loop that `op` is in."""
    context = op._control_flow_context
    return None if context is None else context.while_context()


def is_loop_switch(op: Operation) -> bool:
    """Whether `op` decides about the next iteration of a loop."""
    return is_switch(op) and op._control_flow_context is not None and op._control_flow_context.is_loop \
        and not _is_cond_switch(op)


def _is_cond_switch(op: Operation) -> bool:
    """A switch into a branch is outside of the branch, so its readers tell what it is."""
    for tensor in op.outputs:
        for reader in tensor.consumers():
            context = reader._control_flow_context
            if is_enter(reader):
                context = context.outer_context
            if context is None or context.is_loop:
                return False
    return True
