"""Hooks that feed, wait for a step, and run operations at the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from .. import errors
from ..platform import logging
from .session_run_hook import SessionRunArgs, SessionRunContext, SessionRunHook
from .step_read import global_step_read


class FeedFnHook(SessionRunHook):
    """Feeds each step what a function returns.

    Args:
      feed_fn: returns a feed dict.
    """

    def __init__(self, feed_fn: Callable[[], dict]):
        self.feed_fn = feed_fn

    def before_run(self, run_context: SessionRunContext) -> SessionRunArgs:
        """Ask the function."""
        return SessionRunArgs(None, feed_dict=self.feed_fn())


class GlobalStepWaiterHook(SessionRunHook):
    """Lets a worker begin only when the others have reached a step.

    Args:
      wait_until_step: the step.
    """

    def __init__(self, wait_until_step: int):
        self._wait_until_step = wait_until_step

    def begin(self) -> None:
        """Find the global step."""
        self._has_begun = False
        self._step = global_step_read("_GlobalStepWaiterHook")

    def before_run(self, run_context: SessionRunContext) -> None:
        """Wait, before the first step."""
        if self._has_begun:
            return
        if self._wait_until_step > 0:
            logging.info("Waiting for global step %d before starting training.", self._wait_until_step)
            logged = 0
            while (current := run_context.session.run(self._step)) < self._wait_until_step:
                if current - logged > 1000:
                    logging.info("Waiting for global step %d before starting training. Current step is %d.",
                                 self._wait_until_step, current)
                    logged = current
                time.sleep(0.5)
        self._has_begun = True


class FinalOpsHook(SessionRunHook):
    """Runs operations at the end.

    Args:
      final_ops: what to fetch then.
      final_ops_feed_dict: what to feed.
    """

    def __init__(self, final_ops: Any, final_ops_feed_dict: dict | None = None):
        self._final_ops, self._feed_dict = final_ops, final_ops_feed_dict
        self._values: Any = None

    @property
    def final_ops_values(self) -> Any:
        """What was fetched, `None` before the end."""
        return self._values

    def end(self, session: Any) -> None:
        """Run the operations.

        Raises:
          OutOfRangeError: if they read an input that has come to its end.
        """
        if self._final_ops is None:
            return
        try:
            self._values = session.run(self._final_ops, feed_dict=self._feed_dict)
        except (errors.OutOfRangeError, StopIteration):
            logging.warning("FinalOpsHook runs operations that read from an input that has come to its end. Let them read "
                            "variables only.")
            raise
