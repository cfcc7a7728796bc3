"""Staging areas: elements put aside for a later step."""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np

from .. import errors
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import scalar
from ..op.signature import required, types
from ..op.waiting import Turn, Turns
from ..shape import Shape


class Area:
    """Elements in the order they came.

    Args:
      capacity: how many elements it holds at most; any number if 0.
      memory_limit: how many bytes they have at most; any number if 0.
    """

    def __init__(self, capacity: int, memory_limit: int):
        self._capacity, self._memory_limit = capacity, memory_limit
        self._turns = Turns("Put", "Get")
        self._puts, self._gets = self._turns.lines
        self._held: deque[tuple] = deque()
        self._bytes = 0

    def put(self, element: tuple) -> None:
        """Add an element, when there is room.

        Raises:
          ResourceExhaustedError: if it is larger than the memory there may be.
        """
        size = _bytes_of(element)
        if self._memory_limit and size > self._memory_limit:
            raise errors.ResourceExhaustedError(
                None, None, f"Attempted to insert tensors with combined size of '{size}' bytes into Staging Area with a "
                            f"memory limit of '{self._memory_limit}'.")

        def proceed() -> Turn:
            is_full = self._capacity and len(self._held) >= self._capacity
            if is_full or (self._memory_limit and self._bytes + size > self._memory_limit):
                return Turn.STUCK
            self._held.append(element)
            self._bytes += size
            return Turn.DONE

        self._turns.take(self._puts, proceed)

    def get(self) -> tuple:
        """Return the oldest element, when there is one, and hold it no longer."""
        taken: list[tuple] = []

        def proceed() -> Turn:
            if not self._held:
                return Turn.STUCK
            taken.append(self._held.popleft())
            self._bytes -= _bytes_of(taken[0])
            return Turn.DONE

        self._turns.take(self._gets, proceed)
        return taken[0]

    def peek(self, index: int) -> tuple:
        """Return the element at a place, when there is one."""
        seen: list[tuple] = []

        def proceed() -> Turn:
            if index >= len(self._held):
                return Turn.STUCK
            seen.append(self._held[index])
            return Turn.DONE

        self._turns.take(self._gets, proceed)
        return seen[0]

    def clear(self) -> None:
        """Drop all elements."""
        def drop() -> None:
            self._held.clear()
            self._bytes = 0

        self._turns.do(drop)

    def release(self) -> None:
        """Send all away who wait: the session closes."""
        self._turns.send_away(self._puts, self._gets)

    @property
    def size(self) -> int:
        """How many elements there are."""
        return len(self._held)


def _bytes_of(arrays: Any) -> int:
    return sum(array.nbytes for array in arrays)


_AREA: dict[str, Any] = {"capacity": 0, "memory_limit": 0, "dtypes": types(), "container": "", "shared_name": ""}
_EMPTY: dict[str, Any] = {**_AREA, "dtypes": required("list(type)")}


def _unknown(op: Operation) -> list[Shape]:
    return [None] * len(op.outputs)


def _area(kept: dict[str, Any], capacity: int, memory_limit: int) -> Area:
    return kept.setdefault("area", Area(capacity, memory_limit))


@op("Stage", "values: dtypes[] ->", None, host=True, stateful=True, waits=True, **_AREA)
def stage(values, *, capacity, memory_limit, kept):
    """Nothing, after putting an element aside."""
    _area(kept, capacity, memory_limit).put(tuple(values))
    return ()


@op("Unstage", "-> values: dtypes[]", _unknown, host=True, stateful=True, waits=True, **_EMPTY)
def unstage(*, capacity, memory_limit, kept):
    """The oldest element put aside."""
    return _area(kept, capacity, memory_limit).get()


@op("StagePeek", "index: int32 -> values: dtypes[]", _unknown, host=True, stateful=True, waits=True, **_EMPTY)
def stage_peek(index, *, capacity, memory_limit, kept):
    """The element at a place, which stays there."""
    return _area(kept, capacity, memory_limit).peek(int(index))


@op("StageSize", "-> size: int32", scalar, host=True, stateful=True, **_EMPTY)
def stage_size(*, capacity, memory_limit, kept):
    """How many elements are put aside."""
    return np.asarray(_area(kept, capacity, memory_limit).size, np.int32)


@op("StageClear", "->", None, host=True, stateful=True, **_EMPTY)
def stage_clear(*, capacity, memory_limit, kept):
    """Nothing, after dropping all elements."""
    _area(kept, capacity, memory_limit).clear()
    return ()


not_differentiable(stage, unstage, stage_peek, stage_size, stage_clear)
