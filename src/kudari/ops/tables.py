"""Lookup tables: what maps keys to values, kept by a session and used in Python."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from .. import errors
from ..dtypes import ANY, DType, string
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.signature import Attr, required
from ..op.summary import type_name
from ..shape import Shape
from .decoding import parsed_number

_WHOLE_LINE, _LINE_NUMBER = -2, -1


class Table:
    """The keys and values of one table.

    Args:
      key_dtype: of the keys.
      value_dtype: of the values.
      is_fixed: whether it is filled once, before it is used.
    """

    def __init__(self, key_dtype: DType, value_dtype: DType, is_fixed: bool):
        self.key_dtype, self.value_dtype, self.is_fixed = key_dtype, value_dtype, is_fixed
        self.held: dict[Any, Any] = {}
        self.is_ready = not is_fixed

    def find(self, keys: np.ndarray, default: np.ndarray) -> np.ndarray:
        """Return the value of each key, the default where there is none."""
        self.must_be_ready()
        found = [self.held.get(key, default) for key in keys.ravel().tolist()]
        if self.value_dtype == string and not default.ndim:
            return np.array([*(v.item() if isinstance(v, np.ndarray) else v for v in found), None],
                            object)[:-1].reshape(keys.shape)
        return np.array(found, default.dtype).reshape((*keys.shape, *default.shape))

    def fill(self, keys: np.ndarray, values: np.ndarray) -> None:
        """Set the value of each key.

        Raises:
          FailedPreconditionError: if a fixed table would change.
        """
        pairs = zip(keys.ravel().tolist(), values.reshape(keys.size, *values.shape[keys.ndim:]))
        if not self.is_fixed:
            self.held.update(pairs)
            return
        if self.is_ready:
            return
        for key, value in pairs:
            old = self.held.setdefault(key, value)
            if old != value:
                raise errors.FailedPreconditionError(
                    None, None, f"HashTable has different value for same key. Key {_text(key)} has {_text(old)} and trying "
                                f"to add value {_text(value)}")
        self.is_ready = True

    def must_be_ready(self) -> None:
        """Raise `FailedPreconditionError` if the table has not been filled."""
        if not self.is_ready:
            raise errors.FailedPreconditionError(None, None, "Table not initialized.")


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


_DTYPES = {"container": "", "shared_name": "", "use_node_name_sharing": False, "key_dtype": required("type", ANY),
           "value_dtype": required("type", ANY)}


def _one(op: Operation) -> list[Shape]:
    return [()]


def _kept_table(kept: dict[str, Any], key_dtype: DType, value_dtype: DType, is_fixed: bool) -> Table:
    return kept.setdefault("table", Table(key_dtype, value_dtype, is_fixed))


def _boxed(table: Table) -> tuple[np.ndarray]:
    box = np.empty((), object)
    box[()] = table
    return (box,)


@op("HashTableV2", "-> table_handle: resource", _one, host=True, stateful=True, **_DTYPES)
def hash_table(*, key_dtype, value_dtype, kept):
    """A table that is filled once."""
    return _boxed(_kept_table(kept, key_dtype, value_dtype, True))


@op("MutableHashTableV2", "-> table_handle: resource", _one, host=True, stateful=True, **_DTYPES)
def mutable_hash_table(*, key_dtype, value_dtype, kept):
    """A table that may change."""
    return _boxed(_kept_table(kept, key_dtype, value_dtype, False))


@op("MutableHashTableOfTensorsV2", "-> table_handle: resource", _one, host=True, stateful=True, **_DTYPES,
    value_shape=Attr("shape", ()))
def mutable_hash_table_of_tensors(*, key_dtype, value_dtype, kept):
    """A table that may change, with vectors for values."""
    return _boxed(_kept_table(kept, key_dtype, value_dtype, False))


def _fill(table_handle: np.ndarray, keys: np.ndarray, values: np.ndarray) -> tuple:
    table_handle.item().fill(keys, values)
    return ()


@op("InitializeTableV2", "table_handle: resource, keys: Tkey, values: Tval ->", None, host=True, stateful=True, Tkey=ANY,
    Tval=ANY)
def initialize_table(table_handle, keys, values):
    """Nothing, after filling a table."""
    return _fill(table_handle, keys, values)


@op("LookupTableImportV2", "table_handle: resource, keys: Tin, values: Tout ->", None, host=True, stateful=True, Tin=ANY,
    Tout=ANY)
def lookup_table_import(table_handle, keys, values):
    """Nothing, after filling a table; of one that may change nothing else is left."""
    table = table_handle.item()
    if not table.is_fixed:
        table.held.clear()
    return _fill(table_handle, keys, values)


@op("LookupTableInsertV2", "table_handle: resource, keys: Tin, values: Tout ->", None, host=True, stateful=True, Tin=ANY,
    Tout=ANY)
def lookup_table_insert(table_handle, keys, values):
    """Nothing, after setting the values of keys."""
    return _fill(table_handle, keys, values)


@op("LookupTableRemoveV2", "table_handle: resource, keys: Tin ->", None, host=True, stateful=True, Tin=ANY)
def lookup_table_remove(table_handle, keys):
    """Nothing, after taking keys out of a table."""
    for key in keys.ravel().tolist():
        table_handle.item().held.pop(key, None)
    return ()


def _value_shape(op: Operation) -> tuple:
    return op.inputs[0].op.attrs.get("value_shape", ())


def _found(op: Operation) -> list[Shape]:
    keys = op.inputs[1].static_shape
    return [None if keys is None else (*keys, *_value_shape(op))]


@op("LookupTableFindV2", "table_handle: resource, keys: Tin, default_value: Tout -> values: Tout", _found,
    host=True, stateful=True, Tin=ANY, Tout=ANY)
def lookup_table_find(table_handle, keys, default_value):
    """The values of keys, the default where there is none."""
    return table_handle.item().find(keys, default_value)


@op("LookupTableSizeV2", "table_handle: resource -> size: int64", _one, host=True, stateful=True)
def lookup_table_size(table_handle):
    """How many keys a table has."""
    table_handle.item().must_be_ready()
    return np.asarray(len(table_handle.item().held), np.int64)


@op("LookupTableExportV2", "table_handle: resource -> keys: Tkeys, values: Tvalues",
    lambda op: [(None,), (None, *_value_shape(op))], host=True, stateful=True, Tkeys=ANY, Tvalues=ANY)
def lookup_table_export(table_handle, *, Tkeys, Tvalues):
    """All keys, and their values."""
    held = table_handle.item().held
    values = list(held.values())
    keys = np.array([*held, None], object)[:-1].astype(Tkeys.as_numpy_dtype)
    if Tvalues == string:
        return keys, np.array([*values, None], object)[:-1]
    return keys, np.array(values, Tvalues.as_numpy_dtype)


@op("InitializeTableFromTextFileV2", "table_handle: resource, filename: string ->", None, host=True, stateful=True,
    key_index=required("int"), value_index=required("int"), vocab_size=-1, delimiter="\t")
def initialize_table_from_text_file(table_handle, filename, *, key_index, value_index, vocab_size, delimiter):
    """Nothing, after filling a table with the lines of a file."""
    table, path = table_handle.item(), filename.item().decode()
    if table.is_ready:
        return ()
    lines = _lines(path, vocab_size)
    keys = [_column(line, i, key_index, delimiter.encode(), table.key_dtype, path) for i, line in enumerate(lines)]
    values = [_column(line, i, value_index, delimiter.encode(), table.value_dtype, path) for i, line in enumerate(lines)]
    if len(set(keys)) != len(keys):
        again = next(key for i, key in enumerate(keys) if key in keys[:i])
        first, second = (values[i] for i in [i for i, key in enumerate(keys) if key == again][:2])
        if first != second:
            raise errors.FailedPreconditionError(
                None, None, f"HashTable has different value for same key. Key {_text(again)} has {_text(first)} and trying "
                            f"to add value {_text(second)}")
    table.held.update(zip(keys, values))
    table.is_ready = True
    return ()


def _lines(path: str, vocab_size: int) -> list[bytes]:
    try:
        with open(path, "rb") as file:
            lines = [line.rstrip(b"\r\n") for line in itertools.islice(file, None if vocab_size < 0 else vocab_size)]
    except OSError as error:
        raise errors.NotFoundError(None, None, f"{path}; {error.strerror}") from error
    if vocab_size > len(lines):
        raise ValueError(f"Invalid vocab_size in {path}: expected {vocab_size} but got {len(lines)}")
    return lines


def _column(line: bytes, number: int, index: int, delimiter: bytes, dtype: DType, path: str) -> Any:
    if index == _LINE_NUMBER:
        return number
    fields = line.split(delimiter) if index >= 0 else [line]
    if max(index, 0) >= len(fields):
        raise ValueError(f"Invalid number of columns in {path} line {number} ({line.decode()}) : expected at least "
                         f"{index + 1} got {len(fields)}")
    text = fields[max(index, 0)]
    if dtype == string:
        return text
    try:
        return np.asarray(parsed_number(text, dtype)).item()
    except ValueError:
        raise ValueError(f"Field {text.decode()} in line {number} is not a valid {type_name(dtype)}.") from None


not_differentiable(hash_table, mutable_hash_table, mutable_hash_table_of_tensors, lookup_table_find, lookup_table_size)
