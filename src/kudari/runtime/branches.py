"""Conditionals of a plan: the ops of both sides of a predicate that run together, found from the guards of the ops."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable
from typing import Any

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from .edges import waits_for
from .frames import Unit, all_ops
from .guards import MERGES, Guard, Guards, outermost

_ON_STACKS = frozenset({"StackPushV2", "StackPopV2"})

Effects = Callable[[Any], tuple[list, list]]  # from a unit to the variables it reads and those it writes


class Predicated:
    """An op on a stack that always runs, and counts only if its guard holds: a branch would copy the stack."""

    def __init__(self, op: Operation, guard: Guard):
        self.op, self.guard = op, guard
        self.outputs = op.outputs

    def all_ops(self) -> Iterable[Operation]:
        """The op."""
        yield self.op


class Branches:
    """The units of the two sides of a predicate, and the merges of their results.

    Args:
      pred: the predicate.
      sides: the units that run when it is false, and those that run when it is true.
      merges: the merges, each with the input that arrives when the predicate is false, and the one when it is true.
    """

    def __init__(self, pred: Tensor, sides: list[list[Any]], merges: dict[Operation, list[int]]):
        self.pred, self.sides, self.merges = pred, sides, merges
        self.inside = {op for side in sides for op in all_ops(side)}
        self.seen: list[tuple[Tensor, int]] = []  # what is used outside of what one side computes, and which side

    def all_ops(self) -> Iterable[Operation]:
        """Every node inside."""
        for side in self.sides:
            yield from all_ops(side)
        yield from self.merges

    @property
    def outputs(self) -> list[Tensor]:
        """What can be used outside."""
        return [t for t, _ in self.seen] + [t for op in self.merges for t in op.outputs]

    def look(self, used: Callable[[Tensor, Collection], bool]) -> None:
        """Find out what is used outside."""
        own = self.inside | set(self.merges)
        self.seen = [(t, i) for i, side in enumerate(self.sides) for unit in side for t in unit.outputs
                     if (not t.dtype._is_ref_dtype or t.op.type == "RefMerge") and used(t, own)]

    def __repr__(self) -> str:
        return f"<Branches {self.pred.name}>"


def with_branches(units: list[Unit], guards: Guards, effects: Effects, used: Callable[[Tensor, Collection], bool],
                  relative: dict[Unit, Guard] | None = None) -> list[Any]:
    """Return `units` with those that do not always run gathered into `Branches`.

    Args:
      units: in order.
      guards: of them.
      effects: what each reads and writes.
      used: from a tensor and the ops of a `Branches` to whether it is needed outside of them.
      relative: the part of the guards that is not decided yet.
    """
    relative = guards.units if relative is None else relative
    if not any(relative[unit] for unit in units) and not guards.predicates(units):
        return units
    group = {unit: _group(unit, guards, relative) for unit in units}
    result: list[Any] = []
    for pred, run in _runs(units, group, effects):
        if pred is None:
            result.extend(Predicated(unit, relative[unit]) if relative[unit] else unit for unit in run)  # type: ignore[arg-type]
            continue
        sides: list[list[Any]] = [[], []]
        merges: dict[Operation, list[int]] = {}
        inner: dict[Unit, Guard] = {}
        for unit in run:
            side = next((s for p, s in relative[unit] if p is pred), None)
            if side is None:
                merges[unit] = _arrivals(unit, pred, guards)  # type: ignore[index, arg-type]
            else:
                sides[side].append(unit)
                inner[unit] = frozenset(pair for pair in relative[unit] if pair[0] is not pred)
        branches = Branches(pred, [with_branches(side, guards, effects, used, inner) for side in sides], merges)
        branches.look(used)
        result.append(branches)
    return result


def _arrivals(op: Operation, pred: Tensor, guards: Guards) -> list[int]:
    """Which input of a merge arrives on either side of `pred`."""
    return [next(i for i, t in enumerate(op.inputs) if (pred, side) in guards.of(t)) for side in range(2)]


def _group(unit: Unit, guards: Guards, relative: dict[Unit, Guard]) -> Tensor | None:
    """The predicate that `unit` is to be run with: the outermost it depends on, or that it merges."""
    if isinstance(unit, Operation) and unit.type in _ON_STACKS:
        return None
    if relative[unit]:
        return outermost(relative[unit], guards)[0]
    if isinstance(unit, Operation) and unit.type in MERGES:
        return guards.split_by(unit)
    return None


def _runs(units: list[Unit], group: dict[Unit, Tensor | None], effects: Effects) -> list[tuple[Tensor | None, list[Unit]]]:
    """Cut `units` into runs of one group each, few and long ones, in an order in which what comes before is before."""
    waiting, followers = _dependencies(units, effects)
    place = {unit: i for i, unit in enumerate(units)}
    ready: dict[Tensor | None, list[int]] = {}
    for unit in units:
        if not waiting[unit]:
            heapq.heappush(ready.setdefault(group[unit], []), place[unit])
    runs: list[tuple[Tensor | None, list[Unit]]] = []
    current: Tensor | None = None
    while any(ready.values()):
        if not ready.get(current):
            plain = ready.get(None)
            current = None if plain else min((key for key, queue in ready.items() if queue),
                                             key=lambda key: ready[key][0])
        if not runs or runs[-1][0] is not current:
            runs.append((current, []))
        unit = units[heapq.heappop(ready[current])]
        runs[-1][1].append(unit)
        for follower in followers.get(unit, ()):
            waiting[follower] -= 1
            if not waiting[follower]:
                heapq.heappush(ready.setdefault(group[follower], []), place[follower])
    return runs


def _dependencies(units: list[Unit], effects: Effects) -> tuple[dict[Unit, int], dict[Unit, list[Unit]]]:
    """How many units each one waits for, and who waits for it: for values, control, and the order of reads and writes."""
    maker: dict[Operation, Unit] = {op: unit for unit in units for op in all_ops([unit])}
    waiting: dict[Unit, int] = {}
    followers: dict[Unit, list[Unit]] = {}
    last_write: dict[Any, Unit] = {}
    readers: dict[Any, list[Unit]] = {}
    done: set[Unit] = set()
    for unit in units:
        before = {maker[op] for op in (*(t.op for t in waits_for(unit, ())), *unit.control_input_list) if op in maker}
        reads, writes = effects(unit)
        before.update(last_write[v] for v in (*reads, *writes) if v in last_write)
        before.update(reader for v in writes for reader in readers.get(v, ()))
        for v in reads:
            readers.setdefault(v, []).append(unit)
        for v in writes:
            last_write[v], readers[v] = unit, []
        before &= done
        waiting[unit] = len(before)
        for other in before:
            followers.setdefault(other, []).append(unit)
        done.add(unit)
    return waiting, followers
