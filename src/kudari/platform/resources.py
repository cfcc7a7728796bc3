"""`tf.resource_loader`: files that lie beside a program."""

from __future__ import annotations

import inspect
import os
import sys
from typing import Any


def _folder_of_caller() -> str:
    return os.path.dirname(inspect.getfile(sys._getframe(2)))


def get_data_files_path() -> str:
    """Return the folder of the file that calls this."""
    return _folder_of_caller()


def get_path_to_datafile(path: Any) -> str:
    """Return `path`, taken from the folder of the file that calls this."""
    return os.path.join(_folder_of_caller(), path)


def get_root_dir_with_all_resources() -> str:
    """Return the folder of the file that calls this, or that of its Bazel run if it is in one."""
    folder = here = _folder_of_caller()
    while os.path.dirname(here) != here:
        parent = os.path.dirname(here)
        if ".runfiles" in os.path.basename(parent):
            return here
        here = parent
    return folder


def load_resource(path: Any) -> bytes:
    """Return the contents of a file, taken from the folder that holds the package.

    Raises:
      OSError: if it cannot be read.
    """
    with open(os.path.join(os.path.dirname(__file__), os.pardir, os.pardir, path), "rb") as file:
        return file.read()


def readahead_file_path(path: Any, readahead: str = "128M") -> Any:
    """Return `path`."""
    return path
