"""Writing checkpoints in TensorFlow's second format, each of which appears whole in the one rename of its index."""

from __future__ import annotations

import contextlib
import glob
import itertools
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import errors
from ..dtypes import DType, string
from ..protos import proto
from ..shape import TensorShape
from .bundle import Bundle, data_path, index_path
from .bundle_protos import message
from .checksums import crc32c, masked
from .files import renamed, sync_folder_of, synced, temporary_name, written
from .slices import Slice
from .string_data import write_strings
from .table import write_table


@dataclass(frozen=True)
class Piece:
    """What a checkpoint gets of one tensor.

    Args:
      name: of the tensor.
      dtype: of it.
      value: the array; of objects (bytes) for strings.
      shape: of the whole tensor, if this is a part of it.
      part: which.
    """

    name: str
    dtype: DType
    value: np.ndarray
    shape: tuple[int, ...] | None = None
    part: Slice | None = None


Entries = dict[bytes, Any]


class BundleWriter:
    """Writes a checkpoint tensor by tensor; until its index is there, what had that name before stays what it was.

    Args:
      prefix: of its files' names.
    """

    def __init__(self, prefix: str):
        self._prefix, self._place = prefix, 0
        self._entries: Entries = {}
        self._path = temporary_name(data_path(prefix, 0, 1))
        self._open = contextlib.ExitStack()
        self._file = self._open.enter_context(written(self._path))

    def add(self, piece: Piece) -> None:
        """Write one tensor, or a part of one.

        Raises:
          InvalidArgumentError: if it is there already.
        """
        entry = message("BundleEntryProto")(dtype=piece.dtype.as_datatype_enum, shape=_shape_bytes(piece.value.shape),
                                            offset=self._place)
        _enter(self._entries, piece, entry)
        entry.size, checksum = _write_value(self._file, piece)
        entry.crc32c = masked(checksum)
        self._place += entry.size

    def finish(self) -> None:
        """Give the checkpoint its name."""
        self._open.close()
        _appear(self._prefix, [self._path], self._entries)

    def discard(self) -> None:
        """Leave nothing of the checkpoint, unless it has its name."""
        self._open.close()
        with contextlib.suppress(FileNotFoundError):
            os.remove(self._path)


def write_bundle(prefix: str, pieces: Iterable[Piece]) -> None:
    """Write a checkpoint; until its index is there, what had that name before stays what it was.

    Raises:
      InvalidArgumentError: if two pieces are the same.
    """
    writer = BundleWriter(prefix)
    try:
        for piece in pieces:
            writer.add(piece)
    except BaseException:
        writer.discard()
        raise
    writer.finish()


def _enter(entries: Entries, piece: Piece, entry: Any) -> None:
    key = piece.name.encode()
    if piece.part is not None:
        if key not in entries:
            entries[key] = message("BundleEntryProto")(dtype=entry.dtype, shape=_shape_bytes(piece.shape))
        elif not entries[key].slices:
            raise _twice(piece)
        entries[key].slices.append(piece.part.as_proto())
        key = piece.part.key(piece.name)
    if key in entries:
        raise _twice(piece)
    entries[key] = entry


def _twice(piece: Piece) -> errors.InvalidArgumentError:
    return errors.InvalidArgumentError(None, None, f"Adding duplicate key: {piece.name}")


def _shape_bytes(shape: Any) -> bytes:
    return TensorShape(shape).as_proto().SerializeToString()


def _write_value(file: Any, piece: Piece) -> tuple[int, int]:
    """Write an array, and return how many bytes it took and their checksum."""
    if piece.dtype == string:
        return write_strings(file, [bytes(item) for item in piece.value.ravel().tolist()])
    array = np.ascontiguousarray(piece.value, piece.dtype.as_numpy_dtype)
    data = array.reshape(-1).view(np.uint8) if array.size else b""
    file.write(data)
    return array.nbytes, crc32c(data)


def merge_bundles(prefixes: Sequence[str], destination: str, delete_old_dirs: bool = True) -> None:
    """Make one checkpoint of several that hold parts of the same model; their files of tensors are renamed, not copied.

    Args:
      prefixes: of the checkpoints to merge, which are gone afterwards.
      destination: the prefix of the new one.
      delete_old_dirs: whether to remove the folders of the old ones that are empty then.

    Raises:
      InvalidArgumentError: if two of them hold the same tensor, or say different things of one.
    """
    entries: Entries = {}
    paths: list[str] = []
    for prefix in prefixes:
        with Bundle(prefix) as bundle:
            _merge(entries, bundle, len(paths))
            paths += [data_path(prefix, shard, bundle.shards) for shard in range(bundle.shards)]
    _appear(destination, paths, entries)
    for prefix in prefixes:
        os.remove(index_path(prefix))
        if delete_old_dirs:
            with contextlib.suppress(OSError):
                os.rmdir(os.path.dirname(prefix))


def _merge(entries: Entries, bundle: Bundle, first_shard: int) -> None:
    for key, entry in bundle.entries.items():
        known = entries.get(key)
        if known is None:
            entries[key] = message("BundleEntryProto").FromString(entry.SerializeToString())
            if not entry.slices:
                entries[key].shard_id += first_shard
        elif not (known.slices and entry.slices):
            raise errors.InvalidArgumentError(None, None, f"Duplicate tensor keyed by {key.decode(errors='replace')} "
                                              f"encountered, when merging prefix: {bundle.prefix}")
        elif (known.dtype, known.shape) != (entry.dtype, entry.shape):
            raise errors.InvalidArgumentError(None, None, f"Parts of {key.decode(errors='replace')} have different types or "
                                              f"shapes, when merging prefix: {bundle.prefix}")
        else:
            known.slices.extend(entry.slices)


def _appear(prefix: str, paths: Sequence[str], entries: Entries) -> None:
    """Give the files of a checkpoint their names.

    The index decides what a checkpoint holds. One that replaces another has its files of tensors under names that no file
    has, which say that there are more of them, until the new index is there; then they get the names that they should have.
    """
    shards = len(paths)
    taken = glob.glob(glob.escape(prefix) + ".data-?????-of-?????")
    free = next(n for n in itertools.count(shards) if not any(path.endswith(f"-of-{n:05d}") for path in taken))
    named = [data_path(prefix, shard, free) for shard in range(shards)]
    for path, name in zip(paths, named):
        renamed(path, name)
    _write_index(prefix, entries, free)
    if free != shards and _also_named(named, [data_path(prefix, shard, shards) for shard in range(shards)]):
        _write_index(prefix, entries, shards)
        taken += named
        named = [data_path(prefix, shard, shards) for shard in range(shards)]
    for path in {*taken} - {*named}:
        os.remove(path)


def _also_named(names: Sequence[str], others: Sequence[str]) -> bool:
    """Give files other names as well; return whether the file system can."""
    for name, other in zip(names, others):
        temporary = temporary_name(other)
        try:
            os.link(name, temporary)
        except OSError:
            return False
        renamed(temporary, other)
    return True


def _write_index(prefix: str, entries: Entries, shards: int) -> None:
    sync_folder_of(prefix)  # the names of the files it speaks of come first
    header = message("BundleHeaderProto")(num_shards=shards, version=proto("VersionDef")(producer=1).SerializeToString())
    rows = {b"": header.SerializeToString(), **{key: entry.SerializeToString() for key, entry in entries.items()}}
    with synced(index_path(prefix)) as file:
        write_table(file, iter(sorted(rows.items())))
