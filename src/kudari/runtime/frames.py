"""Loops of a graph: the nodes between `Enter` and `Exit`, found from the nodes alone and put together to one unit."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Container, Iterable
from typing import Any, Union

from ..errors import InvalidArgumentError
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from .edges import waits_for

ENTERS = frozenset({"Enter", "RefEnter"})
EXITS = frozenset({"Exit", "RefExit"})
_NEXTS = frozenset({"NextIteration", "RefNextIteration"})

Frame = tuple[Any, str]  # the frame around, or `None`, and a name


def is_loop_variable(op: Operation) -> bool:
    """Whether `op` is the merge of what enters a loop and what the iteration before made."""
    return op.type in ("Merge", "RefMerge") and any(t.op.type in _NEXTS for t in op.inputs)


class Loop:
    """The nodes of one loop, which plans treat as a single op.

    Args:
      name: of the frame.
      enters: the nodes that hand values in.
      units: the other nodes and the loops inside, in order.
    """

    def __init__(self, name: str, enters: list[Operation], units: list[Unit], control_inputs: list[Operation]):
        self.name, self.enters, self.units, self.control_input_list = name, enters, units, control_inputs
        self.exits = [u for u in units if isinstance(u, Operation) and u.type in EXITS]
        self.variables = [u for u in units if isinstance(u, Operation) and is_loop_variable(u)]
        self.inputs = list(dict.fromkeys(enter.inputs[0] for enter in enters))
        self.outputs = [exit.outputs[0] for exit in self.exits]
        self._id = min(op._id for op in enters)
        self.condition = _condition(self)
        self.before: list[Any] = []  # the units that decide about the next iteration
        self.body: list[Any] = []  # the others, those that do not always run gathered into conditionals
        self.written: list[Operation] = []  # the variables it may change

    def initial(self, variable: Operation) -> Tensor:
        """Return what a loop variable is before the first iteration, as the tensor outside."""
        enter = next(t.op for t in variable.inputs if t.op.type not in _NEXTS)
        return enter.inputs[0]

    def following(self, variable: Operation) -> Tensor:
        """Return what a loop variable is in the next iteration."""
        return next(t.op for t in variable.inputs if t.op.type in _NEXTS).inputs[0]

    def all_ops(self) -> Iterable[Operation]:
        """Every node inside, those of inner loops included."""
        yield from self.enters
        yield from all_ops(self.units)

    def __repr__(self) -> str:
        return f"<Loop {self.name}>"


Unit = Union[Operation, Loop]  # noqa: UP007 - evaluated when imported, before `Loop` supports `|`


def all_ops(units: Iterable[Any]) -> Iterable[Operation]:
    """Every node of `units`, those inside of loops included."""
    for unit in units:
        if isinstance(unit, Operation):
            yield unit
        else:
            yield from unit.all_ops()


def _condition(loop: Loop) -> Tensor:
    for unit in loop.units:
        if isinstance(unit, Operation) and unit.type == "LoopCond":
            return unit.outputs[0]
    raise InvalidArgumentError(None, None, f"The loop '{loop.name}' has no LoopCond node.")


def ordered_units(needed: Collection[Operation], fed: Container[Tensor]) -> list[Unit]:
    """Return the ops of a plan in order, each loop as one unit.

    Args:
      needed: the ops.
      fed: tensors that are there without their op.

    Raises:
      InvalidArgumentError: if the nodes wait for each other in a circle that is no loop.
    """
    if not any(op.type in ENTERS for op in needed):
        return _ordered(needed, fed, {})
    frames = _frames(_ordered(needed, fed, {}), fed)
    members: dict[Frame, list[Unit]] = {}
    for op in needed:
        if frames[op] is not None:
            members.setdefault(frames[op], []).append(op)
    owner: dict[Operation, Loop] = {}
    for frame in sorted(members, key=_depth, reverse=True):
        loop = _collapsed(frame, members[frame], fed, owner)
        owner.update((op, loop) for op in loop.all_ops())
        if frame[0] is not None:
            members.setdefault(frame[0], []).append(loop)
    outside: dict[Unit, None] = dict.fromkeys(owner.get(op, op) for op in needed)
    return _ordered(outside, fed, owner)


def _depth(frame: Frame | None) -> int:
    return 0 if frame is None else 1 + _depth(frame[0])


def _frames(order: list[Any], fed: Container[Tensor]) -> dict[Operation, Any]:
    """The frame each op is in; `None` for those outside of all loops."""
    frames: dict[Operation, Any] = {}
    for op in order:
        around = [frames[b][0] if b.type in EXITS else frames[b] for b in _before(op, fed)]
        frame = max(around, key=_depth, default=None)
        frames[op] = (frame, op["frame_name"]) if op.type in ENTERS else frame
    return frames


def _before(unit: Unit, fed: Container[Tensor]) -> list[Operation]:
    """The ops that a unit waits for, without the iteration before."""
    return [t.op for t in waits_for(unit, fed) if t.op.type not in _NEXTS] + list(unit.control_input_list)


def _collapsed(frame: Frame, members: list[Unit], fed: Container[Tensor], owner: dict[Operation, Loop]) -> Loop:
    enters = [op for op in members if isinstance(op, Operation) and op.type in ENTERS]
    units = [op for op in members if not (isinstance(op, Operation) and op.type in ENTERS) and op not in owner]
    inside = set(all_ops(members))
    controls = [c for op in enters for c in op.control_input_list if c not in inside]
    return Loop(frame[1], enters, _ordered(units, fed, owner), list(dict.fromkeys(controls)))


def _ordered(units: Collection[Any], fed: Container[Tensor], owner: dict[Operation, Loop]) -> list[Any]:
    """Sort topologically, by creation where there is a choice; what is not among `units` is there already."""
    order = sorted(units, key=lambda unit: unit._id)
    among = set(order)
    waiting: dict[Any, int] = {}
    followers: dict[Any, list[Any]] = {}
    for unit in order:
        found = {owner.get(op, op) for op in _before(unit, fed)}
        before = {other for other in found if other in among and other is not unit}
        waiting[unit] = len(before)
        for other in before:
            followers.setdefault(other, []).append(unit)
    ready = [(unit._id, i) for i, unit in enumerate(order) if not waiting[unit]]
    place = {unit: i for i, unit in enumerate(order)}
    heapq.heapify(ready)
    result = []
    while ready:
        unit = order[heapq.heappop(ready)[1]]
        result.append(unit)
        for follower in followers.get(unit, ()):
            waiting[follower] -= 1
            if not waiting[follower]:
                heapq.heappush(ready, (follower._id, place[follower]))
    if len(result) != len(order):
        stuck = next(unit for unit in order if waiting[unit])
        raise InvalidArgumentError(None, None, f"The graph has a cycle through node '{stuck.name}'.")
    return result
