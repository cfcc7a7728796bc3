"""Reading what Google's Snappy has compressed: blocks of old checkpoints."""

from __future__ import annotations

from . import varint


def decompressed(data: bytes) -> bytes:
    """Return the bytes that `data` was compressed from.

    Raises:
      ValueError: if it is damaged.
    """
    size, place = varint.decoded(data, 0)
    result = bytearray()
    while place < len(data):
        tag = data[place]
        place += 1
        kind, count = tag & 3, tag >> 2
        if kind == 0:
            place, count = _literal_size(data, place, count)
            result += data[place:place + count]
            place += count
            continue
        wide = {1: 1, 2: 2, 3: 4}[kind]
        offset = int.from_bytes(data[place:place + wide], "little")
        if kind == 1:
            offset, count = offset | (count & 0x38) << 5, (count & 7) + 3
        place += wide
        _copy(result, offset, count + 1)
    if len(result) != size:
        raise ValueError("a compressed block is damaged")
    return bytes(result)


def _literal_size(data: bytes, place: int, count: int) -> tuple[int, int]:
    if count >= 60:
        wide = count - 59
        return place + wide, int.from_bytes(data[place:place + wide], "little") + 1
    return place, count + 1


def _copy(result: bytearray, offset: int, count: int) -> None:
    if not 0 < offset <= len(result):
        raise ValueError("a compressed block is damaged")
    start = len(result) - offset
    while count > 0:  # what is copied may overlap what is being written
        piece = result[start:start + min(count, offset)]
        result += piece
        start, count = start + len(piece), count - len(piece)
