"""A hook that logs what tensors hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..graph.stack import get_default_graph
from ..platform import logging
from .session_run_hook import SessionRunArgs, SessionRunContext, SessionRunHook, SessionRunValues
from .timer import NeverTriggerTimer, SecondOrStepTimer


class LoggingTensorHook(SessionRunHook):
    """Logs the values of tensors every so many steps or seconds, or at the end.

    Args:
      tensors: tensors or their names, in a list or in a dict by what to call them.
      every_n_iter: how often, in steps; or
      every_n_secs: in seconds.
      at_end: whether to log at the end.
      formatter: makes the text, of a dict of values by tag.

    Raises:
      ValueError: unless exactly one of `every_n_iter` and `every_n_secs` is given, or only `at_end`.
    """

    def __init__(self, tensors: Any, every_n_iter: int | None = None, every_n_secs: float | None = None,
                 at_end: bool = False, formatter: Callable[[dict], str] | None = None):
        only_at_end = at_end and every_n_iter is None and every_n_secs is None
        if not only_at_end and (every_n_iter is None) == (every_n_secs is None):
            raise ValueError("either at_end and/or exactly one of every_n_iter and every_n_secs must be provided.")
        if every_n_iter is not None and every_n_iter <= 0:
            raise ValueError(f"invalid every_n_iter={every_n_iter}.")
        is_named = isinstance(tensors, dict)
        self._tag_order = sorted(tensors) if is_named else list(tensors)
        self._tensors = tensors if is_named else {item: item for item in tensors}
        self._formatter, self._at_end = formatter, at_end
        self._timer: Any = NeverTriggerTimer() if only_at_end else SecondOrStepTimer(every_n_secs, every_n_iter)

    def begin(self) -> None:
        """Find the tensors."""
        self._timer.reset()
        self._steps = 0
        self._found = {tag: element_of_default_graph(tensor) for tag, tensor in self._tensors.items()}

    def before_run(self, run_context: SessionRunContext) -> SessionRunArgs | None:
        """Fetch the tensors if they are to be logged."""
        self._is_due = self._timer.should_trigger_for_step(self._steps)
        return SessionRunArgs(self._found) if self._is_due else None

    def after_run(self, run_context: SessionRunContext, run_values: SessionRunValues) -> None:
        """Log the tensors."""
        if self._is_due:
            self._log(run_values.results)
        self._steps += 1

    def end(self, session: Any) -> None:
        """Log the tensors at the end, if asked."""
        if self._at_end:
            self._log(session.run(self._found))

    def _log(self, values: dict) -> None:
        elapsed, _ = self._timer.update_last_triggered_step(self._steps)
        with np.printoptions(suppress=True):
            if self._formatter is not None:
                logging.info(self._formatter(values))
                return
            text = ", ".join(f"{tag} = {values[tag]}" for tag in self._tag_order)
        if elapsed is None:
            logging.info("%s", text)
        else:
            logging.info("%s (%.3f sec)", text, elapsed)


def element_of_default_graph(item: Any) -> Any:
    """Return the tensor that `item` is or names; a name without a number means the only output.

    Raises:
      ValueError: if it is of another graph, or the operation has several outputs.
      KeyError: if there is none.
    """
    graph = get_default_graph()
    if not isinstance(item, str):
        if getattr(item, "graph", None) is not graph:
            raise ValueError(f"Passed {item} should have graph attribute that is equal to current graph {graph}.")
        return item
    if ":" in item:
        return graph.as_graph_element(item)
    found = graph.as_graph_element(item + ":0")
    if len(found.op.outputs) > 1:
        raise ValueError(f"Name {item} is ambiguous, as this `Operation` has multiple outputs (at least 2).")
    return found
