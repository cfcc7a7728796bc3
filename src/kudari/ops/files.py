"""Ops that read and write files."""

from __future__ import annotations

import glob
import os

import numpy as np

from ..io.files import translated
from ..op.definition import op
from ..op.rules import scalar, with_rank


def _path(name: np.ndarray) -> str:
    return os.fsdecode(name.item())


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _write(path: str, contents: bytes) -> None:
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(contents)


def _one_name(op):
    with_rank(op, op.inputs[0], 0)
    return scalar(op)


@op("ReadFile", "filename: string -> contents: string", _one_name, host=True)
def read_file(filename):
    """The contents of a file."""
    path = _path(filename)
    return np.array(translated(path, lambda: _read(path)), object)


@op("WriteFile", "filename: string, contents: string ->", None, host=True, stateful=True)
def write_file(filename, contents):
    """Nothing, after writing a file and the folders it is in."""
    path = _path(filename)
    translated(path, lambda: _write(path, contents.item()))
    return ()


@op("MatchingFiles", "pattern: string -> filenames: string", lambda op: [(None,)], host=True)
def matching_files(pattern):
    """The files whose paths match one of the patterns, in order."""
    found = sorted(path for item in pattern.ravel() for path in glob.glob(os.fsdecode(item)))
    return np.array([*map(os.fsencode, found), None], object)[:-1]
