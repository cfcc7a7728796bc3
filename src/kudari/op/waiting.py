"""Waiting for what another thread does, for no longer than the step at hand may take."""

from __future__ import annotations

import contextlib
import enum
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator

from ..errors import CancelledError, DeadlineExceededError

_step = threading.local()
_LONGEST = threading.TIMEOUT_MAX


class WouldWaitError(Exception):
    """An op cannot run before another thread, or another op of the same step, has done something."""


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Let what this thread waits for inside the block take `seconds` at most."""
    before = getattr(_step, "end", None)
    _step.end = time.monotonic() + seconds
    try:
        yield
    finally:
        _step.end = before


@contextlib.contextmanager
def not_at_all() -> Iterator[None]:
    """Have what would wait inside the block raise `WouldWaitError` instead, and change nothing."""
    before = getattr(_step, "is_impatient", False)
    _step.is_impatient = True
    try:
        yield
    finally:
        _step.is_impatient = before


class _Gate:
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


class Turn(enum.Enum):
    """What came of letting an attempt go on."""

    STUCK = enum.auto()
    MOVED = enum.auto()
    DONE = enum.auto()


class _Attempt:
    """Something that a thread wants, and may have to wait for.

    Args:
      proceed: does as much of it as can be done now.
      undo: puts back what it has done, when it is given up.
    """

    __slots__ = ("error", "gate", "has_moved", "is_over", "proceed", "undo")

    def __init__(self, proceed: Callable[[], Turn], undo: Callable[[], None]):
        self.proceed, self.undo = proceed, undo
        self.error: Exception | None = None
        self.gate: _Gate | None = None
        self.has_moved = self.is_over = False

    def advance(self) -> Turn:
        """Go on as far as is possible."""
        try:
            turn = self.proceed()
        except Exception as error:
            self.error, turn = error, Turn.DONE
        self.has_moved |= turn is not Turn.STUCK
        return turn

    def end(self) -> None:
        """Let the thread go on that waits for it."""
        self.is_over = True
        if self.gate is not None:
            self.gate.open()


class Line:
    """Threads that want the same of something, and are served in the order they came.

    Args:
      purpose: what errors call it.
    """

    def __init__(self, purpose: str):
        self.purpose = purpose
        self.attempts: deque[_Attempt] = deque()

    def __bool__(self) -> bool:
        return bool(self.attempts)

    def advance(self) -> bool:
        """Let those in front go on; return whether anything changed."""
        changed = False
        while self.attempts:
            turn = self.attempts[0].advance()
            if turn is not Turn.DONE:
                return changed or turn is Turn.MOVED
            self.attempts.popleft().end()
            changed = True
        return changed


class Turns:
    """What keeps threads in lines that use one thing, which is locked while one of them does.

    Args:
      purposes: what errors call the lines.
    """

    def __init__(self, *purposes: str):
        self.lock = threading.Lock()
        self.lines = [Line(purpose) for purpose in purposes]

    def take(self, line: Line, proceed: Callable[[], Turn], undo: Callable[[], None] = lambda: None) -> None:
        """Wait for a turn, and until what is wanted is done.

        Args:
          line: where to stand.
          proceed: does as much of it as can be done now, and says how far that was; called while the thing is locked, by
            any of the threads. What it raises is raised here.
          undo: puts back what has been done, when it is sent away, or has waited for too long; called while the thing is
            locked.

        Raises:
          CancelledError: if this is sent away while it waits.
          DeadlineExceededError: if that takes longer than the step may.
        """
        attempt = _Attempt(proceed, undo)
        with self.lock:
            line.attempts.append(attempt)
            self._settle()
            if not attempt.is_over:
                if getattr(_step, "is_impatient", False) and not attempt.has_moved:
                    line.attempts.remove(attempt)
                    raise WouldWaitError
                attempt.gate = _Gate()
        if attempt.gate is not None:
            try:
                attempt.gate.wait()
            except BaseException:
                with self.lock:
                    if not attempt.is_over:
                        line.attempts.remove(attempt)
                        attempt.undo()
                        self._settle()
                raise
        if attempt.error is not None:
            raise attempt.error

    def do(self, action: Callable[[], None]) -> None:
        """Use the thing at once, and let those go on who waited for that."""
        with self.lock:
            action()
            self._settle()

    def _settle(self) -> None:
        """Let attempts go on as long as one can."""
        while any([line.advance() for line in self.lines]):
            pass

    def send_away(self, *lines: Line) -> None:
        """Cancel all that wait in `lines`."""
        with self.lock:
            for line in lines:
                while line.attempts:
                    attempt = line.attempts.popleft()
                    attempt.undo()
                    attempt.error = CancelledError(None, None, f"{line.purpose} operation was cancelled")
                    attempt.end()
