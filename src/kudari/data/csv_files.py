"""Datasets of what files of comma-separated values hold, and of what queries of databases give."""

from __future__ import annotations

import csv
import gzip
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ..dtypes import DType, as_dtype, float32, float64, int32, int64, string
from ..dtypes import bool as bool_type
from ..graph.tensor import Tensor
from ..io.file_access import GFile, glob
from ..op.constant import constant, constant_value
from ..op.convert import convert_to_tensor
from ..ops.forms import node
from . import nest
from .dataset import Dataset
from .readers import _given
from .structure import TensorElement, flat_shapes, flat_types
from .transformations import AUTOTUNE, parallel_interleave, shuffle_and_repeat
from .transformations import ignore_errors as without_errors

_BUFFER = 4 * 1024 * 1024
_TYPES = (float32, float64, int32, int64, string)


def _as_defaults(record_defaults: Any) -> list[Any]:
    """Defaults of columns; a type stands for a column that must be there."""
    def is_type(value: Any) -> bool:
        return not isinstance(value, Tensor | list | np.ndarray) and value in (*_TYPES, *(t.name for t in _TYPES))

    return [constant([], dtype=as_dtype(value)) if is_type(value) else value for value in record_defaults]


class CsvDataset(Dataset):
    """The rows of files of comma-separated values, each a tuple of its cells.

    Args:
      filenames: a text, or a vector of them.
      record_defaults: for each column a type (float32, float64, int32, int64 or string) if it must be there, or a tensor of
        one value to use where it is not.
      compression_type: `""`, `"ZLIB"` or `"GZIP"`.
      buffer_size: accepted.
      header: whether files begin with a line to leave out.
      field_delim: what stands between cells, one character.
      use_quote_delim: whether cells may be in quotes.
      na_value: a text that stands for no value.
      select_cols: the columns to read, in order, by number; all if `None`.
    """

    def __init__(self, filenames: Any, record_defaults: Any, compression_type: Any = None, buffer_size: Any = None,
                 header: Any = False, field_delim: Any = ",", use_quote_delim: Any = True, na_value: Any = "",
                 select_cols: Any = None):
        names = convert_to_tensor(filenames, dtype=string, name="filenames")
        compression = _given("compression_type", compression_type, "", string)
        defaults = [convert_to_tensor(value, name=f"record_defaults_{i}")
                    for i, value in enumerate(_as_defaults(record_defaults))]
        inputs = [_given("buffer_size", buffer_size, _BUFFER, int64),
                  convert_to_tensor(header, dtype=bool_type, name="header"),
                  convert_to_tensor(field_delim, dtype=string, name="field_delim"),
                  convert_to_tensor(use_quote_delim, dtype=bool_type, name="use_quote_delim"),
                  convert_to_tensor(na_value, dtype=string, name="na_value"),
                  _given("select_cols", select_cols, [], int64)]
        element = tuple(TensorElement((), tensor.dtype) for tensor in defaults)
        super().__init__(node("CSVDataset", names, compression, *inputs, defaults,
                              output_shapes=flat_shapes(element)), element)


class SqlDataset(Dataset):
    """The rows that a query gives.

    Args:
      driver_name: `"sqlite"`.
      data_source_name: the path of the database.
      query: the query.
      output_types: the types of the columns, a tuple.
    """

    def __init__(self, driver_name: Any, data_source_name: Any, query: Any, output_types: Any):
        texts = [convert_to_tensor(value, dtype=string, name=name) for name, value in (
            ("driver_name", driver_name), ("data_source_name", data_source_name), ("query", query))]
        element = nest.map_structure(lambda dtype: TensorElement((), dtype), output_types)
        super().__init__(node("SqlDataset", *texts, output_types=flat_types(element),
                              output_shapes=flat_shapes(element)), element)


def make_csv_dataset(file_pattern: Any, batch_size: Any, column_names: Any = None, column_defaults: Any = None,
                     label_name: str | None = None, select_columns: Any = None, field_delim: str = ",",
                     use_quote_delim: bool = True, na_value: str = "", header: bool = True, num_epochs: int | None = None,
                     shuffle: bool = True, shuffle_buffer_size: int = 10000, shuffle_seed: int | None = None,
                     prefetch_buffer_size: int | None = None, num_parallel_reads: int | None = None, sloppy: bool = False,
                     num_rows_for_inference: int | None = 100, compression_type: Any = None,
                     ignore_errors: bool = False) -> Dataset:
    """Return a dataset of batches of the rows of files of comma-separated values, as dictionaries by columns.

    Args:
      file_pattern: of the files, or a list of patterns.
      batch_size: how many rows a batch has.
      column_names: the names of the columns; the files' first lines if `None`.
      column_defaults: types or defaults, as of `CsvDataset`; found out from the first rows if `None`.
      label_name: the column that comes apart, as the second part of an element.
      select_columns: names or numbers of the columns to read; all if `None`.
      field_delim: what stands between cells, one character.
      use_quote_delim: whether cells may be in quotes.
      na_value: a text that stands for no value.
      header: whether files begin with a line of names.
      num_epochs: how many passes are made, for ever if `None`; then the last batch of a pass is completed by the next.
      shuffle: whether files and rows are shuffled.
      shuffle_buffer_size: how many rows are in hand to choose from.
      shuffle_seed: of the choices.
      prefetch_buffer_size: how many batches to prepare.
      num_parallel_reads: how many files are read in turn, 1 if `None`.
      sloppy: accepted: the order never varies here.
      num_rows_for_inference: how many rows are looked at for the types of columns, all if `None`.
      compression_type: `""`, `"ZLIB"` or `"GZIP"`.
      ignore_errors: whether rows that cannot be read are left out.

    Raises:
      ValueError: if there are no files, or the columns do not fit them.
    """
    names = file_names(file_pattern)
    whole = Dataset.from_tensor_slices(names)
    if shuffle:
        whole = whole.shuffle(len(names), shuffle_seed)
    columns = _Columns(names, field_delim, use_quote_delim, na_value, header, compression_type)
    all_names = columns.names() if column_names is None else list(column_names)
    if len(all_names) != len(set(all_names)):
        raise ValueError("Cannot have duplicate column names.")
    chosen = None if select_columns is None else _places(list(select_columns), all_names)
    if column_defaults is None:
        defaults = columns.defaults(len(all_names), num_rows_for_inference, chosen)
    else:
        defaults = _as_defaults(column_defaults)
    if chosen is not None and len(defaults) != len(chosen):
        raise ValueError("If specified, column_defaults and select_columns must have same length.")
    read = all_names if chosen is None else [all_names[i] for i in chosen]
    if label_name is not None and label_name not in read:
        raise ValueError("`label_name` provided must be one of the columns.")

    def rows_of(name: Tensor) -> Dataset:
        rows = CsvDataset(name, defaults, field_delim=field_delim, use_quote_delim=use_quote_delim, na_value=na_value,
                          select_cols=chosen, header=header, compression_type=compression_type)
        return rows.apply(without_errors()) if ignore_errors else rows

    def named(*cells: Any) -> Any:
        features = OrderedDict(zip(read, cells))
        return features if label_name is None else (features, features.pop(label_name))

    rows = in_turn(whole, rows_of, 1 if num_parallel_reads is None else num_parallel_reads, sloppy)
    rows = shuffled_and_repeated(rows, num_epochs, shuffle, shuffle_buffer_size, shuffle_seed)
    batches = rows.batch(batch_size, drop_remainder=num_epochs is None).map(named)
    return batches.prefetch(AUTOTUNE if prefetch_buffer_size is None else prefetch_buffer_size)


def file_names(pattern: Any) -> list[str]:
    """Return the files of a pattern, or of a list of patterns, in order.

    Raises:
      ValueError: if there are none.
    """
    if isinstance(pattern, list) and not pattern:
        raise ValueError("File pattern is empty.")
    found = [name for each in (pattern if isinstance(pattern, list) else [pattern]) for name in glob(each)]
    if not found:
        raise ValueError(f"No files match {pattern}.")
    return sorted(found)


def in_turn(names: Dataset, read: Callable[[Tensor], Dataset], count: int, sloppy: bool) -> Dataset:
    """Return the elements of what is read for each name, of `count` names in turn."""
    if count == AUTOTUNE:
        return names.interleave(read, num_parallel_calls=count)
    return names.apply(parallel_interleave(read, cycle_length=count, sloppy=sloppy))


def shuffled_and_repeated(rows: Dataset, num_epochs: int | None, shuffle: bool, size: int, seed: int | None) -> Dataset:
    """Return the elements of several passes, shuffled if they are to be."""
    if num_epochs != 1 and shuffle:
        return rows.apply(shuffle_and_repeat(size, num_epochs, seed))
    if shuffle:
        return rows.shuffle(size, seed)
    return rows if num_epochs == 1 else rows.repeat(num_epochs)


def _places(chosen: list[Any], names: list[str]) -> list[int]:
    places = []
    for each in chosen:
        if isinstance(each, int):
            if not 0 <= each < len(names):
                raise ValueError(f"Column index {each} specified in select_columns out of valid range.")
            places.append(each)
        elif each in names:
            places.append(names.index(each))
        else:
            raise ValueError(f"Value '{each}' specified in select_columns not a valid column index or name.")
    if len(set(places)) != len(places):
        raise ValueError("select_columns contains duplicate columns")
    return sorted(places)


class _Columns:
    """What the files themselves say of their columns."""

    def __init__(self, names: list[str], delimiter: str, quotes: bool, na_value: str, header: bool, compression: Any):
        self._names, self._na_value, self._header, self._compression = names, na_value, header, compression
        self._form: dict[str, Any] = {"delimiter": delimiter, "quoting": csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE}

    def _open(self, name: str) -> Any:
        compression = self._compression
        if isinstance(compression, Tensor):
            compression = constant_value(compression)
            if compression is None:
                raise ValueError("The compression of the files must be known to look at their columns.")
            compression = compression.item().decode()
        if compression in (None, ""):
            return GFile(name, "r")
        if compression == "GZIP":
            return gzip.open(name, "rt")
        reason = " for probing columns" if compression == "ZLIB" else ""
        raise ValueError(f"compression_type ({compression}) is not supported{reason}")

    def names(self) -> list[str]:
        """The names of the columns in the first lines, which must agree."""
        if not self._header:
            raise ValueError("Cannot infer column names without a header line.")
        first: list[str] | None = None
        for name in self._names:
            with self._open(name) as file:
                found = next(csv.reader(file, **self._form), None)
            if found is None:
                raise ValueError(f"Received StopIteration when reading the header line of {name}.  Empty file?")
            if first is not None and found != first:
                raise ValueError("Files have different column names in the header row.")
            first = found
        return first or []

    def _rows(self, count: int) -> Iterator[list[str]]:
        for name in self._names:
            with self._open(name) as file:
                rows = csv.reader(file, **self._form)
                if self._header:
                    next(rows)
                for row in rows:
                    if len(row) != count:
                        raise ValueError("Problem inferring types: CSV row has different number of fields than expected.")
                    yield row

    def defaults(self, count: int, most: int | None, chosen: list[int] | None) -> list[Any]:
        """Zero or an empty text for each column, of the narrowest type that the first rows fit."""
        places = list(range(count)) if chosen is None else chosen
        ranks = [-1] * len(places)
        for number, row in enumerate(self._rows(count)):
            if most is not None and number >= most:
                break
            ranks = [rank if row[place] in ("", self._na_value) else max(rank, _rank(row[place]))
                     for rank, place in zip(ranks, places)]
        types = [_INFERRED[rank] if rank >= 0 else string for rank in ranks]
        return [constant(["" if dtype == string else 0], dtype=dtype) for dtype in types]


_INFERRED: tuple[DType, ...] = (int32, int64, float32, float64, string)


def _rank(text: str) -> int:
    """Where the narrowest type stands in `_INFERRED` that holds what `text` spells."""
    try:
        number = int(text)
    except ValueError:
        pass
    else:
        for rank, bits in enumerate((31, 63)):
            if -(1 << bits) <= number < 1 << bits:
                return rank
    try:
        value = float(text)
    except ValueError:
        return 4
    with np.errstate(over="ignore"):
        return 2 if np.float32(value) < np.inf else 3 if value < np.inf else 4
