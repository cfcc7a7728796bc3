"""Reading tensors of checkpoints without a graph."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from .. import errors
from ..dtypes import string
from ..io.checkpoint import open_checkpoint
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
        self._checkpoint = open_checkpoint(os.fsdecode(filepattern))

    def get_variable_to_shape_map(self) -> dict[str, list[int]]:
        """Return the shape of each tensor by name."""
        return {name: list(self._checkpoint.shape(name)) for name in self._checkpoint.names()}

    def get_variable_to_dtype_map(self) -> dict[str, Any]:
        """Return the type of each tensor by name."""
        return {name: self._checkpoint.dtype(name) for name in self._checkpoint.names()}

    def has_tensor(self, tensor_str: Any) -> bool:
        """Return whether there is a tensor of this name."""
        return os.fsdecode(tensor_str) in self._checkpoint

    def get_tensor(self, tensor_str: Any) -> Any:
        """Return a tensor as an array, a scalar as a number or bytes.

        Raises:
          NotFoundError: if it is not there.
          DataLossError: if it is damaged.
        """
        name = os.fsdecode(tensor_str)
        value = self._checkpoint.read(name)
        if value.ndim == 0:
            return value.item() if self._checkpoint.dtype(name) == string else value[()]
        return value if value.dtype == object else np.array(value)

    def debug_string(self) -> bytes:
        """Return a line for each tensor with its name, type and shape."""
        kinds = {name: self._checkpoint.dtype(name).name for name in self._checkpoint.names()}
        kinds = {name: {"float32": "float", "float64": "double"}.get(kind, kind) for name, kind in kinds.items()}
        lines = [f"{name} (DT_{kind.upper()}) [{','.join(map(str, self._checkpoint.shape(name)))}]"
                 for name, kind in kinds.items()]
        return "\n".join(lines).encode()


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


def print_tensors_in_checkpoint_file(file_name: str, tensor_name: str, all_tensors: bool, all_tensor_names: bool = False,
                                     count_exclude_pattern: str = "") -> None:
    """Print the tensors of a checkpoint.

    Args:
      file_name: its path.
      tensor_name: which tensor to print; all names if empty.
      all_tensors: whether to print all.
      all_tensor_names: whether to print all names.
      count_exclude_pattern: not used; nothing is counted.
    """
    try:
        reader = CheckpointReader(file_name)
        if all_tensors or all_tensor_names:
            for name in sorted(reader.get_variable_to_shape_map()):
                print("tensor_name: ", name)
                if all_tensors:
                    print(reader.get_tensor(name))
        elif not tensor_name:
            print(reader.debug_string().decode())
        else:
            print("tensor_name: ", tensor_name)
            print(reader.get_tensor(tensor_name))
    except errors.OpError as error:
        print(error)
