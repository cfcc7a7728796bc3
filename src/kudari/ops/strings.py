"""Ops on texts, which are bytes: they all run in Python."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

import numpy as np

from ..dtypes import INDEX, TINDEX, TypeSet, bool, complex64, complex128, float32, float64, int8, int16, int32, int64
from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.definition import not_differentiable, op
from ..op.rules import fail, merge_shapes, unchanged, with_rank
from ..op.signature import Attr
from ..shape import Shape
from .decoding import parsed_number

_SHOWN = TypeSet((int8, int16, int32, int64, complex64, complex128, float32, float64, bool))
_PARSED = TypeSet((float32, float64, int32, int64)).with_default(float32)


def each(function: Callable, *arrays: Any) -> np.ndarray:
    """Return the array of what `function` returns for each element, or each few at the same place."""
    shape = np.broadcast_shapes(*(np.shape(array) for array in arrays))
    flat = [np.broadcast_to(array, shape).ravel() for array in arrays]
    return texts([function(*items) for items in zip(*flat)]).reshape(shape)


def texts(items: Any) -> np.ndarray:
    """Return a vector of objects."""
    return np.array([*items, None], object)[:-1]


def _joined_shape(op: Operation) -> list[Shape]:
    shape: Shape = ()
    for tensor in op.inputs:
        if tensor.static_shape is None:
            return [None]
        if tensor.static_shape:
            shape = merge_shapes(op, shape, tensor.static_shape) if shape else tensor.static_shape
    return [shape]


@op("StringJoin", "inputs: N*string -> output: string", _joined_shape, host=True, separator="")
def string_join(inputs, *, separator):
    """The elements at each place joined; scalars stand for any shape."""
    shapes = [array.shape for array in inputs if array.ndim]
    for shape in shapes[1:]:
        if shape != shapes[0]:
            raise ValueError(f"Input shapes do not match: {_brackets(shapes[0])} vs. {_brackets(shape)}")
    return each(lambda *items: separator.encode().join(items), *inputs)


def _brackets(shape: tuple) -> str:
    return "[" + ",".join(map(str, shape)) + "]"


@op("StringLower", "input: string -> output: string", unchanged, host=True, encoding="")
def string_lower(input, *, encoding):
    """Texts in lower case: the ASCII letters, or all in the encoding utf-8."""
    return each(_cased(bytes.lower, str.lower, encoding), input)


@op("StringUpper", "input: string -> output: string", unchanged, host=True, encoding="")
def string_upper(input, *, encoding):
    """Texts in upper case: the ASCII letters, or all in the encoding utf-8."""
    return each(_cased(bytes.upper, str.upper, encoding), input)


def _cased(of_bytes: Callable, of_text: Callable, encoding: str) -> Callable:
    return (lambda item: of_text(item.decode()).encode()) if encoding == "utf-8" else of_bytes


@op("StringStrip", "input: string -> output: string", unchanged, host=True)
def string_strip(input):
    """Texts without the white space at both ends."""
    return each(bytes.strip, input)


_UNITS = ("BYTE", "UTF8_CHAR")


@op("StringLength", "input: string -> output: int32", unchanged, host=True, unit=Attr("string", "BYTE", _UNITS))
def string_length(input, *, unit):
    """How many bytes or characters texts have."""
    measure = len if unit == "BYTE" else lambda item: sum(byte & 0xC0 != 0x80 for byte in item)
    return each(measure, input).astype(np.int32)


@op("StringToNumber", "string_tensor: string -> output: out_type", unchanged, host=True, out_type=_PARSED)
def string_to_number(string_tensor, *, out_type):
    """The numbers that texts spell."""
    def number(item: bytes) -> Any:
        try:
            return parsed_number(item, out_type)
        except ValueError:
            raise ValueError(f"StringToNumberOp could not correctly convert string: {item.decode()}") from None

    return each(number, string_tensor).astype(out_type.as_numpy_dtype)


@op("AsString", "input: T -> output: string", unchanged, host=True, T=_SHOWN, precision=-1, scientific=False,
    shortest=False, width=-1, fill="")
def as_string(input, *, precision, scientific, shortest, width, fill):
    """Numbers as texts, in the ways of C's printf."""
    if len(fill) > 1:
        raise ValueError("Fill string must be one or fewer characters")
    if scientific and shortest:
        raise ValueError("Cannot select both scientific and shortest notation")
    places = "" if precision < 0 else f".{precision}"
    form = f"%{fill}{width if width >= 0 else ''}{places}{'e' if scientific else 'g' if shortest else 'f'}"
    kind = input.dtype.kind
    if kind in "biu":
        if precision >= 0:
            raise ValueError(f"precision not supported for datatype {input.dtype.name}")
        if scientific or shortest:
            raise ValueError(f"scientific and shortest format not supported for datatype {input.dtype.name}")
    if kind == "b":
        return each(lambda item: b"true" if item else b"false", input)
    if kind in "iu":
        return each(lambda item: (f"%{fill}{width if width >= 0 else ''}d" % int(item)).encode(), input)
    if kind == "c":
        return each(lambda item: f"({form % item.real},{form % item.imag})".encode(), input)
    return each(lambda item: (form % float(item)).encode(), input)


def _split_shape(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[0], 1)
    return [(None, 2), (None,), (2,)]


_SPARSE = "indices: int64, values: string, shape: int64"


@op("StringSplit", f"input: string, delimiter: string -> {_SPARSE}", _split_shape, host=True, skip_empty=True)
def string_split(input, delimiter, *, skip_empty):
    """Texts cut at each of some characters (between all, if there is none), as a sparse matrix of the parts."""
    marks = delimiter.item()
    rows = [_cut(item, marks) for item in input]
    return _ragged([[part for part in row if part] for row in rows] if skip_empty else rows)


def _cut(item: bytes, marks: bytes) -> list[bytes]:
    if not marks:
        return [item[i:i + 1] for i in range(len(item))]
    for mark in marks[1:]:
        item = item.replace(bytes([mark]), marks[:1])
    return item.split(marks[:1]) if item else []


def _ragged(rows: list[list[bytes]]) -> tuple:
    indices = [(i, j) for i, row in enumerate(rows) for j in range(len(row))]
    return (np.array(indices, np.int64).reshape(-1, 2), texts([part for row in rows for part in row]),
            np.array([len(rows), max(map(len, rows), default=0)], np.int64))


@op("StringSplitV2", f"input: string, sep: string -> {_SPARSE}", _split_shape, host=True, maxsplit=-1)
def string_split_v2(input, sep, *, maxsplit):
    """Texts cut at a text, or at white space if that is empty, as a sparse matrix of the parts."""
    mark = sep.item() or None
    return _ragged([item.split(mark, maxsplit) for item in input])


def _joined_axes(op: Operation) -> list[Shape]:
    shape, axes = op.inputs[0].static_shape, constant_value(op.inputs[1])
    if shape is None or axes is None:
        return [None]
    for axis in axes.ravel():
        if not -len(shape) <= axis < len(shape):
            fail(op, f"Invalid reduction dimension {axis} for input with {len(shape)} dimensions.", known=[1])
    dropped = {int(axis) % len(shape) for axis in axes.ravel()}
    sizes: list[int | None] = [1 if i in dropped else size for i, size in enumerate(shape)]
    return [tuple(size for i, size in enumerate(sizes) if op["keep_dims"] or i not in dropped)]


@op("ReduceJoin", "inputs: string, reduction_indices: int32 -> output: string", _joined_axes, host=True, keep_dims=False,
    separator="")
def reduce_join(inputs, reduction_indices, *, keep_dims, separator):
    """The elements joined along some dimensions, the last of them varying slowest."""
    axes = [int(axis) % inputs.ndim for axis in reduction_indices.ravel()[::-1]]
    if len(set(axes)) != len(axes):
        raise ValueError(f"Duplicate reduction dimension {next(a for a in axes if axes.count(a) > 1)}")
    kept = [i for i in range(inputs.ndim) if i not in axes]
    moved = inputs.transpose([*kept, *axes]).reshape(*[inputs.shape[i] for i in kept], -1)
    rows = moved.reshape(-1, moved.shape[-1])
    shape = [1 if i in axes else size for i, size in enumerate(inputs.shape) if keep_dims or i not in axes]
    return texts([separator.encode().join(row) for row in rows]).reshape(shape)


@op("UnsortedSegmentJoin", "inputs: string, segment_ids: Tindices, num_segments: Tnumsegments -> output: string", None,
    host=True, separator="", Tindices=TINDEX, Tnumsegments=INDEX)
def unsorted_segment_join(inputs, segment_ids, num_segments, *, separator):
    """Row `i` is the rows joined whose segment is `i`."""
    rows = inputs.reshape(segment_ids.size, -1)
    count = int(num_segments)
    joined = [[separator.encode().join(rows[segment_ids.ravel() == i, j]) for j in range(rows.shape[1])]
              for i in range(count)]
    return texts([item for row in joined for item in row]).reshape(count, *inputs.shape[segment_ids.ndim:])


@op("EncodeBase64", "input: string -> output: string", unchanged, host=True, pad=False)
def encode_base64(input, *, pad):
    """Texts in the URL-safe base64 code."""
    return each(lambda item: base64.urlsafe_b64encode(item) if pad else base64.urlsafe_b64encode(item).rstrip(b"="), input)


@op("DecodeBase64", "input: string -> output: string", unchanged, host=True)
def decode_base64(input):
    """Texts from the URL-safe base64 code."""
    def decode(item: bytes) -> bytes:
        bare = item.rstrip(b"=")
        if len(bare) % 4 == 1:
            raise ValueError("Base64 string length cannot be 1 modulo 4.")
        if b"+" in bare or b"/" in bare:
            raise ValueError("Invalid character found in base64.")
        try:
            return base64.b64decode(bare + b"=" * (-len(bare) % 4), b"-_", validate=True)
        except binascii.Error:
            raise ValueError("Invalid character found in base64.") from None

    return each(decode, input)


not_differentiable(string_join, string_split, string_split_v2, reduce_join, as_string, encode_base64, decode_base64,
                   string_to_number)
