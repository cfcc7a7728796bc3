"""Supervisors: what looked after sessions before monitored sessions did."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .. import errors
from ..dtypes import int32, int64
from ..functions.control import group
from ..functions.lookup import tables_initializer
from ..graph.collections import GraphKeys
from ..graph.graph import Graph
from ..graph.graphdef import graph_def
from ..graph.stack import get_default_graph
from ..platform import logging
from ..protos import proto
from ..summary.summaries import merge_all
from ..summary.writer import FileWriter
from ..variables.listing import global_variables, global_variables_initializer, local_variables_initializer
from ..variables.uninitialized import report_uninitialized_variables
from .coordinator import Coordinator, LooperThread
from .global_step import global_step as step_of
from .meta_graph import create_meta_graph_def
from .saver import Saver
from .session_manager import SessionManager
from .write_graph import write_graph

_DEFAULT = 0


class Supervisor:
    """Initializes or restores a model, and saves it and its summaries from threads of its own.

    Args:
      graph: the default graph if `None`.
      ready_op: gives the names of what is not initialized.
      ready_for_local_init_op: likewise, for what `local_init_op` needs.
      is_chief: whether it initializes the model and runs the threads.
      init_op: initializes the model.
      init_feed_dict: what it is fed.
      local_init_op: run in each new session.
      logdir: the folder of checkpoints and summaries; neither are written if `None`.
      summary_op: gives the summaries.
      saver: saves the model.
      global_step: counts the steps.
      save_summaries_secs: how often summaries are written, in seconds; never if 0.
      save_model_secs: how often checkpoints are, in seconds; never if 0.
      recovery_wait_secs: between looks whether the model is ready, in seconds.
      stop_grace_secs: how long threads may take to stop, in seconds.
      checkpoint_basename: the name of the checkpoints, before the step.
      session_manager: makes the sessions.
      summary_writer: writes the summaries.
      init_fn: called with the session after `init_op`.
      local_init_run_options: `RunOptions` for `local_init_op`.

    What is `USE_DEFAULT` is taken from the collections of the graph, or made; `None` is nothing.

    Raises:
      ValueError: if a variable of one who is not the chief has no device.
    """

    USE_DEFAULT = _DEFAULT

    def __init__(self, graph: Graph | None = None, ready_op: Any = _DEFAULT, ready_for_local_init_op: Any = _DEFAULT,
                 is_chief: bool = True, init_op: Any = _DEFAULT, init_feed_dict: Any = None, local_init_op: Any = _DEFAULT,
                 logdir: Any = None, summary_op: Any = _DEFAULT, saver: Any = _DEFAULT, global_step: Any = _DEFAULT,
                 save_summaries_secs: float = 120, save_model_secs: float = 600, recovery_wait_secs: float = 30,
                 stop_grace_secs: float = 120, checkpoint_basename: str = "model.ckpt", session_manager: Any = None,
                 summary_writer: Any = _DEFAULT, init_fn: Callable | None = None, local_init_run_options: Any = None):
        self._graph = get_default_graph() if graph is None else graph
        with self._graph.as_default():
            self.ready_op = _given(ready_op, GraphKeys.READY_OP, report_uninitialized_variables)
            self.ready_for_local_init_op = _given(ready_for_local_init_op, GraphKeys.READY_FOR_LOCAL_INIT_OP, lambda: None)
            self.init_op = _given(init_op, GraphKeys.INIT_OP, global_variables_initializer)
            self._local_init_op = _given(local_init_op, GraphKeys.LOCAL_INIT_OP, _local_init)
            self.saver = _given(saver, GraphKeys.SAVERS, lambda: Saver() if global_variables() else None)
            self.summary_op = _given(summary_op, GraphKeys.SUMMARY_OP, merge_all)
            self.global_step = _given(global_step, GraphKeys.GLOBAL_STEP, _named_step)
        self.init_feed_dict, self._init_fn = init_feed_dict, init_fn
        self._meta_graph_def = create_meta_graph_def(
            graph_def=graph_def(self._graph, add_shapes=True), graph=self._graph,
            saver_def=self.saver.saver_def if self.saver else None)
        self.is_chief, self.coord, self._stop_grace_secs = is_chief, Coordinator(), stop_grace_secs
        self._logdir = os.fspath(logdir) if is_chief and logdir else None
        self.save_summaries_secs = save_summaries_secs if is_chief else None
        self.save_model_secs = save_model_secs if is_chief else None
        self.save_path = os.path.join(self._logdir, checkpoint_basename) if self._logdir else None
        self.summary_writer: Any = None
        if is_chief and summary_writer is not _DEFAULT:
            self.summary_writer = summary_writer
        elif self._logdir:
            self.summary_writer = FileWriter(self._logdir)
        self._graph_is_written = False
        self.session_manager = session_manager or SessionManager(
            local_init_op=self._local_init_op, ready_op=self.ready_op, ready_for_local_init_op=self.ready_for_local_init_op,
            graph=self._graph, recovery_wait_secs=recovery_wait_secs, local_init_run_options=local_init_run_options)
        self._check_devices()
        self._graph.finalize()

    def _check_devices(self) -> None:
        for op in self._graph.get_operations():
            if not self.is_chief and op.type in ("Variable", "VariableV2") and not op.device:
                raise ValueError(f"When using replicas, all Variables must have their device set: {op}")

    def start_standard_services(self, sess: Any) -> list[LooperThread] | None:
        """Start the threads that save checkpoints and summaries and count steps, and return them.

        Raises:
          RuntimeError: unless this is the chief.
        """
        if not self.is_chief:
            raise RuntimeError("Only chief supervisor can start standard services. Because only chief supervisors can write "
                               "events.")
        if not self._logdir:
            logging.warning("Standard services need a 'logdir' passed to the SessionManager")
            return None
        self._log(sess, "START")
        threads: list[LooperThread] = []
        if self.save_summaries_secs and self.summary_writer:
            if self.summary_op is not None:
                threads.append(_SummaryThread(self, sess, self.save_summaries_secs))
            if self.global_step is not None:
                threads.append(_StepThread(self, sess, self.save_summaries_secs))
        if self.saver and self.save_model_secs:
            threads.append(_SaverThread(self, sess, self.save_model_secs))
        for thread in threads:
            thread.start()
        return threads

    def _log(self, sess: Any, status: str, **fields: Any) -> None:
        if self.global_step is not None and self.summary_writer:
            log = proto("SessionLog")
            self.summary_writer.add_session_log(log(status=log.SessionStatus.Value(status), **fields),
                                                step_of(sess, self.global_step))

    def prepare_or_wait_for_session(self, master: str = "", config: Any = None, wait_for_checkpoint: bool = False,
                                    max_wait_secs: float = 7200, start_standard_services: bool = True) -> Any:
        """Return a session whose model is ready.

        Args:
          master: the target of the session.
          config: of the session.
          wait_for_checkpoint: whether to wait for one.
          max_wait_secs: how long to wait, in seconds.
          start_standard_services: whether to start the threads.
        """
        self.coord.clear_stop()
        if self.summary_writer:
            self.summary_writer.reopen()
        if self.is_chief:
            session = self.session_manager.prepare_session(
                master, init_op=self.init_op, saver=self.saver, checkpoint_dir=self._logdir,
                wait_for_checkpoint=wait_for_checkpoint, max_wait_secs=max_wait_secs, config=config,
                init_feed_dict=self.init_feed_dict, init_fn=self._init_fn)
            self._write_graph()
            if start_standard_services:
                logging.info("Starting standard services.")
                self.start_standard_services(session)
        else:
            session = self.session_manager.wait_for_session(master, config=config, max_wait_secs=max_wait_secs)
        if start_standard_services:
            logging.info("Starting queue runners.")
            self.start_queue_runners(session)
        return session

    def _write_graph(self) -> None:
        if self._logdir:
            write_graph(graph_def(self._graph, add_shapes=True), self._logdir, "graph.pbtxt")
        if self.summary_writer and not self._graph_is_written:
            self.summary_writer.add_graph(self._graph)
            self.summary_writer.add_meta_graph(self._meta_graph_def)
            self._graph_is_written = True

    def start_queue_runners(self, sess: Any, queue_runners: Sequence[Any] | None = None) -> list[Any]:
        """Start the threads of queue runners, of those of the graph if `None`, and return them."""
        found = self._graph.get_collection(GraphKeys.QUEUE_RUNNERS) if queue_runners is None else queue_runners
        return [thread for runner in found
                for thread in runner.create_threads(sess, coord=self.coord, daemon=True, start=True)]

    def loop(self, timer_interval_secs: float | None, target: Callable, args: Any = None,
             kwargs: Any = None) -> LooperThread:
        """Start a thread that calls `target` again and again, and return it."""
        return LooperThread.loop(self.coord, timer_interval_secs, target, args, kwargs)

    def stop(self, threads: Any = None, close_summary_writer: bool = True, ignore_live_threads: bool = False) -> None:
        """Stop the threads, wait for them, and close the summaries.

        Args:
          threads: to wait for, besides its own.
          close_summary_writer: whether to close the summaries.
          ignore_live_threads: whether it is all right if some threads do not stop.

        Raises:
          Exception: what a thread raised.
        """
        self.coord.request_stop()
        try:
            self.coord.join(threads, stop_grace_period_secs=self._stop_grace_secs, ignore_live_threads=ignore_live_threads)
        finally:
            if close_summary_writer and self.summary_writer:
                log = proto("SessionLog")
                self.summary_writer.add_session_log(log(status=log.STOP))
                self.summary_writer.close()
                self._graph_is_written = False

    def request_stop(self, ex: Any = None) -> None:
        """Ask all threads to stop; `ex` is the error why."""
        self.coord.request_stop(ex=ex)

    def should_stop(self) -> bool:
        """Return whether a stop was asked for."""
        return self.coord.should_stop()

    def stop_on_exception(self) -> contextlib.AbstractContextManager[None]:
        """Ask all threads to stop if the block raises."""
        return self.coord.stop_on_exception()

    def wait_for_stop(self) -> None:
        """Wait until a stop is asked for."""
        self.coord.wait_for_stop()

    def summary_computed(self, sess: Any, summary: Any, global_step: Any = None) -> None:
        """Write a summary that the program has computed.

        Raises:
          RuntimeError: if nothing writes summaries.
        """
        if not self.summary_writer:
            raise RuntimeError("Writing a summary requires a summary writer.")
        if global_step is None and self.global_step is not None:
            global_step = step_of(sess, self.global_step)
        self.summary_writer.add_summary(summary, global_step)

    @contextlib.contextmanager
    def managed_session(self, master: str = "", config: Any = None, start_standard_services: bool = True,
                        close_summary_writer: bool = True) -> Iterator[Any]:
        """Give a session whose model is ready; after the block the threads stop, and their errors are raised."""
        session = None
        try:
            session = self.prepare_or_wait_for_session(master=master, config=config,
                                                       start_standard_services=start_standard_services)
            yield session
        except Exception as error:
            self.request_stop(error)
        finally:
            try:
                self.stop(close_summary_writer=close_summary_writer)
            finally:
                if session is not None:
                    session.close()

    PrepareSession = prepare_or_wait_for_session
    StartQueueRunners = start_queue_runners
    StartStandardServices = start_standard_services
    Stop, RequestStop, ShouldStop = stop, request_stop, should_stop
    Loop, StopOnException, WaitForStop, SummaryComputed = loop, stop_on_exception, wait_for_stop, summary_computed


def _given(value: Any, key: str, make: Callable[[], Any]) -> Any:
    """What was given; by default the first item of a collection, or what is made then and put there."""
    if value is not _DEFAULT:
        return value
    graph = get_default_graph()
    items = graph.get_collection(key)
    if len(items) > 1:
        logging.info("Found %d %s operations. Returning the first one.", len(items), key)
    if items:
        return items[0]
    made = make()
    if made is not None:
        graph.add_to_collection(key, made)
    return made


def _local_init() -> Any:
    return group(local_variables_initializer(), tables_initializer())


def _named_step() -> Any:
    try:
        step = get_default_graph().get_tensor_by_name("global_step:0")
    except KeyError:
        return None
    if step.dtype.base_dtype in (int32, int64):
        return step
    logging.warning("Found 'global_step' is not an int type: %s", step.dtype)
    return None


class _Service(LooperThread):
    """A thread of a supervisor."""

    def __init__(self, supervisor: Supervisor, session: Any, seconds: float):
        super().__init__(supervisor.coord, seconds)
        self.supervisor, self.session = supervisor, session


class _SummaryThread(_Service):
    def run_loop(self) -> None:
        held = self.supervisor
        step = None
        if held.global_step is None:
            summary = self.session.run(held.summary_op)
        else:
            summary, step = self.session.run([held.summary_op, held.global_step])
        logging.info("Recording summary at step %s.", step)
        held.summary_writer.add_summary(summary, step)


class _StepThread(_Service):
    def start_loop(self) -> None:
        self.last_time, self.last_step = time.time(), step_of(self.session, self.supervisor.global_step)

    def run_loop(self) -> None:
        held = self.supervisor
        step, now = step_of(self.session, held.global_step), time.time()
        speed = (step - self.last_step) / (now - self.last_time) if now > self.last_time else float("inf")
        self.last_time, self.last_step = now, step
        tag, summary = f"{held.global_step.op.name}/sec", proto("Summary")
        held.summary_writer.add_summary(summary(value=[summary.Value(tag=tag, simple_value=speed)]), step)
        logging.log_first_n(logging.INFO, "%s: %g", 10, tag, speed)


class _SaverThread(_Service):
    def run_loop(self) -> None:
        held = self.supervisor
        logging.info("Saving checkpoint to path %s", held.save_path)
        held.saver.save(self.session, held.save_path, global_step=held.global_step)
        held._log(self.session, "CHECKPOINT", checkpoint_path=held.save_path)


def basic_train_loop(supervisor: Supervisor, train_step_fn: Callable, args: Sequence[Any] | None = None,
                     kwargs: dict[str, Any] | None = None, master: str = "") -> None:
    """Call `train_step_fn(session, *args, **kwargs)` until a stop is asked for, in a new session if one is lost.

    Args:
      supervisor: makes the sessions.
      train_step_fn: takes a step.
      args: for it.
      kwargs: for it.
      master: the target of the sessions.
    """
    while True:
        try:
            with supervisor.managed_session(master) as session:
                while not supervisor.should_stop():
                    train_step_fn(session, *(args or ()), **(kwargs or {}))
            return
        except errors.AbortedError:
            continue
