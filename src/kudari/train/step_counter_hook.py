"""A hook that counts steps a second."""

from __future__ import annotations

from typing import Any

from ..platform import logging
from ..protos import proto
from ..summary.writer import FileWriterCache
from .global_step import get_global_step
from .session_run_hook import SessionRunArgs, SessionRunContext, SessionRunHook, SessionRunValues
from .step_read import global_step_read
from .timer import SecondOrStepTimer


class StepCounterHook(SessionRunHook):
    """Logs how many steps are done a second, and writes it as a summary.

    Args:
      every_n_steps: how often, in steps; or
      every_n_secs: in seconds.
      output_dir: the folder of the summaries; none are written if `None`.
      summary_writer: that writes them instead.

    Raises:
      ValueError: unless exactly one of `every_n_steps` and `every_n_secs` is given.
    """

    def __init__(self, every_n_steps: int | None = 100, every_n_secs: float | None = None, output_dir: Any = None,
                 summary_writer: Any = None):
        if (every_n_steps is None) == (every_n_secs is None):
            raise ValueError("exactly one of every_n_steps and every_n_secs should be provided.")
        self._timer = SecondOrStepTimer(every_steps=every_n_steps, every_secs=every_n_secs)
        self._summary_writer, self._output_dir = summary_writer, output_dir
        self._last_global_step: Any = None
        self._steps_per_run = 1

    def begin(self) -> None:
        """Find the global step, and open the event file."""
        if self._summary_writer is None and self._output_dir:
            self._summary_writer = FileWriterCache.get(self._output_dir)
        self._step = global_step_read("StepCounterHook")
        self._tag = get_global_step().op.name + "/sec"

    def before_run(self, run_context: SessionRunContext) -> SessionRunArgs:
        """Fetch the step."""
        return SessionRunArgs(self._step)

    def after_run(self, run_context: SessionRunContext, run_values: SessionRunValues) -> None:
        """Log the speed if it is time."""
        seen = run_values.results
        if self._timer.should_trigger_for_step(seen + self._steps_per_run):
            step = run_context.session.run(self._step)
            if self._timer.should_trigger_for_step(step):
                seconds, steps = self._timer.update_last_triggered_step(step)
                if seconds is not None and steps is not None:
                    self._log_and_record(steps, seconds, step)
        if seen == self._last_global_step:
            logging.log_first_n(
                logging.WARN, "It seems that global step (tf.train.get_global_step) has not been increased. Current value "
                "(could be stable): %s vs previous value: %s. You could increase the global step by passing "
                "tf.train.get_global_step() to Optimizer.apply_gradients or Optimizer.minimize.", 5, seen,
                self._last_global_step)
        self._last_global_step = seen

    def _log_and_record(self, elapsed_steps: int, elapsed_time: float, global_step: int) -> None:
        """Log the speed; a subclass may do something else with it."""
        speed = elapsed_steps / elapsed_time
        if self._summary_writer is not None:
            summary = proto("Summary")
            self._summary_writer.add_summary(summary(value=[summary.Value(tag=self._tag, simple_value=speed)]), global_step)
        logging.info("%s: %g", self._tag, speed)
