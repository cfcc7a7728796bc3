"""Plans: the ops a run needs, in order, cut into segments that run on the device or in Python."""

from __future__ import annotations

import heapq
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import Any

from ..dtypes import resource, string, variant
from ..errors import InvalidArgumentError
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from .stats import stats

_HOST_TYPES = frozenset({string, resource, variant})
SHAPE_OPS = frozenset({"Shape", "ShapeN", "Size", "Rank"})
_PLACEHOLDERS = frozenset({"Placeholder", "PlaceholderV2"})


@dataclass
class Segment:
    """Ops that run together: in one XLA program, or one after another in Python.

    Args:
      ops: in order.
      on_host: whether they run in Python.
      inputs: tensors that feeds or earlier segments give.
      outputs: tensors that later segments or the fetches need.
      reads: variables whose value is needed from before the segment.
      writes: variables it changes.
      static_inputs: those inputs whose value must be known when the segment is compiled.
      is_watched: whether a step may turn out to be wrong only while it runs.
      programs: compiled for it, by shapes.
      latest: the program used last, and what it was chosen by.
    """

    ops: list[Operation]
    on_host: bool
    inputs: list[Tensor] = field(default_factory=list)
    outputs: list[Tensor] = field(default_factory=list)
    reads: list[Operation] = field(default_factory=list)
    writes: list[Operation] = field(default_factory=list)
    static_inputs: list[Tensor] = field(default_factory=list)
    is_watched: bool = False
    programs: dict[Any, Any] = field(default_factory=dict)
    latest: tuple | None = None


class Plan:
    """What one choice of fetches and feeds runs.

    Args:
      elements: the tensors and operations fetched.
      fed: the tensors fed.

    Raises:
      InvalidArgumentError: if a placeholder that is needed is not fed.
    """

    def __init__(self, elements: list[Any], fed: Iterable[Tensor]):
        stats.plans += 1
        self.elements = elements
        self.fed = list(fed)
        fed_set = set(self.fed)
        self.ops = _ordered(_needed(elements, fed_set), fed_set)
        _check_placeholders(self.ops, fed_set)
        self.segments = _segments(self.ops, elements, fed_set)
        self.results = [_result_source(element, fed_set) for element in elements]
        self.is_deferrable = self._is_deferrable()
        self.limit = 16  # steps held back at most, until measured
        self.useless_deferrals = 0

    def _is_deferrable(self) -> bool:
        if any(isinstance(element, Tensor) for element in self.elements) or len(self.segments) != 1:
            return False
        segment = self.segments[0]
        if segment.on_host or segment.is_watched:
            return False
        return bool(segment.writes) and set(segment.writes) <= set(segment.reads)


def _result_source(element: Any, fed: set[Tensor]) -> Any:
    """What the value of a fetched element is found by: a tensor, or the variable it refers to; `None` if it has none."""
    if isinstance(element, Operation):
        return None
    return variable_of(element) if element.dtype._is_ref_dtype and element not in fed else element


def is_view(op: Operation) -> bool:
    """Whether `op` only gives a variable's value a name: its readers read the variable itself, as in TensorFlow."""
    return op.type == "Identity" and op.inputs[0].dtype._is_ref_dtype


def is_told(tensor: Tensor) -> bool:
    """Whether `tensor` is a constant text: where an op that watches values takes it, it only tells what went wrong."""
    return tensor.op.type == "Const" and tensor.dtype == string


def _waits_for(op: Operation, fed: Container[Tensor]) -> list[Tensor]:
    """The inputs that `op` needs from other ops."""
    only_tells = op.definition.watch_rule is not None
    return [t for t in op.inputs if t not in fed and not (only_tells and is_told(t))]


def refers(tensor: Tensor, fed: Container[Tensor]) -> bool:
    """Whether `tensor` stands for what a variable holds when it is read."""
    if tensor in fed:
        return False
    return tensor.dtype._is_ref_dtype or (is_view(tensor.op) and tensor.op.inputs[0] not in fed)


def variable_of(tensor: Tensor) -> Operation:
    """Return the variable op whose value a reference tensor refers to."""
    op = tensor.op
    while op.type != "VariableV2":
        if is_view(op):
            op = op.inputs[0].op
            continue
        refs = [t for arg, t in op.definition.flat_inputs(op) if arg.is_ref]
        op = refs[tensor.value_index if len(op.outputs) == len(refs) else 0].op
    return op


def variables_written(op: Operation) -> list[Operation]:
    """Return the variables that `op` changes, in the order of its reference inputs."""
    return [variable_of(t) for arg, t in op.definition.flat_inputs(op) if arg.is_ref and op.definition.has_refs
            and op.type != "IsVariableInitialized"]


def variables_read(op: Operation, fed: set[Tensor]) -> list[Operation]:
    """Return the variables whose value `op` needs."""
    return [variable_of(t) for arg, t in op.definition.flat_inputs(op)
            if refers(t, fed) and not (arg.is_ref and op.definition.overwrites)
            and op.type != "IsVariableInitialized"]


def _needed(elements: list[Any], fed: set[Tensor]) -> set[Operation]:
    stack = [e if isinstance(e, Operation) else e.op for e in elements if e not in fed]
    needed: set[Operation] = set()
    while stack:
        op = stack.pop()
        if op in needed:
            continue
        needed.add(op)
        stack.extend(t.op for t in _waits_for(op, fed))
        stack.extend(op.control_input_list)
    return needed


def _ordered(needed: set[Operation], fed: set[Tensor]) -> list[Operation]:
    """Sort topologically, by creation where there is a choice."""
    order = sorted(needed, key=lambda op: op._id)
    waiting: dict[Operation, int] = {}
    followers: dict[Operation, list[Operation]] = {}
    for op in order:
        before = {t.op for t in _waits_for(op, fed)} | set(op.control_input_list)
        waiting[op] = len(before)
        for other in before:
            followers.setdefault(other, []).append(op)
    ready = [op._id for op in order if not waiting[op]]
    heapq.heapify(ready)
    by_id = {op._id: op for op in order}
    result = []
    while ready:
        op = by_id[heapq.heappop(ready)]
        result.append(op)
        for follower in followers.get(op, ()):
            waiting[follower] -= 1
            if not waiting[follower]:
                heapq.heappush(ready, follower._id)
    if len(result) != len(order):
        stuck = next(op for op in order if waiting[op])
        raise InvalidArgumentError(None, None, f"The graph has a cycle through node '{stuck.name}'.")
    return result


_CPP_TYPE_NAMES = {"float32": "float", "float64": "double", "float16": "half"}


def _check_placeholders(ops: list[Operation], fed: set[Tensor]) -> None:
    for op in ops:
        if op.type in _PLACEHOLDERS and op.outputs[0] not in fed:
            dtype = op["dtype"].name
            shape = op.attrs.get("shape")
            sizes = f" and shape [{','.join('?' if s is None else str(s) for s in shape)}]" if shape else ""
            raise InvalidArgumentError(
                op.node_def, op, f"You must feed a value for placeholder tensor '{op.name}' with dtype "
                f"{_CPP_TYPE_NAMES.get(dtype, dtype)}{sizes}\n\t [[node {op.name} (defined at {op.made_at}) ]]")


def _runs_on_host(op: Operation, static: dict[Tensor, bool], fed: set[Tensor]) -> bool:
    if op.definition.host:
        return True
    if any(t.dtype.base_dtype in _HOST_TYPES for t in (*_waits_for(op, ()), *op.outputs)):
        return True
    return any(arg.is_static and not _is_static(t, static, fed) for arg, t in op.definition.flat_inputs(op))


def _is_static(tensor: Tensor, known: dict[Tensor, bool], fed: set[Tensor]) -> bool:
    """Whether the value of `tensor` follows from constants, shapes and feeds alone."""
    if tensor in fed:
        return True
    if tensor not in known:
        op = tensor.op
        known[tensor] = op.type in SHAPE_OPS or (
            not tensor.dtype._is_ref_dtype and not op.definition.stateful and not op.definition.host
            and tensor.dtype.base_dtype not in _HOST_TYPES and all(_is_static(t, known, fed) for t in op.inputs))
    return known[tensor]


def _levels(ops: list[Operation], fed: set[Tensor]) -> dict[Operation, int]:
    """Give each op the earliest turn it can run in: even turns are the device's, odd ones the host's."""
    static: dict[Tensor, bool] = {}
    level: dict[Operation, int] = {}
    last_write: dict[Operation, int] = {}
    last_use: dict[Operation, int] = {}
    host_turn = 0
    for op in ops:
        reads, writes = variables_read(op, fed), variables_written(op)
        before = [level[t.op] for t in _waits_for(op, fed)] + [level[c] for c in op.control_input_list]
        before += [last_write[v] for v in reads if v in last_write] + [last_use[v] for v in writes if v in last_use]
        on_host = _runs_on_host(op, static, fed)
        turn = max(before, default=0)
        if on_host and op.definition.stateful:
            turn = max(turn, host_turn)
        turn += (turn % 2) != on_host
        level[op] = turn
        if on_host and op.definition.stateful:
            host_turn = turn
        for v in writes:
            last_write[v] = last_use[v] = max(turn, last_use.get(v, 0))
        for v in reads:
            last_use[v] = max(turn, last_use.get(v, 0))
    return level


def _segments(ops: list[Operation], elements: list[Any], fed: set[Tensor]) -> list[Segment]:
    level = _levels(ops, fed)
    turns: dict[int, list[Operation]] = {}
    for op in ops:
        turns.setdefault(level[op], []).append(op)
    segments = [Segment(turns[turn], on_host=bool(turn % 2)) for turn in sorted(turns)]
    fetched = {e for e in elements if isinstance(e, Tensor) and not e.dtype._is_ref_dtype and e not in fed}
    planned = set(ops)
    for segment in segments:
        _connect(segment, fed, fetched, planned)
    return segments


def _connect(segment: Segment, fed: set[Tensor], fetched: set[Tensor], planned: set[Operation]) -> None:
    inside = set(segment.ops)
    inputs: dict[Tensor, None] = {}
    reads: dict[Operation, None] = {}
    writes: dict[Operation, None] = {}
    for op in segment.ops:
        inputs.update((t, None) for t in op.inputs if t in fed)
        inputs.update((t, None) for t in _waits_for(op, fed) if t.op not in inside and not refers(t, fed))
        reads.update((v, None) for v in variables_read(op, fed) if v not in writes)
        writes.update((v, None) for v in variables_written(op))
    segment.inputs, segment.reads, segment.writes = list(inputs), list(reads), list(writes)
    segment.outputs = [t for op in segment.ops for t in op.outputs if not t.dtype._is_ref_dtype
                       and (t in fetched or (not refers(t, fed)
                                             and any(c in planned and c not in inside for c in t._consumers)))]
    if not segment.on_host:
        segment.static_inputs = _static_inputs(segment)
        segment.is_watched = any(op.definition.watch_rule is not None for op in segment.ops)


def _static_inputs(segment: Segment) -> list[Tensor]:
    """The inputs of the segment that a `Static` argument inside it depends on by value."""
    inputs, seen = set(segment.inputs), set()
    found: dict[Tensor, None] = {}
    stack = [t for op in segment.ops for arg, t in op.definition.flat_inputs(op) if arg.is_static]
    while stack:
        tensor = stack.pop()
        if tensor in seen:
            continue
        seen.add(tensor)
        if tensor in inputs:
            found[tensor] = None
        elif tensor.op.type not in SHAPE_OPS:
            stack.extend(tensor.op.inputs)
    return list(found)
