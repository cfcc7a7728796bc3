"""Ops that turn bytes into tensors and back."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import numpy as np

from ..dtypes import (
    ANY,
    DType,
    TypeSet,
    bool,
    complex64,
    complex128,
    float16,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    string,
    uint8,
    uint16,
)
from ..graph.operation import Operation
from ..graph.tensor_proto import array_proto, make_ndarray
from ..op.definition import not_differentiable, op
from ..op.rules import unchanged
from ..op.signature import Attr, types
from ..op.summary import type_name
from ..protos import proto
from ..shape import Shape

_RAW = TypeSet((float16, float32, float64, int32, uint16, uint8, int16, int8, int64, complex64, complex128, bool))
_IN_TABLES = TypeSet((float32, float64, int32, int64, string))
_NO_COLUMNS: list = []


def _with_one_more(op: Operation) -> list[Shape]:
    shape = op.inputs[0].static_shape
    return [None if shape is None else (*shape, None)]


@op("DecodeRaw", "bytes: string -> output: out_type", _with_one_more, host=True, out_type=_RAW, little_endian=True)
def decode_raw(bytes, *, out_type, little_endian):
    """Texts of one length as the numbers whose memory they are."""
    sizes = [len(item) for item in bytes.ravel()]
    dtype = np.dtype(out_type.as_numpy_dtype)
    for i, size in enumerate(sizes):
        if size != sizes[0]:
            raise ValueError(f"DecodeRaw requires input strings to all be the same size, but element {i} has size "
                             f"{sizes[0]} != {size}")
    length = sizes[0] if sizes else 0
    if length % dtype.itemsize:
        raise ValueError(f"Input to DecodeRaw has length {length} that is not a multiple of {dtype.itemsize}, the size of "
                         f"{type_name(out_type)}")
    array = np.frombuffer(b"".join(bytes.ravel()), dtype.newbyteorder("<" if little_endian else ">"))
    return array.astype(dtype).reshape(*bytes.shape, length // dtype.itemsize)


@op("DecodeCompressed", "bytes: string -> output: string", unchanged, host=True, compression_type="")
def decode_compressed(bytes, *, compression_type):
    """Texts uncompressed."""
    unpack = {"": lambda data: data, "ZLIB": zlib.decompress, "GZIP": gzip.decompress}[compression_type]
    return np.array([*(unpack(item) for item in bytes.ravel()), None], object)[:-1].reshape(bytes.shape)


def _columns(op: Operation) -> list[Shape]:
    return [op.inputs[0].static_shape] * len(op.outputs)


@op("DecodeCSV", "records: string, record_defaults: OUT_TYPE[] -> output: OUT_TYPE[]", _columns, host=True,
    OUT_TYPE=types(allowed=_IN_TABLES), field_delim=",", use_quote_delim=True, na_value="",
    select_cols=Attr("list(int)", _NO_COLUMNS))
def decode_csv(records, record_defaults, *, OUT_TYPE, field_delim, use_quote_delim, na_value, select_cols):
    """Lines of comma-separated values as one tensor for each column."""
    rows = []
    for i, record in enumerate(records.ravel()):
        fields = list(_fields(record, field_delim.encode(), use_quote_delim))
        if select_cols:
            fields = [field for n, field in enumerate(fields) if n in select_cols]
        if len(fields) != len(OUT_TYPE):
            raise ValueError(f"Expect {len(OUT_TYPE)} fields but have {len(fields)} in record {i}")
        rows.append(fields)
    columns = []
    for n, (dtype, default) in enumerate(zip(OUT_TYPE, record_defaults)):
        values = [_cell(row[n], dtype, default, na_value.encode(), n, i) for i, row in enumerate(rows)]
        kind = object if dtype == string else dtype.as_numpy_dtype
        columns.append(np.array([*values, None], object)[:-1].astype(kind).reshape(records.shape))
    return tuple(columns)


def _cell(field: bytes, dtype: DType, default: np.ndarray, na_value: bytes, n: int, i: int) -> object:
    if not field or field == na_value:
        if not default.size:
            raise ValueError(f"Field {n} is required but missing in record {i}!")
        return default.ravel()[0]
    if dtype == string:
        return field
    try:
        return parsed_number(field, dtype)
    except ValueError:
        raise ValueError(f"Field {n} in record {i} is not a valid {type_name(dtype)}: {field.decode()}") from None


def parsed_number(text: bytes, dtype: DType) -> object:
    """Return the number of `dtype` that `text` spells.

    Raises:
      ValueError: if it spells none, or one out of range.
    """
    text = text.strip()
    if b"_" in text:
        raise ValueError(text)
    kind = dtype.as_numpy_dtype
    if dtype.is_floating:
        with np.errstate(over="ignore"):  # what is too large is infinite
            return kind(float.fromhex(text.decode()) if text.lstrip(b"+-").lower().startswith(b"0x") else float(text))
    number = int(text)
    if not np.iinfo(kind).min <= number <= np.iinfo(kind).max:
        raise ValueError(text)
    return kind(number)


def _fields(record: bytes, delimiter: bytes, quotes: object) -> Iterator[bytes]:
    """The fields of one line; a quoted one may hold delimiters, and a quote written twice."""
    at = 0
    while True:
        if quotes and record[at:at + 1] == b'"':
            field, at = _quoted(record, at + 1, delimiter)
        else:
            end = record.find(delimiter, at)
            end = len(record) if end < 0 else end
            field, at = record[at:end], end
            if quotes and any(mark in field for mark in (b'"', b"\n", b"\r")):
                raise ValueError("Unquoted fields cannot have quotes/CRLFs inside")
        yield field
        if at >= len(record):
            return
        at += 1


def _quoted(record: bytes, at: int, delimiter: bytes) -> tuple[bytes, int]:
    field = b""
    while True:
        end = record.find(b'"', at)
        if end < 0:
            raise ValueError("Quoted field has to end with quote followed by delim or end")
        field += record[at:end]
        if record[end + 1:end + 2] != b'"':
            if end + 1 < len(record) and record[end + 1:end + 2] != delimiter:
                raise ValueError("Quote inside a string has to be escaped by another quote")
            return field, end + 1
        field, at = field + b'"', end + 2


@op("SerializeTensor", "tensor: T -> serialized: string", lambda op: [()], host=True, T=ANY)
def serialize_tensor(tensor):
    """The tensor as a serialized `TensorProto`."""
    message = array_proto(tensor)
    if tensor.dtype != object and not message.tensor_content and tensor.size:
        message = proto("TensorProto")(dtype=message.dtype, tensor_shape=message.tensor_shape,
                                       tensor_content=tensor.tobytes())
    return np.array(message.SerializeToString(), object)


@op("ParseTensor", "serialized: string -> output: out_type", None, host=True, out_type=ANY)
def parse_tensor(serialized, *, out_type):
    """The tensor of a serialized `TensorProto`."""
    try:
        message = proto("TensorProto").FromString(serialized.item())
    except Exception as error:
        raise ValueError(f"Could not parse `serialized` as TensorProto: '{serialized.item().decode()}'") from error
    if message.dtype != out_type.as_datatype_enum:
        raise ValueError(f"Type mismatch between parsed tensor ({type_name(DType(message.dtype))}) and dtype "
                         f"({type_name(out_type)})")
    return make_ndarray(message)


not_differentiable(decode_raw, decode_compressed, serialize_tensor, parse_tensor)
