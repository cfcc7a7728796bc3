"""`tf.TFRecordReader` and the other readers."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..io.records import TFRecordOptions
from ..ops.forms import node


class ReaderRead(NamedTuple):
    """One record.

    Args:
      key: a scalar text that says where it comes from.
      value: a scalar text, the record.
    """

    key: Tensor
    value: Tensor


class ReaderReadUpTo(NamedTuple):
    """Records.

    Args:
      keys: a vector of texts that say where they come from.
      values: a vector of texts, the records.
    """

    keys: Tensor
    values: Tensor


class ReaderBase:
    """Gives the records of files whose names it takes from a queue.

    Args:
      reader_ref: the handle of the reader.
      supports_serialize: whether its state can be told in a text.
    """

    def __init__(self, reader_ref: Tensor, supports_serialize: bool = False):
        self._reader_ref, self._supports_serialize = reader_ref, supports_serialize

    @property
    def reader_ref(self) -> Tensor:
        """The handle of the reader."""
        return self._reader_ref

    @property
    def supports_serialize(self) -> bool:
        """Whether its state can be told in a text."""
        return self._supports_serialize

    def read(self, queue: Any, name: str | None = None) -> ReaderRead:
        """Return the next record; the next name is taken from the queue when a file is read to its end.

        Args:
          queue: a queue of scalar texts, or its handle.
          name: of the op.

        Raises:
          OutOfRangeError: when it runs, if all is read and the queue is closed.
        """
        return ReaderRead(*node("ReaderReadV2", self._reader_ref, _handle(queue), name=name))

    def read_up_to(self, queue: Any, num_records: Any, name: str | None = None) -> ReaderReadUpTo:
        """Return the next records of one file, `num_records` or, at its end, fewer.

        Args:
          queue: a queue of scalar texts, or its handle.
          num_records: how many, an int64 scalar.
          name: of the op.

        Raises:
          OutOfRangeError: when it runs, if all is read and the queue is closed.
        """
        return ReaderReadUpTo(*node("ReaderReadUpToV2", self._reader_ref, _handle(queue), num_records, name=name))

    def num_records_produced(self, name: str | None = None) -> Tensor:
        """Return how many records it gave, an int64 scalar."""
        return node("ReaderNumRecordsProducedV2", self._reader_ref, name=name)

    def num_work_units_completed(self, name: str | None = None) -> Tensor:
        """Return how many files it read to the end, an int64 scalar."""
        return node("ReaderNumWorkUnitsCompletedV2", self._reader_ref, name=name)

    def serialize_state(self, name: str | None = None) -> Tensor:
        """Return its state as a scalar text.

        Raises:
          UnimplementedError: when it runs, if this reader has none.
        """
        return node("ReaderSerializeStateV2", self._reader_ref, name=name)

    def restore_state(self, state: Any, name: str | None = None) -> Operation:
        """Return an op that brings it into a state that `serialize_state` gave."""
        return node("ReaderRestoreStateV2", self._reader_ref, state, name=name)

    def reset(self, name: str | None = None) -> Operation:
        """Return an op that makes it forget what it did."""
        return node("ReaderResetV2", self._reader_ref, name=name)


def _handle(queue: Any) -> Tensor:
    return queue if isinstance(queue, Tensor) else queue.queue_ref


class WholeFileReader(ReaderBase):
    """Gives each file as one record, with its name as the key."""

    def __init__(self, name: str | None = None):
        super().__init__(node("WholeFileReaderV2", name=name), supports_serialize=True)


class IdentityReader(ReaderBase):
    """Gives what the queue holds as key and as value."""

    def __init__(self, name: str | None = None):
        super().__init__(node("IdentityReaderV2", name=name), supports_serialize=True)


class TextLineReader(ReaderBase):
    """Gives the lines of files without what ends them, with `file:line` as the key.

    Args:
      skip_header_lines: how many to leave out at the beginning of each file.
      name: of the reader's node.
    """

    def __init__(self, skip_header_lines: int | None = None, name: str | None = None):
        super().__init__(node("TextLineReaderV2", skip_header_lines=skip_header_lines, name=name))


class FixedLengthRecordReader(ReaderBase):
    """Gives pieces of one size of files, with `file:number` as the key.

    Args:
      record_bytes: the size.
      header_bytes: how many bytes to leave out at the beginning of each file.
      footer_bytes: how many at the end.
      hop_bytes: from the beginning of a piece to that of the next; `record_bytes` if 0 or `None`.
      name: of the reader's node.
      encoding: `"ZLIB"` for compressed files.
    """

    def __init__(self, record_bytes: int, header_bytes: int | None = None, footer_bytes: int | None = None,
                 hop_bytes: int | None = None, name: str | None = None, encoding: str | None = None):
        super().__init__(node("FixedLengthRecordReaderV2", record_bytes=record_bytes, header_bytes=header_bytes,
                              footer_bytes=footer_bytes, hop_bytes=hop_bytes, encoding=encoding, name=name))


class TFRecordReader(ReaderBase):
    """Gives the records of TFRecord files, with `file:place` as the key.

    Args:
      name: of the reader's node.
      options: a `tf.python_io.TFRecordOptions`, how the files are compressed.
    """

    def __init__(self, name: str | None = None, options: Any = None):
        super().__init__(node("TFRecordReaderV2", compression_type=TFRecordOptions.get_compression_type_string(options),
                              name=name))
