"""Reading tensors of checkpoints without a graph."""

from __future__ import annotations

import os
from typing import Any

from ..dtypes import string
from ..io.checkpoint import open_checkpoint
from ..op.summary import type_name
from ..platform.text import as_text, path_to_str
from .checkpoint_state import latest_checkpoint


class CheckpointReader:
    """The tensors of a checkpoint, read one at a time.

    Args:
      filepattern: the path of the checkpoint.

    Raises:
      NotFoundError: if there is none.
      DataLossError: if it is damaged.
    """

    def __init__(self, filepattern: Any):
        self._checkpoint = open_checkpoint(as_text(path_to_str(filepattern)))

    def get_variable_to_shape_map(self) -> dict[str, list[int]]:
        """Return the shape of each tensor by name."""
        return {name: list(self._checkpoint.shape(name)) for name in self._checkpoint.names()}

    def get_variable_to_dtype_map(self) -> dict[str, Any]:
        """Return the type of each tensor by name."""
        return {name: self._checkpoint.dtype(name) for name in self._checkpoint.names()}

    def has_tensor(self, tensor_str: Any) -> bool:
        """Return whether there is a tensor of this name."""
        return as_text(tensor_str) in self._checkpoint

    def get_tensor(self, tensor_str: Any) -> Any:
        """Return a tensor as an array, a scalar as a number or bytes.

        Raises:
          NotFoundError: if it is not there.
          DataLossError: if it is damaged.
        """
        name = as_text(tensor_str)
        value = self._checkpoint.read(name)
        if value.ndim == 0:
            return value.item() if self._checkpoint.dtype(name) == string else value[()]
        return value

    def debug_string(self) -> bytes:
        """Return a line for each tensor with its name, type and shape."""
        lines = [f"{name} (DT_{type_name(self._checkpoint.dtype(name)).upper()}) "
                 f"[{','.join(map(str, self._checkpoint.shape(name)))}]\n" for name in self._checkpoint.names()]
        return "".join(lines).encode()


def new_checkpoint_reader(filepattern: Any) -> CheckpointReader:
    """Return a reader of the checkpoint at a path; in TensorFlow `NewCheckpointReader`."""
    return CheckpointReader(filepattern)


def load_checkpoint(ckpt_dir_or_file: Any) -> CheckpointReader:
    """Return a reader of a checkpoint, of the latest one if a folder is given.

    Raises:
      ValueError: if there is none in the folder.
    """
    return CheckpointReader(_path(ckpt_dir_or_file))


def load_variable(ckpt_dir_or_file: Any, name: str) -> Any:
    """Return the tensor of a name as an array.

    Args:
      ckpt_dir_or_file: the path of a checkpoint or of a folder with some.
      name: of the tensor; `:0` after it means nothing.

    Raises:
      NotFoundError: if it is not there.
    """
    return load_checkpoint(ckpt_dir_or_file).get_tensor(name.removesuffix(":0"))


def list_variables(ckpt_dir_or_file: Any) -> list[tuple[str, list[int]]]:
    """Return the name and shape of each tensor, by name.

    Args:
      ckpt_dir_or_file: the path of a checkpoint or of a folder with some.
    """
    return sorted(load_checkpoint(ckpt_dir_or_file).get_variable_to_shape_map().items())


def _path(ckpt_dir_or_file: Any) -> str:
    place = os.fspath(ckpt_dir_or_file)
    if os.path.isdir(place):
        latest = latest_checkpoint(place)
        if latest is None:
            raise ValueError(f"Couldn't find 'checkpoint' file or checkpoints in given directory {place}")
        return latest
    return place
