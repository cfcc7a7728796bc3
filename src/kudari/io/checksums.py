"""The checksums in TensorFlow's files: CRC-32C, masked where they are stored next to what they cover."""

from __future__ import annotations

from typing import Any

import google_crc32c
import numpy as np

_MASK = 0xA282EAD8
_WORD = 0xFFFFFFFF


def crc32c(data: Any, before: int = 0) -> int:
    """Return the checksum of bytes, going on from that of the bytes before.

    Args:
      data: anything with a contiguous buffer, which is not copied.
      before: the checksum of what came first.
    """
    if not isinstance(data, bytes):
        view = memoryview(data)
        data = np.frombuffer(view, np.uint8) if view.nbytes else b""  # an array is taken where a view is not
    return google_crc32c.extend(before, data)


def masked(crc: int) -> int:
    """Return the form in which a checksum is stored: a checksum of data that holds checksums would be weak."""
    return (((crc >> 15) | (crc << 17)) + _MASK) & _WORD


def unmasked(stored: int) -> int:
    """Return the checksum that is stored as `stored`."""
    rotated = (stored - _MASK) & _WORD
    return ((rotated >> 17) | (rotated << 15)) & _WORD
