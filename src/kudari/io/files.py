"""Files read through memory maps and written so that a name never stands for half of one."""

from __future__ import annotations

import contextlib
import math
import mmap
import os
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from .. import errors

_BY_EXCEPTION: dict[type[OSError], tuple[type[errors.OpError], str]] = {
    FileNotFoundError: (errors.NotFoundError, "No such file or directory"),
    IsADirectoryError: (errors.FailedPreconditionError, "Is a directory"),
    NotADirectoryError: (errors.FailedPreconditionError, "Not a directory"),
    FileExistsError: (errors.AlreadyExistsError, "File exists"),
    PermissionError: (errors.PermissionDeniedError, "Permission denied"),
}


def translated(path: str, action: Callable[[], Any]) -> Any:
    """Return what `action` returns; an error of the system on `path` becomes one of TensorFlow's."""
    try:
        return action()
    except OSError as error:
        made, words = _BY_EXCEPTION.get(type(error), (errors.UnknownError, error.strerror or str(error)))
        raise made(None, None, f"{path}; {words}") from error


def mapped(path: str) -> Any:
    """Return the contents of a file as a memory map.

    Raises:
      NotFoundError: if it is not there.
    """
    return translated(path, lambda: _mapped(path))


def _mapped(path: str) -> Any:
    with open(path, "rb") as file:
        if not os.fstat(file.fileno()).st_size:
            return Empty()
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def room_for(shape: tuple[int, ...], kind: Any) -> np.ndarray:
    """Return an array to fill; a large one in pages of its own, so that its memory is free as soon as it is."""
    size = math.prod(shape) * np.dtype(kind).itemsize
    if size < 1 << 20:
        return np.empty(shape, kind)
    return np.frombuffer(mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS), kind).reshape(shape)


class Empty(bytes):
    """The contents of an empty file, which cannot be mapped."""

    def __enter__(self) -> Empty:
        return self

    def __exit__(self, *error: Any) -> None:
        """There is nothing to close."""


def temporary_name(path: str) -> str:
    """Return a name beside `path` that nothing has."""
    return f"{path}.tempstate{uuid.uuid4().hex}"


@contextlib.contextmanager
def written(path: str) -> Iterator[Any]:
    """Give a file to write that is on the disk at the end, in a folder made for it; after an error it is gone."""
    folder = os.path.dirname(path) or "."
    translated(folder, lambda: os.makedirs(folder, exist_ok=True))
    try:
        with translated(path, lambda: open(path, "wb")) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            os.remove(path)
        raise


@contextlib.contextmanager
def synced(path: str) -> Iterator[Any]:
    """Give a file to write that gets its name at the end, when all of it is on the disk; after an error it is gone."""
    temporary = temporary_name(path)
    with written(temporary) as file:
        yield file
    renamed(temporary, path)
    sync_folder_of(path)


def renamed(path: str, name: str) -> None:
    """Give a file another name, which another file may have had."""
    translated(path, lambda: os.replace(path, name))


def sync_folder_of(path: str) -> None:
    """Have the name of a file survive a loss of power."""
    handle = os.open(os.path.dirname(path) or ".", os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
