"""Sources: what a dataset is while a session runs, and the pulls that iterators make of them."""

from __future__ import annotations

import contextlib
import threading
import weakref
from collections.abc import Callable
from typing import Any

import numpy as np

Element = Any  # a tuple of arrays, or a Row
Pull = Callable[[], Element]  # gives the next element, or raises StopIteration, from then on always


class Source:
    """A recipe for a sequence of elements, which can be opened any number of times.

    Args:
      opens: `opens(run, *inputs, *arguments)`, which returns a pull; its state begins anew each time.
      inputs: the sources it takes elements from.
      *arguments: what else `opens` needs; what is kept from one opening to the next is in here.
    """

    __slots__ = ("arguments", "inputs", "opens")

    def __init__(self, opens: Callable[..., Pull], inputs: tuple = (), *arguments: Any):
        self.opens, self.inputs, self.arguments = opens, inputs, arguments

    def start(self, run: Run) -> Pull:
        """Return a pull that begins with the first element."""
        return self.opens(run, *self.inputs, *self.arguments)


class Run:
    """One iterator's pass over a source: what it must let go of at its end."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self._closers: list[Callable[[], None]] = []
        _open_runs.add(self)

    def at_close(self, close: Callable[[], None]) -> None:
        """Have `close` called when the pass is over."""
        self._closers.append(close)

    def close(self) -> None:
        """Stop the threads of this pass and wait for them."""
        self.stopped.set()
        while self._closers:
            self._closers.pop()()


_open_runs: weakref.WeakSet[Run] = weakref.WeakSet()


def close_all() -> None:
    """Stop the threads of all passes there are."""
    for run in list(_open_runs):
        with contextlib.suppress(Exception):  # the program is over: nobody is there to hear of it
            run.close()


class Row:
    """An element that is one row of some arrays, not yet cut out of them."""

    __slots__ = ("arrays", "index")

    def __init__(self, arrays: tuple, index: int):
        self.arrays, self.index = arrays, index


def components(element: Element) -> tuple:
    """Return the arrays of an element."""
    if type(element) is not Row:
        return element
    index = element.index
    return tuple(row(array, index) for array in element.arrays)


def row(array: np.ndarray, index: int) -> np.ndarray:
    """Return one row of an array as an array, of objects too."""
    value = array[index]
    return value if isinstance(value, np.ndarray) and array.ndim > 1 else boxed(value) if array.dtype == object \
        else np.asarray(value)


def boxed(value: Any) -> np.ndarray:
    """Return a scalar array that holds an object, whatever that is."""
    box = np.empty((), object)
    box[()] = value
    return box


def source_of(box: np.ndarray) -> Source:
    """Return the source that the output of a dataset node holds."""
    return box.item()
