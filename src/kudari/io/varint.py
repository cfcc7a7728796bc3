"""Integers of seven bits a byte, least significant first."""

from __future__ import annotations

from typing import Any


def encoded(value: int) -> bytes:
    """Return a number that is not negative as a varint."""
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)


def decoded(data: Any, place: int) -> tuple[int, int]:
    """Return the varint at `place` of some bytes, and the place after it.

    Raises:
      ValueError: if the bytes end before it does, or it has more than 64 bits.
    """
    value = shift = 0
    while True:
        if place >= len(data) or shift > 63:
            raise ValueError("a varint does not end")
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7
