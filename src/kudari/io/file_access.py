"""`tf.gfile`: files and folders with TensorFlow's error classes."""

from __future__ import annotations

import glob as globbing
import os
import shutil
from collections.abc import Iterator
from typing import Any, NamedTuple

from .. import errors
from .files import translated


class FileStatistics(NamedTuple):
    """What `stat` tells: bytes, nanoseconds since 1970, and whether it is a folder."""

    length: int
    mtime_nsec: int
    is_directory: bool


def _text(path: Any) -> str:
    return path.decode() if isinstance(path, bytes) else os.fspath(path)


class GFile:
    """A file, opened when it is first used.

    Args:
      name: path of the file.
      mode: `r`, `w`, `a`, `r+`, `w+` or `a+`, with `b` for bytes rather than text.
    """

    def __init__(self, name: Any, mode: str = "r"):
        if mode not in ("r", "w", "a", "r+", "w+", "a+", "rb", "wb", "ab", "rb+", "wb+", "ab+", "r+b", "w+b", "a+b"):
            raise errors.InvalidArgumentError(None, None, "mode is not 'r' or 'w' or 'a' or 'r+' or 'w+' or 'a+'")
        self._name, self._mode = name, mode
        self._file: Any = None
        self._is_binary = "b" in mode
        self._reads = mode[0] == "r" or "+" in mode
        self._writes = mode[0] != "r" or "+" in mode

    @property
    def name(self) -> Any:
        """The path."""
        return self._name

    @property
    def mode(self) -> str:
        """The mode it was opened in."""
        return self._mode

    def _opened(self) -> Any:
        if self._file is None:
            path, mode = _text(self._name), self._mode.replace("b", "") + "b"
            self._file = translated(path, lambda: open(path, mode))  # noqa: SIM115 closed by `close`
        return self._file

    def _reading(self) -> Any:
        if not self._reads:
            raise errors.PermissionDeniedError(None, None, "File isn't open for reading")
        return self._opened()

    def _given(self, data: bytes) -> Any:
        return data if self._is_binary else data.decode()

    def size(self) -> int:
        """Return the number of bytes of the file."""
        return stat(self._name).length

    def read(self, n: int = -1) -> Any:
        """Return the next `n` bytes, or all of the rest, as text unless the mode is binary."""
        return self._given(self._reading().read(n))

    def readline(self) -> Any:
        """Return the next line with its end, empty at the end of the file."""
        return self._given(self._reading().readline())

    def readlines(self) -> list:
        """Return the remaining lines."""
        return list(self)

    def write(self, file_content: Any) -> None:
        """Write text or bytes at the place the file is at."""
        if not self._writes:
            raise errors.PermissionDeniedError(None, None, "File isn't open for writing")
        self._opened().write(file_content.encode() if isinstance(file_content, str) else file_content)

    def seek(self, offset: int | None = None, whence: int = 0, position: int | None = None) -> None:
        """Go to a place.

        Args:
          offset: bytes from where `whence` says.
          whence: 0 for the begin, 1 for the place it is at, 2 for the end.
          position: the old name of `offset`.

        Raises:
          TypeError: if no offset is given.
        """
        place = position if offset is None else offset
        if place is None:
            raise TypeError("seek(): offset argument required")
        if whence not in (0, 1, 2):
            raise errors.InvalidArgumentError(None, None, f"Invalid whence argument: {whence!r}. Valid values are 0, 1, "
                                                          "or 2.")
        self._reading().seek(place, whence)

    def tell(self) -> int:
        """Return the place the file is at."""
        return self._opened().tell()

    def seekable(self) -> bool:
        """Return that it can be told where to go."""
        return True

    def flush(self) -> None:
        """Have the file system hold what was written."""
        if self._file is not None:
            self._file.flush()

    def __del__(self) -> None:
        """Close it, as TensorFlow does with a file that nobody holds any more."""
        if getattr(self, "_file", None) is not None:
            self._file.close()

    def close(self) -> None:
        """Close the file; using it again opens it anew."""
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def next(self) -> Any:
        """Return the next line."""
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> Any:
        return self.next()

    def __enter__(self) -> GFile:
        if self._writes:
            self._opened()
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()


class FastGFile(GFile):
    """A `GFile` under its older name."""


def exists(filename: Any) -> bool:
    """Return whether there is a file or folder of that name."""
    return os.path.exists(_text(filename))


def is_directory(dirname: Any) -> bool:
    """Return whether there is a folder of that name."""
    return os.path.isdir(_text(dirname))


def remove(filename: Any) -> None:
    """Delete a file; `NotFoundError` if it is not there."""
    path = _text(filename)
    translated(path, lambda: os.remove(path))


def delete_recursively(dirname: Any) -> None:
    """Delete a folder and all in it; `NotFoundError` if it is not there."""
    path = _text(dirname)
    translated(path, lambda: os.remove(path) if os.path.isfile(path) else shutil.rmtree(path))


def mkdir(dirname: Any) -> None:
    """Make a folder in one that is there; `AlreadyExistsError` if it is there already."""
    path = _text(dirname)
    translated(path, lambda: os.mkdir(path))


def make_dirs(dirname: Any) -> None:
    """Make a folder and those it is in, where they are not there yet."""
    path = _text(dirname)
    translated(path, lambda: os.makedirs(path, exist_ok=True))


def _may_make(path: str, overwrite: bool) -> None:
    if not overwrite and os.path.exists(path):
        raise errors.AlreadyExistsError(None, None, "file already exists")


def copy(oldpath: Any, newpath: Any, overwrite: bool = False) -> None:
    """Copy a file; `AlreadyExistsError` if the new one is there and may not be overwritten."""
    old, new = _text(oldpath), _text(newpath)
    _may_make(new, overwrite)
    translated(old, lambda: shutil.copyfile(old, new))


def rename(oldname: Any, newname: Any, overwrite: bool = False) -> None:
    """Rename a file or folder; `AlreadyExistsError` if the new one is there and may not be overwritten."""
    old, new = _text(oldname), _text(newname)
    _may_make(new, overwrite)
    translated(old, lambda: os.replace(old, new))


def stat(filename: Any) -> FileStatistics:
    """Return size, time of the last change and kind of a file."""
    path = _text(filename)
    found = translated(path, lambda: os.stat(path))
    return FileStatistics(found.st_size, found.st_mtime_ns, os.path.isdir(path))


def glob(filename: Any) -> list[str]:
    """Return the files whose names match a pattern, or one of a list of patterns."""
    patterns = filename if isinstance(filename, list | tuple) else [filename]
    return [path for pattern in patterns for path in sorted(globbing.glob(_text(pattern), include_hidden=True))]


def list_directory(dirname: Any) -> list[str]:
    """Return the names in a folder; `NotFoundError` if it is none."""
    if not is_directory(dirname):
        raise errors.NotFoundError(None, None, "Could not find directory")
    return os.listdir(_text(dirname))


def walk(top: Any, in_order: bool = True) -> Iterator[tuple[str, list[str], list[str]]]:
    """Iterate over a folder and those below it.

    Args:
      top: where to begin.
      in_order: whether a folder comes before those in it.

    Yields:
      Its path, the names of the folders in it, and those of the files.
    """
    return os.walk(_text(top), topdown=in_order)
