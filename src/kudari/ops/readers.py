"""Readers: what takes names of files from a queue and gives what the files hold."""

from __future__ import annotations

import itertools
import os
import threading
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np

from .. import errors
from ..declared_protos import Fields, declared
from ..graph.operation import Operation
from ..io.files import translated
from ..io.records import positioned_records
from ..op.definition import not_differentiable, op
from ..op.rules import scalar
from ..op.signature import required
from ..shape import Shape
from .pipeline.source import boxed, components
from .queueing import Queue

Records = Iterator[tuple[bytes, bytes]]  # keys and values


@cache
def _state_class() -> Any:
    fields: Fields = [("work_started", "int64", "one"), ("work_finished", "int64", "one"),
                      ("num_records_produced", "int64", "one"), ("current_work", "bytes", "one")]
    return declared("tensorflow/core/kernels/reader_base.proto", {"ReaderBaseState": fields})["ReaderBaseState"]


class Reader:
    """Takes work from queues, and gives the records of each piece of it.

    Args:
      name: what errors call it.
      opened: from a piece of work, most often the name of a file, to its records.
      gives_one: whether each piece of work is one record; then what it did can be told in a text and taken up again.
    """

    def __init__(self, name: str, opened: Callable[[bytes], Records], gives_one: bool = False):
        self._name, self._opened, self._gives_one = name, opened, gives_one
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Forget all work and what was counted."""
        with self._lock:
            self._work, self._records = b"", None
            self._started = self.completed = self.produced = 0

    def read(self, queue: Queue) -> tuple[bytes, bytes]:
        """Return the key and value of the next record, from the next piece of work if there is none left."""
        with self._lock:
            while True:
                for record in self._current(queue):
                    self.produced += 1
                    if self._gives_one:
                        self._finish()
                    return record
                self._finish()

    def read_up_to(self, queue: Queue, count: int) -> list[tuple[bytes, bytes]]:
        """Return up to `count` records, all of the same piece of work."""
        with self._lock:
            found: list[tuple[bytes, bytes]] = []
            while not found:
                found = list(itertools.islice(self._current(queue), count))
                self.produced += len(found)
                if len(found) < count or self._gives_one:
                    self._finish()
            return found

    _records: Records | None

    def _current(self, queue: Queue) -> Records:
        if self._records is None:
            work = components(queue.take(1)[0])
            if len(work) != 1 or work[0].dtype != object or work[0].ndim:
                raise errors.InvalidArgumentError(None, None, "Expected queue with single string component")
            self._work = work[0].item()
            self._records = self._opened(self._work)
            self._started += 1
        return self._records

    def _finish(self) -> None:
        self._records = None
        self.completed = self._started

    def state(self) -> bytes:
        """Return a text from which the reader can be restored.

        Raises:
          UnimplementedError: if it cannot.
        """
        with self._lock:
            self._must_have_state("SerializeState")
            return _state_class()(work_started=self._started, work_finished=self.completed,
                                   num_records_produced=self.produced, current_work=self._work).SerializeToString()

    def restore(self, state: bytes) -> None:
        """Go to where a reader was when it gave `state`.

        Raises:
          InvalidArgumentError: if it is no such text.
          UnimplementedError: if this reader cannot.
        """
        with self._lock:
            self._must_have_state("RestoreState")
            try:
                found = _state_class().FromString(state)
                counts = found.work_started, found.work_finished, found.num_records_produced
                if min(counts) < 0 or counts[1] > counts[0]:
                    raise ValueError(f"the counts are {counts}")
            except Exception as error:
                words = f"Could not parse state for {self._name}: {state.decode(errors='replace')}"
                raise errors.InvalidArgumentError(None, None, words) from error
            self._started, self.completed, self.produced = counts
            self._work = found.current_work
            self._records = self._opened(self._work) if self._started > self.completed else None

    def _must_have_state(self, action: str) -> None:
        if not self._gives_one:
            raise errors.UnimplementedError(None, None, f"Reader {action}")


def _path(work: bytes) -> str:
    return os.fsdecode(work)


def _key(work: bytes, place: int) -> bytes:
    return b"%s:%d" % (work, place)


def _content(path: bytes) -> bytes:
    def read() -> bytes:
        with open(_path(path), "rb") as file:
            return file.read()

    return translated(_path(path), read)


def _lines(header_lines: int) -> Callable[[bytes], Records]:
    def opened(path: bytes) -> Records:
        file = translated(_path(path), lambda: open(_path(path), "rb"))  # noqa: SIM115 - what reads the lines closes it

        def lines() -> Records:
            with file:
                for number, line in enumerate(file, 1):
                    if number > header_lines:
                        yield _key(path, number), line.removesuffix(b"\n").replace(b"\r", b"")

        return lines()

    return opened


def _tf_records(compression: str) -> Callable[[bytes], Records]:
    def opened(path: bytes) -> Records:
        found = positioned_records(_path(path), compression)
        return ((_key(path, place), record) for place, record in found)

    return opened


def _pieces(header: int, size: int, footer: int, hop: int, encoding: str) -> Callable[[bytes], Records]:
    def opened(path: bytes) -> Records:
        content = zlib.decompress(_content(path)) if encoding == "ZLIB" else _content(path)
        starts = range(header, len(content) - footer - size + 1, hop or size)
        return ((_key(path, i), content[start:start + size]) for i, start in enumerate(starts))

    return opened


def _whole(path: bytes) -> Records:
    return iter([(path, _content(path))])


def _same(work: bytes) -> Records:
    return iter([(work, work)])


_NAMED: dict[str, Any] = {"container": "", "shared_name": ""}


def _shared(kept: dict[str, Any], opened: Callable[[bytes], Records], gives_one: bool = False) -> tuple[np.ndarray]:
    return (boxed(kept.setdefault("reader", Reader(kept["name"], opened, gives_one))),)


@op("WholeFileReaderV2", "-> reader_handle: resource", scalar, host=True, stateful=True, **_NAMED)
def whole_file_reader(*, kept):
    """A reader of files as one record each."""
    return _shared(kept, _whole, True)


@op("TextLineReaderV2", "-> reader_handle: resource", scalar, host=True, stateful=True, skip_header_lines=0, **_NAMED)
def text_line_reader(*, skip_header_lines, kept):
    """A reader of the lines of files."""
    return _shared(kept, _lines(skip_header_lines))


@op("FixedLengthRecordReaderV2", "-> reader_handle: resource", scalar, host=True, stateful=True, header_bytes=0,
    record_bytes=required("int"), footer_bytes=0, hop_bytes=0, **_NAMED, encoding="")
def fixed_length_record_reader(*, header_bytes, record_bytes, footer_bytes, hop_bytes, encoding, kept):
    """A reader of pieces of one size of files."""
    for name, value, least in (("header_bytes", header_bytes, 0), ("record_bytes", record_bytes, 1),
                               ("footer_bytes", footer_bytes, 0), ("hop_bytes", hop_bytes, 0)):
        if value < least:
            raise errors.InvalidArgumentError(None, None, f"{name} must be >{'=' if least == 0 else ''} 0 not {value}")
    return _shared(kept, _pieces(header_bytes, record_bytes, footer_bytes, hop_bytes, encoding))


@op("TFRecordReaderV2", "-> reader_handle: resource", scalar, host=True, stateful=True, **_NAMED, compression_type="")
def tf_record_reader(*, compression_type, kept):
    """A reader of TFRecord files."""
    return _shared(kept, _tf_records(compression_type))


@op("IdentityReaderV2", "-> reader_handle: resource", scalar, host=True, stateful=True, **_NAMED)
def identity_reader(*, kept):
    """A reader that gives its work as it is."""
    return _shared(kept, _same, True)


@op("ReaderReadV2", "reader_handle: resource, queue_handle: resource -> key: string, value: string", scalar, host=True,
    stateful=True, waits=True)
def reader_read(reader_handle, queue_handle):
    """The key and the value of the next record."""
    return tuple(map(boxed, reader_handle.item().read(queue_handle.item())))


def _vectors(op: Operation) -> list[Shape]:
    return [(None,), (None,)]


@op("ReaderReadUpToV2",
    "reader_handle: resource, queue_handle: resource, num_records: int64 -> keys: string, values: string", _vectors,
    host=True, stateful=True, waits=True)
def reader_read_up_to(reader_handle, queue_handle, num_records):
    """The keys and values of the next records of one file."""
    count = int(num_records)
    found = reader_handle.item().read_up_to(queue_handle.item(), count) if count > 0 else []
    return tuple(np.array([*(record[i] for record in found), None], object)[:-1] for i in range(2))


@op("ReaderNumRecordsProducedV2", "reader_handle: resource -> records_produced: int64", scalar, host=True, stateful=True)
def reader_num_records_produced(reader_handle):
    """How many records a reader gave."""
    return np.asarray(reader_handle.item().produced, np.int64)


@op("ReaderNumWorkUnitsCompletedV2", "reader_handle: resource -> units_completed: int64", scalar, host=True, stateful=True)
def reader_num_work_units_completed(reader_handle):
    """How many pieces of work a reader is done with."""
    return np.asarray(reader_handle.item().completed, np.int64)


@op("ReaderSerializeStateV2", "reader_handle: resource -> state: string", scalar, host=True, stateful=True)
def reader_serialize_state(reader_handle):
    """What a reader did, as a text."""
    return (boxed(reader_handle.item().state()),)


@op("ReaderRestoreStateV2", "reader_handle: resource, state: string ->", None, host=True, stateful=True)
def reader_restore_state(reader_handle, state):
    """Nothing, after going to where a reader was."""
    reader_handle.item().restore(state.item())
    return ()


@op("ReaderResetV2", "reader_handle: resource ->", None, host=True, stateful=True)
def reader_reset(reader_handle):
    """Nothing, after a reader forgot all work."""
    reader_handle.item().reset()
    return ()


not_differentiable(reader_read, reader_read_up_to, reader_num_records_produced, reader_num_work_units_completed,
                   reader_serialize_state, reader_restore_state, reader_reset)
