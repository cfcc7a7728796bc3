"""Writers of event files that ops in the graph write to: `tf.contrib.summary.create_file_writer`."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..op.constant import constant
from ..ops.control import no_op
from ..ops.forms import node
from ..platform import logging
from .recording import surroundings

_INITIALIZERS = "_SUMMARY_WRITER_V2"


class SummaryWriter:
    """Something that summaries are written to."""

    def set_as_default(self) -> None:
        """Have everything that this thread makes from now on written to it."""
        raise NotImplementedError

    def as_default(self) -> contextlib.AbstractContextManager[Any]:
        """Have what is made inside written to it."""
        raise NotImplementedError

    def init(self) -> Any:
        """Add an op that opens it."""
        raise NotImplementedError

    def flush(self) -> Any:
        """Add an op after which everything is on the disk."""
        raise NotImplementedError

    def close(self) -> Any:
        """Add an op that closes it."""
        raise NotImplementedError


class ResourceSummaryWriter(SummaryWriter):
    """A writer that a session keeps.

    Args:
      shared_name: all of one name are one writer.
      init_op_fn: from the handle to the op that opens it.
      name: of the node.
    """

    def __init__(self, shared_name: str, init_op_fn: Callable[[Any], Operation], name: str | None = None):
        self._resource = node("SummaryWriter", shared_name=shared_name, name=name)
        self._init_op_fn = init_op_fn
        get_default_graph().add_to_collection(_INITIALIZERS, init_op_fn(self._resource))

    def set_as_default(self) -> None:
        """Have everything that this thread makes from now on written to it."""
        surroundings.writer = self

    @contextlib.contextmanager
    def as_default(self) -> Iterator[ResourceSummaryWriter]:
        """Have what is made inside written to it; a flush is added at the end."""
        before, surroundings.writer = surroundings.writer, self
        try:
            yield self
            self.flush()
        finally:
            surroundings.writer = before

    def init(self) -> Operation:
        """Add an op that opens it, if it is not open."""
        return self._init_op_fn(self._resource)

    def flush(self) -> Operation:
        """Add an op after which everything is on the disk."""
        return flush(writer=self)

    def close(self) -> Operation:
        """Add an op that flushes and closes it."""
        graph = get_default_graph()
        with graph.control_dependencies([self.flush()]), graph.device("cpu:0"):
            return node("CloseSummaryWriter", self._resource)


class NoopSummaryWriter(SummaryWriter):
    """A writer that nothing is written to."""

    def set_as_default(self) -> None:
        """Change nothing."""

    @contextlib.contextmanager
    def as_default(self) -> Iterator[None]:
        """Change nothing."""
        yield

    def init(self) -> None:
        """Do nothing."""

    def flush(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


def create_file_writer(logdir: Any, max_queue: Any = None, flush_millis: Any = None, filename_suffix: Any = None,
                       name: str | None = None) -> SummaryWriter:
    """Return a writer of an event file.

    Args:
      logdir: the folder, made when the writer is initialized; `None` for a writer that does nothing.
      max_queue: how many events may wait to be written; 10 if `None`.
      flush_millis: how often what was written gets to the disk; every 120,000 milliseconds if `None`.
      filename_suffix: what the file's name ends with; `".v2"` if `None`.
      name: writers of one name are one in a session; `"logdir:"` and the folder if `None`.
    """
    if logdir is None:
        return NoopSummaryWriter()
    logdir = str(logdir)
    with get_default_graph().device("cpu:0"):
        max_queue = constant(10) if max_queue is None else max_queue
        flush_millis = constant(2 * 60 * 1000) if flush_millis is None else flush_millis
        filename_suffix = constant(".v2") if filename_suffix is None else filename_suffix
        create = partial(node, "CreateSummaryFileWriter", logdir=logdir, max_queue=max_queue, flush_millis=flush_millis,
                         filename_suffix=filename_suffix)
        return ResourceSummaryWriter(shared_name="logdir:" + logdir if name is None else name,
                                     init_op_fn=lambda writer: create(writer=writer))


def create_summary_file_writer(*args: Any, **kwargs: Any) -> SummaryWriter:
    """Return what `create_file_writer` returns: its deprecated name."""
    logging.warning("Deprecation Warning: create_summary_file_writer was renamed to create_file_writer")
    return create_file_writer(*args, **kwargs)


def create_db_writer(db_uri: Any, experiment_name: Any = None, run_name: Any = None, user_name: Any = None,
                     name: str | None = None) -> SummaryWriter:
    """Raise: summaries go to event files here, and to no database.

    Raises:
      NotImplementedError: always.
    """
    raise NotImplementedError(f"create_db_writer({db_uri!r}) is not supported: TensorBoard reads no databases any more. Use "
                              "tf.contrib.summary.create_file_writer")


def flush(writer: Any = None, name: str | None = None) -> Operation:
    """Add an op after which everything that was written is on the disk.

    Args:
      writer: a summary writer or its handle; the default one if `None`; without one the op does nothing.
      name: of the op.
    """
    writer = surroundings.writer if writer is None else writer
    if writer is None:
        return no_op()
    with get_default_graph().device("cpu:0"):
        return node("FlushSummaryWriter", getattr(writer, "_resource", writer), name=name)


def summary_writer_initializer_op() -> list[Operation]:
    """Return the ops that open all writers of the default graph."""
    return get_default_graph().get_collection(_INITIALIZERS)


def eval_dir(model_dir: Any, name: str | None = None) -> str:
    """Return the folder for summaries of an evaluation.

    Args:
      model_dir: the folder of the model.
      name: of the evaluation, if there are several.
    """
    return os.path.join(model_dir, "eval" if not name else "eval_" + name)
