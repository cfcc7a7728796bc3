"""Queues as a session keeps them: threads put elements in and take them out, and wait for each other."""

from __future__ import annotations

import heapq
import itertools
from collections import deque
from collections.abc import Iterable
from typing import Any

import numpy as np

from .. import errors
from ..dtypes import DType
from ..op.rules import brackets
from ..op.waiting import Turn, Turns
from ..shape import Shape
from .pipeline.batches import stacked
from .pipeline.draws import Draws
from .pipeline.source import Element, components


class Queue:
    """Elements in the order they came; takers and putters have their turns in the order they came, too.

    Args:
      name: what errors call it.
      capacity: how many elements it holds at most; any number if negative.
      dtypes: of the components of an element.
      shapes: of the components; nothing is known of them if there are none.
    """

    kind = "FIFOQueue"

    def __init__(self, name: str, capacity: int, dtypes: list[DType], shapes: list[Shape]):
        self.name, self.capacity, self.dtypes, self.shapes = name, capacity, dtypes, shapes
        self._turns = Turns("Enqueue", "Dequeue")
        self._puts, self._takes = self._turns.lines
        self._held: Any = self._nothing()
        self.is_closed = False

    def _nothing(self) -> Any:
        return deque()

    def _add(self, element: Element) -> None:
        self._held.append(element)

    def _remove(self) -> Element:
        return self._held.popleft()

    def _give_back(self, elements: list[Element]) -> None:
        self._held.extendleft(reversed(elements))

    def _takeable(self) -> int:
        """How many elements may be taken now."""
        return len(self._held)

    @property
    def size(self) -> int:
        """How many elements it holds."""
        return len(self._held)

    def put(self, elements: Iterable[Element]) -> None:
        """Put elements in; wait as long as there is no room.

        Raises:
          CancelledError: if the queue is closed, or this is cancelled while it waits.
        """
        left = deque(elements)

        def proceed() -> Turn:
            if self.is_closed:
                raise errors.CancelledError(None, None, f"{self.kind} '{self.name}' is closed.")
            turn = Turn.STUCK
            while left and (self.capacity < 0 or len(self._held) < self.capacity):
                self._add(left.popleft())
                turn = Turn.MOVED
            return turn if left else Turn.DONE

        self._turns.take(self._puts, proceed)

    def take(self, count: int, takes_fewer: bool = False) -> list[Element]:
        """Take elements out; wait until there are as many. What was taken goes back if there never are.

        Args:
          count: how many.
          takes_fewer: whether a closed queue may give fewer, but one at least.

        Raises:
          OutOfRangeError: if the queue is closed and has too few.
          CancelledError: if this is cancelled while it waits.
        """
        taken: list[Element] = []
        wanted = count

        def undo() -> None:
            self._give_back(taken)
            taken.clear()

        def proceed() -> Turn:
            nonlocal wanted
            missing = wanted - len(taken)
            if self.is_closed and len(self._held) < missing:
                size = len(self._held)
                undo()
                if not (takes_fewer and self._held):
                    if takes_fewer and self._puts:
                        return Turn.MOVED
                    raise errors.OutOfRangeError(
                        None, None, f"{self.kind} '{self.name}' is closed and has insufficient elements "
                                    f"(requested {missing}, current size {size})")
                missing = wanted = len(self._held)
            turn = Turn.STUCK
            for _ in range(min(missing, self._takeable())):
                taken.append(self._remove())
                turn = Turn.MOVED
            return turn if len(taken) < wanted else Turn.DONE

        self._turns.take(self._takes, proceed, undo)
        return taken

    def close(self, cancels_puts: bool = False) -> None:
        """Let nothing more in.

        Args:
          cancels_puts: whether those who wait to put something in are sent away; else they come first.

        Raises:
          CancelledError: if it is closed already.
        """
        def proceed() -> Turn:
            if self.is_closed:
                raise errors.CancelledError(None, None, f"Queue '{self.name}' is already closed.")
            self.is_closed = True
            return Turn.DONE

        if cancels_puts:
            self._turns.send_away(self._puts)
        self._turns.take(self._puts, proceed)

    def release(self) -> None:
        """Send all away who wait: the session closes."""
        self._turns.send_away(self._puts, self._takes)

    def batch(self, elements: list[Element]) -> tuple:
        """Return elements as one, with one more dimension."""
        if not elements:
            return tuple(np.zeros((0, *(shape or ())), dtype.as_numpy_dtype)
                         for dtype, shape in zip(self.dtypes, self.shapes))
        return stacked(elements)

    def must_have_shapes(self) -> None:
        """Raise `InvalidArgumentError` if elements may differ in shape, so that several cannot be taken as one."""
        if not self.shapes:
            raise errors.InvalidArgumentError(None, None, f"{self.kind}'s DequeueMany and DequeueUpTo require the "
                                                          "components to have specified shapes.")

    def check(self, arrays: list[np.ndarray], count: int | None = None) -> None:
        """Check that arrays are an element, or `count` of them.

        Raises:
          InvalidArgumentError: if their shapes are others.
        """
        rows = () if count is None else (count,)
        for i, array in enumerate(arrays):
            rest = (self.shapes[i] or ()) if self.shapes else array.shape[len(rows):]
            if not _fits(array.shape, (*rows, *rest)):
                raise errors.InvalidArgumentError(None, None, f"Shape mismatch in tuple component {i}. Expected "
                                                              f"{brackets((*rows, *rest))}, got {brackets(array.shape)}")


def _fits(found: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    return len(found) == len(wanted) and all(w is None or n == w for n, w in zip(found, wanted))


class PaddingQueue(Queue):
    """A queue whose elements may differ in shape; those taken together are filled up with zeros."""

    kind = "PaddingFIFOQueue"

    def batch(self, elements: list[Element]) -> tuple:
        """Return elements as one, filled up to the largest of each dimension that is not known."""
        if not elements:
            return tuple(np.zeros((0, *(n or 0 for n in shape or ())), dtype.as_numpy_dtype)
                         for dtype, shape in zip(self.dtypes, self.shapes))
        columns = zip(*map(components, elements))
        return tuple(_filled(list(parts), shape or (), dtype)
                     for parts, shape, dtype in zip(columns, self.shapes, self.dtypes))


def _filled(parts: list[np.ndarray], shape: tuple[int | None, ...], dtype: DType) -> np.ndarray:
    sizes = [max(part.shape[axis] for part in parts) if n is None else n for axis, n in enumerate(shape)]
    batch = np.zeros((len(parts), *sizes), dtype.as_numpy_dtype)
    if batch.dtype == object:
        batch[...] = b""
    for i, part in enumerate(parts):
        place: Any = (i, *(slice(n) for n in part.shape))
        batch[place] = part if part.ndim else part.item()
    return batch


class ShuffleQueue(Queue):
    """A queue that gives any of its elements.

    Args:
      name: what errors call it.
      capacity: how many elements it holds at most; any number if negative.
      dtypes: of the components of an element.
      shapes: of the components; nothing is known of them if there are none.
      min_after_dequeue: how many elements stay in it until it is closed, to choose from.
      seed: with `seed2`, of the choices; any if both are zero.
      seed2: the other half.

    Raises:
      InvalidArgumentError: if so many elements would have to stay that none could be taken.
    """

    kind = "RandomShuffleQueue"

    def __init__(self, name: str, capacity: int, dtypes: list[DType], shapes: list[Shape], min_after_dequeue: int, seed: int,
                 seed2: int):
        if 0 <= capacity <= min_after_dequeue:
            raise errors.InvalidArgumentError(
                None, None, f"min_after_dequeue {min_after_dequeue} must be < capacity {capacity}")
        super().__init__(name, capacity, dtypes, shapes)
        self._min_after_dequeue, self._draws = min_after_dequeue, Draws(seed, seed2)

    def _nothing(self) -> Any:
        return []

    def _remove(self) -> Element:
        index = self._draws.word() % len(self._held)
        chosen, self._held[index] = self._held[index], self._held[-1]
        self._held.pop()
        return chosen

    def _give_back(self, elements: list[Element]) -> None:
        self._held.extend(elements)

    def _takeable(self) -> int:
        return len(self._held) if self.is_closed else max(0, len(self._held) - self._min_after_dequeue)


class RankedQueue(Queue):
    """A queue that gives the element with the smallest first component, of those equal the oldest."""

    kind = "PriorityQueue"

    def _nothing(self) -> Any:
        self._arrivals = itertools.count()
        return []

    def _add(self, element: Element) -> None:
        parts = components(element)
        heapq.heappush(self._held, (int(parts[0]), next(self._arrivals), parts))

    def _remove(self) -> Element:
        return heapq.heappop(self._held)[-1]

    def _give_back(self, elements: list[Element]) -> None:
        for element in elements:
            self._add(element)
