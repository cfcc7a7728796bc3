"""A writer of events whose file a session keeps, shared with the summaries that the graph writes itself."""

from __future__ import annotations

from typing import Any

from ..dtypes import string
from ..op.constant import constant
from ..ops.passing import placeholder_with_default
from .graph_summaries import import_event
from .graph_writers import create_file_writer
from .recording import always_record_summaries


class SessionEventWriter:
    """Writes events by running ops of a session's graph.

    Args:
      session: that keeps the file.
      logdir: the folder.
      max_queue: how many events may wait to be written.
      flush_secs: how often what was written gets to the disk.
      filename_suffix: what the file's name ends with.
    """

    def __init__(self, session: Any, logdir: str, max_queue: int, flush_secs: float, filename_suffix: str | None):
        self._session = session
        with session.graph.as_default(), session.graph.name_scope("filewriter"):
            writer = create_file_writer(logdir, max_queue, flush_secs * 1000, filename_suffix)
            with always_record_summaries(), writer.as_default():
                self._event = placeholder_with_default(constant("unused", string), shape=[])
                self._add = import_event(self._event)
            self._init, self._flush, self._close = writer.init(), writer.flush(), writer.close()
        session.run(self._init)

    def open(self) -> None:
        """Begin a file, if none is open."""
        self._session.run(self._init)

    def add_event(self, event: Any) -> None:
        """Write an `Event`."""
        self._session.run(self._add, feed_dict={self._event: event.SerializeToString()})

    def flush(self) -> None:
        """Have everything on the disk."""
        self._session.run(self._flush)

    def close(self) -> None:
        """Write what waits, and close the file."""
        self.flush()
        self._session.run(self._close)
