"""Sorted tables of keys and values in one file, in LevelDB's format: the index of a checkpoint, or all of an old one."""

from __future__ import annotations

import bisect
import struct
from collections.abc import Iterator
from typing import Any

from .. import errors
from . import varint
from .checksums import crc32c, masked
from .snappy import decompressed

_MAGIC = 0xDB4775248B80FB57
_FOOTER = 48
_BLOCK_SIZE = 262144
_RESTART_INTERVAL = 16
_PLAIN, _SNAPPY = 0, 1


class _Block:
    """A block being filled: keys share what they begin with, with the key before."""

    def __init__(self) -> None:
        self.data, self.restarts, self.count, self.last = bytearray(), [0], 0, b""

    def add(self, key: bytes, value: bytes) -> None:
        shared = 0
        if self.count == _RESTART_INTERVAL:
            self.restarts.append(len(self.data))
            self.count = 0
        else:
            longest = min(len(key), len(self.last))
            while shared < longest and key[shared] == self.last[shared]:
                shared += 1
        for number in (shared, len(key) - shared, len(value)):
            self.data += varint.encoded(number)
        self.data += key[shared:] + value
        self.last, self.count = key, self.count + 1

    def finished(self) -> bytes:
        return bytes(self.data) + struct.pack(f"<{len(self.restarts) + 1}I", *self.restarts, len(self.restarts))


def write_table(file: Any, entries: Iterator[tuple[bytes, bytes]]) -> None:
    """Write a table.

    Args:
      file: a binary file to append to.
      entries: keys and values, the keys ascending.
    """
    place, index, block = 0, _Block(), _Block()

    def write(contents: bytes) -> bytes:
        nonlocal place
        trailer = bytes([_PLAIN])
        file.write(contents + trailer + struct.pack("<I", masked(crc32c(trailer, crc32c(contents)))))
        handle = varint.encoded(place) + varint.encoded(len(contents))
        place += len(contents) + 5
        return handle

    for key, value in entries:
        if len(block.data) >= _BLOCK_SIZE:
            index.add(block.last, write(block.finished()))
            block = _Block()
        block.add(key, value)
    if block.data:
        index.add(block.last, write(block.finished()))
    handles = write(_Block().finished()) + write(index.finished())
    file.write(handles.ljust(_FOOTER - 8, b"\0") + struct.pack("<Q", _MAGIC))


class Table:
    """A table to read.

    Args:
      data: the whole file, such as a memory map.
      path: of the file, for errors.

    Raises:
      DataLossError: if it is no table.
    """

    def __init__(self, data: Any, path: str):
        self._data, self._path = data, path
        if len(data) < _FOOTER:
            raise self._damaged("file is too short to be an sstable")
        if struct.unpack("<Q", data[len(data) - 8:])[0] != _MAGIC:
            raise self._damaged("not an sstable (bad magic number)")
        footer = bytes(data[len(data) - _FOOTER:len(data) - 8])
        _, place = self._handle(footer, 0)
        handle, _ = self._handle(footer, place)
        self._index = [(key, self._handle(value, 0)[0]) for key, value in self._entries(handle)]
        self._last_keys = [key for key, _ in self._index]

    def _damaged(self, what: str) -> errors.DataLossError:
        return errors.DataLossError(None, None, f"{self._path}: {what}")

    def __iter__(self) -> Iterator[tuple[bytes, bytes]]:
        """Every key and value, in order."""
        for _, handle in self._index:
            yield from self._entries(handle)

    def get(self, key: bytes) -> bytes | None:
        """Return the value of a key, `None` if it is not there."""
        place = bisect.bisect_left(self._last_keys, key)
        entries = self._entries(self._index[place][1]) if place < len(self._index) else ()
        return next((value for found, value in entries if found == key), None)

    def _handle(self, data: bytes, place: int) -> tuple[tuple[int, int], int]:
        try:
            offset, place = varint.decoded(data, place)
            size, place = varint.decoded(data, place)
        except ValueError as error:
            raise self._damaged(f"bad block handle: {error}") from None
        return (offset, size), place

    def _entries(self, handle: tuple[int, int]) -> list[tuple[bytes, bytes]]:
        block = self._block(*handle)
        try:
            return _parsed(block)
        except (ValueError, IndexError, struct.error) as error:
            raise self._damaged(f"bad entry in block: {error}") from None

    def _block(self, offset: int, size: int) -> bytes:
        end = offset + size
        if end + 5 > len(self._data):
            raise self._damaged("truncated block read")
        contents, kind = bytes(self._data[offset:end]), self._data[end]
        (stored,) = struct.unpack("<I", self._data[end + 1:end + 5])
        if masked(crc32c(bytes([kind]), crc32c(contents))) != stored:
            raise self._damaged("block checksum mismatch")
        if kind == _PLAIN:
            return contents
        if kind != _SNAPPY:
            raise self._damaged("bad block type")
        try:
            return decompressed(contents)
        except (ValueError, IndexError):
            raise self._damaged("corrupted compressed block contents") from None


def _parsed(block: bytes) -> list[tuple[bytes, bytes]]:
    (restarts,) = struct.unpack("<I", block[-4:])
    end = len(block) - 4 * (restarts + 1)
    entries, place, key = [], 0, b""
    while place < end:
        shared, place = varint.decoded(block, place)
        own, place = varint.decoded(block, place)
        size, place = varint.decoded(block, place)
        if shared > len(key) or place + own + size > end:
            raise ValueError("sizes that do not fit")
        key = key[:shared] + block[place:place + own]
        place += own
        entries.append((key, block[place:place + size]))
        place += size
    return entries
