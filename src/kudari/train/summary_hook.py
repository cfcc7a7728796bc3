"""A hook that writes summaries."""

from __future__ import annotations

from typing import Any

from ..protos import proto
from ..summary.writer import FileWriterCache
from .session_run_hook import SessionRunArgs, SessionRunContext, SessionRunHook, SessionRunValues
from .step_read import global_step_read
from .timer import SecondOrStepTimer


class SummarySaverHook(SessionRunHook):
    """Writes summaries at the first step and every so many steps or seconds.

    Args:
      save_steps: how often, in steps; or
      save_secs: in seconds.
      output_dir: the folder.
      summary_writer: that writes them instead.
      scaffold: has the summaries; or
      summary_op: they themselves, a tensor or a list.

    Raises:
      ValueError: unless exactly one of `scaffold` and `summary_op`, and of `save_steps` and `save_secs`, is given.
    """

    def __init__(self, save_steps: int | None = None, save_secs: float | None = None, output_dir: Any = None,
                 summary_writer: Any = None, scaffold: Any = None, summary_op: Any = None):
        if (scaffold is None) == (summary_op is None):
            raise ValueError("Exactly one of scaffold or summary_op must be provided.")
        self._summary_op, self._scaffold = summary_op, scaffold
        self._summary_writer, self._output_dir = summary_writer, output_dir
        self._timer = SecondOrStepTimer(every_secs=save_secs, every_steps=save_steps)

    def begin(self) -> None:
        """Find the global step, and open the event file."""
        if self._summary_writer is None and self._output_dir:
            self._summary_writer = FileWriterCache.get(self._output_dir)
        self._next_step: Any = None
        self._ahead = 0  # by how much the step is ahead of what a run fetches, which depends on what it updates last
        self._step = global_step_read("SummarySaverHook")

    def before_run(self, run_context: SessionRunContext) -> SessionRunArgs:
        """Fetch the step, and the summaries if it is time."""
        self._is_due = self._next_step is None or self._timer.should_trigger_for_step(self._next_step)
        wanted: dict[str, Any] = {"global_step": self._step}
        summaries = self._summaries()
        if self._is_due and summaries is not None:
            wanted["summary"] = summaries
        return SessionRunArgs(wanted)

    def after_run(self, run_context: SessionRunContext, run_values: SessionRunValues) -> None:
        """Write the summaries."""
        if not self._summary_writer:
            return
        seen = run_values.results["global_step"]
        if self._is_due:
            self._ahead = run_context.session.run(self._step) - seen
        step = seen + self._ahead
        if self._next_step is None:
            log = proto("SessionLog")
            self._summary_writer.add_session_log(log(status=log.START), step)
        if self._is_due:
            self._timer.update_last_triggered_step(step)
            for summary in run_values.results.get("summary", ()):
                self._summary_writer.add_summary(summary, step)
        self._next_step = step + 1

    def end(self, session: Any = None) -> None:
        """Have everything written."""
        if self._summary_writer:
            self._summary_writer.flush()

    def _summaries(self) -> list | None:
        found = self._summary_op if self._summary_op is not None else self._scaffold.summary_op
        return found if found is None or isinstance(found, list) else [found]
