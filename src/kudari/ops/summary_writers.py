"""Ops that write summaries into event files themselves: what `tf.contrib.summary` is made of."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from .. import errors
from ..dtypes import ANY, REALNUMBER, TypeSet, float16, float32, uint8
from ..graph.operation import Operation
from ..io.event_files import event_file_writer
from ..op.definition import not_differentiable, op
from ..op.rules import scalar
from ..protos import proto
from .media_summaries import audio_values, image_values
from .pipeline.source import boxed
from .summaries import histogram_of
from .tensor_summaries import contents


class Writer:
    """An event file, between the ops that open and that close it.

    Args:
      name: that errors call it.
    """

    def __init__(self, name: str):
        self._name = name
        self._file: Any = None

    def open(self, logdir: str, max_queue: int, flush_millis: int, suffix: str) -> None:
        """Begin a file in a folder, unless one is open."""
        if self._file is None:
            self._file = event_file_writer(logdir, max(max_queue, 1), flush_millis / 1000, suffix)

    def _opened(self) -> Any:
        if self._file is None:
            raise errors.NotFoundError(
                None, None, f"Resource localhost/{self._name}/N10tensorflow22SummaryWriterInterfaceE does not exist.")
        return self._file

    def add(self, event: Any) -> None:
        """Write an `Event`."""
        self._opened().add_event(event)

    def add_values(self, step: np.ndarray, *values: dict) -> None:
        """Write summary values, each given as its fields."""
        event = proto("Event")(step=int(step), wall_time=time.time())
        for value in values:
            event.summary.value.add(**value)
        self.add(event)

    def flush(self) -> None:
        """Have everything on the disk."""
        self._opened().flush()

    def finish(self) -> None:
        """Close the file."""
        self._opened().close()
        self._file = None

    def close(self) -> None:
        """Close the file if one is open: the session is over."""
        if self._file is not None:
            self.finish()


def _parsed(kind: str, text: bytes) -> Any:
    from google.protobuf.message import DecodeError

    try:
        return proto(kind).FromString(text)
    except DecodeError:
        raise errors.DataLossError(None, None, f"Bad tf.{kind} binary proto tensor string") from None


@op("SummaryWriter", "-> writer: resource", scalar, host=True, stateful=True, shared_name="", container="")
def summary_writer(*, kept):
    """A writer that has no file yet."""
    return (boxed(kept.setdefault("writer", Writer(kept["name"]))),)


@op("CreateSummaryFileWriter", "writer: resource, logdir: string, max_queue: int32, flush_millis: int32, "
    "filename_suffix: string ->", scalar, host=True, stateful=True)
def create_summary_file_writer(writer, logdir, max_queue, flush_millis, filename_suffix):
    """Give a writer its file."""
    writer.item().open(logdir.item().decode(), int(max_queue), int(flush_millis), filename_suffix.item().decode())
    return ()


@op("FlushSummaryWriter", "writer: resource ->", scalar, host=True, stateful=True)
def flush_summary_writer(writer):
    """Have everything on the disk."""
    writer.item().flush()
    return ()


@op("CloseSummaryWriter", "writer: resource ->", scalar, host=True, stateful=True)
def close_summary_writer(writer):
    """Close the file."""
    writer.item().finish()
    return ()


@op("WriteSummary", "writer: resource, step: int64, tensor: T, tag: string, summary_metadata: string ->", scalar,
    host=True, stateful=True, T=ANY)
def write_summary(writer, step, tensor, tag, summary_metadata):
    """A tensor as it is."""
    value = {"tag": tag.item().decode(), "tensor": contents(tensor)}
    if summary_metadata.item():
        value["metadata"] = proto("SummaryMetadata").FromString(summary_metadata.item())
    writer.item().add_values(step, value)
    return ()


@op("WriteRawProtoSummary", "writer: resource, step: int64, tensor: string ->", scalar, host=True, stateful=True)
def write_raw_proto_summary(writer, step, tensor):
    """Serialized summaries."""
    event = proto("Event")(step=int(step), wall_time=time.time())
    for text in tensor.ravel():
        event.summary.MergeFrom(_parsed("Summary", text))
    writer.item().add(event)
    return ()


@op("WriteScalarSummary", "writer: resource, step: int64, tag: string, value: T ->", scalar, host=True,
    stateful=True, T=REALNUMBER)
def write_scalar_summary(writer, step, tag, value):
    """A number."""
    writer.item().add_values(step, {"tag": tag.item().decode(), "simple_value": float(value)})
    return ()


@op("WriteHistogramSummary", "writer: resource, step: int64, tag: string, values: T ->", scalar, host=True,
    stateful=True, T=TypeSet(REALNUMBER.allowed, default=float32))
def write_histogram_summary(writer, step, tag, values):
    """How values are distributed."""
    writer.item().add_values(step, {"tag": tag.item().decode(), "histo": histogram_of(values.astype(np.float64).ravel())})
    return ()


@write_histogram_summary.check
def _(op: Operation, writer, step, tag, values):
    numbers = values.astype(np.float64)
    if not np.isfinite(numbers).all():
        kind = "Nan" if np.isnan(numbers[~np.isfinite(numbers)][0]) else "Infinity"
        raise ValueError(f"{kind} in summary histogram for: {tag.item().decode()}")


@op("WriteImageSummary", "writer: resource, step: int64, tag: string, tensor: T, bad_color: uint8 ->", scalar,
    host=True, stateful=True, max_images=3, T=TypeSet((uint8, float32, float16), default=float32))
def write_image_summary(writer, step, tag, tensor, bad_color, *, max_images):
    """The first images of a batch."""
    writer.item().add_values(step, *image_values(tag.item(), tensor, max_images, bad_color))
    return ()


@op("WriteAudioSummary", "writer: resource, step: int64, tag: string, tensor: float32, sample_rate: float32 ->",
    scalar, host=True, stateful=True, max_outputs=3)
def write_audio_summary(writer, step, tag, tensor, sample_rate, *, max_outputs):
    """The first sounds of a batch."""
    writer.item().add_values(step, *audio_values(tag.item(), tensor, sample_rate, max_outputs))
    return ()


@op("WriteGraphSummary", "writer: resource, step: int64, tensor: string ->", scalar, host=True, stateful=True)
def write_graph_summary(writer, step, tensor):
    """A serialized graph."""
    _parsed("GraphDef", tensor.item())
    writer.item().add(proto("Event")(step=int(step), wall_time=time.time(), graph_def=tensor.item()))
    return ()


@op("ImportEvent", "writer: resource, event: string ->", scalar, host=True, stateful=True)
def import_event(writer, event):
    """A serialized event."""
    writer.item().add(_parsed("Event", event.item()))
    return ()


not_differentiable(summary_writer, create_summary_file_writer, flush_summary_writer, close_summary_writer, write_summary,
                   write_raw_proto_summary, write_scalar_summary, write_histogram_summary, write_image_summary,
                   write_audio_summary, write_graph_summary, import_event)
