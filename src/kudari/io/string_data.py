"""How checkpoints keep tensors of strings: the lengths, a checksum of those, then the bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from . import varint
from .checksums import crc32c, masked


def write_strings(file: Any, items: Sequence[bytes]) -> tuple[int, int]:
    """Write strings, and return how many bytes they took and their checksum."""
    lengths = b"".join(varint.encoded(len(item)) for item in items)
    checksum = _lengths_checksum(map(len, items))
    stored = struct.pack("<I", masked(checksum))
    text = b"".join(items)
    file.write(lengths + stored)
    file.write(text)
    return len(lengths) + len(stored) + len(text), crc32c(text, crc32c(stored, checksum))


def read_strings(data: Any, count: int) -> tuple[np.ndarray, int]:
    """Return the `count` strings in some bytes, and the checksum of all of it.

    Raises:
      ValueError: if the lengths are not what was written.
    """
    place, lengths = 0, []
    for _ in range(count):
        length, place = varint.decoded(data, place)
        lengths.append(length)
    checksum, stored = _lengths_checksum(lengths), bytes(data[place:place + 4])
    if stored != struct.pack("<I", masked(checksum)) or place + 4 + sum(lengths) != len(data):
        raise ValueError("the lengths of its strings are damaged")
    place += 4
    checksum = crc32c(data[place:], crc32c(stored, checksum))
    result = np.empty(count, object)
    for i, length in enumerate(lengths):
        result[i] = bytes(data[place:place + length])
        place += length
    return result, checksum


def _lengths_checksum(lengths: Iterable[int]) -> int:
    return crc32c(b"".join(struct.pack("<I" if length < 1 << 32 else "<Q", length) for length in lengths))
