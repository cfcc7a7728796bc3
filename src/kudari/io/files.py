"""Files read through memory and written so that a name never stands for half of one."""

from __future__ import annotations

import contextlib
import mmap
import os
import uuid
from collections.abc import Iterator
from typing import Any

from .. import errors

TEMPORARY = ".tempstate"


def mapped(path: str) -> Any:
    """Return the contents of a file as a memory map.

    Raises:
      NotFoundError: if it is not there.
    """
    try:
        with open(path, "rb") as file:
            if not os.fstat(file.fileno()).st_size:
                return Empty()
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        raise errors.NotFoundError(None, None, f"{path}; No such file or directory") from None


class Empty(bytes):
    """The contents of an empty file, which cannot be mapped."""

    def __enter__(self) -> Empty:
        return self

    def __exit__(self, *error: Any) -> None:
        """There is nothing to close."""


@contextlib.contextmanager
def synced(path: str) -> Iterator[Any]:
    """Give a file to write that gets its name at the end, when all of it is on the disk; after an error it is gone.

    Its folder is made if there is none.
    """
    temporary = f"{path}{TEMPORARY}{uuid.uuid4().hex}"
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    try:
        with open(temporary, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.remove(temporary)
        raise
    _sync_folder(os.path.dirname(path) or ".")


def _sync_folder(folder: str) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
