"""`tf.decode_raw`, `tf.decode_csv`, `tf.read_file` and their kin: bytes and files as tensors."""

from __future__ import annotations

import itertools
from typing import Any

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..ops.forms import node
from .arguments import renamed


def decode_raw(input_bytes: Any = None, out_type: Any = None, little_endian: bool = True, name: str | None = None,
               bytes: Any = None) -> Tensor:
    """Return texts of one length as the numbers whose memory they are.

    Args:
      input_bytes: a tensor of texts.
      out_type: the type of the numbers.
      little_endian: whether the low byte of a number comes first.
      name: of the node.
      bytes: deprecated name of `input_bytes`.

    Returns:
      A tensor with one more dimension.

    Raises:
      ValueError: if `out_type` is missing.
    """
    input_bytes = renamed("input_bytes", input_bytes, "bytes", bytes)
    if out_type is None:
        raise ValueError("decode_raw_v1() missing 1 positional argument: 'out_type'")
    return node("DecodeRaw", input_bytes, out_type, little_endian=little_endian, name=name)


def decode_compressed(bytes: Any, compression_type: str = "", name: str | None = None) -> Tensor:
    """Return texts uncompressed; `compression_type` is `""`, `"ZLIB"` or `"GZIP"`."""
    return node("DecodeCompressed", bytes, compression_type=compression_type, name=name)


def decode_csv(records: Any, record_defaults: Any, field_delim: str = ",", use_quote_delim: bool = True,
               name: str | None = None, na_value: str = "", select_cols: Any = None) -> list[Tensor]:
    """Return the columns of comma-separated values.

    Args:
      records: a tensor of texts, one line each.
      record_defaults: for each column a tensor of its type: a value for empty fields, or an empty one if they are errors.
      field_delim: what stands between fields.
      use_quote_delim: whether a field may be in double quotes.
      name: of the node.
      na_value: a text that stands for an empty field.
      select_cols: which columns to return, in order; all if `None`.

    Returns:
      For each column a tensor of the shape of `records`.

    Raises:
      ValueError: if `select_cols` is not increasing, or not as long as `record_defaults`.
    """
    if select_cols is not None:
        if any(a >= b for a, b in itertools.pairwise(select_cols)):
            raise ValueError("select_cols is not strictly increasing.")
        if select_cols[0] < 0:
            raise ValueError("select_cols contains negative values.")
        if len(select_cols) != len(record_defaults):
            raise ValueError("Length of select_cols and record_defaults do not match.")
    return node("DecodeCSV", records, record_defaults, field_delim=field_delim, use_quote_delim=use_quote_delim,
                name=name, na_value=na_value, select_cols=select_cols)


def read_file(filename: Any, name: str | None = None) -> Tensor:
    """Return the contents of the file named by a scalar text."""
    return node("ReadFile", filename, name=name)


def write_file(filename: Any, contents: Any, name: str | None = None) -> Operation:
    """Return an op that writes a scalar text to the file named by another, and makes the folders it is in."""
    return node("WriteFile", filename, contents, name=name)


def matching_files(pattern: Any, name: str | None = None) -> Tensor:
    """Return the sorted paths of the files that match a shell pattern, or one of several."""
    return node("MatchingFiles", pattern, name=name)


def serialize_tensor(tensor: Any, name: str | None = None) -> Tensor:
    """Return a tensor as a serialized `TensorProto`."""
    return node("SerializeTensor", tensor, name=name)


def parse_tensor(serialized: Any, out_type: Any, name: str | None = None) -> Tensor:
    """Return the tensor of type `out_type` of a serialized `TensorProto`."""
    return node("ParseTensor", serialized, out_type, name=name)
