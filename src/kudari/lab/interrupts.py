"""Ctrl-C while something long goes on: what was found is kept, and a second one ends everything at once."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any


class Interrupted(KeyboardInterrupt):
    """Long work that was interrupted.

    Args:
      words: what was interrupted.
      found: what there was until then, as what was called would have returned it; `None` if nothing.
    """

    def __init__(self, words: str, found: Any = None):
        super().__init__(words)
        self.found = found


class Interrupts:
    """Inside `with`, counts what Ctrl-C sends, and holds it back where something would be left half done.

    A program that handles the signal itself goes on doing so.

    Args:
      again: called at the second one, at once and from another thread, even while compiled code runs.

    `count` is how many came.
    """

    def __init__(self, again: Callable[[], None] | None = None):
        self.count = 0
        self._again, self._depth, self._waits = again, 0, False
        self._handler: Callable[[int, FrameType | None], None] = self._handle
        self._wakes: tuple[int, int] | None = None
        self._before = -1

    def __enter__(self) -> Interrupts:
        is_main = threading.current_thread() is threading.main_thread()
        if is_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self._wakes = os.pipe()
            os.set_blocking(self._wakes[1], False)
            self._before = signal.set_wakeup_fd(self._wakes[1], warn_on_full_buffer=False)
            signal.signal(signal.SIGINT, self._handler)
            threading.Thread(target=self._watch, args=(self._wakes[0],), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._wakes is not None:
            if signal.getsignal(signal.SIGINT) is self._handler:
                signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.set_wakeup_fd(self._before)
            os.close(self._wakes[1])  # ends the thread
            self._wakes = None

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold a first Ctrl-C back until the end of the block."""
        if self._wakes is None or threading.current_thread() is not threading.main_thread():
            yield
            return
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
        if self._waits and not self._depth:
            self._waits = False
            raise KeyboardInterrupt

    def _handle(self, number: int, frame: FrameType | None) -> None:
        self.count += 1
        if self._depth and self.count == 1:
            self._waits = True
        else:
            raise KeyboardInterrupt

    def _watch(self, wakes: int) -> None:
        """See signals as they come: Python's own handlers wait until compiled code returns."""
        seen = 0
        while came := os.read(wakes, 64):
            if signal.getsignal(signal.SIGINT) is self._handler:
                seen += came.count(signal.SIGINT)
            if seen > 1 and self._again is not None:
                self._again()
        os.close(wakes)
