"""Ops that bring the rows and columns of a matrix in a checkpoint to the places of a new vocabulary."""

from __future__ import annotations

import os

import numpy as np

from .. import errors
from ..graph.operation import Operation
from ..io.checkpoint import open_checkpoint
from ..io.files import translated
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, with_rank
from ..op.signature import required
from ..shape import Shape


def _remapped(op: Operation) -> list[Shape]:
    for tensor in op.inputs:
        with_rank(op, tensor, 0)
    return [(op["num_new_vocab"],), ()]


def _lines(name: np.ndarray) -> list[bytes]:
    path = os.fsdecode(name.item())

    def read() -> list[bytes]:
        with open(path, "rb") as file:
            return file.read().splitlines()

    return translated(path, read)


@op("GenerateVocabRemapping", "new_vocab_file: string, old_vocab_file: string -> remapping: int64, num_present: int32",
    _remapped, host=True, new_vocab_offset=required("int"), num_new_vocab=required("int"), old_vocab_size=-1)
def generate_vocab_remapping(new_vocab_file, old_vocab_file, *, new_vocab_offset, num_new_vocab, old_vocab_size):
    """The line of each entry of a new vocabulary in an old one, -1 where it has none, and how many it has."""
    old = _lines(old_vocab_file)
    if old_vocab_size > len(old):
        raise errors.InvalidArgumentError(
            None, None, f"Invalid vocab_size in {os.fsdecode(old_vocab_file.item())}: expected {old_vocab_size} but got "
                        f"{len(old)}")
    new = _lines(new_vocab_file)
    if new_vocab_offset + num_new_vocab > len(new):
        raise errors.InvalidArgumentError(None, None, "lookup table size must be larger than last new vocab entry's line")
    places = {entry: i for i, entry in enumerate(old if old_vocab_size < 0 else old[:old_vocab_size])}
    wanted = new[new_vocab_offset:new_vocab_offset + num_new_vocab]
    remapping = np.array([places.get(entry, -1) for entry in wanted], np.int64)
    return remapping, np.asarray(np.count_nonzero(remapping >= 0), np.int32)


def _matrix(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[1], 0)
    with_rank(op, op.inputs[2], 1)
    with_rank(op, op.inputs[3], 1)
    return [(op["num_rows"], op["num_cols"])]


def _places(remapping: np.ndarray, size: int) -> np.ndarray:
    """Which of the new places have an old one; no old one may have two."""
    given = remapping >= 0
    first: dict[int, int] = {}
    for new, old in enumerate(remapping.tolist()):
        if old >= 0 and first.setdefault(old, new) != new:
            raise errors.UnimplementedError(
                None, None, f"Old ID {old} is mapped to both new ID {first[old]} and {new}, which is not supported.")
        if old >= size:
            raise errors.InternalError(
                None, None, f"Old ID {old}, for new ID {new}, is out of bounds: the checkpoint has {size}.")
    return given


@op("LoadAndRemapMatrix", "ckpt_path: string, old_tensor_name: string, row_remapping: int64, col_remapping: int64, "
    "initializing_values: float32 -> output_matrix: float32", _matrix, host=True, stateful=True,
    num_rows=required("int"), num_cols=required("int"), max_rows_in_memory=-1)
def load_and_remap_matrix(ckpt_path, old_tensor_name, row_remapping, col_remapping, initializing_values, *, num_rows,
                          num_cols):
    """The matrix of a checkpoint with its rows and columns at other places; what it has not comes from other values."""
    name = os.fsdecode(old_tensor_name.item())
    if len(row_remapping) != num_rows:
        raise errors.InvalidArgumentError(
            None, None, f"Size of row_remapping is {len(row_remapping)} instead of being equal to num_rows={num_rows}")
    if len(col_remapping) not in (0, num_cols):
        raise errors.InvalidArgumentError(
            None, None, f"Provided col_remapping, but its size is {len(col_remapping)} instead of being equal to "
                        f"num_cols={num_cols}")
    checkpoint = open_checkpoint(os.fsdecode(ckpt_path.item()))
    shape = tuple(checkpoint.shape(name)) if name in checkpoint else None
    if shape is None:
        raise errors.NotFoundError(None, None, f"Key {name} not found in checkpoint")
    if len(shape) != 2:
        raise errors.InvalidArgumentError(None, None, f"Tensor {name} has shape {brackets(shape)} instead of being 2-D.")
    if not len(col_remapping) and shape[1] != num_cols:
        raise errors.InvalidArgumentError(
            None, None, f"Tensor {name} has shape {brackets(shape)}, where the size of its 2nd dimension is {shape[1]} "
                        f"instead of being equal to num_cols={num_cols}")
    columns = col_remapping if len(col_remapping) else np.arange(num_cols)
    known = np.outer(_places(row_remapping, shape[0]), _places(columns, shape[1]))
    matrix = checkpoint.read(name)[row_remapping][:, columns].astype(np.float32)
    missing, given = int(np.count_nonzero(~known)), initializing_values.size
    if given < missing:
        raise errors.InvalidArgumentError(None, None, f"initializing_values contained {given} elements, but more missing "
                                                      "values remain.")
    if given > missing:
        raise errors.InvalidArgumentError(None, None, f"initializing_values contained {given} elements, but only {missing} "
                                                      "elements were used to fill in missing values.")
    matrix[~known] = initializing_values.ravel()
    return matrix


not_differentiable(generate_vocab_remapping, load_and_remap_matrix)
