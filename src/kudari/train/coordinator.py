"""Threads that stop together."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .. import errors
from ..platform import logging


class Coordinator:
    """Lets any of several threads stop them all, and passes an error of one of them to whoever joins them.

    Args:
      clean_stop_exception_types: the errors that only mean an end; `OutOfRangeError` if `None`.
    """

    def __init__(self, clean_stop_exception_types: Iterable[type] | None = None):
        kinds = (errors.OutOfRangeError,) if clean_stop_exception_types is None else clean_stop_exception_types
        self._clean_stop_exception_types = tuple(kinds)
        self._lock = threading.Lock()
        self._stop_event = threading.Event()
        self._error: BaseException | None = None
        self._joined = False
        self._registered_threads: set[threading.Thread] = set()

    def request_stop(self, ex: Any = None) -> None:
        """Ask all threads to stop.

        Args:
          ex: the error why, an exception or what `sys.exc_info()` returns; `join` raises the first such error.
        """
        error = ex[1] if isinstance(ex, tuple) else ex
        if isinstance(error, self._clean_stop_exception_types):
            error = None
        with self._lock:
            if self._joined and error is not None:
                raise error
            if self._stop_event.is_set():
                return
            if error is not None and self._error is None:
                if isinstance(ex, tuple):
                    logging.info("Error reported to Coordinator: %s", error, exc_info=ex)
                else:
                    logging.info("Error reported to Coordinator: %s, %s", type(error), error)
                self._error = error
            self._stop_event.set()

    def clear_stop(self) -> None:
        """Forget that a stop was asked for."""
        with self._lock:
            self._joined, self._error = False, None
            self._stop_event.clear()

    def should_stop(self) -> bool:
        """Return whether a stop was asked for."""
        return self._stop_event.is_set()

    @contextlib.contextmanager
    def stop_on_exception(self) -> Iterator[None]:
        """Ask all threads to stop if the block raises; the error goes to who joins them."""
        try:
            yield
        except BaseException:  # whatever ends this thread ends all
            self.request_stop(ex=sys.exc_info())

    def wait_for_stop(self, timeout: float | None = None) -> bool:
        """Wait, for `timeout` seconds at most, and return whether a stop was asked for."""
        return self._stop_event.wait(timeout)

    def register_thread(self, thread: threading.Thread) -> None:
        """Have `join` wait for a thread."""
        with self._lock:
            self._registered_threads.add(thread)

    def join(self, threads: Iterable[threading.Thread] | None = None, stop_grace_period_secs: float = 120,
             ignore_live_threads: bool = False) -> None:
        """Wait until all threads have ended, or a stop was asked for and the time to heed it is over.

        Args:
          threads: to wait for, besides those registered.
          stop_grace_period_secs: how long they may take to stop, in seconds.
          ignore_live_threads: whether it is all right if some do not.

        Raises:
          RuntimeError: if a thread did not stop.
          Exception: the error that a thread gave to `request_stop`.
        """
        with self._lock:
            waited = list(self._registered_threads.union(threads or ()))
        while any(t.is_alive() for t in waited) and not self.wait_for_stop(1.0):
            pass
        pause, left = 0.001, stop_grace_period_secs
        while any(t.is_alive() for t in waited) and left >= 0.0:
            time.sleep(pause)
            left -= pause
            pause = max(min(2 * pause, left), 0.001)
        stragglers = " ".join(t.name for t in waited if t.is_alive())
        with self._lock:
            self._joined = True
            self._registered_threads = set()
            if self._error is not None:
                raise self._error
            if stragglers and not ignore_live_threads:
                raise RuntimeError(f"Coordinator stopped with threads still running: {stragglers}")
        if stragglers:
            logging.info("Coordinator stopped with threads still running: %s", stragglers)

    @property
    def joined(self) -> bool:
        """Whether the threads were joined."""
        return self._joined

    def raise_requested_exception(self) -> None:
        """Raise the error that a thread gave to `request_stop`, if one did."""
        with self._lock:
            if self._error is not None:
                raise self._error


class LooperThread(threading.Thread):
    """A thread that does something again and again until its coordinator stops it; it never outlives the program.

    Args:
      coord: the coordinator, which waits for it.
      timer_interval_secs: how often, in seconds; without a pause if `None`.
      target: what to do; a subclass may say it in `run_loop` instead.
      args: for `target`.
      kwargs: for `target`.

    Raises:
      ValueError: if `coord` is none, or there are arguments but no target.
    """

    def __init__(self, coord: Coordinator, timer_interval_secs: float | None, target: Callable | None = None,
                 args: Any = None, kwargs: Any = None):
        if not isinstance(coord, Coordinator):
            raise ValueError(f"'coord' argument must be a Coordinator: {coord}")
        super().__init__(daemon=True)
        if target is None and (args or kwargs):
            raise ValueError("'args' and 'kwargs' argument require that you also pass 'target'")
        self._coord, self._timer_interval_secs = coord, timer_interval_secs
        self._looped, self._loop_args, self._loop_kwargs = target, args or (), kwargs or {}
        coord.register_thread(self)

    @staticmethod
    def loop(coord: Coordinator, timer_interval_secs: float | None, target: Callable, args: Any = None,
             kwargs: Any = None) -> LooperThread:
        """Start a thread that calls `target` again and again, and return it."""
        looper = LooperThread(coord, timer_interval_secs, target=target, args=args, kwargs=kwargs)
        looper.start()
        return looper

    def run(self) -> None:
        """Loop; called by the thread."""
        with self._coord.stop_on_exception():
            self.start_loop()
            if self._timer_interval_secs is None:
                while not self._coord.should_stop():
                    self.run_loop()
            else:
                due = time.time()
                while not self._coord.wait_for_stop(max(due - time.time(), 0)):
                    due += self._timer_interval_secs
                    self.run_loop()
            self.stop_loop()

    def isAlive(self) -> bool:  # noqa: N802 - the name threads had until Python 3.9
        """Return whether it runs."""
        return self.is_alive()

    def start_loop(self) -> None:
        """Do what comes before the loop."""

    def stop_loop(self) -> None:
        """Do what comes after the loop."""

    def run_loop(self) -> None:
        """Do it once."""
        if self._looped is not None:
            self._looped(*self._loop_args, **self._loop_kwargs)
