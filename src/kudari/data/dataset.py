"""`tf.data.Dataset`: sequences of elements as nodes."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np

from ..dtypes import bool as bool_type
from ..dtypes import int32, int64, string, variant
from ..graph.graph import Graph
from ..graph.tensor import Tensor
from ..op.constant import constant, constant_value, constant_value_as_shape
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..op.sparse_tensor import SparseTensor
from ..ops.forms import node
from ..shape import TensorShape, shape_tuple
from . import nest
from .function import Structured, one_shot
from .iterator import Iterator
from .one_shot import check_alone
from .options import Options
from .seeds import dataset_seeds
from .structure import (
    DatasetElement,
    SparseElement,
    TensorElement,
    _datasets,
    flat_shapes,
    flat_types,
    normalized,
    spec_of,
    to_tensors,
)


def _int64(value: Any, name: str) -> Tensor:
    return convert_to_tensor(value, dtype=int64, name=name)


class Dataset:
    """A sequence of elements, each a structure of tensors: tuples, named tuples and dictionaries nested at will.

    Args:
      tensor: a scalar variant, what the last node of the dataset gives.
      element: the structure of an element.
      inputs: the datasets it is made of.
      options: its own options.
    """

    def __init__(self, tensor: Tensor, element: Any, inputs: tuple = (), options: Options | None = None):
        self._variant_tensor, self.element, self._inputs, self._own_options = tensor, element, inputs, options

    @property
    def element_spec(self) -> Any:
        """What is known of an element."""
        return self.element

    @property
    def output_types(self) -> Any:
        """The types of an element's parts."""
        return nest.map_structure(lambda spec: spec if isinstance(spec, DatasetElement) else spec.dtype, self.element)

    @property
    def output_shapes(self) -> Any:
        """The static shapes of an element's parts."""
        return nest.map_structure(lambda spec: spec if isinstance(spec, DatasetElement) else spec.shape, self.element)

    @property
    def output_classes(self) -> Any:
        """What an element's parts are: `tf.Tensor` or `tf.SparseTensor`."""
        return nest.map_structure(lambda spec: spec.kind, self.element)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} shapes: {self.output_shapes}, types: {self.output_types}>"

    @property
    def _graph(self) -> Graph:
        return self._variant_tensor.graph

    def _made(self, type_name: str, element: Any, *inputs: Any, **attrs: Any) -> Dataset:
        """Return the dataset of a node on this one, whose elements are `element`."""
        return Dataset(_node(type_name, element, self._variant_tensor, *inputs, **attrs), element, (self,))

    def options(self) -> Options:
        """Return the options of this dataset and those it is made of."""
        options = Options()
        for dataset in self._inputs:
            options = options.merge(dataset.options())
        return options if self._own_options is None else options.merge(self._own_options)

    def with_options(self, options: Options) -> Dataset:
        """Return this dataset with `options` set."""
        return Dataset(self._variant_tensor, self.element, (self,), options)

    # Sources

    @staticmethod
    def from_tensors(tensors: Any) -> Dataset:
        """Return a dataset of one element.

        Args:
          tensors: the element.
        """
        with scoped(None, "normalize_element"):
            values = normalized(tensors)
        element = nest.map_structure(spec_of, values)
        tensors_in = to_tensors(element, values)
        return Dataset(node("TensorDataset", tensors_in, output_shapes=flat_shapes(element)), element)

    @staticmethod
    def from_tensor_slices(tensors: Any) -> Dataset:
        """Return a dataset of the rows of tensors.

        Args:
          tensors: a structure of tensors of one size in the first dimension.

        Raises:
          ValueError: if the sizes are known and differ.
        """
        with scoped(None, "normalize_element"):
            values = normalized(tensors)
        whole = nest.map_structure(spec_of, values)
        size = TensorShape([None])[0]
        for spec in nest.flatten(whole):
            size.assert_is_compatible_with(spec.shape[0])
            size = size.merge_with(spec.shape[0])
        element = nest.map_structure(lambda spec: spec.unbatched(), whole)
        tensors_in = [node("SerializeManySparse", v.indices, v.values, v.dense_shape, out_type=variant)
                      if isinstance(v, SparseTensor) else v for v in nest.flatten(values)]
        return Dataset(node("TensorSliceDataset", tensors_in, output_shapes=flat_shapes(element)), element)

    @staticmethod
    def from_sparse_tensor_slices(sparse_tensor: SparseTensor) -> Dataset:
        """Return a dataset of the rows of a sparse tensor: their indices, values and shape.

        Raises:
          TypeError: if it is none.
        """
        if not isinstance(sparse_tensor, SparseTensor):
            raise TypeError(f"`sparse_tensor` must be a `tf.SparseTensor` object.Was {sparse_tensor}.")
        rank = sparse_tensor.shape.ndims
        inner = None if rank is None else rank - 1
        element = (TensorElement([None, inner], int64), TensorElement([None], sparse_tensor.dtype),
                   TensorElement([inner], int64))
        return Dataset(node("SparseTensorSliceDataset", sparse_tensor.indices, sparse_tensor.values,
                            sparse_tensor.dense_shape), element)

    @staticmethod
    def range(*args: Any) -> Dataset:
        """Return a dataset of the int64 numbers of a range; the arguments are those of Python's `range`.

        Raises:
          ValueError: if there are none or more than three.
        """
        if not 1 <= len(args) <= 3:
            raise ValueError(f"Invalid arguments to RangeDataset: {args}")
        start, stop, step = (0, *args, 1) if len(args) == 1 else (*args, 1)[:3]
        bounds = [_int64(value, name) for value, name in ((start, "start"), (stop, "stop"), (step, "step"))]
        element = TensorElement((), int64)
        return Dataset(_node("RangeDataset", element, *bounds), element)

    @staticmethod
    def zip(datasets: Any) -> Dataset:
        """Return a dataset of elements of several side by side.

        Args:
          datasets: a structure of datasets.

        Raises:
          TypeError: if a part is no dataset.
        """
        parts = nest.flatten(datasets)
        for part in parts:
            if not isinstance(part, Dataset):
                if isinstance(part, list):
                    raise TypeError("The argument to `Dataset.zip()` must be a nested structure of `Dataset` objects. "
                                    "Nested structures do not support Python lists; please use a tuple instead.")
                raise TypeError("The argument to `Dataset.zip()` must be a nested structure of `Dataset` objects.")
        element = nest.pack_sequence_as(datasets, [part.element for part in parts])
        return Dataset(_node("ZipDataset", element, [part._variant_tensor for part in parts]), element, tuple(parts))

    @staticmethod
    def list_files(file_pattern: Any, shuffle: bool | None = None, seed: Any = None) -> Dataset:
        """Return a dataset of the names of files.

        Args:
          file_pattern: a shell pattern, or a vector of several.
          shuffle: whether the order is random; it is if `None`.
          seed: of the order.

        Raises:
          InvalidArgumentError: when it is iterated, if no file matches.
        """
        with scoped(None, "list_files"):
            pattern = convert_to_tensor(file_pattern, dtype=string, name="file_pattern")
            matching = node("MatchingFiles", pattern)
            condition = node("Greater", _first_size(matching, int32), 0, name="match_not_empty")
            message = node("Add", "No files matched pattern: ", _joined_text(pattern), name="message")
            is_some = node("Assert", condition, [message], summarize=1, name="assert_not_empty/Assert")
            with matching.graph.control_dependencies([is_some]):
                matching = node("Identity", matching)
            dataset = Dataset.from_tensor_slices(matching)
            if shuffle is None or shuffle:
                dataset = dataset.shuffle(node("Maximum", _first_size(matching, int64), constant(1, dtype=int64)), seed=seed)
            return dataset

    @staticmethod
    def from_generator(generator: Callable, output_types: Any, output_shapes: Any = None, args: Any = None) -> Dataset:
        """Return a dataset of what a Python generator yields.

        Args:
          generator: a function that returns something to iterate over; called at the start of each pass.
          output_types: the types of an element's parts.
          output_shapes: their shapes; unknown if `None`.
          args: tensors whose values, as arrays, the function gets.

        Raises:
          TypeError: if `generator` cannot be called.
        """
        from .generators import from_generator
        return from_generator(generator, output_types, output_shapes, args)

    # Transformations

    def apply(self, transformation_func: Callable) -> Any:
        """Return `transformation_func` of this dataset.

        Raises:
          TypeError: if that is no dataset.
        """
        result = transformation_func(self)
        if not isinstance(result, Dataset):
            raise TypeError("`transformation_func` must return a Dataset.")
        result._inputs = result._inputs or (self,)
        return result

    def concatenate(self, dataset: Dataset) -> Dataset:
        """Return the elements of this dataset, then those of another.

        Raises:
          TypeError: if the types of their elements differ.
        """
        if self.output_types != dataset.output_types:
            raise TypeError(f"Two datasets to concatenate have different types {self.output_types} and "
                            f"{dataset.output_types}")
        if self.output_classes != dataset.output_classes:
            raise TypeError(f"Two datasets to concatenate have different classes {self.output_classes} and "
                            f"{dataset.output_classes}")
        element = nest.map_structure(lambda a, b: a.joined(b), self.element, dataset.element)
        made = self._made("ConcatenateDataset", element, dataset._variant_tensor)
        made._inputs = (self, dataset)
        return made

    def repeat(self, count: Any = None) -> Dataset:
        """Return the elements `count` times; for ever if `None` or -1."""
        return self._made("RepeatDataset", self.element, _int64(-1 if count is None else count, "count"))

    def shuffle(self, buffer_size: Any, seed: Any = None, reshuffle_each_iteration: bool | None = None) -> Dataset:
        """Return the elements in a random order.

        Args:
          buffer_size: how many elements each one is drawn from.
          seed: of the order.
          reshuffle_each_iteration: whether each pass has another order; it has if `None`.
        """
        size = _int64(buffer_size, "buffer_size")
        reshuffles = True if reshuffle_each_iteration is None else reshuffle_each_iteration
        return self._made("ShuffleDataset", self.element, size, *dataset_seeds(seed), reshuffle_each_iteration=reshuffles)

    def cache(self, filename: Any = "") -> Dataset:
        """Return the elements, kept after the first pass in memory, or in a file."""
        return self._made("CacheDataset", self.element, convert_to_tensor(filename, dtype=string, name="filename"))

    def take(self, count: Any) -> Dataset:
        """Return the first `count` elements; all if -1."""
        return self._made("TakeDataset", self.element, _int64(count, "count"))

    def skip(self, count: Any) -> Dataset:
        """Return all but the first `count` elements; none if -1."""
        return self._made("SkipDataset", self.element, _int64(count, "count"))

    def shard(self, num_shards: Any, index: Any) -> Dataset:
        """Return the elements whose number modulo `num_shards` is `index`."""
        return self._made("ShardDataset", self.element, _int64(num_shards, "num_shards"), _int64(index, "index"))

    def batch(self, batch_size: Any, drop_remainder: Any = False) -> Dataset:
        """Return elements of `batch_size` elements each.

        Args:
          batch_size: how many.
          drop_remainder: whether a last batch of fewer is left out.
        """
        size = _int64(batch_size, "batch_size")
        drops = convert_to_tensor(drop_remainder, dtype=bool_type, name="drop_remainder")
        known = _known_size(size, drops)
        element = nest.map_structure(lambda spec: spec.batched(known), self.element)
        return self._made("BatchDatasetV2", element, size, drops)

    def padded_batch(self, batch_size: Any, padded_shapes: Any, padding_values: Any = None,
                     drop_remainder: Any = False) -> Dataset:
        """Return elements of `batch_size` elements each, filled up to one shape.

        Args:
          batch_size: how many.
          padded_shapes: for each part the shape; an unknown size is the largest in the batch.
          padding_values: for each part what to fill up with; zeros or empty texts if `None`.
          drop_remainder: whether a last batch of fewer is left out.

        Raises:
          TypeError: if there are sparse tensors.
          ValueError: if a shape does not fit.
        """
        if any(isinstance(spec, SparseElement) for spec in nest.flatten(self.element)):
            raise TypeError("Batching of padded sparse tensors is not currently supported")
        size = _int64(batch_size, "batch_size")
        specs = nest.flatten(self.element)
        shapes = [_padded_shape(shape, spec) for shape, spec in zip(nest.flatten_up_to(self.element, padded_shapes), specs)]
        given = [_zero(spec) for spec in specs] if padding_values is None \
            else nest.flatten_up_to(self.element, padding_values)
        values = [_padding(value, spec) for value, spec in zip(given, specs)]
        drops = convert_to_tensor(drop_remainder, dtype=bool_type, name="drop_remainder")
        known = _known_size(size, drops)
        element = nest.pack_sequence_as(self.element, [
            TensorElement(_with_size(known, constant_value_as_shape(shape)), spec.dtype)
            for shape, spec in zip(shapes, specs)])
        tensor = node("PaddedBatchDatasetV2", self._variant_tensor, size, shapes, values, drops,
                      output_shapes=flat_shapes(element))
        return Dataset(tensor, element, (self,))

    def prefetch(self, buffer_size: Any) -> Dataset:
        """Return the elements, up to `buffer_size` of them made ahead on a thread; some if `None` or -1."""
        size = _int64(-1 if buffer_size is None else buffer_size, "buffer_size")
        return self._made("PrefetchDataset", self.element, size)

    def enumerate(self, start: Any = 0) -> Dataset:
        """Return pairs of a number, from `start` on, and an element."""
        return Dataset.zip((Dataset.range(start, np.iinfo(np.int64).max), self))

    def window(self, size: Any, shift: Any = None, stride: Any = 1, drop_remainder: Any = False) -> Dataset:
        """Return elements whose parts are datasets of elements that follow each other.

        Args:
          size: how many.
          shift: how many elements later the next window begins; `size` if `None`.
          stride: how far apart the elements in a window are.
          drop_remainder: whether windows of fewer are left out.
        """
        inputs = [_int64(size, "size"), _int64(size if shift is None else shift, "shift"), _int64(stride, "stride"),
                  convert_to_tensor(drop_remainder, dtype=bool_type, name="drop_remainder")]
        return self._made("WindowDataset", nest.map_structure(DatasetElement, self.element), *inputs)

    def map(self, map_func: Callable, num_parallel_calls: Any = None) -> Dataset:
        """Return what a function gives for each element.

        Args:
          map_func: from an element to a structure of tensors; a tuple's parts are its arguments.
          num_parallel_calls: how many calls may be made at once; one if `None`.
        """
        function = Structured(map_func, self.element, "Dataset.map")
        made, captured = function.function, function.function.captured_inputs
        if num_parallel_calls is None:
            return self._made("MapDataset", function.element, captured, f=made)
        calls = convert_to_tensor(num_parallel_calls, dtype=int32, name="num_parallel_calls")
        return self._made("ParallelMapDataset", function.element, captured, calls, f=made)

    def map_with_legacy_function(self, map_func: Callable, num_parallel_calls: Any = None) -> Dataset:
        """Return what `map` does."""
        return self.map(map_func, num_parallel_calls)

    def flat_map(self, map_func: Callable) -> Dataset:
        """Return the elements of the datasets that a function gives for each element.

        Raises:
          TypeError: if the function returns something else.
        """
        function = _to_dataset(Structured(map_func, self.element, "Dataset.flat_map"))
        return self._made("FlatMapDataset", function.element.element, function.function.captured_inputs, f=function.function)

    def interleave(self, map_func: Callable, cycle_length: Any = -1, block_length: Any = 1,
                   num_parallel_calls: Any = None) -> Dataset:
        """Return the elements of the datasets that a function gives, some datasets in turn.

        Args:
          map_func: from an element to a dataset.
          cycle_length: how many datasets are open at once; as many as there are processors if -1.
          block_length: how many elements of one follow each other.
          num_parallel_calls: accepted: the elements and their order are the same.

        Raises:
          TypeError: if the function returns something else.
        """
        function = _to_dataset(Structured(map_func, self.element, "Dataset.interleave"))
        cycle = _int64(_processors() if _is_auto(cycle_length) else cycle_length, "cycle_length")
        block = _int64(block_length, "block_length")
        made, captured = function.function, function.function.captured_inputs
        if num_parallel_calls is None:
            return self._made("InterleaveDataset", function.element.element, captured, cycle, block, f=made)
        calls = _int64(num_parallel_calls, "num_parallel_calls")
        return self._made("ParallelInterleaveDatasetV2", function.element.element, captured, cycle, block, calls, f=made)

    def filter(self, predicate: Callable) -> Dataset:
        """Return the elements that a function is true of.

        Raises:
          ValueError: if the function does not return a boolean scalar.
        """
        function = _to_boolean(Structured(predicate, self.element, "Dataset.filter"))
        return self._made("FilterDataset", self.element, function.function.captured_inputs, predicate=function.function)

    def filter_with_legacy_function(self, predicate: Callable) -> Dataset:
        """Return what `filter` does."""
        return self.filter(predicate)

    def unbatch(self) -> Dataset:
        """Return the rows of each element.

        Raises:
          ValueError: if a part is a scalar.
        """
        if any(spec.shape.ndims == 0 for spec in nest.flatten(self.element)):
            raise ValueError("Cannot unbatch an input with scalar components.")
        same = self.map(lambda *parts: parts if type(self.element) is tuple else parts[0])
        element = nest.map_structure(lambda spec: spec.unbatched(), self.element)
        return same._made("UnbatchDataset", element)

    def reduce(self, initial_state: Any, reduce_func: Callable) -> Any:
        """Return what is left of a state after a function has taken in all elements.

        Args:
          initial_state: a structure of tensors.
          reduce_func: from a state and an element to the next state.

        Raises:
          TypeError: if the function returns another structure or other types.
        """
        with scoped(None, "initial_state"):
            state = normalized(initial_state)
        element = nest.map_structure(spec_of, state)
        while True:
            function = Structured(reduce_func, (element, self.element), "reduce")
            if flat_types(function.element) != flat_types(element):
                raise TypeError("The element types for the new state must match the initial state. Expected "
                                f"{flat_types(element)}; got {flat_types(function.element)}.")
            wider = nest.map_structure(lambda a, b: a.joined(b), element, function.element)
            if wider == element:
                break
            element = wider
        tensors = node("ReduceDataset", self._variant_tensor, to_tensors(element, state), function.function.captured_inputs,
                       f=function.function, output_types=flat_types(element), output_shapes=flat_shapes(element))
        return nest.pack_sequence_as(element, tensors if isinstance(tensors, list) else [tensors])

    # Iterators

    def make_one_shot_iterator(self) -> Iterator:
        """Return an iterator that begins by itself and goes over the elements once.

        Raises:
          ValueError: if the dataset uses a placeholder, variable or table.
        """
        check_alone(self._variant_tensor)
        factory = one_shot(self._variant_tensor, self._optimized)
        handle = node("OneShotIterator", dataset_factory=factory, output_types=flat_types(self.element),
                      output_shapes=flat_shapes(self.element))
        return Iterator(handle, None, self.output_types, self.output_shapes, self.output_classes)

    def make_initializable_iterator(self, shared_name: str | None = None) -> Iterator:
        """Return an iterator that begins when its `initializer` runs.

        Args:
          shared_name: accepted: an iterator belongs to one session.
        """
        tensor = self._optimized(self._variant_tensor)
        handle = node("IteratorV2", shared_name=shared_name or "", container="", output_types=flat_types(self.element),
                      output_shapes=flat_shapes(self.element))
        with handle.graph.colocate_with(handle.op):
            initializer = node("MakeIterator", tensor, handle)
        return Iterator(handle, initializer, self.output_types, self.output_shapes, self.output_classes)

    def _optimized(self, tensor: Tensor) -> Tensor:
        """Put the nodes around `tensor` that make TensorFlow rewrite and tune the pipeline."""
        options = self.options()
        optimization: Any = options.experimental_optimization
        names = options.optimizations()
        if names:
            configs = [] if optimization.map_vectorization.use_choose_fastest \
                else ["map_vectorization:use_choose_fastest:false"]
            tensor = _node("OptimizeDataset", self.element, tensor,
                           convert_to_tensor(names, dtype=string, name="optimizations"), optimization_configs=configs)
        if optimization.autotune is not False:
            tensor = _node("ModelDataset", self.element, tensor)
        return tensor

    def __iter__(self) -> Any:
        raise RuntimeError("__iter__() is only supported inside of tf.function or when eager execution is enabled.")


def _node(type_name: str, element: Any, *inputs: Any, **attrs: Any) -> Tensor:
    return node(type_name, *inputs, output_types=flat_types(element), output_shapes=flat_shapes(element), **attrs)


def _to_dataset(function: Structured) -> Structured:
    if not isinstance(function.element, DatasetElement):
        raise TypeError(f"`map_func` must return a `Dataset` object. Got {type(function.element)}")
    return function


def _to_boolean(function: Structured) -> Structured:
    if not TensorElement((), bool_type).is_compatible_with(function.element):
        raise ValueError(f"`predicate` return type must be convertible to a scalar boolean tensor. Was {function.element}.")
    return function


def _first_size(vector: Tensor, dtype: Any) -> Tensor:
    shape = node("Shape", vector, out_type=dtype)
    with scoped(None, "strided_slice") as scope:
        bounds = [constant([n], dtype=int32, name=name) for n, name in ((0, "stack"), (1, "stack_1"), (1, "stack_2"))]
    return node("StridedSlice", shape, *bounds, shrink_axis_mask=1, name=scope)


def _joined_text(pattern: Tensor) -> Tensor:
    if pattern.static_shape is None:
        raise ValueError("The rank of file_pattern must be known.")
    axes = constant(list(range(len(pattern.static_shape))), dtype=int32, name="ReduceJoin/reduction_indices")
    return node("ReduceJoin", pattern, axes, separator=", ")


def _is_auto(value: Any) -> bool:
    return isinstance(value, int) and value == -1


def _processors() -> int:
    return os.cpu_count() or 1


def _known_size(size: Tensor, drops: Tensor) -> int | None:
    always, known = constant_value(drops), constant_value(size)
    return int(known) if always is not None and always and known is not None else None


def _with_size(size: int | None, shape: Any) -> Any:
    return None if shape is None else (size, *shape)


def _padded_shape(shape: Any, spec: Any) -> Tensor:
    try:
        sizes = shape_tuple(shape)
        tensor = convert_to_tensor([-1 if n is None else n for n in sizes or ()], dtype=int64)
    except (TypeError, ValueError):
        tensor = convert_to_tensor(shape, preferred_dtype=int64)
        if tensor.static_shape is not None and len(tensor.static_shape) != 1:
            raise ValueError(f"Padded shape {shape} must be a 1-D tensor of tf.int64 values, but its shape was "
                             f"{tensor.shape}.") from None
        if tensor.dtype != int64:
            raise TypeError(f"Padded shape {shape} must be a 1-D tensor of tf.int64 values, but its element type was "
                            f"{tensor.dtype.name}.") from None
        sizes = constant_value_as_shape(tensor)
    own = spec._shape
    if sizes is not None and own is not None and (len(sizes) != len(own) or any(
            wanted is not None and n is not None and wanted < n for wanted, n in zip(sizes, own))):
        raise ValueError(f"The padded shape {TensorShape(sizes)} is not compatible with the corresponding input component "
                         f"shape {spec.shape}.")
    return tensor


def _zero(spec: Any) -> Any:
    if spec.dtype == variant:
        raise TypeError("Unable to create padding for field of type 'variant'.")
    return "" if spec.dtype == string else np.zeros((), spec.dtype.as_numpy_dtype)


def _padding(value: Any, spec: Any) -> Tensor:
    tensor = convert_to_tensor(value, name="padding_value")
    if tensor.static_shape not in (None, ()):
        raise ValueError(f"Padding value should be a scalar, but is not: {tensor}")
    if tensor.dtype != spec.dtype:
        raise TypeError(f"Padding value tensor ({tensor}) does not match output type: {spec.dtype}")
    return tensor


def make_one_shot_iterator(dataset: Dataset) -> Iterator:
    """Return an iterator that begins by itself and goes over the elements of `dataset` once."""
    return dataset.make_one_shot_iterator()


def make_initializable_iterator(dataset: Dataset, shared_name: str | None = None) -> Iterator:
    """Return an iterator over `dataset` that begins when its `initializer` runs."""
    return dataset.make_initializable_iterator(shared_name)


def get_output_types(dataset_or_iterator: Any) -> Any:
    """Return the types of an element's parts."""
    return dataset_or_iterator.output_types


def get_output_shapes(dataset_or_iterator: Any) -> Any:
    """Return the static shapes of an element's parts."""
    return dataset_or_iterator.output_shapes


def get_output_classes(dataset_or_iterator: Any) -> Any:
    """Return what an element's parts are: `tf.Tensor` or `tf.SparseTensor`."""
    return dataset_or_iterator.output_classes


_datasets.append(Dataset)
