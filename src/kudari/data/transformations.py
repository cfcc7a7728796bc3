"""`tf.data.experimental.*` and `tf.contrib.data.*`: transformations for `Dataset.apply`, and further sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..dtypes import bool as bool_type
from ..dtypes import float32, float64, int32, int64, string
from ..graph.stack import get_default_graph
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import node
from ..shape import TensorShape, shape_tuple
from . import nest
from .dataset import Dataset, _int64, _known_size, _node, _to_boolean, _to_dataset
from .function import Structured
from .seeds import dataset_seeds
from .structure import DatasetElement, SparseElement, TensorElement, from_tensors, normalized, spec_of, to_tensors

AUTOTUNE = -1
INFINITE_CARDINALITY, UNKNOWN_CARDINALITY = -1, -2

Transformation = Callable[[Dataset], Dataset]


def shuffle_and_repeat(buffer_size: Any, count: Any = None, seed: Any = None) -> Transformation:
    """Return what shuffles a dataset anew for each of `count` passes, for ever if `None`."""
    def transform(dataset: Dataset) -> Dataset:
        size = _int64(buffer_size, "buffer_size")
        times = _int64(-1 if count is None else count, "count")
        return dataset._made("ShuffleAndRepeatDataset", dataset.element, size, *dataset_seeds(seed), times)

    return transform


def map_and_batch(map_func: Callable, batch_size: Any, num_parallel_batches: Any = None, drop_remainder: Any = False,
                  num_parallel_calls: Any = None) -> Transformation:
    """Return what maps a function over a dataset and puts `batch_size` results together.

    Raises:
      ValueError: if both numbers of parallel calls are given.
    """
    if num_parallel_batches is not None and num_parallel_calls is not None:
        raise ValueError("The `num_parallel_batches` and `num_parallel_calls` arguments are mutually exclusive.")

    def transform(dataset: Dataset) -> Dataset:
        calls = 1 if num_parallel_calls is None else num_parallel_calls
        if num_parallel_batches is not None:
            calls = num_parallel_batches * batch_size
        function = Structured(map_func, dataset.element, "tf.data.experimental.map_and_batch")
        size = _int64(batch_size, "batch_size")
        at_once = _int64(calls, "num_parallel_calls")
        drops = convert_to_tensor(drop_remainder, dtype=bool_type, name="drop_remainder")
        element = nest.map_structure(lambda spec: spec.batched(_known_size(size, drops)), function.element)
        return dataset._made("MapAndBatchDataset", element, function.function.captured_inputs, size, at_once, drops,
                             f=function.function, preserve_cardinality=True)

    return transform


map_and_batch_with_legacy_function = map_and_batch


def parallel_interleave(map_func: Callable, cycle_length: Any, block_length: Any = 1, sloppy: Any = False,
                        buffer_output_elements: Any = None, prefetch_input_elements: Any = None) -> Transformation:
    """Return what interleaves the datasets that a function gives.

    Args:
      map_func: from an element to a dataset.
      cycle_length: how many are read in turn.
      block_length: how many elements of one follow each other.
      sloppy: accepted: the order never varies here.
      buffer_output_elements: accepted.
      prefetch_input_elements: accepted.
    """
    def transform(dataset: Dataset) -> Dataset:
        function = _to_dataset(Structured(map_func, dataset.element, "tf.data.experimental.parallel_interleave"))
        inputs = [_int64(cycle_length, "cycle_length"), _int64(block_length, "block_length"),
                  convert_to_tensor(sloppy, dtype=bool_type, name="sloppy"),
                  _int64(2 * block_length if buffer_output_elements is None else buffer_output_elements,
                         "buffer_output_elements"),
                  _int64(2 * cycle_length if prefetch_input_elements is None else prefetch_input_elements,
                         "prefetch_input_elements")]
        return dataset._made("ExperimentalParallelInterleaveDataset", function.element.element,
                             function.function.captured_inputs, *inputs, f=function.function)

    return transform


def sloppy_interleave(map_func: Callable, cycle_length: Any, block_length: Any = 1) -> Transformation:
    """Return what `parallel_interleave` returns for these arguments."""
    return parallel_interleave(map_func, cycle_length, block_length, sloppy=True)


def group_by_window(key_func: Callable, reduce_func: Callable, window_size: Any = None,
                    window_size_func: Callable | None = None) -> Transformation:
    """Return what groups elements with equal keys and makes a dataset of each window of them.

    Args:
      key_func: from an element to an int64 scalar.
      reduce_func: from a key and a dataset of elements to a dataset.
      window_size: how many elements a window has.
      window_size_func: from a key to that number.

    Raises:
      ValueError: unless exactly one of the last two is given.
    """
    if (window_size is None) == (window_size_func is None):
        raise ValueError("Must pass either window_size or window_size_func.")
    size_of = window_size_func or (lambda _: convert_to_tensor(window_size, dtype=int64))

    def transform(dataset: Dataset) -> Dataset:
        name = "tf.data.experimental.group_by_window"
        key = Structured(_as_int64(key_func), dataset.element, name)
        reduced = Structured(reduce_func, (TensorElement((), int64), DatasetElement(dataset.element)), name)
        if not isinstance(reduced.element, DatasetElement):
            raise TypeError("`reduce_func` must return a `Dataset` object.")
        size = Structured(_as_int64(size_of), TensorElement((), int64), name)
        functions = [one.function for one in (key, reduced, size)]
        return dataset._made("GroupByWindowDataset", reduced.element.element, *[f.captured_inputs for f in functions],
                             key_func=functions[0], reduce_func=functions[1], window_size_func=functions[2])

    return transform


def _as_int64(function: Callable) -> Callable:
    return lambda *parts: convert_to_tensor(function(*parts), dtype=int64)


class Reducer:
    """Three functions: from a key to a state, from a state and an element to the next, from a state to the result."""

    def __init__(self, init_func: Callable, reduce_func: Callable, finalize_func: Callable):
        self.init_func, self.reduce_func, self.finalize_func = init_func, reduce_func, finalize_func


def group_by_reducer(key_func: Callable, reducer: Reducer) -> Transformation:
    """Return what makes one element of all elements with equal keys."""
    def transform(dataset: Dataset) -> Dataset:
        name, number = "tf.data.experimental.group_by_reducer", TensorElement((), int64)
        key = Structured(_as_int64(key_func), dataset.element, name)
        first = Structured(reducer.init_func, number, name)
        after = Structured(reducer.reduce_func, (first.element, dataset.element), name)
        finished = Structured(reducer.finalize_func, after.element, name)
        functions = [one.function for one in (key, first, after, finished)]
        return dataset._made("ExperimentalGroupByReducerDataset", finished.element, *[f.captured_inputs for f in functions],
                             key_func=functions[0], init_func=functions[1], reduce_func=functions[2],
                             finalize_func=functions[3])

    return transform


def bucket_by_sequence_length(element_length_func: Callable, bucket_boundaries: Any, bucket_batch_sizes: Any,
                              padded_shapes: Any = None, padding_values: Any = None, pad_to_bucket_boundary: bool = False,
                              no_padding: bool = False, drop_remainder: Any = False) -> Transformation:
    """Return what puts elements of similar length together.

    Args:
      element_length_func: from an element to its length, an int32 scalar.
      bucket_boundaries: the lengths at which buckets end.
      bucket_batch_sizes: how many elements a batch of each bucket has, one more than there are boundaries.
      padded_shapes: as of `Dataset.padded_batch`.
      padding_values: as of `Dataset.padded_batch`.
      pad_to_bucket_boundary: whether unknown sizes are filled up to one less than the boundary.
      no_padding: whether elements of one bucket have one shape.
      drop_remainder: whether smaller batches are left out.

    Raises:
      ValueError: if there is not one batch size more than boundaries.
    """
    if len(bucket_batch_sizes) != len(bucket_boundaries) + 1:
        raise ValueError("len(bucket_batch_sizes) must equal len(bucket_boundaries) + 1")
    ends = np.array(list(bucket_boundaries), np.int64)

    def bucket_of(*parts: Any) -> Any:
        length = node("Cast", convert_to_tensor(element_length_func(*parts)), int64)
        over = node("Cast", node("GreaterEqual", length, constant(ends, dtype=int64)), int64)
        return node("Sum", over, constant([0], dtype=int32))

    def size_of(bucket: Any) -> Any:
        return node("GatherV2", constant(bucket_batch_sizes, dtype=int64), bucket, constant(0, dtype=int32))

    def together(bucket: Any, dataset: Dataset) -> Dataset:
        size = size_of(bucket)
        if no_padding:
            return dataset.batch(size, drop_remainder)
        shapes = padded_shapes or dataset.output_shapes
        if pad_to_bucket_boundary:
            with get_default_graph().control_dependencies([_inside(bucket)]):
                boundary = node("GatherV2", constant(ends, dtype=int64), bucket, constant(0, dtype=int32))
            most = node("Sub", boundary, constant(1, dtype=int64))
            filled = [_filled(shape, most) for shape in nest.flatten(nest.map_structure(TensorShape, shapes))]
            shapes = nest.pack_sequence_as(dataset.element, filled)
        return dataset.padded_batch(size, shapes, padding_values, drop_remainder)

    def _inside(bucket: Any) -> Any:
        words = "When pad_to_bucket_boundary=True, elements must have length < max(bucket_boundaries)."
        return node("Assert", node("Less", bucket, constant(len(ends), dtype=int64)), [constant(words)])

    return lambda dataset: dataset.apply(group_by_window(bucket_of, together, window_size_func=size_of))


def contrib_bucket_by_sequence_length(element_length_func: Callable, bucket_boundaries: Any, bucket_batch_sizes: Any,
                                      padded_shapes: Any = None, padding_values: Any = None,
                                      pad_to_bucket_boundary: bool = False, no_padding: bool = False) -> Transformation:
    """Return what `bucket_by_sequence_length` returns that keeps smaller batches."""
    return bucket_by_sequence_length(element_length_func, bucket_boundaries, bucket_batch_sizes, padded_shapes,
                                     padding_values, pad_to_bucket_boundary, no_padding)


def _filled(shape: Any, most: Any) -> Any:
    sizes = shape_tuple(shape) or ()
    if None not in sizes:
        return sizes
    return node("Pack", [most if n is None else constant(n, dtype=int64) for n in sizes], axis=0)


def scan(initial_state: Any, scan_func: Callable) -> Transformation:
    """Return what maps a function over a dataset that carries a state along.

    Args:
      initial_state: a structure of tensors.
      scan_func: from a state and an element to the next state and a result.
    """
    def transform(dataset: Dataset) -> Dataset:
        with scoped(None, "initial_state"):
            state = normalized(initial_state)
        element = nest.map_structure(spec_of, state)
        while True:
            function = Structured(scan_func, (element, dataset.element), "tf.data.experimental.scan")
            if not (type(function.element) is tuple and len(function.element) == 2):
                raise TypeError("The scan function must return a pair comprising the new state and the output value.")
            after, result = function.element
            old, new = (nest.map_structure(lambda spec: spec.dtype, one) for one in (element, after))
            if old != new:
                raise TypeError(f"The element types for the new state must match the initial state. Expected {old}; got "
                                f"{new}.")
            wider = nest.map_structure(lambda a, b: a.joined(b), element, after)
            if wider == element:
                break
            element = wider
        return dataset._made("ScanDataset", result, to_tensors(element, state), function.function.captured_inputs,
                             f=function.function, preserve_cardinality=True)

    return transform


def take_while(predicate: Callable) -> Transformation:
    """Return what ends a dataset at the first element that a function is false of."""
    def transform(dataset: Dataset) -> Dataset:
        function = _to_boolean(Structured(predicate, dataset.element, "tf.data.experimental.take_while"))
        return dataset._made("TakeWhileDataset", dataset.element, function.function.captured_inputs,
                             predicate=function.function)

    return transform


def unique() -> Transformation:
    """Return what leaves out the elements that came before."""
    def transform(dataset: Dataset) -> Dataset:
        if dataset.output_types not in (int32, int64, string):
            raise TypeError("`tf.data.experimental.unique()` only supports inputs with a single `tf.int32`, `tf.int64`, or "
                            "`tf.string` component.")
        return dataset._made("UniqueDataset", dataset.element)

    return transform


def ignore_errors() -> Transformation:
    """Return what leaves out the elements that cannot be made."""
    return lambda dataset: dataset._made("IgnoreErrorsDataset", dataset.element)


def enumerate_dataset(start: Any = 0) -> Transformation:
    """Return what puts numbers before elements."""
    return lambda dataset: dataset.enumerate(start)


def unbatch() -> Transformation:
    """Return what takes elements apart into their rows."""
    return lambda dataset: dataset.unbatch()


def batch_and_drop_remainder(batch_size: Any) -> Transformation:
    """Return what puts `batch_size` elements together and leaves out a last batch of fewer."""
    return lambda dataset: dataset.batch(batch_size, drop_remainder=True)


def padded_batch_and_drop_remainder(batch_size: Any, padded_shapes: Any, padding_values: Any = None) -> Transformation:
    """Return what fills up and puts `batch_size` elements together and leaves out a last batch of fewer."""
    return lambda dataset: dataset.padded_batch(batch_size, padded_shapes, padding_values, drop_remainder=True)


def prefetch_to_device(device: Any, buffer_size: Any = None) -> Transformation:
    """Return what makes elements ahead; where they are then used, the session decides."""
    return lambda dataset: dataset.prefetch(1 if buffer_size is None else buffer_size)


def copy_to_device(target_device: Any, source_device: Any = "/cpu:0") -> Transformation:
    """Return what leaves a dataset as it is: the session moves elements to where they are used."""
    return lambda dataset: dataset


def dense_to_sparse_batch(batch_size: Any, row_shape: Any) -> Transformation:
    """Return what puts elements of different shapes together as sparse tensors."""
    def transform(dataset: Dataset) -> Dataset:
        sizes = shape_tuple(row_shape)
        if sizes is None:
            raise ValueError("The rank of row_shape must be known.")
        element = SparseElement((None, *sizes), dataset.output_types)
        row = convert_to_tensor([-1 if n is None else n for n in sizes], dtype=int64)
        return dataset._made("DenseToSparseBatchDataset", element, _int64(batch_size, "batch_size"), row)

    return transform


def get_single_element(dataset: Dataset) -> Any:
    """Return the only element of a dataset.

    Raises:
      InvalidArgumentError: when it runs, if there is none or more than one.
    """
    tensors = _node("DatasetToSingleElement", dataset.element, dataset._variant_tensor)
    return from_tensors(dataset.element, tensors if isinstance(tensors, list) else [tensors])


class RandomDataset(Dataset):
    """Random int64 numbers of 32 bits, for ever."""

    def __init__(self, seed: Any = None):
        element = TensorElement((), int64)
        super().__init__(_node("RandomDataset", element, *dataset_seeds(seed)), element)


def counter(start: Any = 0, step: Any = 1, dtype: Any = int64) -> Dataset:
    """Return a dataset of `start`, `start + step` and so on, for ever."""
    one = convert_to_tensor(step, dtype=dtype, name="step")
    first = convert_to_tensor(start, dtype=dtype, name="start")
    return Dataset.from_tensors(0).repeat(None).apply(scan(first, lambda state, _: (state + one, state)))


def choose_from_datasets(datasets: list[Dataset], choice_dataset: Dataset) -> Dataset:
    """Return the next element of the dataset whose number another dataset tells.

    Raises:
      TypeError: if that is no dataset of int64 scalars.
    """
    if not TensorElement((), int64).is_compatible_with(choice_dataset.element):
        raise TypeError("`choice_dataset` must be a dataset of scalar `tf.int64` tensors.")
    return _directed(choice_dataset, datasets)


def sample_from_datasets(datasets: list[Dataset], weights: Any = None, seed: Any = None) -> Dataset:
    """Return elements of several datasets, each time of one drawn at random.

    Args:
      datasets: the datasets.
      weights: for each the probability, or a dataset of such vectors; all equal if `None`.
      seed: of the choices.

    Raises:
      TypeError: if the weights are no floats.
      ValueError: if there are not as many as datasets.
    """
    if isinstance(weights, Dataset):
        logits = weights.map(lambda w: node("Log", w, name="logits"))
        pairs = Dataset.zip((logits, RandomDataset(seed).batch(2)))
        return _directed(pairs.map(lambda w, seeds: _drawn(w, seeds)), datasets)
    if weights is None:
        fixed: Any = [[1.0] * len(datasets)]
    else:
        weights = convert_to_tensor(weights, name="weights")
        if weights.dtype not in (float32, float64):
            raise TypeError("`weights` must be convertible to a tensor of `tf.float32` or `tf.float64` elements.")
        if not weights.shape.is_compatible_with([len(datasets)]):
            raise ValueError("`weights` must be a vector of length `len(datasets)`.")
        fixed = node("ExpandDims", node("Log", weights, name="logits"), 0)
    if len(datasets) == 1:
        return datasets[0]
    return _directed(RandomDataset(seed).batch(2).map(lambda seeds: _drawn(fixed, seeds)), datasets)


def _drawn(logits: Any, seeds: Any) -> Any:
    return node("Squeeze", node("StatelessMultinomial", logits, 1, seed=seeds), squeeze_dims=[0, 1])


def _directed(selector: Dataset, datasets: list[Dataset]) -> Dataset:
    datasets = list(datasets)
    first = datasets[0]
    for other in datasets[1:]:
        if other.output_types != first.output_types or other.output_classes != first.output_classes:
            raise TypeError("All datasets in `data_inputs` must have compatible structures.")
    element = first.element
    for other in datasets[1:]:
        element = nest.map_structure(lambda a, b: a.joined(b), element, other.element)
    tensor = _node("DirectedInterleaveDataset", element, selector._variant_tensor, [d._variant_tensor for d in datasets])
    return Dataset(tensor, element, (selector, *datasets))


def cardinality(dataset: Dataset) -> Any:
    """Return how many elements a dataset has, an int64 scalar: -1 if they never end, -2 if that is not known."""
    return node("DatasetCardinality", dataset._variant_tensor)
