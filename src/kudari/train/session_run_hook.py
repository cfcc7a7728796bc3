"""What hooks are: code that runs before and after each step of a monitored session."""

from __future__ import annotations

from typing import Any, NamedTuple


class SessionRunHook:
    """Extends the steps of a monitored session; a subclass overrides what it needs."""

    def begin(self) -> None:
        """Add nodes, before the graph is finalized."""

    def after_create_session(self, session: Any, coord: Any) -> None:
        """Do what a new session needs; `coord` is the coordinator of its threads."""

    def before_run(self, run_context: SessionRunContext) -> SessionRunArgs | None:
        """Return what to fetch and to feed besides in this step, or `None`."""
        return None

    def after_run(self, run_context: SessionRunContext, run_values: SessionRunValues) -> None:
        """See the results of the step; `run_context.request_stop()` ends the loop."""

    def end(self, session: Any) -> None:
        """Do what comes last, in a session that ends without an error."""


class SessionRunArgs(NamedTuple):
    """What a hook adds to a step.

    Args:
      fetches: as `Session.run` takes them.
      feed_dict: likewise.
      options: a `RunOptions`.
    """

    fetches: Any
    feed_dict: Any = None
    options: Any = None


class SessionRunContext:
    """A step about to be run.

    Args:
      original_args: what the caller asked for, a `SessionRunArgs`.
      session: that will run it.
    """

    def __init__(self, original_args: SessionRunArgs, session: Any):
        self._original_args, self._session, self._stop_requested = original_args, session, False

    @property
    def original_args(self) -> SessionRunArgs:
        """What the caller of `run` asked for."""
        return self._original_args

    @property
    def session(self) -> Any:
        """The session that runs the step, without hooks."""
        return self._session

    @property
    def stop_requested(self) -> bool:
        """Whether a hook asked for an end."""
        return self._stop_requested

    def request_stop(self) -> None:
        """Ask for an end: `should_stop` of the monitored session is true from now on."""
        self._stop_requested = True


class SessionRunValues(NamedTuple):
    """What a step gave.

    Args:
      results: of what this hook fetched, `None` if it fetched nothing.
      options: that the step ran with.
      run_metadata: of the step.
    """

    results: Any
    options: Any
    run_metadata: Any
