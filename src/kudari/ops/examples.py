"""Ops that read `tf.train.Example` and `tf.train.SequenceExample` messages."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..dtypes import DType, TypeSet, float32, int64, string
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, with_rank
from ..op.signature import Attr, required, types
from ..op.summary import type_name
from ..protos import proto
from ..shape import Shape

_HELD = TypeSet((float32, int64, string))
_KINDS = {"float_list": float32, "int64_list": int64, "bytes_list": string}
_FIELDS = {dtype.as_datatype_enum: field for field, dtype in _KINDS.items()}


class Place(NamedTuple):
    """Where a feature is, for messages: `named` is the start of one, `at()` what comes before the complaint."""

    named: str
    at: Callable[[], str]


def _message(kind: str, data: bytes) -> Any:
    try:
        return proto(kind).FromString(data)
    except Exception as error:
        text = data.decode("utf-8", "backslashreplace")
        raise ValueError(f"Could not parse example input, value: '{text}'") from error


def _values(feature: Any) -> tuple[DType | None, Any]:
    """The type and the values of a feature; `None` for one that is not there."""
    kind = None if feature is None else feature.WhichOneof("kind")
    if kind is None:
        return None, ()
    return _KINDS[kind], getattr(feature, kind).value[:]


def _array(values: Sequence, dtype: DType) -> np.ndarray:
    if dtype == string:
        array = np.empty(len(values), object)
        array[:] = values
        return array
    return np.array(values, dtype.as_numpy_dtype)


def _sparse_values(feature: Any, dtype: DType, place: Place) -> np.ndarray:
    found, values = _values(feature)
    if found is not None and found is not dtype:
        raise ValueError(f"{place.at()}Data types don't match. Expected type: {type_name(dtype)}, Actual type: "
                         f"{type_name(found)}")
    return _array(values, dtype)


def _dense_values(feature: Any, key: str, dtype: DType, shape: tuple, default: np.ndarray, place: Place) -> np.ndarray:
    """The values of a dense feature: of `shape`, or of its rows if its first size is not known."""
    found, values = _values(feature)
    is_open = bool(shape) and shape[0] is None
    if found is None:
        if is_open:
            return _array((), dtype).reshape(0, *shape[1:])
        if not default.size and math.prod(shape):
            raise ValueError(f"{place.named}Feature: {key} (data type: {type_name(dtype)}) is required but could not be "
                             "found.")
        return np.asarray(default).reshape(shape)
    if found is not dtype:
        raise ValueError(f"{place.at()}Data types don't match. Data type: {type_name(found)} but expected type: "
                         f"{type_name(dtype)}")
    array = _array(values, dtype)
    if is_open:
        if array.size % math.prod(shape[1:]):
            raise ValueError(f"{place.at()}Number of {type_name(dtype)} values is not a multiple of stride length. Saw "
                             f"{array.size} values but output shape is: {brackets(shape)}")
        return array.reshape(-1, *shape[1:])
    if array.size != math.prod(shape):
        raise ValueError(f"{place.at()}Number of {type_name(dtype)} values != expected.  Values size: {array.size} but "
                         f"output shape: {brackets(shape)}")
    return array.reshape(shape)


def _plain_values(features: Sequence[Any], dtype: DType, shape: tuple) -> np.ndarray | None:
    """The values of dense features, one after the other, if all are there as they should be; `None` if one is not."""
    size = 0 if None in shape else math.prod(shape)
    if not size or None in features:
        return None
    field = _FIELDS[dtype.as_datatype_enum]
    found = [getattr(feature, field).value for feature in features]  # empty if it holds another kind
    if any(len(values) != size for values in found):
        return None
    return _array(found[0][:] if len(found) == 1 else [value for values in found for value in values], dtype)


def _texts(keys: Sequence[Any]) -> list[str]:
    return [key.item().decode() if isinstance(key, np.ndarray) else key for key in keys]


def _stacked(rows: list[np.ndarray], shape: tuple, default: np.ndarray) -> np.ndarray:
    if not shape or shape[0] is not None:
        return np.stack(rows) if rows else np.empty((0, *shape), default.dtype)
    longest = max((len(row) for row in rows), default=0)
    padded = np.full((len(rows), longest, *shape[1:]), default.item() if default.size else None, default.dtype)
    for i, row in enumerate(rows):
        padded[i, :len(row)] = row
    return padded


def _sparse(rows: list[np.ndarray], dtype: DType) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows of different lengths as indices, values and shape."""
    indices = np.array([(i, j) for i, row in enumerate(rows) for j in range(len(row))], np.int64).reshape(-1, 2)
    values = np.concatenate([_array((), dtype), *rows])
    return indices, values, np.array([len(rows), max(map(len, rows), default=0)], np.int64)


def _ragged(op: Operation, types_attr: str) -> tuple[list[Shape], list[Shape], list[Shape]]:
    count = len(op[types_attr])
    return [(None, 2)] * count, [(None,)] * count, [(2,)] * count


def _batch_shapes(op: Operation) -> list[Shape]:
    batch, = with_rank(op, op.inputs[0], 1)
    indices, values, shapes = _ragged(op, "sparse_types")
    dense: list[Shape] = [(batch, *(shape or ())) for shape in op["dense_shapes"]]
    return [*indices, *values, *shapes, *dense]


@op("ParseExample", "serialized: string, names: string, sparse_keys: Nsparse*string, dense_keys: Ndense*string, "
    "dense_defaults: Tdense[] -> sparse_indices: Nsparse*int64, sparse_values: sparse_types[], "
    "sparse_shapes: Nsparse*int64, dense_values: Tdense[]", _batch_shapes, host=True,
    sparse_types=required("list(type)", _HELD), Tdense=types(allowed=_HELD), dense_shapes=required("list(shape)"))
def parse_example(serialized, names, sparse_keys, dense_keys, dense_defaults, *, sparse_types, dense_shapes, Tdense):
    """The features of a vector of examples: sparse ones with a row for each example, dense ones stacked."""
    examples = [_message("Example", data).features.feature for data in serialized]
    starts = [f"Name: {names[i].decode() if len(names) else '<unknown>'}, " for i in range(len(examples))]

    def place(key: str, i: int) -> Place:
        return Place(starts[i], lambda: f"{starts[i]}Key: {key}, Index: {i}.  ")

    def column(key: str) -> list[Any]:
        return [features.get(key, None) for features in examples]

    sparse = [_sparse([_sparse_values(f, dtype, place(key, i)) for i, f in enumerate(column(key))], dtype)
              for key, dtype in zip(_texts(sparse_keys), sparse_types)]
    def dense_column(key: str, dtype: DType, shape: tuple, default: np.ndarray) -> np.ndarray:
        found = column(key)
        array = _plain_values(found, dtype, shape)
        if array is not None:
            return array.reshape(len(found), *shape)
        return _stacked([_dense_values(f, key, dtype, shape, default, place(key, i)) for i, f in enumerate(found)], shape,
                        default)

    dense = list(map(dense_column, _texts(dense_keys), Tdense, dense_shapes, dense_defaults))
    return (*(part for i in range(3) for part in (entry[i] for entry in sparse)), *dense)


def _single_shapes(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[0], 0)
    count = len(op["sparse_types"])
    dense: list[Shape] = list(op["dense_shapes"])
    return [*[(None, 1)] * count, *[(None,)] * count, *[(1,)] * count, *dense]


@op("ParseSingleExample", "serialized: string, dense_defaults: Tdense[] -> sparse_indices: num_sparse*int64, "
    "sparse_values: sparse_types[], sparse_shapes: num_sparse*int64, dense_values: Tdense[]", _single_shapes, host=True,
    sparse_keys=required("list(string)"), dense_keys=required("list(string)"),
    sparse_types=required("list(type)", _HELD), Tdense=types(allowed=_HELD), dense_shapes=required("list(shape)"))
def parse_single_example(serialized, dense_defaults, *, sparse_keys, dense_keys, sparse_types, dense_shapes, Tdense):
    """The features of one example: sparse ones as sparse vectors, dense ones in their shapes."""
    features = _message("Example", serialized.item()).features.feature
    sparse = [_sparse_values(_get(features, key), dtype, _of_example(key))
              for key, dtype in zip(_texts(sparse_keys), sparse_types)]
    dense = []
    for key, dtype, shape, default in zip(_texts(dense_keys), Tdense, dense_shapes, dense_defaults):
        feature = features.get(key, None)
        array = _plain_values([feature], dtype, shape)
        if array is not None:
            dense.append(array.reshape(shape))
            continue
        try:
            dense.append(_dense_values(feature, key, dtype, shape, default, _of_example(key)))
        except ValueError as error:
            if "Number of" in str(error):
                raise ValueError(f"Key: {key}.  Can't parse serialized Example.") from error
            raise
    return (*(np.arange(len(v), dtype=np.int64)[:, None] for v in sparse), *sparse,
            *(np.array([len(v)], np.int64) for v in sparse), *dense)


def _of_example(key: str) -> Place:
    return Place("", lambda: f"Key: {key}.  ")


def _get(features: Any, key: str) -> Any:
    return features.get(key, None)


def _sequence_shapes(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[0], 0)
    count = len(op["context_sparse_types"])
    dense: list[Shape] = list(op["context_dense_shapes"])
    lists: list[Shape] = [(None, *(shape or ())) for shape in op["feature_list_dense_shapes"]]
    indices, values, shapes = _ragged(op, "feature_list_sparse_types")
    return [*[(None, 1)] * count, *[(None,)] * count, *[(1,)] * count, *dense, *indices, *values, *shapes, *lists]


_NONE: list = []


@op("ParseSingleSequenceExample", "serialized: string, feature_list_dense_missing_assumed_empty: string, "
    "context_sparse_keys: Ncontext_sparse*string, context_dense_keys: Ncontext_dense*string, "
    "feature_list_sparse_keys: Nfeature_list_sparse*string, feature_list_dense_keys: Nfeature_list_dense*string, "
    "context_dense_defaults: Tcontext_dense[], debug_name: string -> context_sparse_indices: Ncontext_sparse*int64, "
    "context_sparse_values: context_sparse_types[], context_sparse_shapes: Ncontext_sparse*int64, "
    "context_dense_values: Tcontext_dense[], feature_list_sparse_indices: Nfeature_list_sparse*int64, "
    "feature_list_sparse_values: feature_list_sparse_types[], feature_list_sparse_shapes: Nfeature_list_sparse*int64, "
    "feature_list_dense_values: feature_list_dense_types[]", _sequence_shapes, host=True,
    Ncontext_sparse=0, Ncontext_dense=0, Nfeature_list_sparse=0, Nfeature_list_dense=0,
    context_sparse_types=Attr("list(type)", _NONE, _HELD), Tcontext_dense=Attr("list(type)", _NONE, _HELD),
    feature_list_dense_types=Attr("list(type)", _NONE, _HELD), context_dense_shapes=Attr("list(shape)", _NONE),
    feature_list_sparse_types=Attr("list(type)", _NONE, _HELD), feature_list_dense_shapes=Attr("list(shape)", _NONE))
def parse_single_sequence_example(serialized, feature_list_dense_missing_assumed_empty, context_sparse_keys,
                                  context_dense_keys, feature_list_sparse_keys, feature_list_dense_keys,
                                  context_dense_defaults, debug_name, *, context_sparse_types, Tcontext_dense,
                                  context_dense_shapes, feature_list_sparse_types, feature_list_dense_types,
                                  feature_list_dense_shapes):
    """The context and the feature lists of one sequence example; the latter with one row for each step."""
    message = _message("SequenceExample", serialized.item())
    name = debug_name.item().decode() if debug_name.size else ""
    start = f"Name: {name or '<unknown>'}, "
    context, lists = message.context.feature, message.feature_lists.feature_list

    def of_context(key: str) -> Place:
        return Place(start, lambda: f"{start}Context feature: {key}.  ")

    sparse = [_sparse_values(_get(context, key), dtype, of_context(key))
              for key, dtype in zip(_texts(context_sparse_keys), context_sparse_types)]
    dense = [_dense_values(_get(context, key), key, dtype, shape, default, of_context(key))
             for key, dtype, shape, default in zip(_texts(context_dense_keys), Tcontext_dense, context_dense_shapes,
                                                   context_dense_defaults)]
    ragged = [_sparse([_sparse_values(f, dtype, _step(start, key, i)) for i, f in enumerate(_steps(lists, key))], dtype)
              for key, dtype in zip(_texts(feature_list_sparse_keys), feature_list_sparse_types)]
    may_miss = {key.decode() for key in feature_list_dense_missing_assumed_empty.ravel()}
    stacked = [_stacked_steps(lists, key, dtype, shape, start, may_miss)
               for key, dtype, shape in zip(_texts(feature_list_dense_keys), feature_list_dense_types,
                                            feature_list_dense_shapes)]
    return (*(np.arange(len(v), dtype=np.int64)[:, None] for v in sparse), *sparse,
            *(np.array([len(v)], np.int64) for v in sparse), *dense,
            *(part for i in range(3) for part in (entry[i] for entry in ragged)), *stacked)


def _step(start: str, key: str, i: int) -> Place:
    return Place(start, lambda: f"{start}Feature list: {key}, Index: {i}.  ")


def _steps(lists: Any, key: str) -> list[Any]:
    return list(lists[key].feature) if key in lists else []


def _stacked_steps(lists: Any, key: str, dtype: DType, shape: tuple, start: str, may_miss: set[str]) -> np.ndarray:
    if key not in lists and key not in may_miss:
        raise ValueError(f"{start}Feature list '{key}' is required but could not be found.  Did you mean to include it in "
                         "feature_list_dense_missing_assumed_empty or feature_list_dense_defaults?")
    nothing = _array((), dtype)
    rows = [_dense_values(f, key, dtype, shape, nothing, _step(start, key, i)) for i, f in enumerate(_steps(lists, key))]
    return _stacked(rows, shape, nothing)


not_differentiable(parse_example, parse_single_example, parse_single_sequence_example)
