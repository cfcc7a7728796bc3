"""Data sets of the rows of files of comma-separated values, of parsed examples, and of what an SQL query gives."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import numpy as np

from .. import errors
from ..dtypes import DType, TypeSet, float32, float64, int32, int64, string
from ..op.definition import op
from ..op.rules import scalar
from ..op.signature import required, types
from ..op.summary import type_name
from .datasets import OUTPUTS, _source
from .decoding import parsed_number
from .examples import parse_example
from .pipeline.files import opened, paths
from .pipeline.source import Element, Pull, Run, Source, boxed, components

_CELLS = TypeSet((float32, float64, int32, int64, string))


@op("CSVDataset", "filenames: string, compression_type: string, buffer_size: int64, header: bool, "
    "field_delim: string, use_quote_delim: bool, na_value: string, select_cols: int64, record_defaults: output_types[] -> "
    "handle: variant", scalar, host=True, stateful=True, output_types=types(allowed=_CELLS),
    output_shapes=required("list(shape)"))
def csv_dataset(filenames, compression_type, buffer_size, header, field_delim, use_quote_delim, na_value,
                             select_cols, record_defaults, *, output_types):
    """The rows of files, each a tuple of its cells."""
    if len(field_delim.item()) != 1:
        raise errors.InvalidArgumentError(None, None, "field_delim should be only 1 char")
    chosen = select_cols.tolist()
    if chosen != sorted(set(chosen)):
        raise errors.InvalidArgumentError(None, None, "select_cols should be strictly increasing indices")
    if chosen and chosen[0] < 0:
        raise errors.InvalidArgumentError(None, None, "select_cols should be non-negative indices")
    return _source(_rows, (), paths(filenames), compression_type.item(), bool(header), field_delim.item(),
                   bool(use_quote_delim), na_value.item(), chosen, list(record_defaults), output_types)


def _rows(run: Run, names: list[str], compression: bytes, header: bool, delimiter: bytes, quotes: bool, na_value: bytes,
          chosen: list[int], defaults: list[np.ndarray], dtypes: list[DType]) -> Pull:
    rest = iter(names)
    records: Iterator[list[bytes] | Exception] = iter(())

    def following() -> Element:
        nonlocal records
        while True:
            fields = next(records, None)
            if isinstance(fields, Exception):
                raise fields
            if fields is not None:
                fields = _chosen(fields, chosen) if chosen else fields
                _must_be_as_many(fields, len(dtypes))
                return tuple(_cell(field, dtype, default, na_value, i)
                             for i, (field, dtype, default) in enumerate(zip(fields, dtypes, defaults)))
            with opened(next(rest), compression) as file:
                records = _records(file.read(), delimiter, quotes)
            if header and next(records, None) is None:
                raise errors.InvalidArgumentError(None, None, "Can't read header of file")

    return following


def _chosen(fields: list[bytes], chosen: list[int]) -> list[bytes]:
    return [fields[i] for i in chosen if i < len(fields)]


def _must_be_as_many(fields: list[bytes], wanted: int) -> None:
    if len(fields) != wanted:
        found = str(len(fields)) if len(fields) < wanted else "more"
        raise errors.InvalidArgumentError(None, None, f"Expect {wanted} fields but have {found} in record")


def _records(content: bytes, delimiter: bytes, quotes: bool) -> Iterator[list[bytes] | Exception]:
    """The cells of each row; an error for one that is not written as it must be. Cells in quotes may hold ends of lines."""
    plain_end = re.compile(b"[\n\r" + re.escape(delimiter) + b"]")
    at = 0
    while at < len(content):
        fields: list[bytes] = []
        try:
            is_over = False
            while not is_over:
                if quotes and content[at:at + 1] == b'"':
                    field, at = _quoted(content, at + 1, delimiter)
                else:
                    field, at = _unquoted(content, at, plain_end, quotes)
                fields.append(field)
                is_over = content[at:at + 1] != delimiter
                at += 2 if content[at:at + 2] == b"\r\n" else 1
            yield fields
        except ValueError as error:
            end = content.find(b"\n", at)
            at = len(content) if end < 0 or str(error) == _UNCLOSED else end + 1
            yield errors.InvalidArgumentError(None, None, str(error))


_UNCLOSED = "Reached end of file without closing quoted field in record"


def _unquoted(content: bytes, at: int, plain_end: re.Pattern[bytes], quotes: bool) -> tuple[bytes, int]:
    found = plain_end.search(content, at)
    end = found.start() if found else len(content)
    if quotes and b'"' in content[at:end]:
        raise ValueError("Unquoted fields cannot have quotes inside")
    return content[at:end], end


def _quoted(content: bytes, at: int, delimiter: bytes) -> tuple[bytes, int]:
    field, is_well = b"", True
    while True:
        end = content.find(b'"', at)
        if end < 0:
            raise ValueError(_UNCLOSED)
        field += content[at:end] + b'"'
        after = content[end + 1:end + 2]
        if after in (b"", b"\n", b"\r", delimiter):
            break
        is_well &= after == b'"'
        at = end + 2
    if not is_well:
        raise ValueError("Quote inside a string has to be escaped by another quote")
    return field[:-1], end + 1


def _cell(field: bytes, dtype: DType, default: np.ndarray, na_value: bytes, place: int) -> np.ndarray:
    if not field or field == na_value:
        if not default.size:
            raise errors.InvalidArgumentError(None, None, f"Field {place} is required but missing in record!")
        return boxed(default.ravel()[0]) if dtype == string else np.asarray(default.ravel()[0])
    if dtype == string:
        return boxed(field)
    try:
        return np.asarray(parsed_number(field, dtype))
    except ValueError:
        raise errors.InvalidArgumentError(None, None, f"Field {place} in record is not a valid {type_name(dtype)}: "
                                                      f"{field.decode(errors='replace')}") from None


@op("ParseExampleDataset", "input_dataset: variant, num_parallel_calls: int64, dense_defaults: Tdense[] -> "
    "handle: variant", scalar, host=True, sparse_keys=required("list(string)"), dense_keys=required("list(string)"),
    sparse_types=required("list(type)", TypeSet((float32, int64, string))),
    Tdense=required("list(type)", TypeSet((float32, int64, string))), dense_shapes=required("list(shape)"), **OUTPUTS,
    sloppy=False)
def parse_example_dataset(input_dataset, num_parallel_calls, dense_defaults, *, sparse_keys, dense_keys,
                                       sparse_types, Tdense, dense_shapes):
    """Vectors of serialized examples as their features, those of sparse tensors as three arrays each."""
    return _source(_parsed, input_dataset, list(dense_defaults), list(sparse_keys), list(dense_keys),
                   {"sparse_types": sparse_types, "Tdense": Tdense, "dense_shapes": dense_shapes})


def _parsed(run: Run, source: Source, defaults: list[np.ndarray], sparse_keys: list[Any], dense_keys: list[Any],
            attrs: dict[str, Any]) -> Pull:
    pull, nobody = source.start(run), np.empty(0, object)
    order = sorted(range(len(dense_keys) + len(sparse_keys)), key=lambda i: [*dense_keys, *sparse_keys][i])

    def following() -> Element:
        batch, = components(pull())
        outputs = list(parse_example.lower(batch, nobody, [boxed(key.encode()) for key in sparse_keys],
                                           [boxed(key.encode()) for key in dense_keys], defaults, **attrs))
        count = len(sparse_keys)
        parts = [outputs[i * count:(i + 1) * count] for i in range(3)]
        found = [*outputs[3 * count:], *(_variants(*triple) for triple in zip(*parts))]
        return tuple(found[i] for i in order)

    return following


def _variants(*arrays: np.ndarray) -> np.ndarray:
    box = np.empty(3, object)
    for i, array in enumerate(arrays):
        box[i] = array
    return box


@op("SqlDataset", "driver_name: string, data_source_name: string, query: string -> handle: variant", scalar,
    host=True, stateful=True, **OUTPUTS)
def sql_dataset(driver_name, data_source_name, query, *, output_types):
    """The rows that a query of a database gives."""
    if driver_name.item() != b"sqlite":
        raise errors.InvalidArgumentError(
            None, None, f"The database type, {driver_name.item().decode()}, is not supported by SqlDataset. The set of "
                        "supported databases is: {'sqlite'}.")
    return _source(_answers, (), data_source_name.item().decode(), query.item().decode(), output_types)


def _answers(run: Run, name: str, query: str, dtypes: list[DType]) -> Pull:
    try:
        connection = sqlite3.connect(name, check_same_thread=False)
        run.at_close(connection.close)
        cursor = connection.execute(query)
    except sqlite3.Error as error:
        raise errors.InvalidArgumentError(None, None, f"{name}: {error}: {query}") from None
    if len(cursor.description or ()) != len(dtypes):
        raise errors.InvalidArgumentError(
            None, None, f"The number of columns in query ({len(cursor.description or ())}) must match the number of "
                        f"elements in output_types ({len(dtypes)}).")

    def following() -> Element:
        return tuple(_answer(value, dtype) for value, dtype in zip(next(cursor), dtypes))

    return following


def _answer(value: Any, dtype: DType) -> np.ndarray:
    if dtype == string:
        return boxed(value if isinstance(value, bytes) else b"" if value is None else str(value).encode())
    return np.asarray(0 if value is None else value).astype(dtype.as_numpy_dtype)
