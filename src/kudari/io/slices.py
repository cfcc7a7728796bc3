"""Parts of tensors: how checkpoints name them, and which elements of one part lie in another."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import errors
from .bundle_protos import message

_WHOLE = -1
_ESCAPED = {0: b"\0\xff", 255: b"\xff\0"}
Extent = tuple[int, int]
Place = tuple[slice, ...]


@dataclass(frozen=True)
class Slice:
    """A block of a tensor.

    Args:
      extents: for each axis where it starts and how long it is; a length of -1 means the whole axis.
    """

    extents: tuple[Extent, ...]

    @staticmethod
    def whole(rank: int) -> Slice:
        """Return the slice that is everything."""
        return Slice(((0, _WHOLE),) * rank)

    @staticmethod
    def parsed(text: str) -> Slice:
        """Return the slice that a text such as `0,3:-` means.

        Raises:
          InvalidArgumentError: if it means none.
        """
        extents = []
        for part in text.split(":") if text else []:
            try:
                start, length = (0, _WHOLE) if part == "-" else map(int, part.split(","))
            except ValueError:
                raise errors.InvalidArgumentError(None, None, f"Expected a pair of numbers or '-' but got '{part}': "
                                                  f"string = {text}") from None
            if start < 0 or length < _WHOLE or length == 0:
                raise errors.InvalidArgumentError(None, None, f"Expected non-negative start and positive length but got "
                                                  f"start = {start}, length = {length}: string = {text}")
            extents.append((start, length))
        return Slice(tuple(extents))

    def __str__(self) -> str:
        return ":".join("-" if length == _WHOLE else f"{start},{length}" for start, length in self.extents)

    @staticmethod
    def of_proto(proto: Any) -> Slice:
        """Return the slice that a `TensorSliceProto` means."""
        return Slice(tuple((e.start, e.length if e.WhichOneof("kind") else _WHOLE) for e in proto.extent))

    def as_proto(self) -> Any:
        """Return it as a `TensorSliceProto`."""
        result = message("TensorSliceProto")()
        for start, length in self.extents:
            extent = result.extent.add()
            if length != _WHOLE:
                extent.start, extent.length = start, length
        return result

    def within(self, shape: Sequence[int]) -> Place:
        """Return the indices of its elements in a tensor of `shape`.

        Raises:
          InvalidArgumentError: if it has not as many axes.
          InternalError: if it reaches beyond the tensor.
        """
        if len(shape) != len(self.extents):
            raise errors.InvalidArgumentError(None, None, f"a slice of {len(self.extents)} axes does not fit the shape "
                                              f"{list(shape)}")
        for axis, ((start, length), size) in enumerate(zip(self.extents, shape)):
            if length != _WHOLE and start + length > size:
                raise errors.InternalError(None, None, f"Extent in dimension {axis} out of bounds: shape = "
                                           f"[{','.join(map(str, shape))}], slice = {self}")
        return tuple(slice(start, size if length == _WHOLE else start + length)
                     for (start, length), size in zip(self.extents, shape))

    def key(self, name: str) -> bytes:
        """Return the key under which a checkpoint keeps this part of the tensor `name`; keys sort by name and place."""
        parts = [_ascending(0), _text(name.encode()), _ascending(len(self.extents))]
        parts += [_signed(number) for extent in self.extents for number in extent]
        return b"".join(parts)


def assembled(what: str, wanted: Place, dtype: Any, parts: Sequence[tuple[Place, Any]],
              load: Callable[[Any, Any], np.ndarray]) -> np.ndarray:
    """Return a block of a tensor that is kept in parts.

    Args:
      what: the file and the tensor, for errors.
      wanted: where the block lies.
      dtype: NumPy's type for it.
      parts: where each part lies, and its key.
      load: `load(key, place)` returns what a part has at a place within it.

    Raises:
      DataLossError: if two parts say what an element is.
      InvalidArgumentError: if a part of it is missing.
    """
    places = [(place, key) for place, key in parts if overlap(place, wanted) is not None]
    if any(overlap(a, b) is not None for (a, _), (b, _) in itertools.combinations(places, 2)):
        raise errors.DataLossError(None, None, f"{what}: parts of it overlap")
    if len(places) == 1 and overlap(wanted, places[0][0]) == overlap(wanted, wanted):
        place, key = places[0]
        return load(key, overlap(place, wanted))
    result = np.empty([s.stop - s.start for s in wanted], dtype)
    missing = result.size
    for place, key in places:
        value = load(key, overlap(place, wanted))
        result[overlap(wanted, place)] = value
        missing -= value.size
    if missing:
        raise errors.InvalidArgumentError(None, None, f"{what}: the checkpoint does not have all of the slice that is asked "
                                          f"for: {missing} elements are missing")
    return result


def overlap(own: Place, other: Place) -> Place | None:
    """Return where within the block `own` it shares elements with another; `None` if it shares none."""
    shared = []
    for a, b in zip(own, other):
        start, stop = max(a.start, b.start), min(a.stop, b.stop)
        if start >= stop:
            return None
        shared.append(slice(start - a.start, stop - a.start))
    return tuple(shared)


def _ascending(number: int) -> bytes:
    contents = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return bytes([len(contents)]) + contents


def _text(text: bytes) -> bytes:
    return b"".join(_ESCAPED.get(byte, bytes([byte])) for byte in text) + b"\0\1"


def _signed(number: int) -> bytes:
    """A number with a sign in as many bytes as it needs: the leading bits say how many, and keep the order."""
    size = (number if number >= 0 else ~number).bit_length() // 7 + 1
    header = ((1 << size) - 1) << (8 * size - size)
    return ((number & ((1 << 8 * size) - 1)) ^ header).to_bytes(size, "big")
