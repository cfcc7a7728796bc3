"""Sources that read files, and keep elements in them."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from typing import IO

import numpy as np

from ... import errors
from ...io.records import tf_record_iterator
from .source import Element, Pull, Run, boxed


def paths(names: np.ndarray) -> list[str]:
    """Return the names of files that a scalar or vector of texts holds."""
    if names.ndim > 1:
        raise errors.InvalidArgumentError(None, None, "`filenames` must be a scalar or a vector.")
    return [os.fsdecode(name) for name in names.ravel().tolist()]


def opened(path: str, compression: bytes) -> IO[bytes]:
    """Return a file opened to be read.

    Raises:
      InvalidArgumentError: if there is no such compression.
      NotFoundError: if there is no such file.
    """
    try:
        if compression == b"GZIP":
            return gzip.open(path, "rb")
        if compression == b"ZLIB":
            with open(path, "rb") as file:
                return io.BytesIO(zlib.decompress(file.read()))
        if compression:
            raise errors.InvalidArgumentError(None, None, f"Unsupported compression_type: {compression.decode()}")
        return open(path, "rb")
    except OSError as error:
        raise errors.NotFoundError(None, None, f"{path}; {error.strerror}") from error
    except zlib.error as error:
        raise errors.DataLossError(None, None, f"{path} is not compressed by zlib: {error}") from error


class Reader:
    """A pull that reads one file after the other; a file that cannot be read is left behind.

    Args:
      files: the names.
      read: from a name to an iterator over what the file holds.
    """

    def __init__(self, files: list[str], read: object):
        self._files, self._read = iter(files), read
        self._rest: Iterator[bytes] | None = None

    def __call__(self) -> Element:
        """Return the next record."""
        while True:
            if self._rest is None:
                self._rest = self._read(next(self._files))  # type: ignore[operator]
            try:
                return (boxed(next(self._rest)),)
            except StopIteration:
                self._rest = None
            except BaseException:
                self._rest = None
                raise


def lines(run: Run, files: list[str], compression: bytes) -> Pull:
    """The lines of files without what ends them."""
    def read(path: str) -> Iterator[bytes]:
        with opened(path, compression) as file:
            for line in file:
                yield line.removesuffix(b"\n").replace(b"\r", b"")

    return Reader(files, read)


def pieces(run: Run, files: list[str], header: int, size: int, footer: int, compression: bytes) -> Pull:
    """Pieces of one size between the headers and the footers of files."""
    def read(path: str) -> Iterator[bytes]:
        with opened(path, compression) as file:
            content = memoryview(file.read())
        body = len(content) - header - footer
        if body % size:
            raise errors.InvalidArgumentError(
                None, None, f"Excess bytes in {path}: its body is {body} bytes long, not a multiple of {size} bytes. "
                            f"Header: {header}, footer: {footer}, file: {len(content)} bytes.")
        for place in range(header, header + body, size):
            yield bytes(content[place:place + size])

    return Reader(files, read)


def records(run: Run, files: list[str], compression: bytes) -> Pull:
    """The records of TFRecord files."""
    if compression not in (b"", b"GZIP", b"ZLIB"):
        raise errors.InvalidArgumentError(None, None, f"Unsupported compression_type: {compression.decode()}")
    return Reader(files, lambda path: tf_record_iterator(path, compression.decode()))
