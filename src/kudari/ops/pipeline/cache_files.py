"""Elements kept in files, in TensorFlow's format: a checkpoint with a tensor for each component of each element."""

from __future__ import annotations

import os

import numpy as np

from ... import errors
from ...dtypes import as_dtype, string
from ...io.bundle import Bundle, index_path
from ...io.bundle_writer import BundleWriter, Piece
from .source import Element, Pull, Run, Source, components

_DIGITS = 7  # of an element's number, with spaces before it


def cached(run: Run, source: Source, path: str) -> Pull:
    """The elements of the source; of a file, once a whole pass has written it."""
    if os.path.exists(index_path(path)):
        return _kept(run, path)
    return _Writing(run, source.start(run), path)


def _name(number: int, place: int, count: int) -> str:
    return f"{number:{_DIGITS}}_{place:{len(str(count - 1))}}"


def _kept(run: Run, path: str) -> Pull:
    """The elements in a file."""
    bundle = Bundle(path)
    run.at_close(bundle.close)
    first = f"{0:{_DIGITS}}_"
    count = sum(name.startswith(first) for name in bundle.names())
    if len(bundle.names()) and not count:
        raise errors.DataLossError(None, None, f"{path}: not the elements of a data set: it begins with "
                                               f"{bundle.names()[0]!r}")
    numbers = iter(range(len(bundle.names()) // max(count, 1)))

    def following() -> Element:
        number = next(numbers)
        return tuple(np.asarray(bundle.read(_name(number, place, count))) for place in range(count))

    return following


class _Writing:
    """A pull that writes what it gives; the file has its name when the last element has been given.

    Args:
      run: the pass.
      pull: gives the elements.
      path: of the file.
    """

    def __init__(self, run: Run, pull: Pull, path: str):
        self._pull, self._path, self._count = pull, path, 0
        self._writer: BundleWriter | None = BundleWriter(path)
        run.at_close(self._leave)

    def __call__(self) -> Element:
        """Return the next element."""
        if self._writer is None:
            raise StopIteration
        try:
            element = components(self._pull())
        except StopIteration:
            self._writer.finish()
            self._writer = None
            raise
        for place, array in enumerate(element):
            _must_fit(array, self._path)
            self._writer.add(Piece(_name(self._count, place, len(element)), as_dtype(array.dtype), array))
        self._count += 1
        return element

    def _leave(self) -> None:
        if self._writer is not None:
            self._writer.discard()
            self._writer = None


def _must_fit(array: np.ndarray, path: str) -> None:
    if as_dtype(array.dtype) == string and not all(isinstance(item, bytes | str) for item in array.ravel().tolist()):
        raise errors.UnimplementedError(None, None, f"A cache in a file ({path}) holds numbers and texts, no sparse tensors "
                                                    "or data sets: cache in memory, without a file name.")
