"""A hook that times steps node by node."""

from __future__ import annotations

import os
from typing import Any

from ..platform import logging
from ..profiling.timeline import Timeline
from ..protos import proto
from ..summary.writer import FileWriterCache
from .session_run_hook import SessionRunArgs, SessionRunContext, SessionRunHook, SessionRunValues
from .step_read import global_step_read
from .timer import SecondOrStepTimer


class ProfilerHook(SessionRunHook):
    """Writes what each node of a step takes, every so often, as `timeline-<step>.json` for `chrome://tracing`.

    Args:
      save_steps: how often, in steps; or
      save_secs: in seconds.
      output_dir: the folder of the files, and of an event file with the same measurements for TensorBoard.
      show_dataflow: whether arrows show which node takes what another gives.
      show_memory: whether the tensors and the memory they take are shown.

    Raises:
      ValueError: unless exactly one of `save_steps` and `save_secs` is given.
    """

    def __init__(self, save_steps: int | None = None, save_secs: float | None = None, output_dir: Any = "",
                 show_dataflow: bool = True, show_memory: bool = False):
        self._output_file = os.path.join(output_dir, "timeline-{}.json")
        self._file_writer = FileWriterCache.get(output_dir)
        self._shown = {"show_dataflow": show_dataflow, "show_memory": show_memory}
        self._timer = SecondOrStepTimer(every_secs=save_secs, every_steps=save_steps)

    def begin(self) -> None:
        """Find the global step."""
        self._next_step: int | None = None
        self._step = global_step_read("ProfilerHook")

    def before_run(self, run_context: SessionRunContext) -> SessionRunArgs:
        """Fetch the step, and ask for its times if they are due."""
        self._is_due = self._next_step is not None and self._timer.should_trigger_for_step(self._next_step)
        options = proto("RunOptions")
        return SessionRunArgs({"global_step": self._step},
                              options=options(trace_level=options.FULL_TRACE) if self._is_due else None)

    def after_run(self, run_context: SessionRunContext, run_values: SessionRunValues) -> None:
        """Write the times if there are any."""
        seen = run_values.results["global_step"]
        if self._next_step is None:
            self._timer.update_last_triggered_step(seen)  # so that the first step, which compiles, is not the one shown
        step = seen + 1
        if self._is_due:
            step = run_context.session.run(self._step)
            self._timer.update_last_triggered_step(step)
            self._save(step, run_values.run_metadata)
        self._next_step = step + 1

    def _save(self, step: int, run_metadata: Any) -> None:
        path = self._output_file.format(step)
        logging.info("Saving timeline for %d into '%s'.", step, path)
        with open(path, "w", encoding="utf-8") as file:
            file.write(Timeline(run_metadata.step_stats).generate_chrome_trace_format(**self._shown))
        self._file_writer.add_run_metadata(run_metadata, f"step_{step}")
