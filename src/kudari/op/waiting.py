"""Waiting for what another thread does, for no longer than the step at hand may take."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

from ..errors import DeadlineExceededError

_step = threading.local()
_LONGEST = threading.TIMEOUT_MAX


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Let what this thread waits for inside the block take `seconds` at most."""
    before = getattr(_step, "end", None)
    _step.end = time.monotonic() + seconds
    try:
        yield
    finally:
        _step.end = before


class Gate:
    """What one thread waits at until another opens it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lock.acquire()

    def open(self) -> None:
        """Let the thread go on that waits, or will."""
        self._lock.release()

    def wait(self) -> None:
        """Wait until it is open; once only.

        Raises:
          DeadlineExceededError: if that takes longer than the step may.
        """
        end = getattr(_step, "end", None)
        if end is None:
            self._lock.acquire()
        elif not self._lock.acquire(timeout=min(max(end - time.monotonic(), 0), _LONGEST)):
            raise DeadlineExceededError(None, None, "Timed out waiting for notification")
