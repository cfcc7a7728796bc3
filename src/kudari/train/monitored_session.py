"""Sessions that look after themselves: they initialize, restore, save, call hooks, recover and stop."""

from __future__ import annotations

import abc
import inspect
from collections.abc import Callable, Sequence
from typing import Any

from .. import errors
from ..graph.collections import GraphKeys
from ..graph.stack import get_default_graph
from ..platform import logging
from ..protos import proto
from ..runtime.session import Session
from .checkpoint_hook import CheckpointSaverHook
from .coordinator import Coordinator
from .scaffold import Scaffold
from .session_manager import SessionManager
from .session_run_hook import SessionRunArgs, SessionRunContext, SessionRunHook, SessionRunValues
from .step_counter_hook import StepCounterHook
from .summary_hook import SummarySaverHook

_PREEMPTION = (errors.AbortedError, errors.UnavailableError)
_ADVICE = ("This error may also occur due to a gRPC failure caused by high memory or network bandwidth usage in the "
           "parameter servers. If this error occurs repeatedly, try increasing the number of parameter servers assigned to "
           "the job. Error: %s")
USE_DEFAULT: Any = object()


class SessionCreator(abc.ABC):
    """Makes sessions."""

    @abc.abstractmethod
    def create_session(self) -> Session:
        """Return a new session."""
        raise NotImplementedError(f"create_session is not implemented for {self}.")


class _ScaffoldedCreator(SessionCreator):
    def __init__(self, scaffold: Scaffold | None, master: str, config: Any):
        self._scaffold = scaffold or Scaffold()
        self._master, self._config = master, config
        self._manager: SessionManager | None = None

    def _get_session_manager(self) -> SessionManager:
        if self._manager is None:
            held = self._scaffold
            self._manager = SessionManager(local_init_op=held.local_init_op, ready_op=held.ready_op,
                                           ready_for_local_init_op=held.ready_for_local_init_op, graph=get_default_graph())
        return self._manager


class ChiefSessionCreator(_ScaffoldedCreator):
    """Makes the sessions of the chief, which initializes or restores the model.

    Args:
      scaffold: what the model needs.
      master: the target of the sessions.
      config: of the sessions.
      checkpoint_dir: the folder to restore the latest checkpoint from.
      checkpoint_filename_with_path: the checkpoint itself.
    """

    def __init__(self, scaffold: Scaffold | None = None, master: str = "", config: Any = None, checkpoint_dir: Any = None,
                 checkpoint_filename_with_path: Any = None):
        super().__init__(scaffold, master, config)
        self._checkpoint_dir, self._path = checkpoint_dir, checkpoint_filename_with_path

    def create_session(self) -> Session:
        """Return a session whose model is ready."""
        held = self._scaffold.finalize()
        return self._get_session_manager().prepare_session(
            self._master, saver=held.saver, checkpoint_dir=self._checkpoint_dir, checkpoint_filename_with_path=self._path,
            config=self._config, init_op=held.init_op, init_feed_dict=held.init_feed_dict, init_fn=held.init_fn)


class WorkerSessionCreator(_ScaffoldedCreator):
    """Makes the sessions of a worker, which waits until the chief has made the model ready.

    Args:
      scaffold: what the model needs.
      master: the target of the sessions.
      config: of the sessions.
      max_wait_secs: how long to wait, in seconds.
    """

    def __init__(self, scaffold: Scaffold | None = None, master: str = "", config: Any = None,
                 max_wait_secs: float = 30 * 60):
        super().__init__(scaffold, master, config)
        self._max_wait_secs = max_wait_secs

    def create_session(self) -> Session:
        """Return a session whose model is ready."""
        self._scaffold.finalize()
        return self._get_session_manager().wait_for_session(self._master, config=self._config,
                                                            max_wait_secs=self._max_wait_secs)


class StepContext:
    """What a step function of `run_step_fn` gets.

    Args:
      session: without hooks.
      run_with_hooks_fn: `run` of the monitored session.
    """

    def __init__(self, session: Any, run_with_hooks_fn: Callable):
        self._session, self._run_with_hooks_fn = session, run_with_hooks_fn

    @property
    def session(self) -> Any:
        """The session, without hooks."""
        return self._session

    def run_with_hooks(self, *args: Any, **kwargs: Any) -> Any:
        """Run as the monitored session does."""
        return self._run_with_hooks_fn(*args, **kwargs)

    def request_stop(self) -> None:
        """Leave the step function and the loop around it.

        Raises:
          StopIteration: always.
        """
        raise StopIteration("step_fn has requested the iterations to stop.")


class _MonitoredSession:
    """What the kinds of monitored sessions share.

    Args:
      session_creator: makes its sessions; a `ChiefSessionCreator` if `None`.
      hooks: called in this order.
      should_recover: whether a lost session is made anew.
      stop_grace_period_secs: how long threads may take to stop, in seconds.
    """

    StepContext = StepContext

    def __init__(self, session_creator: SessionCreator | None, hooks: Sequence[SessionRunHook] | None, should_recover: bool,
                 stop_grace_period_secs: float = 120):
        self._graph_was_finalized = get_default_graph().finalized
        self._hooks = list(hooks or [])
        for hook in self._hooks:
            hook.begin()
        self._creator = _CoordinatedCreator(session_creator or ChiefSessionCreator(), self._hooks, stop_grace_period_secs)
        self._sess: Any = _Recoverable(self._creator) if should_recover else self._creator.create_session()

    @property
    def graph(self) -> Any:
        """The graph it runs; `None` once it is closed."""
        return None if self._tf_sess() is None else self._tf_sess().graph

    def run(self, fetches: Any, feed_dict: Any = None, options: Any = None, run_metadata: Any = None) -> Any:
        """Run a step with the hooks; the arguments and the result are those of `Session.run`."""
        return self._sess.run(fetches, feed_dict=feed_dict, options=options, run_metadata=run_metadata)

    def run_step_fn(self, step_fn: Callable) -> Any:
        """Call a function with a `StepContext`, and again if its session is lost.

        Args:
          step_fn: a function of one argument `step_context`, or a method of `self` and that.

        Raises:
          ValueError: if it takes other arguments.
          StopIteration: if it asks for an end.
        """
        names = tuple(inspect.signature(step_fn).parameters)
        if names not in (("step_context",), ("self", "step_context")):
            raise ValueError("`step_fn` may either have one `step_context` argument, or `self` and `step_context` arguments "
                             f"if it's an instance method. Got {names} instead.")
        return self._sess.run_step_fn(step_fn, self._tf_sess(), run_with_hooks=None)

    def should_stop(self) -> bool:
        """Return whether a hook or a thread asked for an end, or it is closed."""
        return self._sess is None or self._sess.should_stop()

    def close(self) -> None:
        """End the hooks, the threads and the session."""
        self._close()

    def __enter__(self) -> Any:
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        is_end = kind in (errors.OutOfRangeError, StopIteration)
        self._close(None if is_end else kind)
        return kind is None or is_end

    def _close(self, kind: Any = None) -> None:
        try:
            if not kind:
                for hook in self._hooks:
                    hook.end(self._creator.tf_sess)
        finally:
            try:
                if self._sess is None:
                    raise RuntimeError("Session is already closed.")
                self._sess.close()
            finally:
                self._sess = None
                self._creator.tf_sess = self._creator.coord = None
                if not self._graph_was_finalized:
                    get_default_graph()._unsafe_unfinalize()

    def _is_closed(self) -> bool:
        return self._creator.tf_sess is None

    def _tf_sess(self) -> Any:
        return self._creator.tf_sess


class MonitoredSession(_MonitoredSession):
    """A session that initializes or restores its model, calls hooks around each step, and recovers when it is lost.

    Args:
      session_creator: makes its sessions; a `ChiefSessionCreator` if `None`.
      hooks: called in this order.
      stop_grace_period_secs: how long threads may take to stop, in seconds.
    """

    def __init__(self, session_creator: SessionCreator | None = None, hooks: Sequence[SessionRunHook] | None = None,
                 stop_grace_period_secs: float = 120):
        super().__init__(session_creator, hooks, True, stop_grace_period_secs)


class SingularMonitoredSession(_MonitoredSession):
    """A monitored session that does not recover: an error of the session reaches the program.

    Args:
      hooks: called in this order.
      scaffold: what the model needs.
      master: the target of the session.
      config: of the session.
      checkpoint_dir: the folder to restore the latest checkpoint from.
      stop_grace_period_secs: how long threads may take to stop, in seconds.
      checkpoint_filename_with_path: the checkpoint itself.
    """

    def __init__(self, hooks: Sequence[SessionRunHook] | None = None, scaffold: Scaffold | None = None, master: str = "",
                 config: Any = None, checkpoint_dir: Any = None, stop_grace_period_secs: float = 120,
                 checkpoint_filename_with_path: Any = None):
        creator = ChiefSessionCreator(scaffold, master, config, checkpoint_dir, checkpoint_filename_with_path)
        super().__init__(creator, hooks, False, stop_grace_period_secs)

    def raw_session(self) -> Any:
        """Return the session itself."""
        return self._tf_sess()


class _CoordinatedCreator(SessionCreator):
    """Makes sessions with threads for the queue runners, and tells the hooks."""

    def __init__(self, creator: SessionCreator, hooks: list[SessionRunHook], stop_grace_period_secs: float):
        self._session_creator, self._hooks, self._stop_grace_period_secs = creator, hooks, stop_grace_period_secs
        self.coord: Any = None
        self.tf_sess: Any = None

    def create_session(self) -> Any:
        self.tf_sess = self._session_creator.create_session()
        self.coord = Coordinator(clean_stop_exception_types=[])
        for runner in get_default_graph().get_collection(GraphKeys.QUEUE_RUNNERS):
            runner.create_threads(self.tf_sess, coord=self.coord, daemon=True, start=True)
        for hook in self._hooks:
            hook.after_create_session(self.tf_sess, self.coord)
        return _Coordinated(_Hooked(self.tf_sess, self._hooks), self.coord, self._stop_grace_period_secs)


class _Wrapped:
    """A session around another."""

    def __init__(self, sess: Any):
        self._sess = sess
        self._wraps_stoppable = isinstance(sess, _Wrapped)

    @property
    def graph(self) -> Any:
        return self._sess.graph

    @property
    def sess_str(self) -> str:
        return self._sess.sess_str

    def should_stop(self) -> bool:
        if self._check_stop():
            return True
        return not self._sess or (self._wraps_stoppable and self._sess.should_stop())

    def _check_stop(self) -> bool:
        return False

    def close(self) -> None:
        if self._sess:
            try:
                self._sess.close()
            except _PREEMPTION as error:
                logging.warning("An error occurred when attempting to close the session. This may be due to a preemption in "
                                "a connected worker or parameter server. Error: %s", error)
            finally:
                self._sess = None

    def run(self, *args: Any, **kwargs: Any) -> Any:
        return self._sess.run(*args, **kwargs)

    def run_step_fn(self, step_fn: Callable, raw_session: Any, run_with_hooks: Any) -> Any:
        return step_fn(StepContext(raw_session, run_with_hooks or self.run))


class _Recoverable(_Wrapped):
    """A session that is made anew when it is lost."""

    def __init__(self, creator: _CoordinatedCreator):
        self._creator = creator
        super().__init__(self._create())

    def _create(self) -> Any:
        while True:
            try:
                return self._creator.create_session()
            except _PREEMPTION as error:
                logging.info("An error was raised while a session was being created. This may be due to a preemption of a "
                             "connected worker or parameter server. A new session will be created. " + _ADVICE, error)

    def _check_stop(self) -> bool:
        try:
            return self._sess._check_stop() if self._sess else True
        except _PREEMPTION as error:
            logging.info("An error was raised while considering whether the session is complete. This may be due to a "
                         "preemption in a connected worker or parameter server. The current session will be closed and a "
                         "new session will be created. " + _ADVICE, error)
            self.close()
            self._sess = self._create()
            return False
        except Exception:  # the next run raises it
            return True

    def run(self, fetches: Any, feed_dict: Any = None, options: Any = None, run_metadata: Any = None) -> Any:
        return self._again(lambda: self._sess.run(fetches, feed_dict=feed_dict, options=options, run_metadata=run_metadata))

    def run_step_fn(self, step_fn: Callable, raw_session: Any, run_with_hooks: Any) -> Any:
        return self._again(lambda: self._sess.run_step_fn(step_fn, raw_session, self._sess.run))

    def _again(self, action: Callable[[], Any]) -> Any:
        while True:
            try:
                if not self._sess:
                    self._sess = self._create()
                return action()
            except _PREEMPTION as error:
                logging.info("An error was raised. This may be due to a preemption in a connected worker or parameter "
                             "server. The current session will be closed and a new session will be created. " + _ADVICE,
                             error)
                self.close()
                self._sess = None


class _Coordinated(_Wrapped):
    """A session whose threads stop with it, and whose steps raise their errors."""

    def __init__(self, sess: Any, coord: Coordinator, stop_grace_period_secs: float):
        super().__init__(sess)
        self._coord, self._stop_grace_period_secs = coord, stop_grace_period_secs

    def _check_stop(self) -> bool:
        self._coord.raise_requested_exception()
        return self._coord.should_stop()

    def close(self) -> None:
        self._coord.request_stop()
        try:
            self._coord.join(stop_grace_period_secs=self._stop_grace_period_secs, ignore_live_threads=True)
        finally:
            super().close()

    def run(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return self._sess.run(*args, **kwargs)
        except _PREEMPTION:
            raise
        except Exception as error:
            try:
                self._coord.raise_requested_exception()
            except _PREEMPTION:
                raise  # what lost the session is the better reason
            except Exception:
                raise error from None
            raise


class _Hooked(_Wrapped):
    """A session that calls hooks around each step."""

    def __init__(self, sess: Any, hooks: list[SessionRunHook]):
        super().__init__(sess)
        self._hooks, self._should_stop = hooks, False

    def _check_stop(self) -> bool:
        return self._should_stop

    def run(self, fetches: Any, feed_dict: Any = None, options: Any = None, run_metadata: Any = None) -> Any:
        if self.should_stop():
            raise RuntimeError("Run called even after should_stop requested.")
        wanted: dict[Any, Any] = {"caller": fetches}
        context = SessionRunContext(SessionRunArgs(fetches, feed_dict), self._sess)
        options = options or proto("RunOptions")()
        feeds = self._asked(context, wanted, feed_dict, options)
        run_metadata = run_metadata or proto("RunMetadata")()
        outputs = self._sess.run(wanted, feed_dict=feeds, options=options, run_metadata=run_metadata)
        for hook in self._hooks:
            hook.after_run(context, SessionRunValues(outputs.get(hook), options, run_metadata))
        self._should_stop = self._should_stop or context.stop_requested
        return outputs["caller"]

    def _asked(self, context: SessionRunContext, wanted: dict[Any, Any], feed_dict: Any, options: Any) -> Any:
        """Ask each hook what it adds to the step, and return what is fed."""
        feeds: dict[Any, Any] = {}
        for hook in self._hooks:
            request = hook.before_run(context)
            if request is None:
                continue
            if request.fetches is not None:
                wanted[hook] = request.fetches
            if request.feed_dict:
                _check_apart(feeds, request.feed_dict, "Same tensor is fed by two hooks.")
                feeds.update(request.feed_dict)
            if request.options:
                _merge_options(options, request.options)
        if not feeds:
            return feed_dict
        if feed_dict:
            _check_apart(feed_dict, feeds, "Same tensor is fed by a SessionRunHook and user.")
            feeds.update(feed_dict)
        return feeds


def _check_apart(one: dict, other: dict, words: str) -> None:
    shared = set(one) & set(other)
    if shared:
        raise RuntimeError(f"{words} Conflict(s): {list(shared)}")


def _merge_options(options: Any, more: Any) -> None:
    for field in ("trace_level", "timeout_in_ms", "inter_op_thread_pool", "output_partition_graphs"):
        setattr(options, field, max(getattr(options, field), getattr(more, field)))
    options.debug_options.debug_tensor_watch_opts.extend(more.debug_options.debug_tensor_watch_opts)
    options.debug_options.reset_disk_byte_usage |= more.debug_options.reset_disk_byte_usage
    options.report_tensor_allocations_upon_oom |= more.report_tensor_allocations_upon_oom


def _one_of(first: Any, second: Any, defaults: tuple[Any, Any]) -> tuple[Any, Any]:
    """What two ways to say how often mean: the default only if neither was given."""
    if first is USE_DEFAULT and second is USE_DEFAULT:
        return defaults
    return None if first is USE_DEFAULT else first, None if second is USE_DEFAULT else second


def MonitoredTrainingSession(  # noqa: N802 - TensorFlow's name
        master: str = "", is_chief: bool = True, checkpoint_dir: Any = None, scaffold: Scaffold | None = None,
        hooks: Sequence[SessionRunHook] | None = None, chief_only_hooks: Sequence[SessionRunHook] | None = None,
        save_checkpoint_secs: Any = USE_DEFAULT, save_summaries_steps: Any = USE_DEFAULT,
        save_summaries_secs: Any = USE_DEFAULT, config: Any = None, stop_grace_period_secs: float = 120,
        log_step_count_steps: int | None = 100, max_wait_secs: float = 7200, save_checkpoint_steps: Any = USE_DEFAULT,
        summary_dir: Any = None) -> MonitoredSession:
    """Return a monitored session that also saves checkpoints and summaries and counts steps.

    Args:
      master: the target of the session.
      is_chief: whether it initializes or restores the model; a worker waits for that.
      checkpoint_dir: the folder of the checkpoints, restored from and saved to; none are saved if `None`.
      scaffold: what the model needs.
      hooks: called after those of its own.
      chief_only_hooks: called by a chief only, before all others.
      save_checkpoint_secs: how often to save, in seconds; 600 if neither this nor `save_checkpoint_steps` is given.
      save_summaries_steps: how often to write summaries, in steps; 100 if neither this nor `save_summaries_secs` is given.
      save_summaries_secs: the same in seconds.
      config: of the session.
      stop_grace_period_secs: how long threads may take to stop, in seconds.
      log_step_count_steps: how often to log the steps a second; never if `None` or 0.
      max_wait_secs: how long a worker waits, in seconds.
      save_checkpoint_steps: how often to save, in steps.
      summary_dir: the folder of the summaries; that of the checkpoints if `None`.
    """
    save_summaries_steps, save_summaries_secs = _one_of(save_summaries_steps, save_summaries_secs, (100, None))
    save_checkpoint_steps, save_checkpoint_secs = _one_of(save_checkpoint_steps, save_checkpoint_secs, (None, 600))
    scaffold = scaffold or Scaffold()
    if not is_chief:
        worker = WorkerSessionCreator(scaffold, master, config, max_wait_secs)
        return MonitoredSession(worker, hooks, stop_grace_period_secs)
    own: list[SessionRunHook] = list(chief_only_hooks or [])
    chief = ChiefSessionCreator(scaffold, master, config, checkpoint_dir)
    summary_dir = summary_dir or checkpoint_dir
    if summary_dir:
        if log_step_count_steps and log_step_count_steps > 0:
            own.append(StepCounterHook(output_dir=summary_dir, every_n_steps=log_step_count_steps))
        if _is_set(save_summaries_steps) or _is_set(save_summaries_secs):
            own.append(SummarySaverHook(scaffold=scaffold, save_steps=save_summaries_steps, save_secs=save_summaries_secs,
                                        output_dir=summary_dir))
    if checkpoint_dir and (_is_set(save_checkpoint_secs) or _is_set(save_checkpoint_steps)):
        own.append(CheckpointSaverHook(checkpoint_dir, save_steps=save_checkpoint_steps, save_secs=save_checkpoint_secs,
                                       scaffold=scaffold))
    return MonitoredSession(chief, [*own, *(hooks or [])], stop_grace_period_secs)


def _is_set(value: Any) -> bool:
    return value is not None and value > 0
