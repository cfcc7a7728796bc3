"""The checksums in TensorFlow's files: CRC-32C, masked where they are stored next to what they cover."""

from __future__ import annotations

from typing import Any

import google_crc32c

_MASK = 0xA282EAD8
_WORD = 0xFFFFFFFF
_CHUNK = 1 << 20  # what is copied at once: the library takes nothing but bytes


def crc32c(data: Any, before: int = 0) -> int:
    """Return the checksum of bytes, going on from that of the bytes before.

    Args:
      data: anything with a contiguous buffer.
      before: the checksum of what came first.
    """
    view = memoryview(data).cast("B")
    for start in range(0, len(view), _CHUNK):
        before = google_crc32c.extend(before, bytes(view[start:start + _CHUNK]))
    return before


def masked(crc: int) -> int:
    """Return the form in which a checksum is stored: a checksum of data that holds checksums would be weak."""
    return (((crc >> 15) | (crc << 17)) + _MASK) & _WORD


def unmasked(stored: int) -> int:
    """Return the checksum that is stored as `stored`."""
    rotated = (stored - _MASK) & _WORD
    return ((rotated >> 17) | (rotated << 15)) & _WORD
