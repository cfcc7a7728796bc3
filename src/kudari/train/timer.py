"""When a hook acts: every so many seconds or steps."""

from __future__ import annotations

import time


class SecondOrStepTimer:
    """Tells at which steps to act.

    Args:
      every_secs: after so many seconds; or
      every_steps: after so many steps.

    Raises:
      ValueError: unless exactly one is given.
    """

    def __init__(self, every_secs: float | None = None, every_steps: int | None = None):
        if every_secs is None and every_steps is None:
            raise ValueError("Either every_secs or every_steps should be provided.")
        if every_secs is not None and every_steps is not None:
            raise ValueError("Can not provide both every_secs and every_steps.")
        self._every_secs, self._every_steps = every_secs, every_steps
        self.reset()

    def reset(self) -> None:
        """Forget when it acted."""
        self._last_step: int | None = None
        self._last_time: float | None = None

    def should_trigger_for_step(self, step: int) -> bool:
        """Return whether to act at this step; never twice at one."""
        if self._last_step is None or self._last_time is None:
            return True
        if self._last_step == step:
            return False
        if self._every_secs is not None:
            return time.time() >= self._last_time + self._every_secs
        return self._every_steps is not None and step >= self._last_step + self._every_steps

    def update_last_triggered_step(self, step: int) -> tuple[float | None, int | None]:
        """Note that it acted at this step, and return how many seconds and steps ago it did before, `None` if never."""
        now = time.time()
        elapsed: tuple[float | None, int | None] = (None, None)
        if self._last_step is not None and self._last_time is not None:
            elapsed = now - self._last_time, step - self._last_step
        self._last_time, self._last_step = now, step
        return elapsed

    def last_triggered_step(self) -> int | None:
        """Return the step it last acted at."""
        return self._last_step


class NeverTriggerTimer:
    """Tells to act at no step."""

    def reset(self) -> None:
        """There is nothing to forget."""

    def should_trigger_for_step(self, step: int) -> bool:
        """Return false."""
        return False

    def update_last_triggered_step(self, step: int) -> tuple[None, None]:
        """Return that it never acted."""
        return None, None

    def last_triggered_step(self) -> None:
        """Return that it never acted."""
        return
