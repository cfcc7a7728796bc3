"""`tf.io.gfile`: the functions of `tf.gfile` under the names and arguments of Python's `os`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from . import file_access as files


def copy(src: Any, dst: Any, overwrite: bool = False) -> None:
    """Copy a file; `AlreadyExistsError` if the new one is there and may not be overwritten."""
    files.copy(src, dst, overwrite)


def exists(path: Any) -> bool:
    """Return whether there is a file or folder of that name."""
    return files.exists(path)


def glob(pattern: Any) -> list[str]:
    """Return the files whose names match a pattern, or one of a list of patterns."""
    return files.glob(pattern)


def isdir(path: Any) -> bool:
    """Return whether there is a folder of that name."""
    return files.is_directory(path)


def listdir(path: Any) -> list[str]:
    """Return the names in a folder; `NotFoundError` if it is none."""
    return files.list_directory(path)


def makedirs(path: Any) -> None:
    """Make a folder and those it is in, where they are not there yet."""
    files.make_dirs(path)


def mkdir(path: Any) -> None:
    """Make a folder in one that is there; `AlreadyExistsError` if it is there already."""
    files.mkdir(path)


def remove(path: Any) -> None:
    """Delete a file; `NotFoundError` if it is not there."""
    files.remove(path)


def rename(src: Any, dst: Any, overwrite: bool = False) -> None:
    """Rename a file or folder; `AlreadyExistsError` if the new one is there and may not be overwritten."""
    files.rename(src, dst, overwrite)


def rmtree(path: Any) -> None:
    """Delete a folder and all in it; `NotFoundError` if it is not there."""
    files.delete_recursively(path)


def stat(path: Any) -> files.FileStatistics:
    """Return size, time of the last change and kind of a file."""
    return files.stat(path)


def walk(top: Any, topdown: bool = True,
         onerror: Callable[[OSError], Any] | None = None) -> Iterator[tuple[str, list[str], list[str]]]:
    """Iterate over a folder and those below it.

    Args:
      top: where to begin.
      topdown: whether a folder comes before those in it.
      onerror: accepted: folders that cannot be read are left out.

    Yields:
      Its path, the names of the folders in it, and those of the files.
    """
    return files.walk(top, topdown)
