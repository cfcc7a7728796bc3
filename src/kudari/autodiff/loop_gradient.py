"""The gradient of a loop is a loop that runs as often, over the values that the first one leaves on stacks.

`LoopGradient` keeps what belongs to one pair of loops: the count of iterations, the values kept, the gradients that flow
from one backward iteration to the next.
"""

from __future__ import annotations

import contextlib
from typing import Any

from ..dtypes import int32
from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant, constant_value
from ..ops.cond_context import CondContext, merge_tensors, switch_values
from ..ops.context import Context, is_constant_enter, output_context
from ..ops.forms import node
from ..ops.indexing import item
from ..ops.shapes import shape_of, zeros, zeros_like
from ..ops.while_context import WhileContext, enter, next_value
from ..shape import is_defined


def inside(context: Context | None) -> Any:
    """Make the nodes that follow in `context`, or where they are made anyway."""
    return contextlib.nullcontext() if context is None else context


@contextlib.contextmanager
def outside(context: Context) -> Any:
    """Leave `context`, which was entered last, for a while."""
    context.exit()
    try:
        yield
    finally:
        context.enter()


class LoopGradient:
    """One loop and the loop that is its gradient.

    Args:
      forward: the loop.
      outer: of the loop around it, if gradients flow through that too.
    """

    def __init__(self, forward: WhileContext, outer: LoopGradient | None):
        self.forward_context, self.outer = forward, outer
        self.history: dict[Tensor, Tensor] = {}  # from values of the forward loop to what stands for them backward
        self.switch_merges: dict[Operation, Any] = {}
        self.unused_exits: list[Tensor] = []
        self.deferred_exits: list[Tensor] = []
        self.exits = list(forward.loop_exits)
        self.pending_exits = len(self.exits)
        self._forward_sync: Operation | None = None
        self._grad_sync: Operation | None = None
        around = outer.forward_context if outer is not None else forward.outer_context
        with inside(around):
            count, self.forward_index = self._count_iterations()
        if outer is None:
            with inside(around):
                self.grad_context = self._backward_context()
                self.grad_index = self._count_down(count)
            return
        outer.forward_context.values.add(count)
        kept = outer.keep(count)
        with outer.grad_context:
            self.grad_context = self._backward_context()
            self.grad_index = self._count_down(outer.kept_value(kept, count))

    def _backward_context(self) -> WhileContext:
        forward = self.forward_context
        return WhileContext(forward.name, forward.parallel_iterations, forward.back_prop, forward.swap_memory,
                            forward.maximum_iterations, self)

    def _count_iterations(self) -> tuple[Tensor, Tensor]:
        """Let the forward loop count; return the count and what the counter is in the next iteration."""
        loop = self.forward_context
        start = constant(0, name="f_count")
        if self.outer is not None:
            start.op.add_control_inputs([self.outer.forward_index.op.inputs[0].op])
        with loop:
            loop.values.add(start)
            entered = enter(start, loop, name="f_count")
            loop.loop_enters.append(entered)
            merge = merge_tensors([entered, entered])
            off, on = switch_values_here(merge, loop.pivot)
            following = next_value(node("Add", on, 1))
            merge.op.update_input(1, following)
            total = node("Exit", off, name="f_count")
            loop.loop_exits.append(total)
            loop.exit_result([total])
        return total, following

    def _count_down(self, count: Tensor) -> Tensor:
        """Let the backward loop run `count` times; return what the counter is in the next iteration."""
        loop = self.grad_context
        one = constant(1, name="b_count")
        with loop:
            loop.values.add(count)
            entered = enter(count, loop, name="b_count")
            loop.loop_enters.append(entered)
            merge = merge_tensors([entered, entered])
            loop.pivot_for_pred = merge
            loop.pivot = node("LoopCond", node("GreaterEqual", merge, one), name="b_count")
            off, on = switch_values_here(merge, loop.pivot)
            index = node("Sub", on, one)
            loop.pivot_for_body = index
            following = next_value(index)
            merge.op.update_input(1, following)
            last = node("Exit", off, name="b_count")
            loop.loop_exits.append(last)
            if self.outer is not None:
                self.outer.grad_sync.add_control_inputs([last.op])
            loop.exit_result([last])
        return following

    @property
    def forward_sync(self) -> Operation:
        """A node in the forward loop that the next iteration waits for."""
        if self._forward_sync is None:
            with get_default_graph().control_dependencies(None):
                self._forward_sync = node("ControlTrigger", name="f_sync")
            self._forward_sync._set_control_flow_context(self.forward_context)
            self.forward_index.op.add_control_inputs([self._forward_sync])
        return self._forward_sync

    @property
    def grad_sync(self) -> Operation:
        """A node in the backward loop that the next iteration waits for."""
        if self._grad_sync is None:
            context = self.grad_context
            with get_default_graph().control_dependencies(None):
                self._grad_sync = node("ControlTrigger", name="b_sync")
            self._grad_sync._set_control_flow_context(context)
            self.grad_index.op.add_control_inputs([self._grad_sync])
            if context.outer_context is not None:
                context.outer_context.add_inner(self._grad_sync)
        return self._grad_sync

    def keep(self, value: Tensor, on_dead_branch: bool = False) -> Tensor:
        """Let the forward loop push `value` on a stack in every iteration; return the stack.

        Called where gradients are taken, outside of the loops.

        Args:
          value: a tensor of the forward loop or of a branch in it.
          on_dead_branch: whether it stands for a value of the branch that is not taken.
        """
        graph = get_default_graph()
        current = graph._control_flow_context
        forward = self.forward_context
        with graph.control_dependencies(None):
            with inside(current), graph.colocate_with(value):
                stack = node("StackV2", constant(-1, int32), elem_type=value.dtype.base_dtype, name="f_acc")
            handle = forward.add_value(stack)
            context = output_context(value.op)
            if context is forward:
                with forward:
                    push = node("StackPushV2", handle, value, swap_memory=forward.swap_memory)
                self.forward_index.op.add_control_inputs([push.op])
            else:
                if not isinstance(context, CondContext):
                    raise TypeError(f"value_ctxt is not a CondContext: {context}")
                with inside(context.outer_context if on_dead_branch else context):
                    push = node("StackPushV2", handle, value, swap_memory=forward.swap_memory)
                if on_dead_branch:
                    push.op._set_control_flow_context(context)
                self.forward_sync.add_control_inputs([push.op])
            push.op.add_control_inputs([self.forward_index.op.inputs[0].op])
        return stack

    def kept_value(self, stack: Tensor, value: Tensor, on_dead_branch: bool = False) -> Tensor:
        """Return what the backward loop pops from `stack`: what `value` was in the forward iteration."""
        branch = self._branch_of(value, stack.op._control_flow_context)
        with get_default_graph().control_dependencies(None), self.grad_context:
            if branch is not None:
                side = 1 - branch.branch if on_dead_branch else branch.branch
                stack = switch_values(stack, self._pred_of(branch))[side]
            popped = node("StackPopV2", stack, elem_type=value.dtype.base_dtype)
            popped.set_shape(value.shape)
        if self.grad_context.parallel_iterations > 1:
            self.grad_sync.add_control_inputs([popped.op])
        return popped

    def _branch_of(self, value: Tensor, stop: Context | None) -> CondContext | None:
        """The innermost branch that `value` is in, below `stop`."""
        context = value.op._control_flow_context
        while context is not None and context is not stop:
            if isinstance(context, CondContext):
                return context
            context = context.outer_context
        return None

    def _pred_of(self, branch: CondContext) -> Tensor:
        state: LoopGradient | None = self
        while state is not None:
            if branch.pred in state.history:
                return state.history[branch.pred]
            state = state.outer
        return branch.pred

    def real_value(self, value: Tensor) -> Tensor:
        """Return in the backward loop what `value` was in the forward iteration."""
        if value not in self.history:
            self.history[value] = self._real_value(value)
        return self.history[value]

    def _real_value(self, value: Tensor) -> Tensor:
        state = self
        while (entered := _constant_enter(value)) is not None:
            value = entered.inputs[0]
            if state.outer is None:
                return self.grad_context.add_value(value)
            state = state.outer
        if value.op.type == "Const":
            return constant(constant_value(value), value.dtype)
        with outside(self.grad_context):
            stack = state.keep(value)
        popped = state.kept_value(stack, value)
        return popped if state is self else self.grad_context.add_value(popped)

    def kept_pred(self, pred: Tensor) -> Tensor:
        """Return in the backward loop what the predicate `pred` was in the forward iteration."""
        if pred not in self.history:
            with outside(self.grad_context):
                stack = self.keep(pred)
            self.history[pred] = self.kept_value(stack, pred)
        return self.history[pred]

    def accumulated(self, op: Operation, grad: Any) -> Any:
        """Return the sum over all iterations of `grad`, the gradient of what `op` hands into the loop."""
        if isinstance(grad, IndexedSlices):
            return self._gathered(op, grad)
        loop = self.grad_context
        loop.exit()
        if is_defined(grad.static_shape):
            with inside(loop.outer_context):
                start = constant(0, grad.dtype, grad.static_shape, name="b_acc")
        elif isinstance(loop.outer_context, WhileContext) and loop.outer_context.grad_state is not None:
            start = self._zeros_in_outer(op.inputs[0], grad)
        else:
            with inside(loop.outer_context):
                start = zeros(shape_of(op.inputs[0], optimize=False), grad.dtype)
        loop.enter()
        total, switched = self._accumulator([start])
        _close(total[0], node("Add", switched[0][1], grad))
        result = node("Exit", switched[0][0], name="b_acc")
        loop.loop_exits.append(result)
        loop.exit_result([result])
        return result

    def _zeros_in_outer(self, value: Tensor, grad: Tensor) -> Tensor:
        """Zeros like `value`, of the forward loop around, in the backward loop around."""
        with inside(self.forward_context.outer_context):
            shape = shape_of(value, optimize=False)
        assert self.outer is not None
        stack = self.outer.keep(shape)
        with inside(self.grad_context.outer_context):
            return zeros(self.outer.kept_value(stack, shape), grad.dtype)

    def _accumulator(self, starts: list[Tensor], shapes: list[Any] | None = None) -> tuple[list[Tensor], list[Any]]:
        """Loop variables of the backward loop that begin with `starts`; return their merges and switches."""
        loop = self.grad_context
        loop.values.update(starts)
        entered = [enter(start, loop, keeps_shape=shapes is None, name="b_acc") for start in starts]
        for tensor, shape in zip(entered, shapes or ()):
            tensor.set_shape(shape)
        loop.loop_enters.extend(entered)
        merges = [merge_tensors([tensor, tensor], name="b_acc") for tensor in entered]
        return merges, [switch_values_here(merge, loop.pivot) for merge in merges]

    def _gathered(self, op: Operation, grad: IndexedSlices) -> IndexedSlices:
        """The slices of all iterations one after the other, with a row of zeros before them."""
        loop = self.grad_context
        loop.exit()
        values, sizes = grad.values, grad.dense_shape
        with inside(loop.outer_context):
            shape = values.static_shape
            if is_defined(shape):
                rows = constant(0, values.dtype, (1, *shape[1:]), name="b_acc")  # type: ignore[index]
            else:
                row = item(shape_of(op.inputs[0], optimize=False), slice(1, None))
                rows = zeros(node("ConcatV2", [[1], row], 0, name="concat"), values.dtype)
            starts = [constant([0], grad.indices.dtype), rows]
            if sizes is not None and is_defined(sizes.static_shape):
                starts.append(constant(0, sizes.dtype, sizes.static_shape))
            elif sizes is not None:
                starts.append(zeros_like(shape_of(op.inputs[0], optimize=False, out_type=sizes.dtype)))
        loop.enter()
        row_shape = None if rows.static_shape is None else (None, *rows.static_shape[1:])
        merges, switched = self._accumulator(starts, [(None,), row_shape, None])
        following = [node("ConcatV2", [held[1], new], 0, name="concat")
                     for held, new in zip(switched[:2], (grad.indices, values))]
        if sizes is not None:
            following.append(node("Maximum", sizes, switched[2][1]))
        for merge, value in zip(merges, [next_value(value) for value in following]):
            merge.op.update_input(1, value)
        exits = [node("Exit", held[0], name="b_acc") for held in switched]
        loop.loop_exits.extend(exits)
        loop.exit_result(exits)
        return IndexedSlices(exits[1], exits[0], exits[2] if sizes is not None else None)


def _close(merge: Tensor, value: Tensor) -> None:
    merge.op.update_input(1, next_value(value))


def switch_values_here(value: Tensor, pred: Tensor) -> list[Tensor]:
    """Return the outputs of a switch of `value` that is not placed where `value` is."""
    with get_default_graph().name_scope("Switch") as scope:
        return node("Switch", value, pred, name=scope)


def _constant_enter(value: Tensor) -> Operation | None:
    """The node that hands `value` into the loop, the same in every iteration; `None` if it is none such."""
    op = value.op
    while op.type in ("Switch", "RefSwitch", "Identity", "RefIdentity"):
        op = op.inputs[0].op
    return op if is_constant_enter(op) else None
