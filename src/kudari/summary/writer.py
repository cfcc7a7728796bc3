"""Writers of event files, which TensorBoard shows."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

from ..graph.graph import Graph
from ..graph.graphdef import graph_def as as_graph_def
from ..io.event_files import event_file_writer
from ..platform import logging
from ..protos import proto


class FileWriter:
    """Writes summaries, graphs and what else TensorBoard shows into an event file, by a thread of its own.

    Args:
      logdir: the folder, made if it is not there.
      graph: to write at once.
      max_queue: how many events may wait to be written.
      flush_secs: how often what was written gets to the disk, in seconds.
      graph_def: deprecated: a `GraphDef` to write at once.
      filename_suffix: what the file's name ends with.
      session: whose graph gets ops that write, into a file that the session keeps; they share it with what
        `tf.contrib.summary` writes to the same folder. If `None`, events are written directly.
    """

    def __init__(self, logdir: Any, graph: Any = None, max_queue: int = 10, flush_secs: float = 120, graph_def: Any = None,
                 filename_suffix: str | None = None, session: Any = None):
        self._logdir, self._options = os.fspath(logdir), (max_queue, flush_secs, filename_suffix)
        self._session = session
        self._seen_metadata: set[str] = set()
        self._seen_tags: set[str] = set()
        self._writer: Any = None
        self._closed = False
        self._open()
        if graph is not None or graph_def is not None:
            self.add_graph(graph, graph_def=graph_def)
            if isinstance(graph, Graph):
                from ..train.meta_graph import create_meta_graph_def  # heavy, and needed here only
                self.add_meta_graph(create_meta_graph_def(graph=graph))

    def _open(self) -> None:
        if self._session is None:
            max_queue, flush_secs, suffix = self._options
            self._writer = event_file_writer(self._logdir, max_queue, flush_secs, suffix or "")
        elif self._writer is None:
            from .session_writer import SessionEventWriter
            self._writer = SessionEventWriter(self._session, self._logdir, *self._options)
        else:
            self._writer.open()

    def __enter__(self) -> FileWriter:
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()

    def get_logdir(self) -> str:
        """Return the folder."""
        return self._logdir

    def add_event(self, event: Any) -> None:
        """Write an `Event`."""
        if self._closed:
            logging.warning("Attempting to use a closed FileWriter. The operation will be a noop unless the FileWriter is "
                            "explicitly reopened.")
            return
        self._writer.add_event(event)

    def _add(self, event: Any, step: Any) -> None:
        event.wall_time = time.time()
        if step is not None:
            event.step = int(step)
        self.add_event(event)

    def add_summary(self, summary: Any, global_step: Any = None) -> None:
        """Write what a summary operation gave.

        Args:
          summary: a `Summary`, or one serialized.
          global_step: the step it belongs to.
        """
        message = summary if isinstance(summary, proto("Summary")) else proto("Summary").FromString(bytes(summary))
        for value in message.value:
            if value.metadata.ByteSize() and value.tag in self._seen_tags:
                value.ClearField("metadata")  # TensorBoard keeps the first
            self._seen_tags.add(value.tag)
        self._add(proto("Event")(summary=message), global_step)

    def add_session_log(self, session_log: Any, global_step: Any = None) -> None:
        """Write a `SessionLog`."""
        self._add(proto("Event")(session_log=session_log), global_step)

    def add_graph(self, graph: Any, global_step: Any = None, graph_def: Any = None) -> None:
        """Write a graph.

        Args:
          graph: a `Graph`.
          global_step: the step it belongs to.
          graph_def: deprecated: a `GraphDef` instead.

        Raises:
          ValueError: if both or neither is given.
          TypeError: if it is none.
        """
        if graph is not None and graph_def is not None:
            raise ValueError("Please pass only graph, or graph_def (deprecated), but not both.")
        if isinstance(graph, Graph):
            nodes = as_graph_def(graph, add_shapes=True)
        elif isinstance(graph, proto("GraphDef")) or isinstance(graph_def, proto("GraphDef")):
            logging.warning("Passing a `GraphDef` to the SummaryWriter is deprecated. Pass a `Graph` object instead, such "
                            "as `sess.graph`.")
            nodes = graph if graph_def is None else graph_def
        elif graph is None:
            raise ValueError("Must pass either a `Graph` or a `GraphDef`")
        else:
            raise TypeError("The passed graph must be an instance of `Graph` or the deprecated `GraphDef`")
        self._add(proto("Event")(graph_def=nodes.SerializeToString()), global_step)

    def add_meta_graph(self, meta_graph_def: Any, global_step: Any = None) -> None:
        """Write a `MetaGraphDef`.

        Raises:
          TypeError: if it is none.
        """
        if not isinstance(meta_graph_def, proto("MetaGraphDef")):
            raise TypeError(f"meta_graph_def must be type MetaGraphDef, saw type: {type(meta_graph_def)}")
        self._add(proto("Event")(meta_graph_def=meta_graph_def.SerializeToString()), global_step)

    def add_run_metadata(self, run_metadata: Any, tag: str, global_step: Any = None) -> None:
        """Write the `RunMetadata` of one step.

        Raises:
          ValueError: if there is one of this tag already.
        """
        if tag in self._seen_metadata:
            raise ValueError("The provided tag was already used for this event type")
        self._seen_metadata.add(tag)
        tagged = proto("TaggedRunMetadata")(tag=tag, run_metadata=run_metadata.SerializeToString())
        self._add(proto("Event")(tagged_run_metadata=tagged), global_step)

    def flush(self) -> None:
        """Have everything that was added on the disk."""
        if not self._closed:
            self._writer.flush()

    def close(self) -> None:
        """Write what waits, and close the file."""
        if not self._closed:
            self._writer.close()
            self._closed = True

    def reopen(self) -> None:
        """Go on in a new file, if it is closed."""
        if self._closed:
            self._open()
            self._closed = False


class FileWriterCache:
    """One writer for each folder."""

    _writers: dict[str, FileWriter] = {}
    _lock = threading.RLock()

    @staticmethod
    def get(logdir: Any) -> FileWriter:
        """Return the writer for a folder, made if there is none."""
        path = os.fspath(logdir)
        with FileWriterCache._lock:
            if path not in FileWriterCache._writers:
                from ..graph.stack import get_default_graph
                FileWriterCache._writers[path] = FileWriter(path, graph=get_default_graph())
            return FileWriterCache._writers[path]

    @staticmethod
    def clear() -> None:
        """Close all writers, and forget them."""
        with FileWriterCache._lock:
            for writer in FileWriterCache._writers.values():
                writer.close()
            FileWriterCache._writers.clear()
