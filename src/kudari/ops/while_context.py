"""The body of a loop, as a context of nodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..nest import assert_same_structure, flatten, is_sequence_or_composite, pack_sequence_as
from ..op.convert import convert_to_tensor
from ..shape import Shape, TensorShape
from .cond_context import is_reference, merge_tensors, same_value, switch_values
from .context import Context, is_constant_enter, is_exit, loop_of, output_context, wait
from .forms import node


class WhileContext(Context):
    """The nodes of a loop.

    Args:
      name: of the context and the frame.
      parallel_iterations: recorded in the nodes.
      back_prop: whether gradients flow through the loop.
      swap_memory: recorded in the nodes.
      maximum_iterations: tensor with a bound on the iterations, or `None`.
      grad_state: of the loop that this one is the gradient of.
    """

    def __init__(self, name: str = "while_context", parallel_iterations: int = 10, back_prop: bool = True,
                 swap_memory: bool = False, maximum_iterations: Any = None, grad_state: Any = None):
        super().__init__()
        if not isinstance(parallel_iterations, int) or parallel_iterations <= 0:
            raise ValueError(f"`parallel_iterations` must be a positive integer: {parallel_iterations}")
        self._name = get_default_graph().unique_name(name)
        self.parallel_iterations, self.back_prop, self.swap_memory = parallel_iterations, back_prop, swap_memory
        self.maximum_iterations, self._grad_state = maximum_iterations, grad_state
        self.pivot_for_pred: Any = None
        self.pivot_for_body: Any = None
        self.pivot: Any = None
        self.loop_enters: list[Tensor] = []
        self.loop_exits: list[Tensor] = []

    @property
    def grad_state(self) -> Any:
        """What is known of the loop this one is the gradient of; `None` if it is the gradient of none."""
        return self._grad_state

    def while_context(self) -> WhileContext:
        """Return this loop."""
        return self

    def control_pivot(self) -> Any:
        """Return what nodes without inputs wait for."""
        return self.pivot_for_pred if self.pivot_for_body is None else self.pivot_for_body

    def add_value(self, value: Tensor) -> Tensor:
        """Return what stands for `value` in this loop, handed in now if need be."""
        if value in self.values or value.op._control_flow_context is self:
            return self.external.get(value, value)
        self.values.add(value)
        remembered = self._from_history(value)
        if remembered is not None:
            self.external[value] = remembered
            return remembered
        result = value if self.outer_context is None else self.outer_context.add_value(value)
        graph = get_default_graph()
        with graph.control_dependencies(None):
            inside = enter(result, self, is_constant=True)
            graph.prevent_feeding(inside)
            if self.outer_context is not None:
                self.outer_context.add_inner(inside.op)
        self.adopt([inside])
        self.values.add(inside)
        self.external[value] = inside
        return inside

    def _from_history(self, value: Tensor) -> Tensor | None:
        """In the gradient of a loop: what `value` was in the iteration that is differentiated."""
        current = get_default_graph()._control_flow_context
        loop = None if current is None else current.while_context()
        if loop is None or loop.grad_state is None:
            return None
        forward = loop_of(value.op)
        if is_exit(value.op) and forward is not None:
            forward = None if forward.outer_context is None else forward.outer_context.while_context()
        return loop.grad_state.real_value(value) if forward is loop.grad_state.forward_context else None

    def adopt(self, enters: Sequence[Tensor]) -> None:
        """Put nodes that hand values in into this loop; let them wait for what the surroundings say."""
        graph = get_default_graph()
        for tensor in enters:
            outer = [c for c in graph._current_control_inputs(list(tensor.op.inputs)) if self._is_around(c)]
            tensor.op._set_control_flow_context(self)
            wait(tensor.op, *outer)
            graph._record_seen(tensor.op)

    def _is_around(self, op: Operation) -> bool:
        """Whether `op` is in a context around this loop, but not outside of the loop around."""
        wanted = output_context(op)
        loop = None if self.outer_context is None else self.outer_context.while_context()
        context = self.outer_context
        while context is not wanted:
            if context is None or context is loop:
                return False
            context = context.outer_context
        return True

    def add_op(self, op: Operation) -> None:
        """Fit a node that was just made into this loop."""
        if op.type in ("Shape", "Size", "Rank") and self._moves_to_forward(op):
            return
        self.add_op_here(op)

    def _moves_to_forward(self, op: Operation) -> bool:
        """In the gradient of a loop, take the shape of a forward value in the forward loop, so that only that is kept."""
        current = get_default_graph()._control_flow_context
        loop = None if current is None else current.while_context()
        if loop is None or loop.grad_state is None:
            return False
        source = op.inputs[0].op
        if loop_of(source) is not loop.grad_state.forward_context:
            return False
        context = source._control_flow_context
        op._set_control_flow_context(context)
        if isinstance(context, WhileContext):
            context.add_op_here(op)
        else:
            context.add_op(op)
        return True

    def add_op_here(self, op: Operation) -> None:
        """Fit a node into this loop, wherever its inputs are."""
        if not op.inputs:
            outside = self.drop_outer_controls(op)
            if not op.control_input_list:
                wait(op, self.control_pivot().op)
        else:
            for i, tensor in enumerate(op.inputs):
                inside = self.add_value(tensor)
                if inside is not tensor:
                    op.rewire(i, inside)
            outside = self.drop_outer_controls(op)
            if not op.control_input_list and all(is_constant_enter(t.op) for t in op.inputs):
                wait(op, self.control_pivot().op)
        self.values.update(op.outputs)
        if outside:
            with get_default_graph().control_dependencies(None), self:
                held = [node("Identity", other.outputs[0]).op for other in outside if other.outputs]
            wait(op, *held)
        if self.outer_context is not None or not is_exit(op):
            op.graph.prevent_fetching(op)
            for tensor in op.outputs:
                op.graph.prevent_feeding(tensor)
        if self.outer_context is not None:
            self.outer_context.add_inner(op)

    def build(self, pred: Callable, body: Callable, loop_vars: Any, shape_invariants: Any,
              return_same_structure: bool) -> Any:
        """Add the nodes of the loop and return its results."""
        flat = [flow_of(v) for v in flatten(loop_vars)]
        composites = [v if is_sequence_or_composite(v) else convert_to_tensor(v) for v in flat]
        if shape_invariants is None:
            shapes = [part.shape for v in composites for part in flatten(v, expand_composites=True)]
        else:
            shapes = [TensorShape(s) for v, s in zip(composites, flatten(shape_invariants))
                      for s in _invariants(v, s)]
        tensors = flatten(composites, expand_composites=True)
        with self:
            returned, exits = self._build(pred, body, loop_vars, tensors, shapes)
        kinds = flatten(returned, expand_composites=True)
        packed = pack_sequence_as(returned, with_flows(kinds, exits), expand_composites=True)
        return packed if return_same_structure or len(exits) != 1 else packed[0]

    def _build(self, pred: Callable, body: Callable, structure: Any, tensors: list[Tensor],
               shapes: list[TensorShape]) -> tuple[Any, list[Tensor]]:
        kinds = flatten(structure, expand_composites=True)
        self.values = set(tensors)
        enters = self._enter_variables(tensors, shapes)
        merges = [merge_tensors([x, x]) for x in enters]
        self.pivot_for_pred = merges[0]
        packed = pack_sequence_as(structure, with_flows(kinds, merges), expand_composites=True)
        self.pivot = node("LoopCond", convert_to_tensor(pred(*packed)), name="LoopCond")
        switches = [switch_values(x, self.pivot) for x in merges]
        inside = [same_value(x[1]) for x in switches]
        self.pivot_for_body = inside[0]
        packed = pack_sequence_as(structure, with_flows(kinds, inside), expand_composites=True)
        returned = self._call(body, packed)
        assert_same_structure(list(packed), list(returned), expand_composites=True)
        results = [convert_to_tensor(flow_of(v)) for v in flatten(returned, expand_composites=True)]
        if len(merges) != len(results):
            raise ValueError(f"Number of inputs and outputs of body must match loop_vars: {len(merges)}, {len(results)}")
        for merge, result in zip(merges, results):
            close_cycle(merge, result)
        exits = [node("RefExit" if is_reference(x[0]) else "Exit", x[0]) for x in switches]
        self.loop_exits = exits
        self.exit_result(exits)
        return returned, exits

    def _call(self, body: Callable, packed: Any) -> Any:
        returned = body(*packed)
        return returned if is_sequence_or_composite(returned) else [returned]

    def _enter_variables(self, tensors: list[Tensor], shapes: list[TensorShape]) -> list[Tensor]:
        graph = get_default_graph()
        outer = self.outer_context
        outside = tensors if outer is None else [outer.add_value(x) for x in tensors]
        with graph.control_dependencies(None):
            enters = [enter(x, self, keeps_shape=False) for x in outside]
            for x in enters:
                graph.prevent_feeding(x)
                if outer is not None:
                    outer.add_inner(x.op)
        pivot = next((c.control_pivot() for c in (outer.chain() if outer else ()) if c.control_pivot() is not None), None)
        for x in enters:
            if pivot is not None and is_constant_enter(x.op.inputs[0].op):
                wait(x.op, pivot.op)
        for tensor, x, shape in zip(outside, enters, shapes):
            if not _is_less_general(tensor.shape, shape):
                raise ValueError(f"The shape invariant specified for {tensor.name} is not compatible with the initial "
                                 f"shape of the loop variable. It enters the loop with shape {tensor.shape}, but the "
                                 f"specified shape invariant is {shape}.")
            x.set_shape(shape)
        self.adopt(enters)
        self.values = set(enters)
        self.loop_enters = enters
        return enters


def flow_of(value: Any) -> Any:
    """Return the flow of a `TensorArray`; anything else as it is."""
    return value.flow if hasattr(value, "with_flow") else value


def with_flows(kinds: Sequence[Any], tensors: Sequence[Tensor]) -> list[Any]:
    """Return `tensors`, as a `TensorArray` where `kinds` has one."""
    return [kind.with_flow(t) if hasattr(kind, "with_flow") else t for kind, t in zip(kinds, tensors, strict=True)]


def _invariants(value: Any, shape: Any) -> list[Any]:
    """The shape invariants of the parts of a loop variable."""
    if isinstance(value, Tensor):
        return [shape]
    if hasattr(value, "indices") and len(flatten(value, expand_composites=True)) == 3 and hasattr(value, "dense_shape"):
        sizes = TensorShape(shape)
        if value._to_components()[0] is value.values:  # slices
            rows = [sizes[0].value] if sizes.ndims else [None]
            return [sizes, rows, [sizes.ndims]]
        rank = sizes.as_list()[0] if sizes.ndims else None
        return [[None, rank], [None], [rank]]
    return [TensorShape(None) for _ in flatten(value, expand_composites=True)]


def _is_less_general(one: TensorShape, other: TensorShape) -> bool:
    a, b = _sizes(one), _sizes(other)
    if b is None:
        return True
    if a is None or len(a) != len(b):
        return False
    return all(y is None or x == y for x, y in zip(a, b))


def _sizes(shape: TensorShape) -> Shape:
    return None if shape.ndims is None else tuple(shape.as_list())


def enter(value: Tensor, context: WhileContext, *, is_constant: bool = False, keeps_shape: bool = True,
          name: str | None = None) -> Tensor:
    """Return `value` inside of a loop."""
    kind = "RefEnter" if is_reference(value) else "Enter"
    inside = node(kind, value, frame_name=context.name, is_constant=is_constant,
                  parallel_iterations=context.parallel_iterations, name=name)
    if keeps_shape:
        inside.set_shape(value.shape)
    return inside


def enter_frame(context: WhileContext, value: Any, name: str) -> Any:
    """Return `value`, a tensor or composite value, as a loop variable enters the loop."""
    parts = flatten(value, expand_composites=True)
    context.values.update(parts)
    with context:
        inside: list[Any] = [enter(part, context, name=name) for part in parts]
    result = pack_sequence_as(value, inside, expand_composites=True)
    context.loop_enters.append(result)
    return result


def leave_frame(context: WhileContext, value: Any, name: str | None = None) -> Any:
    """Return `value` outside of the loop."""
    parts = [node("RefExit" if is_reference(t) else "Exit", t, name=name) for t in flatten(value, expand_composites=True)]
    result = pack_sequence_as(value, parts, expand_composites=True)
    context.loop_exits.append(result)
    context.exit_result(parts)
    return result


def next_value(value: Any) -> Any:
    """Return `value` in the next iteration."""
    parts = [node("RefNextIteration" if is_reference(t) else "NextIteration", t)
             for t in flatten(value, expand_composites=True)]
    return pack_sequence_as(value, parts, expand_composites=True)


def close_cycle(merge: Any, value: Any, checks: bool = True) -> None:
    """Let `value` be what `merge` gives in the next iteration."""
    following = next_value(value)
    for old, new in zip(flatten(merge, expand_composites=True), flatten(following, expand_composites=True), strict=True):
        if checks:
            _check_shape(old, new)
        if old.dtype.base_dtype != new.dtype.base_dtype:
            raise TypeError(f"Input 1 of node {old.op.name} was passed {new.dtype.name} from {new.name} incompatible with "
                            f"expected {old.dtype.name}.")
        old.op.update_input(1, new)


def _check_shape(merge: Tensor, value: Tensor) -> None:
    if not _is_less_general(value.shape, merge.shape):
        outside = merge.op.inputs[0].op.inputs[0]
        raise ValueError(f"Input tensor '{outside.name}' enters the loop with shape {outside.shape}, but has shape "
                         f"{value.shape} after one iteration. To allow the shape to vary across iterations, use the "
                         "`shape_invariants` argument of tf.while_loop to specify a less-specific shape.")
