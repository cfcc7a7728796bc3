"""Initializers that take the rows and columns of a matrix in a checkpoint by the entries of vocabularies."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ..dtypes import float32, int64
from ..functions.filling import range as range_of
from ..op.convert import convert_to_tensor
from ..ops.forms import node
from ..variables.initializers import TruncatedNormal, Zeros


def load_and_remap_matrix_initializer(
        ckpt_path: Any, old_tensor_name: str, new_row_vocab_size: int, new_col_vocab_size: int,
        old_row_vocab_size: int = -1, old_row_vocab_file: Any = None, new_row_vocab_file: Any = None,
        old_col_vocab_file: Any = None, new_col_vocab_file: Any = None, num_row_oov_buckets: int = 0,
        num_col_oov_buckets: int = 0, initializer: Any = None, max_rows_in_memory: int = -1) -> Callable:
    """Return an initializer of a matrix whose rows, or columns, are those of a checkpoint at the places of new vocabularies.

    Args:
      ckpt_path: of the checkpoint.
      old_tensor_name: of a float32 matrix in it.
      new_row_vocab_size: how many rows go by the vocabulary.
      new_col_vocab_size: how many columns do.
      old_row_vocab_size: how many entries of the old vocabulary of rows count, all if -1.
      old_row_vocab_file: the entries of the old rows, one a line; if `None`, rows keep their places.
      new_row_vocab_file: the entries of the new rows.
      old_col_vocab_file: likewise of columns.
      new_col_vocab_file: likewise.
      num_row_oov_buckets: rows that come after those of the vocabulary.
      num_col_oov_buckets: columns that do.
      initializer: of what the checkpoint has not, zeros if `None`.
      max_rows_in_memory: how many rows TensorFlow reads at a time; here rows are read by memory map.

    Raises:
      TypeError: if `initializer` is not callable.
    """
    start = Zeros() if initializer is None else initializer
    if not callable(start):
        raise TypeError(f"initializer must be callable, instead of being {start} of type {type(start)}.")

    def initialize(shape: Any, dtype: Any = float32, partition_info: Any = None) -> Any:
        if dtype != float32:
            raise TypeError(f"Currently, only float32 is supported. Received dtype: {dtype}")
        if len(shape) != 2:
            raise ValueError(f"Expected 2-dim shape, but received: {shape}")
        if shape[0] <= 0:
            raise ValueError(f"Expected 1st dim of shape to be > 0, but received shape: {shape}")
        columns, rows = new_col_vocab_size + num_col_oov_buckets, new_row_vocab_size + num_row_oov_buckets
        if shape[1] != columns:
            raise ValueError(f"Expected 2nd dim of shape to be new_col_vocab_size ({new_col_vocab_size}) + "
                             f"num_col_oov_buckets ({num_col_oov_buckets}) = {columns}, but received shape: {shape}")
        offset = 0 if partition_info is None else partition_info.single_offset(shape)
        if offset + shape[0] > rows:
            raise ValueError(f"Trying to initialize {shape[0]} additional rows after {offset} rows have already been "
                             "initialized, which would exceed expected total row count of new_row_vocab_size "
                             f"({new_row_vocab_size}) + num_row_oov_buckets ({num_row_oov_buckets}) = {rows}.")
        extra = min(shape[0], max(0, offset + shape[0] - new_row_vocab_size))
        if offset > new_row_vocab_size:
            return start(shape)
        return _remapped(ckpt_path, old_tensor_name, offset, shape[0] - extra, new_col_vocab_size, start,
                         (new_row_vocab_file, old_row_vocab_file, old_row_vocab_size),
                         (new_col_vocab_file, old_col_vocab_file, -1), extra, num_col_oov_buckets, max_rows_in_memory)

    return initialize


Vocabularies = tuple[Any, Any, int]


def _remapped(path: Any, name: str, offset: int, rows: int, columns: int, start: Callable, row_entries: Vocabularies,
              column_entries: Vocabularies, more_rows: int, more_columns: int, max_rows_in_memory: int) -> Any:
    """The matrix, from row `offset` of the new vocabulary on."""
    for kind, (new, old, _) in (("row", row_entries), ("col", column_entries)):
        if bool(new) != bool(old):
            raise ValueError(f"old_{kind}_vocab_file and new_{kind}_vocab_file must both be specified or left unspecified. "
                             f"old_{kind}_vocab_file='{old}', new_{kind}_vocab_file='{new}'")
    if not row_entries[0] and not column_entries[0]:
        raise ValueError("Must provide either row or column vocab files. If no remapping is necessary, consider using "
                         "`tf.contrib.framework.init_from_checkpoint` instead.")
    row_places, row_count = _places(row_entries, offset, rows) if row_entries[0] else (
        range_of(offset, offset + rows, dtype=int64), rows)
    column_places, column_count = _places(column_entries, 0, columns) if column_entries[0] else ([], columns)
    values = start([rows * columns - row_count * column_count, 1])
    matrix = node("LoadAndRemapMatrix", path, name, row_places, column_places, values, num_rows=rows, num_cols=columns,
                  max_rows_in_memory=max_rows_in_memory)
    if more_rows:
        matrix = node("ConcatV2", [matrix, convert_to_tensor(start([more_rows, columns]))], 0, name="concat")
    if more_columns:
        matrix = node("ConcatV2", [matrix, convert_to_tensor(start([rows + more_rows, more_columns]))], 1, name="concat")
    return matrix


def _places(entries: Vocabularies, offset: int, count: int) -> Any:
    new, old, old_size = entries
    return node("GenerateVocabRemapping", new, old, new_vocab_offset=offset, num_new_vocab=count, old_vocab_size=old_size)


def load_embedding_initializer(ckpt_path: Any, embedding_tensor_name: str, new_vocab_size: int, embedding_dim: int,
                               old_vocab_file: Any, new_vocab_file: Any, old_vocab_size: int = -1,
                               num_oov_buckets: int = 0, initializer: Any = None, max_rows_in_memory: int = -1) -> Callable:
    """Return an initializer of embeddings whose rows are those of a checkpoint at the places of a new vocabulary.

    Args as of `load_and_remap_matrix_initializer`; rows the checkpoint has not are drawn from a truncated normal
    distribution of standard deviation `1 / sqrt(embedding_dim)` if `initializer` is `None`.
    """
    if initializer is None:
        initializer = TruncatedNormal(stddev=1.0 / math.sqrt(embedding_dim))
    return load_and_remap_matrix_initializer(
        ckpt_path, embedding_tensor_name, new_vocab_size, embedding_dim, old_vocab_size, old_vocab_file, new_vocab_file,
        num_row_oov_buckets=num_oov_buckets, initializer=initializer, max_rows_in_memory=max_rows_in_memory)


def load_linear_multiclass_bias_initializer(ckpt_path: Any, bias_tensor_name: str, new_class_vocab_size: int,
                                            old_class_vocab_file: Any, new_class_vocab_file: Any,
                                            num_class_oov_buckets: int = 0, initializer: Any = None,
                                            max_rows_in_memory: int = -1) -> Callable:
    """Return an initializer of a column of biases, one for each class; args as of `load_and_remap_matrix_initializer`."""
    return load_and_remap_matrix_initializer(
        ckpt_path, bias_tensor_name, new_class_vocab_size, 1, -1, old_class_vocab_file, new_class_vocab_file,
        num_row_oov_buckets=num_class_oov_buckets, initializer=initializer, max_rows_in_memory=max_rows_in_memory)


def load_variable_slot_initializer(
        ckpt_path: Any, old_tensor_name: str, primary_partition_info: Any, new_row_vocab_size: int, new_col_vocab_size: int,
        old_row_vocab_file: Any = None, new_row_vocab_file: Any = None, old_col_vocab_file: Any = None,
        new_col_vocab_file: Any = None, num_row_oov_buckets: int = 0, num_col_oov_buckets: int = 0, initializer: Any = None,
        max_rows_in_memory: int = -1) -> Callable:
    """Return an initializer of a slot, which is partitioned as its variable is; args as of
    `load_and_remap_matrix_initializer`."""
    whole = load_and_remap_matrix_initializer(
        ckpt_path, old_tensor_name, new_row_vocab_size, new_col_vocab_size, -1, old_row_vocab_file, new_row_vocab_file,
        old_col_vocab_file, new_col_vocab_file, num_row_oov_buckets, num_col_oov_buckets, initializer, max_rows_in_memory)

    def initialize(shape: Any, dtype: Any = float32, partition_info: Any = None) -> Any:
        return whole(shape, dtype, partition_info=primary_partition_info)

    return initialize
