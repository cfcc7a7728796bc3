"""Tracing what repeats as one loop.

The order of a step's ops becomes a list of parts, each run in turn: most are single ops; a `Roll` runs a whole stretch of
blocks that are alike. Its first two blocks, and a few of the last, are run one by one, the others by `lax.scan`. Values
that ops outside want from every block are kept as rows of one array, and cut from it only where somebody needs one alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp
from jax import lax

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from .lower import Lowering, Row
from .repeats import LEAST_REPEATS, PEELED, Stretch, find_stretches

_MOST_PEELED = 3  # blocks after the loop

Part = Any  # a unit of the plan, or something else with `run(lowering)`


def parts_of(ops: list[Operation], wanted: Sequence[Tensor]) -> list[Part]:
    """Return the parts to run instead of `ops`, one after another.

    Args:
      ops: in order.
      wanted: tensors needed afterwards.
    """
    parts: list[Part] = list(ops)
    rolls = []
    for start, stretch in reversed(list(find_stretches(ops))):
        roll = Roll(stretch, set(ops), set(wanted))
        parts[start:start + len(stretch.ops)] = [roll]
        rolls.append(roll)
    if rolls:
        _gather(parts, rolls)
    return parts


def run_part(part: Part, lowering: Lowering) -> None:
    """Run one part."""
    if isinstance(part, Rows | Stacked | Total | Roll):
        part.run(lowering)
    else:
        lowering.run(part)


def _gather(parts: list[Part], rolls: list[Roll]) -> None:
    """Let ops that take or give a value for each block work on the array that holds them all."""
    taken = {tensor for roll in rolls for tensors in roll.stretch.varying.values() for tensor in tensors}
    home = {op: roll for roll in rolls for op in roll.stretch.ops}
    for i, part in enumerate(parts):
        if not isinstance(part, Operation):
            continue
        if part.type == "Unpack" and taken & set(part.outputs):
            parts[i] = Rows(part)
        elif part.type == "Pack" and part.inputs[-1].op in home:
            parts[i] = Stacked(part)
        elif part.type == "AddN" and part.inputs[-1].op in home:
            home[part.inputs[-1].op].add_up(part)
            parts[i] = Total(part)


@dataclass
class Rows:
    """An `Unpack` whose outputs stay rows of one array."""

    op: Operation

    def run(self, lowering: Lowering) -> None:
        """Keep the outputs as rows."""
        whole = jnp.moveaxis(lowering.read(self.op.inputs[0]), self.op["axis"], 0)
        lowering.values.update((tensor, Row(whole, i)) for i, tensor in enumerate(self.op.outputs))


@dataclass
class Stacked:
    """A `Pack` of values that may be rows of one array already."""

    op: Operation

    def run(self, lowering: Lowering) -> None:
        """Take the rows together where they are."""
        whole = _whole(lowering, self.op.inputs)
        if whole is None:
            lowering.run(self.op)
        else:
            lowering.values[self.op.outputs[0]] = jnp.moveaxis(whole, 0, self.op["axis"])


def _whole(lowering: Lowering, tensors: Sequence[Tensor]) -> Any:
    """The array whose rows the tensors are, in order or in reverse; `None` if they are not."""
    run = _run_of_rows([lowering.values.get(t) for t in tensors])
    if run is None:
        return None
    array, _, step = run
    if len(tensors) != array.shape[0]:
        return None
    return array if step == 1 else jnp.flip(array, 0)


def _run_of_rows(values: Sequence[Any]) -> tuple[Any, int, int] | None:
    """The array, first index and step (1 or -1) of values that are neighbouring rows of one array."""
    first, second = values[0], values[1]
    if not all(isinstance(value, Row) and value.array is first.array for value in values):
        return None
    step = second.number - first.number
    if step not in (1, -1) or any(value.number != first.number + step * i for i, value in enumerate(values)):
        return None
    return first.array, first.number, step


@dataclass
class Total:
    """An `AddN` some of whose terms a loop has added up already."""

    op: Operation

    def run(self, lowering: Lowering) -> None:
        """Add the terms that are there."""
        terms = [lowering.read(t) for t in self.op.inputs if t in lowering.values]
        total = terms[0]
        for term in terms[1:]:
            total = total + term
        lowering.values[self.op.outputs[0]] = total


class Roll:
    """A stretch of blocks, run as a loop.

    Args:
      stretch: the blocks.
      planned: all ops of the step.
      wanted: tensors needed after it.
    """

    def __init__(self, stretch: Stretch, planned: set[Operation], wanted: set[Tensor]):
        self.stretch, self._planned, self._wanted = stretch, planned, wanted
        self._sums: dict[Tensor, Operation] = {}

    def add_up(self, total: Operation) -> None:
        """Let the loop add up those terms of `total` that nobody else needs."""
        inside = set(self.stretch.ops)
        for tensor in total.inputs:
            users = [op for op in tensor._consumers if op in self._planned]
            if tensor.op in inside and users == [total] and tensor not in self._wanted:
                self._sums[tensor] = total

    def run(self, lowering: Lowering) -> None:
        """Run all blocks."""
        self._run_plainly(lowering, range(PEELED))
        last = self._last(lowering)
        if last is None:
            self._run_plainly(lowering, range(PEELED, self.stretch.count))
            return
        _Loop(self.stretch, lowering, last, self._outside(last), self._sums).run()
        self._run_plainly(lowering, range(last, self.stretch.count))

    def _run_plainly(self, lowering: Lowering, blocks: range) -> None:
        for number in blocks:
            for op in self.stretch.block(number):
                lowering.run(op)

    def _last(self, lowering: Lowering) -> int | None:
        """The block before which the loop ends, so that what varies over it is rows of one array wherever it can be."""
        ends = range(self.stretch.count, max(self.stretch.count - _MOST_PEELED, PEELED + LEAST_REPEATS // 2) - 1, -1)
        rows = [[lowering.values.get(t) for t in tensors] for tensors in self.stretch.varying.values()]
        mostly = [values for values in rows if sum(isinstance(v, Row) for v in values) > len(values) // 2]
        for end in ends:
            if all(_run_of_rows(values[:end - PEELED]) for values in mostly):
                return end
        return self.stretch.count

    def _outside(self, last: int) -> dict[tuple[int, int], set[int]]:
        """By position and output, the blocks of the loop whose value somebody outside the loop needs."""
        stretch = self.stretch
        looped = set(stretch.ops[PEELED * stretch.period:last * stretch.period])
        found: dict[tuple[int, int], set[int]] = {}
        for number in range(PEELED, last):
            for position, op in enumerate(stretch.block(number)):
                for tensor in op.outputs:
                    if tensor not in self._sums and (tensor in self._wanted or any(
                            user in self._planned and user not in looped for user in tensor._consumers)):
                        found.setdefault((position, tensor.value_index), set()).add(number)
        return found


class _Loop:
    """One run of the blocks from the model block to before `last`."""

    def __init__(self, stretch: Stretch, lowering: Lowering, last: int, outside: dict[tuple[int, int], set[int]],
                 sums: dict[Tensor, Operation]):
        self.stretch, self.lowering, self.last = stretch, lowering, last
        self.model = stretch.block(PEELED)
        self.count = last - PEELED
        self.carried = sorted(set(stretch.carried.values()))
        self.kept = sorted(where for where in outside if self.model[where[0]].type != "Const")
        self.constants = [where[0] for where in outside if self.model[where[0]].type == "Const"]
        self.summed = self._summed(sums)

    def _summed(self, sums: dict[Tensor, Operation]) -> list[Tensor]:
        """The model block's outputs that are added up over all blocks from the one before the loop on."""
        found = []
        for position, op in enumerate(self.model):
            for tensor in op.outputs:
                ours = [self._output(number, position, tensor.value_index) for number in range(PEELED - 1, self.last)]
                if tensor in sums and all(sums.get(other) is sums[tensor] for other in ours):
                    found.append(tensor)
        return found

    def _output(self, number: int, position: int, index: int) -> Tensor:
        return self.stretch.ops[number * self.stretch.period + position].outputs[index]

    def _places(self, tensors: Sequence[Tensor]) -> list[tuple[int, int]]:
        position = {op: i for i, op in enumerate(self.model)}
        return [(position[t.op], t.value_index) for t in tensors]

    def run(self) -> None:
        """Run the loop and give its results to the lowering."""
        read = self.lowering.read
        histories = {way[1:]: [read(self._output(PEELED - back, *way[1:])) for back in range(self._reach(way[1:]), 0, -1)]
                     for way in self.carried}
        totals = [read(self._output(PEELED - 1, *where)) for where in self._places(self.summed)]
        rows, columns = self._varying()

        def body(held: Any, row: Any) -> Any:
            number, cells = row
            given = dict(zip(columns, cells))
            for model, (array, first, step) in rows.items():
                given[model] = lax.dynamic_index_in_dim(array, first + step * number, keepdims=False)
            return self._block(held, given)

        every = (jnp.arange(self.count), list(columns.values()))
        (histories, totals), kept = lax.scan(body, (histories, totals), every)
        self._publish(histories, totals, kept)

    def _reach(self, where: tuple[int, int]) -> int:
        return max(back for back, *there in self.carried if tuple(there) == where)

    def _varying(self) -> tuple[dict[Tensor, tuple[Any, int, int]], dict[Tensor, Any]]:
        """What varies: as neighbouring rows of an array there is, or stacked into one."""
        rows, columns = {}, {}
        for model, tensors in self.stretch.varying.items():
            ours = tensors[:self.count]
            run = _run_of_rows([self.lowering.values.get(t) for t in ours])
            if run is not None:
                rows[model] = run
            else:
                columns[model] = jnp.stack([self.lowering.read(t) for t in ours])
        return rows, columns

    def _block(self, held: Any, given: dict[Tensor, Any]) -> Any:
        """Trace the model block on what is carried and what varies."""
        histories, totals = held
        values = {**self.lowering.values, **given}
        for model, (back, *where) in self.stretch.carried.items():
            values[model] = histories[tuple(where)][-back]
        inner = Lowering(values, self.lowering.state, self.lowering.statics, self.lowering.overrides)
        for op in self.model:
            inner.run(op)
        histories = {where: [*history[1:], inner.read(self.model[where[0]].outputs[where[1]])]
                     for where, history in histories.items()}
        totals = [total + inner.read(t) for total, t in zip(totals, self.summed)]
        return (histories, totals), [inner.read(self.model[position].outputs[index]) for position, index in self.kept]

    def _publish(self, histories: Any, totals: Any, kept: Any) -> None:
        values = self.lowering.values
        for (position, index), array in zip(self.kept, kept):
            values.update((self._output(PEELED + i, position, index), Row(array, i)) for i in range(self.count))
        for where, history in histories.items():
            for back, value in enumerate(reversed(history), 1):
                if back <= self.count:
                    values[self._output(self.last - back, *where)] = value
        for where, total in zip(self._places(self.summed), totals):
            values[self._output(PEELED - 1, *where)] = total
        for position in self.constants:
            for number in range(PEELED, self.last):
                self.lowering.run(self.stretch.block(number)[position])
