"""Checkpoints in TensorFlow's second format: an index of tensors, and their bytes in one file or several."""

from __future__ import annotations

import contextlib
import glob
import mmap
import os
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import errors
from ..dtypes import DType, as_dtype, string
from ..protos import proto
from ..shape import TensorShape
from . import varint
from .bundle_protos import message
from .checksums import crc32c, masked, unmasked
from .files import mapped, synced
from .slices import Slice, overlap
from .table import Table, write_table


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


def index_path(prefix: str) -> str:
    """Return the path of the index."""
    return prefix + ".index"


def data_path(prefix: str, shard: int, shards: int) -> str:
    """Return the path of one file of tensors."""
    return f"{prefix}.data-{shard:05d}-of-{shards:05d}"


def write_bundle(prefix: str, pieces: Iterable[Piece]) -> None:
    """Write a checkpoint; until its index is there, in one rename, what had that name before stays what it was.

    Raises:
      InvalidArgumentError: if two pieces are the same.
    """
    shard, shards = _free_shard(prefix)
    entries: dict[bytes, Any] = {}
    with synced(data_path(prefix, shard, shards)) as file:
        place = 0
        for piece in sorted(pieces, key=lambda p: p.name):
            entry = message("BundleEntryProto")(dtype=piece.dtype.as_datatype_enum, shape=_shape_bytes(piece.value.shape),
                                                shard_id=shard, offset=place)
            entry.size, checksum = _write_value(file, piece)
            entry.crc32c = masked(checksum)
            place += entry.size
            _enter(entries, piece, entry)
    _write_index(prefix, entries, shards)
    for other in glob.glob(glob.escape(prefix) + ".data-?????-of-?????"):
        if not other.endswith(f"-of-{shards:05d}"):
            os.remove(other)


def _free_shard(prefix: str) -> tuple[int, int]:
    """A number for the one file that no file there has: what is saved again replaces nothing before its index does."""
    shards = 1
    while glob.glob(f"{glob.escape(prefix)}.data-?????-of-{shards:05d}"):
        shards += 1
    return shards - 1, shards


def _enter(entries: dict[bytes, Any], piece: Piece, entry: Any) -> None:
    key = piece.name.encode()
    if piece.part is not None:
        whole = entries.setdefault(key, message("BundleEntryProto")(dtype=entry.dtype, shape=_shape_bytes(piece.shape)))
        whole.slices.append(piece.part.as_proto())
        key = piece.part.key(piece.name)
    if key in entries:
        raise errors.InvalidArgumentError(None, None, f"Adding duplicate key: {piece.name}")
    entries[key] = entry


def _shape_bytes(shape: Any) -> bytes:
    return TensorShape(shape).as_proto().SerializeToString()


def _write_index(prefix: str, entries: dict[bytes, Any], shards: int) -> None:
    header = message("BundleHeaderProto")(num_shards=shards, version=proto("VersionDef")(producer=1).SerializeToString())
    with synced(index_path(prefix)) as file:
        rows = {b"": header.SerializeToString(), **{key: entry.SerializeToString() for key, entry in entries.items()}}
        write_table(file, iter(sorted(rows.items())))


def _write_value(file: Any, piece: Piece) -> tuple[int, int]:
    """Write an array, and return how many bytes it took and their checksum."""
    if piece.dtype == string:
        return _write_strings(file, [bytes(item) for item in piece.value.ravel().tolist()])
    array = np.ascontiguousarray(piece.value, piece.dtype.as_numpy_dtype)
    data = array.reshape(-1).view(np.uint8) if array.size else b""
    file.write(data)
    return array.nbytes, crc32c(data)


def _write_strings(file: Any, items: Sequence[bytes]) -> tuple[int, int]:
    lengths = b"".join(varint.encoded(len(item)) for item in items)
    checksum = _lengths_checksum(map(len, items))
    stored = struct.pack("<I", masked(checksum))
    file.write(lengths + stored)
    checksum = crc32c(stored, checksum)
    for item in items:
        file.write(item)
        checksum = crc32c(item, checksum)
    return len(lengths) + len(stored) + sum(map(len, items)), checksum


def _lengths_checksum(lengths: Iterable[int]) -> int:
    checksum = 0
    for length in lengths:
        checksum = crc32c(struct.pack("<I" if length < 1 << 32 else "<Q", length), checksum)
    return checksum


def merge_bundles(prefixes: Sequence[str], destination: str, delete_old_dirs: bool = True) -> None:
    """Make one checkpoint of several that hold parts of the same model; their files of tensors are renamed, not copied."""
    readers = [Bundle(prefix) for prefix in prefixes]
    files = [(data_path(reader.prefix, shard, reader.shards), reader, shard)
             for reader in readers for shard in reader.used_shards()]
    entries: dict[bytes, Any] = {}
    for number, (_, reader, shard) in enumerate(files):
        for key, entry in reader.entries.items():
            if entry.slices:
                whole = entries.setdefault(key, message("BundleEntryProto")(dtype=entry.dtype, shape=entry.shape))
                known = [one.SerializeToString() for one in whole.slices]
                whole.slices.extend(one for one in entry.slices if one.SerializeToString() not in known)
            elif entry.shard_id == shard:
                if key in entries:
                    raise errors.InvalidArgumentError(None, None, "Duplicate tensor keyed by "
                                                      f"{key.decode(errors='replace')} encountered, when merging prefix")
                entries[key] = message("BundleEntryProto").FromString(entry.SerializeToString())
                entries[key].shard_id = number
    for reader in readers:
        reader.close()
    for number, (path, _, _) in enumerate(files):
        os.replace(path, data_path(destination, number, len(files)))
    _write_index(destination, entries, max(len(files), 1))
    for prefix in prefixes:
        os.remove(index_path(prefix))
        if delete_old_dirs:
            with contextlib.suppress(OSError):
                os.rmdir(os.path.dirname(prefix))


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
            rows = dict(Table(data, path))
        try:
            header = message("BundleHeaderProto").FromString(rows.pop(b""))
            self.entries = {key: message("BundleEntryProto").FromString(value) for key, value in rows.items()}
            self.shards = header.num_shards
        except Exception as error:  # protobuf raises what it likes: DecodeError, KeyError for the header
            raise errors.DataLossError(None, None, f"{path}: not the index of a checkpoint: {error}") from None
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
                with contextlib.suppress(BufferError):  # an array that still looks into it keeps it
                    data.close()
        self._maps.clear()

    def used_shards(self) -> list[int]:
        """Return the numbers of the files that hold tensors."""
        return sorted({entry.shard_id for entry in self.entries.values() if not entry.slices})

    def names(self) -> list[str]:
        """Return the names of the tensors, those in parts once."""
        return sorted(key.decode() for key in self.entries if not key.startswith(b"\0"))

    def __contains__(self, name: str) -> bool:
        return name.encode() in self.entries

    def dtype(self, name: str) -> DType:
        """Return the type of a tensor."""
        return as_dtype(self._entry(name).dtype)

    def shape(self, name: str) -> tuple[int, ...]:
        """Return the shape of a tensor, of all of it."""
        return _shape_of(self._entry(name))

    def _entry(self, name: str) -> Any:
        entry = self.entries.get(name.encode())
        if entry is None:
            raise errors.NotFoundError(None, None, f"Key {name} not found in checkpoint")
        return entry

    def read(self, name: str, part: Slice | None = None) -> np.ndarray:
        """Return a tensor, or a part of it, whatever parts it was written in.

        Raises:
          NotFoundError: if it is not there.
          DataLossError: if its bytes are not what was written.
          InvalidArgumentError: if the part is not within it, or not all there.
        """
        entry, shape = self._entry(name), self.shape(name)
        if not entry.slices:
            value = self._value(name, entry)
            return value if part is None else value[part.within(shape)]
        wanted = (part or Slice.whole(len(shape))).within(shape)
        result = np.empty([s.stop - s.start for s in wanted], _numpy_dtype(as_dtype(entry.dtype)))
        missing = result.size
        for stored in map(Slice.of_proto, entry.slices):
            shared = overlap(wanted, stored.within(shape))
            if shared is not None:
                piece = self._value(name, self._part_entry(name, stored))[shared[1]]
                result[shared[0]] = piece
                missing -= piece.size
        if missing:
            raise errors.InvalidArgumentError(None, None, f"{self.prefix}: the checkpoint does not have all of the slice of "
                                              f"'{name}' that is asked for: {missing} elements are missing")
        return result

    def _part_entry(self, name: str, part: Slice) -> Any:
        entry = self.entries.get(part.key(name))
        if entry is None:
            raise errors.DataLossError(None, None, f"{index_path(self.prefix)}: a part of '{name}' is listed but not there")
        return entry

    def _value(self, name: str, entry: Any) -> np.ndarray:
        path, data = self._data(entry, name)
        dtype, shape = as_dtype(entry.dtype), _shape_of(entry)
        count = int(np.prod(shape, dtype=np.int64))
        if dtype == string:
            return _strings(path, name, data, count, entry.crc32c).reshape(shape)
        if entry.size != count * np.dtype(dtype.as_numpy_dtype).itemsize:
            raise errors.DataLossError(None, None, f"{path}: '{name}' has {entry.size} bytes, which its shape "
                                       f"{list(shape)} and type {dtype.name} do not take")
        _check(path, name, crc32c(data) if len(data) else 0, entry.crc32c)
        return np.frombuffer(data, dtype.as_numpy_dtype, count).reshape(shape)

    def _data(self, entry: Any, name: str) -> tuple[str, Any]:
        path = data_path(self.prefix, entry.shard_id, self.shards)
        if entry.shard_id not in self._maps:
            self._maps[entry.shard_id] = mapped(path)
        whole = self._maps[entry.shard_id]
        if entry.offset < 0 or entry.size < 0 or entry.offset + entry.size > len(whole):
            raise errors.DataLossError(None, None, f"{path}: too short for '{name}': {len(whole)} bytes, and it would lie "
                                       f"at {entry.offset} to {entry.offset + entry.size}")
        return path, memoryview(whole)[entry.offset:entry.offset + entry.size]


def _numpy_dtype(dtype: DType) -> Any:
    return object if dtype == string else dtype.as_numpy_dtype


def _shape_of(entry: Any) -> tuple[int, ...]:
    shape = proto("TensorShapeProto").FromString(entry.shape)
    return tuple(dim.size for dim in shape.dim)


def _check(path: str, name: str, calculated: int, stored: int) -> None:
    if masked(calculated) != stored:
        raise errors.DataLossError(None, None, f"{path}: '{name}': Checksum does not match: stored {unmasked(stored)} vs. "
                                   f"calculated on the restored bytes {calculated}")


def _strings(path: str, name: str, data: Any, count: int, stored: int) -> np.ndarray:
    place, lengths = 0, []
    try:
        for _ in range(count):
            length, place = varint.decoded(data, place)
            lengths.append(length)
    except ValueError:
        lengths = []
    checksum = _lengths_checksum(lengths)
    if len(lengths) != count or place + 4 + sum(lengths) != len(data) or bytes(data[place:place + 4]) != struct.pack(
            "<I", masked(checksum)):
        raise errors.DataLossError(None, None, f"{path}: '{name}': the lengths of its strings are damaged")
    _check(path, name, crc32c(data[place:], checksum), stored)
    place += 4
    result = np.empty(count, object)
    for i, length in enumerate(lengths):
        result[i] = bytes(data[place:place + length])
        place += length
    return result

