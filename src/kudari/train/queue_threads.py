"""Threads that keep queues filled."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Sequence
from typing import Any

from .. import errors
from ..declared_protos import Fields, declared
from ..graph.collections import GraphKeys
from ..graph.names import under, without
from ..graph.operation import Operation
from ..graph.proto_functions import register_proto_function
from ..graph.stack import get_default_graph, get_default_session
from ..platform import logging
from ..runtime.session import BaseSession
from .coordinator import Coordinator

_FIELDS: Fields = [("queue_name", "string", "one"), ("enqueue_op_name", "string", "repeated"),
                   ("close_op_name", "string", "one"), ("cancel_op_name", "string", "one"),
                   ("queue_closed_exception_types", "int32", "packed")]
QueueRunnerDef = declared("tensorflow/core/protobuf/queue_runner.proto", {"QueueRunnerDef": _FIELDS})["QueueRunnerDef"]


class QueueRunner:
    """Runs the ops that fill a queue, each in a thread of its own, until the elements or the program end.

    Args:
      queue: the queue.
      enqueue_ops: what to run; an op listed several times runs in as many threads.
      close_op: closes the queue after the last element; made if `None`.
      cancel_op: closes it when the threads are asked to stop; made if `None`.
      queue_closed_exception_types: the errors that only mean an end; `OutOfRangeError` if `None`.
      queue_runner_def: a `QueueRunnerDef` to be made from instead.
      import_scope: the scope that the nodes named there were imported into.

    Raises:
      ValueError: if the queue or the ops are missing, or there is a `queue_runner_def` too.
      TypeError: if the errors are not a tuple of TensorFlow's.
    """

    def __init__(self, queue: Any = None, enqueue_ops: Sequence[Any] | None = None, close_op: Any = None,
                 cancel_op: Any = None, queue_closed_exception_types: Any = None, queue_runner_def: Any = None,
                 import_scope: str | None = None):
        if queue_runner_def:
            if queue or enqueue_ops:
                raise ValueError("queue_runner_def and queue are mutually exclusive.")
            self._read(queue_runner_def, import_scope)
        else:
            if not queue or not enqueue_ops:
                raise ValueError("Must provide queue and enqueue_ops.")
            kinds = queue_closed_exception_types
            if kinds is not None and not (isinstance(kinds, tuple) and kinds
                                          and all(issubclass(kind, errors.OpError) for kind in kinds)):
                raise TypeError("queue_closed_exception_types, when provided, must be a tuple of tf.error types, but saw: "
                                f"{kinds}")
            self._queue, self._enqueue_ops = queue, enqueue_ops
            self._close_op = queue.close() if close_op is None else close_op
            self._cancel_op = queue.close(cancel_pending_enqueues=True) if cancel_op is None else cancel_op
            self._queue_closed_exception_types = kinds or (errors.OutOfRangeError,)
        self._lock = threading.Lock()
        self._runs_per_session: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()
        self._exceptions_raised: list[Exception] = []

    def _read(self, message: Any, import_scope: str | None) -> None:
        def element(name: str) -> Any:
            return graph.as_graph_element(under(name, import_scope))

        graph = get_default_graph()
        self._queue = element(message.queue_name)
        self._enqueue_ops = [element(name) for name in message.enqueue_op_name]
        self._close_op, self._cancel_op = element(message.close_op_name), element(message.cancel_op_name)
        kinds = tuple(map(errors.exception_type_from_error_code, message.queue_closed_exception_types))
        self._queue_closed_exception_types = kinds or (errors.OutOfRangeError,)

    @property
    def queue(self) -> Any:
        """The queue."""
        return self._queue

    @property
    def enqueue_ops(self) -> Any:
        """The ops that fill it."""
        return self._enqueue_ops

    @property
    def close_op(self) -> Operation:
        """The op that closes it after the last element."""
        return self._close_op

    @property
    def cancel_op(self) -> Operation:
        """The op that closes it when the threads are asked to stop."""
        return self._cancel_op

    @property
    def queue_closed_exception_types(self) -> tuple:
        """The errors that only mean an end."""
        return self._queue_closed_exception_types

    @property
    def exceptions_raised(self) -> list[Exception]:
        """The errors of the threads of the last `create_threads` without a coordinator."""
        return self._exceptions_raised

    @property
    def name(self) -> str:
        """The name of the queue."""
        return self._queue.name

    def create_threads(self, sess: Any, coord: Coordinator | None = None, daemon: bool = False,
                       start: bool = False) -> list[threading.Thread]:
        """Return threads that fill the queue in a session; none if there are some already.

        Args:
          sess: the session.
          coord: stops the threads, and is told of their errors; another thread then closes the queue when it stops.
          daemon: whether the program may end before them.
          start: whether to start them.
        """
        with self._lock:
            if self._runs_per_session.get(sess, 0) > 0:
                return []
            self._runs_per_session[sess] = len(self._enqueue_ops)
            self._exceptions_raised = []
        prefix = f"QueueRunnerThread-{self.name}"
        threads = [threading.Thread(target=self._run, args=(sess, op, coord), name=f"{prefix}-{op.name}")
                   for op in self._enqueue_ops]
        if coord:
            threads.append(threading.Thread(target=self._close_on_stop, args=(sess, coord), name=f"{prefix}-close_on_stop"))
        for thread in threads:
            if coord:
                coord.register_thread(thread)
            thread.daemon = daemon or thread.daemon
            if start:
                thread.start()
        return threads

    def _run(self, sess: Any, enqueue_op: Any, coord: Coordinator | None) -> None:
        is_last = False
        try:
            enqueue = sess.make_callable(enqueue_op)
            while not (coord and coord.should_stop()):
                enqueue()
        except self._queue_closed_exception_types:
            is_last = self._end_one(sess)
            if is_last:
                _run_quietly(sess, self._close_op)
        except Exception as error:
            self._end_one(sess)
            if coord:
                coord.request_stop(error)
                return
            logging.error("Exception in QueueRunner: %s", error)
            with self._lock:
                self._exceptions_raised.append(error)
            raise
        else:
            self._end_one(sess)

    def _end_one(self, sess: Any) -> bool:
        """Count a thread that ends; return whether it was the last."""
        with self._lock:
            self._runs_per_session[sess] -= 1
            return self._runs_per_session[sess] == 0

    def _close_on_stop(self, sess: Any, coord: Coordinator) -> None:
        coord.wait_for_stop()
        _run_quietly(sess, self._cancel_op)

    def to_proto(self, export_scope: str | None = None) -> Any:
        """Return this as a `QueueRunnerDef`, or `None` if the queue is not inside `export_scope`."""
        if export_scope is not None and not self.name.startswith(export_scope):
            return None
        return QueueRunnerDef(
            queue_name=without(self.name, export_scope),
            enqueue_op_name=[without(op.name, export_scope) for op in self._enqueue_ops],
            close_op_name=without(self._close_op.name, export_scope),
            cancel_op_name=without(self._cancel_op.name, export_scope),
            queue_closed_exception_types=[errors.error_code_from_exception_type(kind)
                                          for kind in self._queue_closed_exception_types])

    @staticmethod
    def from_proto(queue_runner_def: Any, import_scope: str | None = None) -> QueueRunner:
        """Return the queue runner that a `QueueRunnerDef` describes."""
        return QueueRunner(queue_runner_def=queue_runner_def, import_scope=import_scope)


def _run_quietly(sess: Any, op: Operation) -> None:
    """Close a queue that others may have closed already."""
    try:
        sess.run(op)
    except Exception as error:
        logging.vlog(1, "Ignored exception: %s", error)


def add_queue_runner(qr: QueueRunner, collection: str = GraphKeys.QUEUE_RUNNERS) -> None:
    """Add a queue runner to those that `start_queue_runners` starts.

    Args:
      qr: the queue runner.
      collection: of the graph, to add it to.
    """
    get_default_graph().add_to_collection(collection, qr)


def start_queue_runners(sess: Any = None, coord: Coordinator | None = None, daemon: bool = True, start: bool = True,
                        collection: str = GraphKeys.QUEUE_RUNNERS) -> list[threading.Thread]:
    """Start the threads of all queue runners in the graph.

    Args:
      sess: the session they fill queues in; the default session if `None`.
      coord: stops them.
      daemon: whether the program may end before them.
      start: whether to start them, or only make them.
      collection: where the queue runners are.

    Returns:
      The threads; none for a monitored session, which starts them itself.

    Raises:
      ValueError: if there is no session.
      TypeError: if `sess` is none.
    """
    if sess is None:
        sess = get_default_session()
        if not sess:
            raise ValueError("Cannot start queue runners: No default session is registered. Use `with sess.as_default()` or "
                             "pass an explicit session to tf.start_queue_runners(sess=sess)")
    if not isinstance(sess, BaseSession):
        if type(sess).__name__ in ("MonitoredSession", "SingularMonitoredSession"):
            return []
        raise TypeError(f"sess must be a `tf.Session` object. Given class: {sess.__class__}")
    runners = sess.graph.get_collection(collection)
    if not runners:
        logging.warning("`tf.train.start_queue_runners()` was called when no queue runners were defined. You can safely "
                        "remove the call to this deprecated function.")
    with sess.graph.as_default():
        return [thread for runner in runners
                for thread in runner.create_threads(sess, coord=coord, daemon=daemon, start=start)]


register_proto_function(GraphKeys.QUEUE_RUNNERS, QueueRunnerDef, QueueRunner.to_proto, QueueRunner.from_proto)
