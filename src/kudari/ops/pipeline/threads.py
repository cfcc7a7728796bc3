"""Threads that prepare elements while others are used."""

from __future__ import annotations

import atexit
import queue
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from .source import Element, Pull, Run, Source, close_all, components

_WAIT = 5.0  # seconds for a thread to end that a Python function may hold up

atexit.register(close_all)  # before JAX takes down what the threads may be using


class Workers:
    """Some threads that call functions, until their pass is over."""

    def __init__(self, run: Run, count: int):
        self._tasks: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=self._work, name="kudari_map", daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()
        run.at_close(self._stop)

    def submit(self, function: Callable[[], Any]) -> Future:
        """Have `function` called; return what will hold its result."""
        future: Future = Future()
        self._tasks.put((future, function))
        return future

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            future, function = task
            try:
                future.set_result(function())
            except BaseException as error:
                future.set_exception(error)

    def _stop(self) -> None:
        for _ in self._threads:
            self._tasks.put(None)
        join(self._threads)


def join(threads: list[threading.Thread]) -> None:
    """Wait for threads that were told to end, unless this is one of them."""
    for thread in threads:
        if thread is not threading.current_thread():
            thread.join(_WAIT)


class Buffer:
    """The elements that a thread has pulled and nobody has taken yet.

    Args:
      run: the pass.
      source: of the elements; opened by the thread of the reader, so that seeds are drawn in TensorFlow's order.
      size: how many elements it holds.
    """

    def __init__(self, run: Run, source: Source, size: int):
        self._run, self._pull, self._size = run, source.start(run), size
        self._held: deque[tuple[Element, BaseException | None]] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_over = False

    def _fill(self) -> None:
        while not self._run.stopped.is_set():
            with self._changed:
                while len(self._held) >= self._size and not self._run.stopped.is_set():
                    self._changed.wait()
            if self._run.stopped.is_set():
                return
            try:
                entry: tuple[Element, BaseException | None] = (components(self._pull()), None)
            except BaseException as error:
                entry = (None, error)
            with self._changed:
                self._held.append(entry)
                self._changed.notify_all()
            if isinstance(entry[1], StopIteration):
                return

    def take(self) -> Element:
        """Return the next element, once it is there."""
        if self._is_over:
            raise StopIteration
        if self._thread is None:
            self._run.at_close(self._stop)
            self._thread = threading.Thread(target=self._fill, name="kudari_prefetch", daemon=True)
            self._thread.start()
        with self._changed:
            while not self._held:
                if self._run.stopped.is_set():
                    raise StopIteration
                self._changed.wait()
            element, error = self._held.popleft()
            self._changed.notify_all()
        if error is not None:
            self._is_over = isinstance(error, StopIteration)
            raise error
        return element

    def _stop(self) -> None:
        with self._changed:
            self._changed.notify_all()
        if self._thread is not None:
            join([self._thread])


def prefetched(run: Run, source: Source, size: int) -> Pull:
    """The elements, up to `size` of them made ahead on a thread."""
    return source.start(run) if size == 0 else Buffer(run, source, size).take
