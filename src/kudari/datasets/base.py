"""What every data set is made of, and where its files are."""

from __future__ import annotations

import os
from collections import namedtuple
from typing import Any

Dataset = namedtuple("Dataset", ["data", "target"])
Datasets = namedtuple("Datasets", ["train", "validation", "test"])


def maybe_download(filename: str, work_directory: Any, source_url: str) -> str:
    """Return the path of the file `filename` in `work_directory`. Kudari downloads nothing.

    Args:
      filename: of the file.
      work_directory: the folder it must be in.
      source_url: where it can be had.

    Raises:
      FileNotFoundError: if it is not there.
    """
    path = os.path.join(work_directory, filename)
    if not os.path.exists(path):
        folder = os.path.abspath(work_directory)
        raise FileNotFoundError(f"There is no file {filename!r} in the folder {folder!r}, and Kudari downloads nothing: "
                                f"put it there; it can be had from {source_url}")
    return path
