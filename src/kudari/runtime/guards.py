"""Under which conditions an op runs, read off the `Switch` and `Merge` nodes before it.

A guard is a set of pairs of a predicate and the side of it that must be taken. What a `Switch` lets through has its
guard and one pair more; a `Merge` of the two sides of a predicate has one pair less.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from .edges import waits_for
from .frames import Loop, Unit, is_loop_variable

Guard = frozenset[tuple[Tensor, int]]
SWITCHES = frozenset({"Switch", "RefSwitch"})
MERGES = frozenset({"Merge", "RefMerge"})
NOTHING: Guard = frozenset()


class IrregularError(Exception):
    """The nodes do not form conditionals nested in each other: only the interpreter can follow them."""


class Guards:
    """The guards of the units of one level: of a plan, or of the body of a loop.

    Args:
      units: in order.
      fed: tensors that are there without an op.
    """

    def __init__(self, units: list[Unit], fed: Container[Tensor]):
        self._fed = fed
        self._of: dict[Operation, Guard] = {}  # of ops; those of a loop have its guard
        self.units: dict[Unit, Guard] = {}
        for unit in units:
            guard = self._found(unit)
            self.units[unit] = guard
            for op in unit.exits if isinstance(unit, Loop) else (unit,):
                self._of[op] = guard

    def _found(self, unit: Unit) -> Guard:
        controls = [self._of.get(op, NOTHING) for op in unit.control_input_list]
        if isinstance(unit, Operation) and unit.type in MERGES:
            data = [NOTHING if is_loop_variable(unit) else self._merged(unit)]
        else:
            data = [self.of(t) for t in waits_for(unit, self._fed)]
        return frozenset().union(*data, *controls)

    def of(self, tensor: Tensor) -> Guard:
        """Return the guard of a tensor."""
        if tensor in self._fed:
            return NOTHING
        guard = self._of.get(tensor.op, NOTHING)
        if tensor.op.type in SWITCHES:
            guard |= {(self.root(tensor.op.inputs[1]), tensor.value_index)}
        return guard

    def root(self, pred: Tensor) -> Tensor:
        """Return the tensor that `pred` is a copy of."""
        while pred.op.type == "Identity" and pred not in self._fed and pred.op in self._of:
            pred = pred.op.inputs[0]
        return pred

    def _merged(self, op: Operation) -> Guard:
        guards = [self.of(t) for t in op.inputs]
        if all(guard == guards[0] for guard in guards):
            return guards[0]
        if len(guards) == 2:
            for pred, side in guards[0] - guards[1]:
                if guards[1] == guards[0] - {(pred, side)} | {(pred, 1 - side)}:
                    return guards[0] - {(pred, side)}
        raise IrregularError(op.name)

    def known_to(self, units: list[Unit]) -> dict[Any, Guard]:
        """Return the guards of those of `units` that do not always run, and of the inputs of their merges."""
        found: dict[Any, Guard] = {unit: self.units[unit] for unit in units if self.units.get(unit)}
        merges = (u for u in units if isinstance(u, Operation) and u.type in MERGES and not is_loop_variable(u))
        found.update((t, guard) for op in merges for t in op.inputs if (guard := self.of(t)))
        return found

    def split_by(self, op: Operation) -> Tensor | None:
        """Return the predicate whose two sides `op`, a merge, brings together; `None` if it has only one input alive."""
        if is_loop_variable(op):
            return None
        first, second = (self.of(t) for t in op.inputs[:2]) if len(op.inputs) > 1 else (NOTHING, NOTHING)
        return next((pred for pred, _ in first - second), None)

    def predicates(self, units: list[Unit]) -> set[Tensor]:
        """Return the predicates that decide which of `units` run, and what their merges give."""
        found = {pred for unit in units for pred, _ in self.units.get(unit, ())}
        merges = (u for u in units if isinstance(u, Operation) and u.type in MERGES and u in self.units)
        return found | {pred for op in merges if (pred := self.split_by(op)) is not None}


def outermost(guard: Guard, guards: Any) -> tuple[Tensor, int]:
    """Return the pair of `guard` whose predicate is decided first."""
    return min(guard, key=lambda pair: (len(guards.of(pair[0])), pair[0].op._id))
