"""Finding what a program repeats: stretches of ops that do the same thing over and over, each time to the last result.

A recurrent network unrolled over a hundred steps is a hundred copies of one step, and its gradient a hundred copies of
another. XLA's time to compile grows faster than the program, so `rolled` traces such a stretch once, as a loop.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from .plan import SHAPE_OPS, is_handle, is_view

LEAST_OPS = 300  # of a stretch worth a loop
LEAST_REPEATS = 8
LEAST_PERIOD = 4
PEELED = 2  # blocks before the loop; so a value may come from two blocks back
_GRAM = 6  # ops in a row that must be alike before a period is tried
_CANDIDATES = 6  # periods tried at one place


@dataclass
class Stretch:
    """Ops that repeat with a period, and where each block finds its inputs.

    Args:
      ops: all of them, in order.
      period: ops in a block.
      carried: by a tensor that the model block takes from an earlier block: how many blocks back, the position there and
        the output.
      varying: by a tensor of the model block that comes from outside and differs from block to block: those of all
        blocks, from the model block on.
    """

    ops: list[Operation]
    period: int
    carried: dict[Tensor, tuple[int, int, int]] = field(default_factory=dict)
    varying: dict[Tensor, Sequence[Tensor]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Number of blocks."""
        return len(self.ops) // self.period

    def block(self, number: int) -> list[Operation]:
        """Return the ops of one block."""
        return self.ops[number * self.period:(number + 1) * self.period]


def find_stretches(ops: list[Operation]) -> Iterator[tuple[int, Stretch]]:
    """Yield the stretches worth a loop, each with the index of its first op; they do not overlap."""
    if len(ops) < LEAST_OPS:
        return
    kinds = _kinds(ops)
    places = _places(kinds)
    refused: dict[int, int] = {}
    start = 0
    while start < len(ops) - LEAST_OPS:
        found = _stretch_at(ops, kinds, places, start, refused)
        if found is None:
            start += 1
        else:
            yield start, found
            start += len(found.ops)


def _kinds(ops: list[Operation]) -> np.ndarray:
    """A number for each op, equal for those that do the same to inputs of the same types and shapes."""
    numbers: dict[Any, int] = {}
    return np.array([numbers.setdefault(_kind(op), len(numbers)) for op in ops])


def _kind(op: Operation) -> Any:
    if not may_repeat(op):
        return op
    attributes = tuple((key, _attribute(value)) for key, value in op.attrs.items() if not key.startswith("_"))
    return (op.type, attributes, tuple((t.dtype, t.static_shape) for t in op.inputs))


def may_repeat(op: Operation) -> bool:
    """Return whether running `op` does nothing but give its outputs, so that it may stand in a loop."""
    definition = op.definition
    return not (definition.stateful or definition.has_refs or definition.host or definition.watcher(op))


def _attribute(value: Any) -> Any:
    return (value.dtype.str, value.shape, value.tobytes()) if isinstance(value, np.ndarray) else repr(value)


def _places(kinds: np.ndarray) -> dict[bytes, list[int]]:
    places = defaultdict(list)
    for i in range(len(kinds) - _GRAM):
        places[kinds[i:i + _GRAM].tobytes()].append(i)
    return places


def _stretch_at(ops: list[Operation], kinds: np.ndarray, places: dict[bytes, list[int]], start: int,
                refused: dict[int, int]) -> Stretch | None:
    again = places.get(kinds[start:start + _GRAM].tobytes(), [])
    later = np.searchsorted(again, start, side="right")
    for place in again[later:later + _CANDIDATES]:
        period = place - start
        if period < LEAST_PERIOD or start < refused.get(period, 0):
            continue
        length = _length(kinds, start, period)
        count = length // period
        if count >= LEAST_REPEATS and count * period >= LEAST_OPS:
            found = _connected(ops[start:start + count * period], period)
            if found is not None:
                return found
        refused[period] = start + length - period
    return None


def _length(kinds: np.ndarray, start: int, period: int) -> int:
    """How many ops from `start` on repeat with `period`."""
    same = kinds[start:-period] == kinds[start + period:]
    return period + (len(same) if same.all() else int(np.argmin(same)))


def _connected(ops: list[Operation], period: int) -> Stretch | None:
    """The stretch with its inputs found, or `None` if its blocks are not connected alike."""
    stretch = Stretch(ops, period)
    place = {op: divmod(n, period) for n, op in enumerate(ops)}
    fixed: set[Tensor] = set()
    for position in range(period):
        rows = [op.inputs for op in ops[PEELED * period + position::period]]
        for tensors in zip(*rows):
            if not _connect(stretch, tensors, place, fixed):
                return None
    moving = {*stretch.carried, *stretch.varying}
    is_sound = stretch.carried and not moving & fixed and not stretch.carried.keys() & stretch.varying.keys()
    return stretch if is_sound and not moving & _static_sources(stretch.block(PEELED)) else None


def _connect(stretch: Stretch, tensors: Sequence[Tensor], place: dict[Operation, tuple[int, int]],
             fixed: set[Tensor]) -> bool:
    """Note where one input of one op comes from in all blocks; return whether there is a rule to it."""
    model = tensors[0]
    if all(tensor is model for tensor in tensors):
        fixed.add(model)
        return model.op not in place or place[model.op][0] < PEELED
    sources = [place.get(tensor.op) for tensor in tensors]
    if all(source is None for source in sources):
        return _connect_outside(stretch, tensors, fixed)
    ways = {(block - source[0], source[1], tensor.value_index) if source else None
            for block, (source, tensor) in enumerate(zip(sources, tensors), PEELED)}
    way = ways.pop()
    if ways or way is None or way[0] > PEELED:
        return False
    return way[0] == 0 or stretch.carried.setdefault(model, way) == way


def _connect_outside(stretch: Stretch, tensors: Sequence[Tensor], fixed: set[Tensor]) -> bool:
    model = tensors[0]
    if model.op.type == "Const" and all(_kind(tensor.op) == _kind(model.op) for tensor in tensors):
        fixed.add(model)
        return True
    if any(tensor.dtype._is_ref_dtype or is_handle(tensor) or is_view(tensor.op) for tensor in tensors):
        return False
    return stretch.varying.setdefault(model, tensors) == tensors


def _static_sources(block: list[Operation]) -> set[Tensor]:
    """The tensors that a block must know by value while it is traced."""
    inside = set(block)
    stack = [tensor for op in block for arg, tensor in op.definition.flat_inputs(op) if arg.is_static]
    found: set[Tensor] = set()
    while stack:
        tensor = stack.pop()
        if tensor not in found:
            found.add(tensor)
            if tensor.op in inside and tensor.op.type not in SHAPE_OPS:
                stack.extend(tensor.op.inputs)
    return found
