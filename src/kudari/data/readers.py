"""Datasets of what files hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..dtypes import int64, string
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..ops.forms import node
from .dataset import Dataset
from .structure import TensorElement
from .transformations import AUTOTUNE, parallel_interleave

_BUFFER = 256 * 1024  # bytes, as TensorFlow's nodes say


def _names(filenames: Any) -> Dataset:
    if isinstance(filenames, Dataset):
        if filenames.output_types != string:
            raise TypeError("`filenames` must be a `tf.data.Dataset` of `tf.string` elements.")
        if not filenames.output_shapes.is_compatible_with([]):
            raise TypeError("`filenames` must be a `tf.data.Dataset` of scalar `tf.string` elements.")
        return filenames
    flat = node("Reshape", convert_to_tensor(filenames, dtype=string), [-1], name="flat_filenames")
    return Dataset.from_tensor_slices(flat)


def _given(name: str, value: Any, default: Any, dtype: Any) -> Tensor:
    return convert_to_tensor(default if value is None else value, dtype=dtype, name=name)


class _Files(Dataset):
    """What several files hold, one after the other or some in turn."""

    def __init__(self, filenames: Any, read: Callable[[Tensor], Dataset], num_parallel_reads: Any = None):
        names = _names(filenames)
        if num_parallel_reads is None:
            whole = names.flat_map(read)
        elif isinstance(num_parallel_reads, int) and num_parallel_reads == AUTOTUNE:
            whole = names.interleave(read, num_parallel_calls=num_parallel_reads)
        else:
            whole = names.apply(parallel_interleave(read, cycle_length=num_parallel_reads))
        super().__init__(whole._variant_tensor, whole.element, whole._inputs)


def _texts(type_name: str, *inputs: Any) -> Dataset:
    return Dataset(node(type_name, *inputs), TensorElement((), string))


class TextLineDataset(_Files):
    """The lines of text files.

    Args:
      filenames: a text, a vector of them, or a dataset.
      compression_type: `""`, `"ZLIB"` or `"GZIP"`.
      buffer_size: accepted.
      num_parallel_reads: how many files to read in turn; one after the other if `None`.
    """

    def __init__(self, filenames: Any, compression_type: Any = None, buffer_size: Any = None,
                 num_parallel_reads: Any = None):
        super().__init__(filenames, lambda name: _texts(
            "TextLineDataset", name, _given("compression_type", compression_type, "", string),
            _given("buffer_size", buffer_size, _BUFFER, int64)), num_parallel_reads)


class TFRecordDataset(_Files):
    """The records of TFRecord files; see `TextLineDataset` for the arguments."""

    def __init__(self, filenames: Any, compression_type: Any = None, buffer_size: Any = None,
                 num_parallel_reads: Any = None):
        super().__init__(filenames, lambda name: _texts(
            "TFRecordDataset", name, _given("compression_type", compression_type, "", string),
            _given("buffer_size", buffer_size, _BUFFER, int64)), num_parallel_reads)


class FixedLengthRecordDataset(_Files):
    """Pieces of one size of files.

    Args:
      filenames: a text, a vector of them, or a dataset.
      record_bytes: how long a piece is.
      header_bytes: how much to leave out at the beginning of each file.
      footer_bytes: how much to leave out at the end.
      buffer_size: accepted.
      compression_type: `""`, `"ZLIB"` or `"GZIP"`.
      num_parallel_reads: how many files to read in turn; one after the other if `None`.
    """

    def __init__(self, filenames: Any, record_bytes: Any, header_bytes: Any = None, footer_bytes: Any = None,
                 buffer_size: Any = None, compression_type: Any = None, num_parallel_reads: Any = None):
        def read(name: Tensor) -> Dataset:
            sizes = [_given("header_bytes", header_bytes, 0, int64), _given("record_bytes", record_bytes, None, int64),
                     _given("footer_bytes", footer_bytes, 0, int64), _given("buffer_size", buffer_size, _BUFFER, int64)]
            if compression_type is None:
                return _texts("FixedLengthRecordDataset", name, *sizes)
            compression = _given("compression_type", compression_type, "", string)
            return _texts("FixedLengthRecordDatasetV2", name, *sizes, compression)

        super().__init__(filenames, read, num_parallel_reads)
