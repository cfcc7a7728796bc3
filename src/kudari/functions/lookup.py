"""`tf.lookup.*` and `tf.contrib.lookup.*`: tables from keys to values."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, NamedTuple

from ..dtypes import as_dtype, int64, string
from ..graph.collections import GraphKeys
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..op.sparse_tensor import SparseTensor
from ..ops.control import group_nodes
from ..ops.control import no_op as no_op_node
from ..ops.forms import cast, node, plus
from ..ops.shapes import size_of
from ..shape import TensorShape
from .filling import range as range_of
from .strings import as_string, string_to_hash_bucket, string_to_hash_bucket_fast, string_to_hash_bucket_strong


def tables_initializer(name: str = "init_all_tables") -> Operation:
    """Return an op that fills all tables of the graph.

    Args:
      name: of the op.
    """
    initializers = get_default_graph().get_collection(GraphKeys.TABLE_INITIALIZERS)
    return group_nodes(initializers, name) if initializers else no_op_node(name=name)


def initialize_all_tables(name: str = "init_all_tables") -> Operation:
    """Return an op that fills all tables of the graph: the older name of `tf.tables_initializer`."""
    return tables_initializer(name)


class TextFileIndex:
    """What stands for the place of a column: the number of the line, or all of it."""

    WHOLE_LINE: ClassVar[int] = -2
    LINE_NUMBER: ClassVar[int] = -1


class HasherSpec(NamedTuple):
    """How texts without an id of their own are put into buckets.

    Args:
      hasher: `"fasthash"`, `"legacy"` or `"stronghash"`.
      key: of the last, two integers.
    """

    hasher: str
    key: Any


FastHashSpec = HasherSpec("fasthash", None)


class StrongHashSpec(HasherSpec):
    """The `HasherSpec` of a hash with a key of two integers.

    Raises:
      ValueError: if there are not two.
      TypeError: if they are no integers.
    """

    def __new__(cls, key: Any) -> StrongHashSpec:
        """Check the key."""
        if len(key) != 2:
            raise ValueError(f"key must have size 2, got {len(key)}.")
        if not all(isinstance(part, int) for part in key):
            raise TypeError(f"Invalid key {key}. Must be unsigned integer values.")
        return super().__new__(cls, "stronghash", key)


class TableInitializerBase:
    """What fills a table.

    Args:
      key_dtype: of the keys.
      value_dtype: of the values.
    """

    _shared_name = ""

    def __init__(self, key_dtype: Any, value_dtype: Any):
        self.key_dtype, self.value_dtype = as_dtype(key_dtype).base_dtype, as_dtype(value_dtype).base_dtype

    def initialize(self, table: Any) -> Operation:
        """Return the op that fills `table`.

        Raises:
          TypeError: if the table has other types.
        """
        raise NotImplementedError

    def _check(self, table: Any) -> None:
        if self.key_dtype != table.key_dtype:
            raise TypeError(f"Invalid key dtype, expected {table.key_dtype} but got {self.key_dtype}.")
        if self.value_dtype != table.value_dtype:
            raise TypeError(f"Invalid value dtype, expected {table.value_dtype} but got {self.value_dtype}.")


class KeyValueTensorInitializer(TableInitializerBase):
    """Fills a table from two tensors.

    Args:
      keys: a vector.
      values: as many values.
      key_dtype: of the keys; found from them if `None`.
      value_dtype: of the values; found from them if `None`.
      name: of the scope.
    """

    def __init__(self, keys: Any, values: Any, key_dtype: Any = None, value_dtype: Any = None, name: str | None = None):
        self._keys = convert_to_tensor(keys, dtype=key_dtype, name="keys")
        self._values = convert_to_tensor(values, dtype=value_dtype, name="values")
        self._name = "key_value_init" if name is None else name
        super().__init__(self._keys.dtype, self._values.dtype)

    def initialize(self, table: Any) -> Operation:
        """Return the op that fills `table`."""
        self._check(table)
        with scoped(self._name, self._name, [table.resource_handle, self._keys, self._values]):
            op = node("LookupTableImportV2", table.resource_handle, self._keys, self._values)
        get_default_graph().add_to_collection(GraphKeys.TABLE_INITIALIZERS, op)
        return op


class TextFileInitializer(TableInitializerBase):
    """Fills a table from the lines of a file.

    Args:
      filename: a path.
      key_dtype: of the keys.
      key_index: the column of the keys, or one of `TextFileIndex`.
      value_dtype: of the values.
      value_index: the column of the values, or one of `TextFileIndex`.
      vocab_size: how many lines to read; all if `None`.
      delimiter: between columns.
      name: of the scope.

    Raises:
      ValueError: if an argument does not fit the others.
    """

    def __init__(self, filename: Any, key_dtype: Any, key_index: int, value_dtype: Any, value_index: int,
                 vocab_size: int | None = None, delimiter: str = "\t", name: str | None = None):
        if not isinstance(filename, Tensor) and not filename:
            raise ValueError(f"Filename required for {name}.")
        super().__init__(key_dtype, value_dtype)
        self._check_columns(key_index, value_index, vocab_size)
        with get_default_graph().device("/device:CPU:*"):
            self._filename = convert_to_tensor(filename, dtype=string, name="asset_path")
        self._key_index, self._value_index = key_index, value_index
        self._vocab_size, self._delimiter, self._name = vocab_size, delimiter, name
        size = f"{vocab_size}_" if vocab_size else ""
        self._shared_name = f"hash_table_{filename}_{size}{key_index}_{value_index}"

    def _check_columns(self, key_index: int, value_index: int, vocab_size: int | None) -> None:
        key, value = self.key_dtype, self.value_dtype
        if key_index < -2:
            raise ValueError(f"Invalid key index {key_index}.")
        if key_index == TextFileIndex.LINE_NUMBER and key != int64:
            raise ValueError(f"Signature mismatch. Keys must be dtype {int64}, got {key}.")
        if key_index == TextFileIndex.WHOLE_LINE and not key.is_integer and key != string:
            raise ValueError(f"Signature mismatch. Keys must be integer or string, got {key}.")
        if value_index < -2:
            raise ValueError(f"Invalid value index {value_index}.")
        if value_index == TextFileIndex.LINE_NUMBER and value != int64:
            raise ValueError(f"Signature mismatch. Values must be dtype {int64}, got {value}.")
        if value_index == TextFileIndex.WHOLE_LINE and value != string:
            raise ValueError(f"Signature mismatch. Values must be dtype {string}, got {value}.")
        if vocab_size is not None and vocab_size <= 0:
            raise ValueError(f"Invalid vocab_size {vocab_size}.")

    def initialize(self, table: Any) -> Operation:
        """Return the op that fills `table`."""
        self._check(table)
        with scoped(self._name, "text_file_init", [table.resource_handle]):
            op = node("InitializeTableFromTextFileV2", table.resource_handle, self._filename, self._key_index,
                      self._value_index, -1 if self._vocab_size is None else self._vocab_size, self._delimiter)
        graph = get_default_graph()
        graph.add_to_collection(GraphKeys.TABLE_INITIALIZERS, op)
        if self._filename.op.type == "Const":
            graph.add_to_collection(GraphKeys.ASSET_FILEPATHS, self._filename)
        return op


class TextFileStringTableInitializer(TextFileInitializer):
    """Fills a table from numbers of lines to lines; see `TextFileInitializer`."""

    def __init__(self, filename: Any, key_column_index: int = TextFileIndex.LINE_NUMBER,
                 value_column_index: int = TextFileIndex.WHOLE_LINE, vocab_size: int | None = None, delimiter: str = "\t",
                 name: str = "text_file_string_table_init"):
        super().__init__(filename, int64, key_column_index, string, value_column_index, vocab_size, delimiter, name)


class TextFileIdTableInitializer(TextFileInitializer):
    """Fills a table from lines to numbers of lines; see `TextFileInitializer`."""

    def __init__(self, filename: Any, key_column_index: int = TextFileIndex.WHOLE_LINE,
                 value_column_index: int = TextFileIndex.LINE_NUMBER, vocab_size: int | None = None, delimiter: str = "\t",
                 name: str = "text_file_id_table_init", key_dtype: Any = string):
        super().__init__(filename, key_dtype, key_column_index, int64, value_column_index, vocab_size, delimiter, name)


def _values_of(keys: Any) -> Any:
    return keys.values if isinstance(keys, SparseTensor) else keys


def _like(keys: Any, values: Tensor) -> Any:
    return SparseTensor(keys.indices, values, keys.dense_shape) if isinstance(keys, SparseTensor) else values


def _check_keys(keys: Any, dtype: Any) -> None:
    if keys.dtype.base_dtype != dtype:
        raise TypeError(f"Signature mismatch. Keys must be dtype {dtype}, got {keys.dtype}.")


class StaticHashTable:
    """A table that is filled once, by `initializer` or `tf.tables_initializer()`.

    Args:
      initializer: what fills it, such as a `KeyValueTensorInitializer`.
      default_value: a scalar, the value of keys it does not have.
      name: of the node.
    """

    def __init__(self, initializer: Any, default_value: Any, name: str | None = None):
        self._make(initializer, default_value, initializer._shared_name or f"hash_table_{uuid.uuid4()}", name)

    def _make(self, initializer: Any, default_value: Any, shared_name: str | None, name: str | None) -> None:
        self.key_dtype, self.value_dtype = initializer.key_dtype, initializer.value_dtype
        self.default_value = convert_to_tensor(default_value, dtype=self.value_dtype)
        self.default_value.shape.merge_with(TensorShape([]))
        self.resource_handle = node("HashTableV2", shared_name=shared_name, key_dtype=self.key_dtype,
                                    value_dtype=self.value_dtype, name=name or "hash_table")
        self.name = self.resource_handle.op.name.split("/")[-1]
        self.initializer = initializer.initialize(self)

    @property
    def init(self) -> Operation:
        """The op that fills the table: the older name of `initializer`."""
        return self.initializer

    def size(self, name: str | None = None) -> Tensor:
        """Return how many keys the table has."""
        with scoped(name, f"{self.name}_Size", [self.resource_handle]):
            return node("LookupTableSizeV2", self.resource_handle)

    def lookup(self, keys: Any, name: str | None = None) -> Any:
        """Return the value of each key, the default where there is none.

        Args:
          keys: a tensor or `SparseTensor`.
          name: of the scope.

        Raises:
          TypeError: if the keys are of another type.
        """
        key_tensor = _values_of(keys)
        _check_keys(keys, self.key_dtype)
        with scoped(name, f"{self.name}_Lookup", [self.resource_handle, key_tensor, self.default_value]):
            values = node("LookupTableFindV2", self.resource_handle, key_tensor, self.default_value)
        values.set_shape(key_tensor.shape)
        return _like(keys, values)

    def export(self, name: str | None = None) -> tuple[Tensor, Tensor]:
        """Return all keys and their values."""
        with scoped(name, f"{self.name}_Export", [self.resource_handle]) as scope:
            keys, values = node("LookupTableExportV2", self.resource_handle, Tkeys=self.key_dtype,
                                Tvalues=self.value_dtype, name=scope)
        values.set_shape(keys.shape)
        return keys, values


class HashTable(StaticHashTable):
    """A table that is filled once: `StaticHashTable` with the arguments of `tf.contrib.lookup`.

    Args:
      initializer: what fills it.
      default_value: a scalar, the value of keys it does not have.
      shared_name: recorded.
      name: of the node.
    """

    def __init__(self, initializer: Any, default_value: Any, shared_name: str | None = None, name: str | None = None):
        self._make(initializer, default_value, shared_name, name)


class IdTableWithHashBuckets:
    """A table from texts or integers to ids, with buckets for those that have none of their own.

    Args:
      table: a table with int64 values; `None` if all go into buckets.
      num_oov_buckets: how many buckets.
      hasher_spec: how a key finds its bucket.
      name: of the table.
      key_dtype: of the keys; that of the table if `None`.

    Raises:
      TypeError: if the types do not fit.
      ValueError: if there are neither a table nor buckets.
    """

    def __init__(self, table: Any, num_oov_buckets: int, hasher_spec: Any = FastHashSpec, name: str | None = None,
                 key_dtype: Any = None):
        if table is not None:
            key_dtype = table.key_dtype if key_dtype is None else key_dtype
            _check_id_table(table, key_dtype)
        elif num_oov_buckets <= 0:
            raise ValueError("oov_buckets must be > 0 if no table is supplied.")
        key_dtype = string if key_dtype is None else key_dtype
        if not key_dtype.is_integer and key_dtype != string:
            raise TypeError(f"Invalid key_dtype, expected integer or string, got {key_dtype}.")
        if not isinstance(hasher_spec, HasherSpec):
            raise TypeError(f"hasher_spec must be of type HasherSpec, got {hasher_spec}")
        self._table, self._num_oov_buckets, self._hasher_spec = table, num_oov_buckets, hasher_spec
        self.key_dtype, self.value_dtype = key_dtype, int64
        self.name = ((name or "").rstrip("/") or (table.name if table is not None else "hash_bucket")).split("/")[-1]

    @property
    def initializer(self) -> Operation:
        """The op that fills the table."""
        if self._table is not None:
            return self._table.initializer
        with scoped(None, "init"):
            return no_op_node()

    @property
    def init(self) -> Operation:
        """The op that fills the table: the older name of `initializer`."""
        return self.initializer

    @property
    def resource_handle(self) -> Any:
        """The handle of the table within, or `None`."""
        return None if self._table is None else self._table.resource_handle

    def size(self, name: str | None = None) -> Tensor:
        """Return how many keys and buckets there are."""
        with scoped(name, f"{self.name}_Size"):
            inner = convert_to_tensor(0, dtype=int64) if self._table is None else self._table.size()
            return plus(inner, self._num_oov_buckets)

    def lookup(self, keys: Any, name: str | None = None) -> Any:
        """Return the id or the bucket of each key.

        Args:
          keys: a tensor or `SparseTensor`.
          name: of the scope.

        Raises:
          TypeError: if the keys are of another type.
        """
        _check_keys(keys, self.key_dtype)
        values = _values_of(keys)
        if self._table is not None and self._table.key_dtype == int64:
            values = cast(values, int64)
        if not self._num_oov_buckets:
            return _like(keys, self._table.lookup(values, name=name))
        with scoped(name, f"{self.name}_Lookup"):
            return _like(keys, self._ids(values))

    def _ids(self, values: Tensor) -> Tensor:
        texts = values if values.dtype.base_dtype == string else as_string(values)
        buckets = self._bucket(texts)
        if self._table is None:
            return buckets
        ids = self._table.lookup(values)
        buckets = node("Add", buckets, self._table.size())
        return node("SelectV2", node("NotEqual", ids, self._table.default_value), ids, buckets)

    def _bucket(self, texts: Tensor) -> Tensor:
        count = self._num_oov_buckets
        if self._hasher_spec.hasher == "fasthash":
            return string_to_hash_bucket_fast(texts, count, name="hash_bucket")
        if self._hasher_spec.hasher == "legacy":
            return string_to_hash_bucket(texts, count, name="hash_bucket")
        if self._hasher_spec.hasher == "stronghash":
            return string_to_hash_bucket_strong(texts, count, self._hasher_spec.key, name="hash_bucket")
        raise ValueError(f"Unknown hasher {self._hasher_spec.hasher}")


def _check_id_table(table: Any, key_dtype: Any) -> None:
    if table.key_dtype not in (int64, string):
        raise TypeError(f"Invalid key dtype, expected one of {(int64, string)}, but got {key_dtype}.")
    if table.key_dtype.is_integer != key_dtype.is_integer:
        raise TypeError(f"Invalid key dtype, expected {'integer' if key_dtype.is_integer else 'non-integer'} but got "
                        f"{table.key_dtype}.")
    if table.value_dtype != int64:
        raise TypeError(f"Invalid value dtype, expected {int64} but got {table.value_dtype}.")


class StaticVocabularyTable(IdTableWithHashBuckets):
    """A table from texts or integers to ids, with buckets for those that have none of their own.

    Args:
      initializer: what fills it; `None` if all keys go into buckets.
      num_oov_buckets: how many buckets.
      lookup_key_dtype: of the keys; that of the initializer if `None`.
      name: of the table.

    Raises:
      ValueError: if there are no buckets.
    """

    def __init__(self, initializer: Any, num_oov_buckets: int, lookup_key_dtype: Any = None, name: str | None = None):
        if num_oov_buckets <= 0:
            raise ValueError("oov_buckets must be > 0.")
        table = None if initializer is None else StaticHashTable(initializer, -1)
        super().__init__(table, num_oov_buckets, name=name, key_dtype=lookup_key_dtype)


def _check_oov(num_oov_buckets: int, dtype: Any) -> None:
    if num_oov_buckets < 0:
        raise ValueError(f"num_oov_buckets must be greater or equal than 0, got {num_oov_buckets}.")
    if not dtype.is_integer and dtype.base_dtype != string:
        raise TypeError("Only integer and string keys are supported.")


def index_table_from_file(vocabulary_file: Any = None, num_oov_buckets: int = 0, vocab_size: int | None = None,
                          default_value: Any = -1, hasher_spec: Any = FastHashSpec, key_dtype: Any = string,
                          name: str | None = None, key_column_index: int = TextFileIndex.WHOLE_LINE,
                          value_column_index: int = TextFileIndex.LINE_NUMBER, delimiter: str = "\t") -> Any:
    """Return a table from the lines of a file to their numbers.

    Args:
      vocabulary_file: a path.
      num_oov_buckets: how many buckets for other keys.
      vocab_size: how many lines to read; all if `None`.
      default_value: the id of other keys if there are no buckets.
      hasher_spec: how a key finds its bucket.
      key_dtype: string, or an integer type.
      name: of the scope.
      key_column_index: the column of the keys.
      value_column_index: the column of the values.
      delimiter: between columns.

    Raises:
      ValueError: if the file is not named, or a number is out of range.
    """
    _check_file(vocabulary_file)
    _check_oov(num_oov_buckets, key_dtype)
    if vocab_size is not None and vocab_size < 1:
        raise ValueError(f"vocab_size must be greater than 0, got {vocab_size}. vocabulary_file: {vocabulary_file}")
    with scoped(name, "string_to_index"):
        with scoped(None, "hash_table"):
            initializer = TextFileIdTableInitializer(
                vocabulary_file, vocab_size=vocab_size, key_dtype=int64 if key_dtype.is_integer else key_dtype,
                name="table_init", key_column_index=key_column_index, value_column_index=value_column_index,
                delimiter=delimiter)
            table = StaticHashTable(initializer, default_value)
        return _with_buckets(table, num_oov_buckets, hasher_spec, key_dtype)


def _check_file(vocabulary_file: Any) -> None:
    if vocabulary_file is None or vocabulary_file == "":
        raise ValueError("vocabulary_file must be specified and must not be empty.")


def _with_buckets(table: Any, num_oov_buckets: int, hasher_spec: Any, key_dtype: Any) -> Any:
    if not num_oov_buckets:
        return table
    return IdTableWithHashBuckets(table, num_oov_buckets, hasher_spec=hasher_spec, key_dtype=key_dtype)


def index_table_from_tensor(vocabulary_list: Any, num_oov_buckets: int = 0, default_value: Any = -1,
                            hasher_spec: Any = FastHashSpec, dtype: Any = string, name: str | None = None) -> Any:
    """Return a table from the elements of a vector to their places.

    Args:
      vocabulary_list: a vector of texts or integers.
      num_oov_buckets: how many buckets for other keys.
      default_value: the id of other keys if there are no buckets.
      hasher_spec: how a key finds its bucket.
      dtype: of the keys.
      name: of the scope.

    Raises:
      ValueError: if the list is missing or of another type.
    """
    if vocabulary_list is None:
        raise ValueError("vocabulary_list must be specified.")
    _check_oov(num_oov_buckets, dtype)
    with scoped(name, "string_to_index"):
        keys = convert_to_tensor(vocabulary_list)
        if keys.dtype.is_integer != dtype.is_integer:
            raise ValueError(f"Expected {'integer' if dtype.is_integer else 'non-integer'}, got {keys.dtype}.")
        if not dtype.is_integer and keys.dtype.base_dtype != dtype:
            raise ValueError(f"Expected {dtype}, got {keys.dtype}.")
        values = cast(range_of(size_of(keys)), int64)
        with scoped(None, "hash_table"):
            keys = cast(keys, int64) if keys.dtype.is_integer else keys
            initializer = KeyValueTensorInitializer(keys, values, keys.dtype.base_dtype, int64, name="table_init")
            table = StaticHashTable(initializer, default_value)
        return _with_buckets(table, num_oov_buckets, hasher_spec, dtype)


def index_to_string_table_from_file(vocabulary_file: Any, vocab_size: int | None = None, default_value: Any = "UNK",
                                    name: str | None = None, key_column_index: int = TextFileIndex.LINE_NUMBER,
                                    value_column_index: int = TextFileIndex.WHOLE_LINE, delimiter: str = "\t") -> Any:
    """Return a table from numbers of lines to the lines of a file; see `index_table_from_file`."""
    _check_file(vocabulary_file)
    if vocab_size is not None and vocab_size < 1:
        raise ValueError(f"vocab_size must be greater than 0, got {vocab_size}.")
    with scoped(name, "index_to_string"):
        initializer = TextFileStringTableInitializer(
            vocabulary_file, vocab_size=vocab_size, name="table_init", key_column_index=key_column_index,
            value_column_index=value_column_index, delimiter=delimiter)
        return StaticHashTable(initializer, default_value)


def index_to_string_table_from_tensor(vocabulary_list: Any, default_value: Any = "UNK", name: str | None = None) -> Any:
    """Return a table from places to the texts of a vector.

    Args:
      vocabulary_list: a vector of texts.
      default_value: the text of other places.
      name: of the scope.

    Raises:
      ValueError: if the list is missing.
    """
    if vocabulary_list is None:
        raise ValueError("vocabulary_list must be specified.")
    with scoped(name, "index_to_string"):
        texts = convert_to_tensor(vocabulary_list, dtype=string)
        keys = cast(range_of(size_of(texts)), int64)
        return StaticHashTable(KeyValueTensorInitializer(keys, texts, int64, string, name="table_init"), default_value)


class MutableHashTable:
    """A table that may change while the program runs.

    Args:
      key_dtype: of the keys.
      value_dtype: of the values.
      default_value: the value of keys it does not have: a scalar or a vector.
      name: of the node.
      checkpoint: whether the nodes that a saver would read are made; Kudari's savers do not keep tables.
    """

    def __init__(self, key_dtype: Any, value_dtype: Any, default_value: Any, name: str = "MutableHashTable",
                 checkpoint: bool = True):
        self.key_dtype, self.value_dtype = as_dtype(key_dtype), as_dtype(value_dtype)
        self.default_value = convert_to_tensor(default_value, dtype=value_dtype)
        shape = self.default_value.static_shape
        form = {"value_shape": shape} if shape else {}
        kind = "MutableHashTableOfTensorsV2" if shape else "MutableHashTableV2"
        self.resource_handle = node(kind, key_dtype=self.key_dtype, value_dtype=self.value_dtype, name=name,
                                    use_node_name_sharing=checkpoint, **form)
        self.name = self.resource_handle.op.name.split("/")[-1]
        if checkpoint:
            self.export()  # TensorFlow makes these nodes for its savers

    def _beside(self) -> Any:
        return get_default_graph().colocate_with(self.resource_handle)

    def size(self, name: str | None = None) -> Tensor:
        """Return how many keys the table has."""
        with scoped(name, f"{self.name}_Size", [self.resource_handle]), self._beside():
            return node("LookupTableSizeV2", self.resource_handle)

    def lookup(self, keys: Any, name: str | None = None) -> Tensor:
        """Return the value of each key, the default where there is none."""
        with scoped(name, f"{self.name}_lookup_table_find", [self.resource_handle, keys, self.default_value]):
            keys = convert_to_tensor(keys, dtype=self.key_dtype, name="keys")
            with self._beside():
                return node("LookupTableFindV2", self.resource_handle, keys, self.default_value)

    def insert(self, keys: Any, values: Any, name: str | None = None) -> Operation:
        """Return an op that sets the values of keys."""
        with scoped(name, f"{self.name}_lookup_table_insert", [self.resource_handle, keys, values]):
            keys = convert_to_tensor(keys, dtype=self.key_dtype, name="keys")
            values = convert_to_tensor(values, dtype=self.value_dtype, name="values")
            with self._beside():
                return node("LookupTableInsertV2", self.resource_handle, keys, values)

    def remove(self, keys: Any, name: str | None = None) -> Operation:
        """Return an op that takes keys out of the table.

        Raises:
          TypeError: if the keys are of another type.
        """
        _check_keys(keys, self.key_dtype)
        with scoped(name, f"{self.name}_lookup_table_remove", [self.resource_handle, keys, self.default_value]):
            return node("LookupTableRemoveV2", self.resource_handle, keys)

    def export(self, name: str | None = None) -> tuple[Tensor, Tensor]:
        """Return all keys and their values."""
        with scoped(name, f"{self.name}_lookup_table_export_values", [self.resource_handle]), self._beside():
            keys, values = node("LookupTableExportV2", self.resource_handle, Tkeys=self.key_dtype, Tvalues=self.value_dtype)
            return keys, values


def index_table_from_mapping(mapping: Any, num_oov_buckets: int = 0, default_value: Any = -1,
                             hasher_spec: Any = FastHashSpec, dtype: Any = string, name: str | None = None) -> Any:
    """Return a table as `index_table_from_tensor` does; `tf.contrib.lookup` calls the vector `mapping`."""
    return index_table_from_tensor(mapping, num_oov_buckets, default_value, hasher_spec, dtype, name)


def index_to_string_table_from_mapping(mapping: Any, default_value: str = "UNK", name: str | None = None) -> Any:
    """Return a table as `index_to_string_table_from_tensor` does; `tf.contrib.lookup` calls the vector `mapping`."""
    return index_to_string_table_from_tensor(mapping, default_value, name)
