"""Printing what is in a checkpoint."""

from __future__ import annotations

import math
import re

from .. import errors
from .checkpoint_reader import CheckpointReader


def print_tensors_in_checkpoint_file(file_name: str, tensor_name: str | None, all_tensors: bool,
                                     all_tensor_names: bool = False, count_exclude_pattern: str = "") -> None:
    """Print the tensors of a checkpoint, and how many numbers it holds; if that fails, why.

    Args:
      file_name: its path.
      tensor_name: which tensor to print; all names, types and shapes if empty.
      all_tensors: whether to print all.
      all_tensor_names: whether to print all names.
      count_exclude_pattern: a regular expression; tensors in whose names it is found are not counted.
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
        print(f"# Total number of params: {_count(reader, count_exclude_pattern)}")
    except errors.OpError as error:
        print(error)


def _count(reader: CheckpointReader, excluded: str) -> int:
    sizes = {name: math.prod(shape) for name, shape in reader.get_variable_to_shape_map().items()}
    if not excluded:
        return sum(sizes.values())
    left_out = [size for name, size in sizes.items() if re.search(excluded, name)]
    print(f"# Excluding {len(left_out)} tensors ({sum(left_out)} params) that match {excluded} when counting.")
    return sum(sizes.values()) - sum(left_out)
