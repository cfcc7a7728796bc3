"""Checkpoints in TensorFlow's second format: an index of tensors, and their bytes in one file or several."""

from __future__ import annotations

import math
import mmap
from typing import Any

import numpy as np

from .. import errors
from ..dtypes import DType, as_dtype, string
from ..protos import proto
from .bundle_protos import message
from .checksums import crc32c, masked, unmasked
from .files import mapped, room_for
from .slices import Place, Slice, assembled
from .string_data import read_strings
from .table import Table


def index_path(prefix: str) -> str:
    """Return the path of the index."""
    return prefix + ".index"


def data_path(prefix: str, shard: int, shards: int) -> str:
    """Return the path of one file of tensors."""
    return f"{prefix}.data-{shard:05d}-of-{shards:05d}"


class Bundle:
    """A checkpoint to read, a tensor at a time, from memory maps of its files.

    Args:
      prefix: of its files' names.

    Raises:
      NotFoundError: if there is no index.
      DataLossError: if the index is damaged.
    """

    def __init__(self, prefix: str):
        self.prefix = prefix
        self._maps: dict[int, Any] = {}
        path = index_path(prefix)
        with mapped(path) as data:
            rows = _rows(data, path)
        try:
            header = message("BundleHeaderProto").FromString(rows.pop(b""))
            self.entries = {key: message("BundleEntryProto").FromString(value) for key, value in rows.items()}
            self._names = {key.decode(): key for key in rows if not key.startswith(b"\0")}
        except Exception as error:  # protobuf raises what it likes: DecodeError, KeyError for the header
            raise errors.DataLossError(None, None, f"{path}: not the index of a checkpoint: {error}") from None
        self.shards = header.num_shards
        if header.endianness:
            raise errors.UnimplementedError(None, None, f"{path}: written on a big-endian machine, which is not read here")

    def __enter__(self) -> Bundle:
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        for data in self._maps.values():
            if isinstance(data, mmap.mmap):
                data.close()
        self._maps.clear()

    def names(self) -> list[str]:
        """Return the names of the tensors, those in parts once."""
        return sorted(self._names)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def dtype(self, name: str) -> DType:
        """Return the type of a tensor."""
        return self._dtype(name, self._entry(name))

    def shape(self, name: str) -> tuple[int, ...]:
        """Return the shape of a tensor, of all of it."""
        return _shape_of(self._entry(name))

    def parts(self, name: str) -> list[Slice]:
        """Return the parts in which a tensor was written; none if it was written whole."""
        return [Slice.of_proto(part) for part in self._entry(name).slices]

    def _entry(self, name: str) -> Any:
        if name not in self._names:
            raise errors.NotFoundError(None, None, f"Key {name} not found in checkpoint")
        return self.entries[self._names[name]]

    def _dtype(self, name: str, entry: Any) -> DType:
        try:
            return as_dtype(entry.dtype)
        except TypeError:
            raise errors.UnimplementedError(None, None, f"{index_path(self.prefix)}: '{name}' has the type of number "
                                            f"{entry.dtype}, which is not read here") from None

    def read(self, name: str, part: Slice | None = None) -> np.ndarray:
        """Return a tensor, or a part of it, whatever parts it was written in; strings as an array of bytes objects.

        Raises:
          NotFoundError: if it is not there.
          DataLossError: if its bytes are not what was written.
          InvalidArgumentError: if the part is not within it, or not all there.
        """
        entry, shape = self._entry(name), self.shape(name)
        wanted = (part or Slice.whole(len(shape))).within(shape)
        if not entry.slices:
            return self._value(name, entry, wanted)
        parts = [(stored.within(shape), stored.key(name)) for stored in self.parts(name)]
        return assembled(f"{self.prefix}: '{name}'", wanted, self._dtype(name, entry).as_numpy_dtype, parts,
                         lambda key, place: self._value(name, self._part_entry(name, key), place))

    def _part_entry(self, name: str, key: bytes) -> Any:
        if key not in self.entries:
            raise errors.DataLossError(None, None, f"{index_path(self.prefix)}: a part of '{name}' is listed but not there")
        return self.entries[key]

    def _value(self, name: str, entry: Any, place: Place) -> np.ndarray:
        """What one entry holds at a place."""
        path = data_path(self.prefix, entry.shard_id, self.shards)
        dtype, shape = self._dtype(name, entry), _shape_of(entry)
        count = math.prod(shape)
        with self._data(path, name, entry) as data:
            if dtype == string:
                texts = _strings(path, name, data, count, entry.crc32c).reshape(shape)
                return texts[place] if shape else texts  # the element of an array without dimensions is no array
            kind = np.dtype(dtype.as_numpy_dtype)
            if entry.size != count * kind.itemsize:
                raise errors.DataLossError(None, None, f"{path}: '{name}' has {entry.size} bytes, which its shape "
                                           f"{list(shape)} and type {dtype.name} do not take")
            _check(path, name, crc32c(data), entry.crc32c)
            stored = np.frombuffer(data, kind, count).reshape(shape)[place]
            value = room_for(stored.shape, kind)
            value[...] = stored
            del stored
        self._forget(entry)
        return value

    def _data(self, path: str, name: str, entry: Any) -> memoryview:
        if entry.shard_id not in self._maps:
            self._maps[entry.shard_id] = mapped(path)
        whole = self._maps[entry.shard_id]
        if entry.offset < 0 or entry.size < 0 or entry.offset + entry.size > len(whole):
            raise errors.DataLossError(None, None, f"{path}: too short for '{name}': {len(whole)} bytes, and it would lie "
                                       f"at {entry.offset} to {entry.offset + entry.size}")
        return memoryview(whole)[entry.offset:entry.offset + entry.size]

    def _forget(self, entry: Any) -> None:
        """Let go of the memory that the bytes of an entry take in the map."""
        start = entry.offset - entry.offset % mmap.PAGESIZE
        if entry.size > mmap.PAGESIZE and hasattr(mmap, "MADV_DONTNEED"):
            self._maps[entry.shard_id].madvise(mmap.MADV_DONTNEED, start, entry.offset + entry.size - start)


def _rows(data: Any, path: str) -> dict[bytes, bytes]:
    table = Table(data, path)
    try:
        return dict(table)
    except errors.DataLossError as error:
        why = error.message.removeprefix(f"{path}: ")
        raise errors.DataLossError(None, None, f"Unable to read file ({path}). Perhaps the file is corrupt or was produced "
                                   "by a newer version of TensorFlow with format changes (failed to seek to header entry): "
                                   f"{why}") from None


def _shape_of(entry: Any) -> tuple[int, ...]:
    shape = proto("TensorShapeProto").FromString(entry.shape)
    return tuple(dim.size for dim in shape.dim)


def _check(path: str, name: str, calculated: int, stored: int) -> None:
    if masked(calculated) != stored:
        raise errors.DataLossError(None, None, f"{path}: '{name}': Checksum does not match: stored {unmasked(stored)} vs. "
                                   f"calculated on the restored bytes {calculated}")


def _strings(path: str, name: str, data: Any, count: int, stored: int) -> np.ndarray:
    try:
        result, checksum = read_strings(data, count)
    except ValueError as error:
        raise errors.DataLossError(None, None, f"{path}: '{name}': {error}") from None
    _check(path, name, checksum, stored)
    return result
