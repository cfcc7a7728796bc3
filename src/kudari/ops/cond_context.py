"""One branch of a conditional, as a context of nodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..dtypes import int64
from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..nest import flatten, pack_sequence_as
from ..op.convert import convert_to_tensor
from .context import Context, is_exit, wait
from .forms import cast, node
from .indexing import item
from .shapes import counting, shape_of


def is_reference(value: Any) -> bool:
    """Whether `value` is a variable's own output."""
    return value.dtype._is_ref_dtype


def switch_values(data: Any, pred: Any, name: str = "Switch") -> Any:
    """Return the two outputs of a switch of `data`, a tensor, a variable's output or a composite value."""
    graph = get_default_graph()
    with graph.colocate_with(data, ignore_existing=True):
        if isinstance(data, Tensor) and is_reference(data):
            return node("RefSwitch", data, pred, name=name)
        if isinstance(data, Tensor):
            with graph.name_scope(name) as scope:
                return node("Switch", data, pred, name=scope)
        with graph.name_scope(name):
            sides = zip(*[node("Switch", part, pred) for part in flatten(data, expand_composites=True)])
    return [pack_sequence_as(data, list(side), expand_composites=True) for side in sides]


def same_value(value: Any, name: str | None = None) -> Any:
    """Return a copy of `value`, a tensor, a variable's output or a composite value."""
    if not isinstance(value, Tensor):
        parts = [same_value(part) for part in flatten(value, expand_composites=True)]
        return pack_sequence_as(value, parts, expand_composites=True)
    return node("RefIdentity" if is_reference(value) else "Identity", value, name=name)


def merge_tensors(inputs: Sequence[Tensor], name: str | None = None) -> Tensor:
    """Return the one of `inputs` that has a value."""
    graph = get_default_graph()
    with graph.name_scope(name or "Merge") as scope:
        kind = "RefMerge" if all(map(is_reference, inputs)) else "Merge"
        return node(kind, list(inputs), name=scope)[0]


def merge_values(inputs: Sequence[Any], name: str | None = None) -> Any:
    """Return the one of `inputs`, tensors or slices, that has a value; slices if one of them is."""
    if all(isinstance(value, Tensor) for value in inputs):
        return merge_tensors(inputs, name)
    with get_default_graph().name_scope(name or "Merge"):
        parts = zip(*(flatten(slices, expand_composites=True) for slices in as_slices(inputs)))
        merged: list[Any] = [node("Merge", list(part))[0] for part in parts]
    return pack_sequence_as(next(v for v in inputs if not isinstance(v, Tensor)), merged, expand_composites=True)


def as_slices(values: Sequence[Any]) -> list[IndexedSlices]:
    """Return `values` as slices with indices of one type."""
    found = [_as_slices(value) for value in values]
    if len({slices.indices.dtype for slices in found}) > 1:
        return [IndexedSlices(s.values, cast(s.indices, int64), s.dense_shape) for s in found]
    return found


def _as_slices(value: Any) -> IndexedSlices:
    if isinstance(value, IndexedSlices):
        return value
    shape = shape_of(value, optimize=False)
    return IndexedSlices(value, counting(0, item(shape, 0)), shape)


class CondContext(Context):
    """The nodes of one branch.

    Args:
      pred: what decides.
      pivot: has a value when this branch runs.
      branch: 1 for the branch taken when `pred` is true, 0 for the other.
      name: of the context.
    """

    def __init__(self, pred: Tensor, pivot: Tensor, branch: int, name: str = "cond_text"):
        graph = get_default_graph()
        unique = graph.unique_name(name)
        super().__init__()
        self._name, self.pred, self.pivot, self.branch = unique, pred, pivot, branch
        self.values.update((pred, pivot))
        self.external[pred] = pred
        pivot.op._set_control_flow_context(self)

    @property
    def grad_state(self) -> Any:
        """What is known of the loop that the loop around is the gradient of."""
        loop = self.while_context()
        return None if loop is None else loop.grad_state

    def add_value(self, value: Tensor) -> Tensor:
        """Return what stands for `value` in this branch, through a switch made now if need be."""
        if value in self.values:
            return self.external.get(value, value)
        self.values.add(value)
        outer = self._outer_value(value)
        with get_default_graph().control_dependencies(None):
            inner = switch_values(outer, self.pred)[self.branch]
            if self.outer_context is not None:
                self.outer_context.add_inner(inner.op)
        inner.graph.prevent_fetching(inner.op)
        inner.op._set_control_flow_context(self)
        for context in self.chain():
            context.values.add(inner)
        self.external[value] = inner
        return inner

    def _outer_value(self, value: Tensor) -> Tensor:
        if self.outer_context is None:
            return value
        outer = self.outer_context.add_value(value)
        self.values.add(outer)
        self.external[outer] = outer
        return outer

    def add_op(self, op: Operation) -> None:
        """Fit a node that was just made into this branch."""
        if not op.inputs:
            self.drop_outer_controls(op)
            if not any(self._holds(c) for c in op.control_input_list):
                wait(op, self.pivot.op)
        else:
            for i, tensor in enumerate(op.inputs):
                inner = self.add_value(tensor)
                if inner is not tensor:
                    op.rewire(i, inner)
            self.drop_outer_controls(op)
        for context in self.chain():
            context.values.update(op.outputs)
        if self.outer_context is not None or not is_exit(op):
            op.graph.prevent_fetching(op)
        if self.outer_context is not None:
            self.outer_context.add_inner(op)

    def _holds(self, op: Operation) -> bool:
        context = op._control_flow_context
        return context is not None and self in context.chain()

    def result(self, value: Any) -> Any:
        """Return `value`, something that the function of this branch returned, as a tensor of the branch."""
        if isinstance(value, Operation):
            return self._after(value)
        return self._output(convert_to_tensor(getattr(value, "flow", value)))

    def _after(self, op: Operation) -> Tensor:
        """A copy of the pivot that waits for `op`."""
        graph = get_default_graph()
        with graph.name_scope("control_dependency") as scope, graph.colocate_with(self.pivot), \
                graph.control_dependencies([op]):
            return node("Identity", self.pivot, name=scope)

    def _output(self, value: Tensor) -> Tensor:
        if value in self.values:
            return self.external.get(value, value)
        self.values.add(value)
        outer = self._outer_value(value)
        inner = switch_values(outer, self.pred)[self.branch]
        self.external[value] = inner
        return inner
