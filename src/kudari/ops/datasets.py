"""Datasets: sources of elements, and what makes others of them."""

from __future__ import annotations

import itertools
import os
from typing import Any

import numpy as np

from .. import errors
from ..dtypes import ANY
from ..op.definition import not_differentiable, op
from ..op.rules import scalar
from ..op.signature import Attr, required, types
from .pipeline import arrays, batches, cache_files, files, mapping, order, threads
from .pipeline.source import Run, Source, boxed, components, source_of

OUTPUTS: dict[str, Any] = {"output_types": types(), "output_shapes": required("list(shape)")}
_COMPONENTS: dict[str, Any] = {"Toutput_types": types(), "output_shapes": required("list(shape)")}
_ON_ELEMENTS: dict[str, Any] = {"Targuments": types(), **OUTPUTS}
AUTOTUNE = -1


def _source(opens: Any, inputs: Any = (), *arguments: Any) -> tuple[np.ndarray]:
    sources = tuple(source_of(box) for box in (inputs if isinstance(inputs, list | tuple) else (inputs,)))
    return (boxed(Source(opens, sources, *arguments)),)


def _positive(name: str, value: np.ndarray) -> int:
    if value <= 0:
        raise errors.InvalidArgumentError(None, None, f"{name} must be greater than zero.")
    return int(value)


def _threads(value: np.ndarray) -> int:
    return (os.cpu_count() or 1) if value == AUTOTUNE else int(value)


@op("TensorDataset", "components: Toutput_types[] -> handle: variant", scalar, host=True, stateful=True, **_COMPONENTS)
def tensor_dataset(components):
    """One element."""
    return _source(arrays.whole, (), tuple(components))


@op("TensorSliceDataset", "components: Toutput_types[] -> handle: variant", scalar, host=True, stateful=True, **_COMPONENTS)
def tensor_slice_dataset(components):
    """The rows of some tensors."""
    for i, component in enumerate(components):
        if len(component) != len(components[0]):
            raise errors.InvalidArgumentError(None, None, "All components must have the same size in the 0th dimension: "
                                                          f"{len(components[0])} and, in component {i}, {len(component)}.")
    return _source(arrays.slices, (), tuple(components))


@op("SparseTensorSliceDataset", "indices: int64, values: Tvalues, dense_shape: int64 -> handle: variant", scalar, host=True,
    stateful=True, Tvalues=required("type", ANY))
def sparse_tensor_slice_dataset(indices, values, dense_shape):
    """The rows of a sparse tensor: their indices, values and shape."""
    if np.any(np.diff(indices[:, 0]) < 0):
        raise errors.UnimplementedError(None, None, "The SparseTensor must be ordered in the batch dimension; handling "
                                                    "arbitrarily ordered input is not currently supported.")
    bounds = np.searchsorted(indices[:, 0], np.arange(dense_shape[0] + 1))
    rows = [(indices[a:b, 1:], values[a:b], dense_shape[1:]) for a, b in itertools.pairwise(bounds)]
    return _source(batches.listed, (), rows)


@op("RangeDataset", "start: int64, stop: int64, step: int64 -> handle: variant", scalar, host=True, stateful=True, **OUTPUTS)
def range_dataset(start, stop, step):
    """The numbers of a range."""
    if step == 0:
        raise errors.InvalidArgumentError(None, None, "step must be a non-zero integer.")
    return _source(arrays.counting, (), range(int(start), int(stop), int(step)))


@op("ZipDataset", "input_datasets: N*variant -> handle: variant", scalar, host=True, N=required("int"), **OUTPUTS)
def zip_dataset(input_datasets):
    """Elements of several datasets side by side."""
    return _source(arrays.zipped, input_datasets)


@op("ConcatenateDataset", "input_dataset: variant, another_dataset: variant -> handle: variant", scalar, host=True,
    **OUTPUTS)
def concatenate_dataset(input_dataset, another_dataset):
    """The elements of one dataset, then those of the other."""
    return _source(order.concatenated, [input_dataset, another_dataset])


@op("RepeatDataset", "input_dataset: variant, count: int64 -> handle: variant", scalar, host=True, **OUTPUTS)
def repeat_dataset(input_dataset, count):
    """The elements several times, or for ever."""
    return _source(order.repeated, input_dataset, int(count))


@op("ShuffleDataset", "input_dataset: variant, buffer_size: int64, seed: int64, seed2: int64 -> handle: variant", scalar,
    host=True, reshuffle_each_iteration=True, **OUTPUTS)
def shuffle_dataset(input_dataset, buffer_size, seed, seed2, *, reshuffle_each_iteration):
    """The elements in a random order."""
    size = _positive("buffer_size", buffer_size)
    return _source(order.shuffled, input_dataset, size, order.Seeds(int(seed), int(seed2), reshuffle_each_iteration))


@op("ShuffleAndRepeatDataset", "input_dataset: variant, buffer_size: int64, seed: int64, seed2: int64, count: int64 -> "
    "handle: variant", scalar, host=True, **OUTPUTS)
def shuffle_and_repeat_dataset(input_dataset, buffer_size, seed, seed2, count):
    """The elements in a random order several times, drawn from one buffer."""
    if count == 0 or count < -1:
        raise errors.InvalidArgumentError(None, None, "count must be greater than zero or equal to -1.")
    size = _positive("buffer_size", buffer_size)
    return _source(order.shuffled, input_dataset, size, order.Seeds(int(seed), int(seed2), False), int(count))


@op("TakeDataset", "input_dataset: variant, count: int64 -> handle: variant", scalar, host=True, **OUTPUTS)
def take_dataset(input_dataset, count):
    """The first elements."""
    return _source(order.taken, input_dataset, int(count))


@op("SkipDataset", "input_dataset: variant, count: int64 -> handle: variant", scalar, host=True, **OUTPUTS)
def skip_dataset(input_dataset, count):
    """All but the first elements."""
    return _source(order.skipping, input_dataset, int(count))


@op("ShardDataset", "input_dataset: variant, num_shards: int64, index: int64 -> handle: variant", scalar, host=True,
    require_non_empty=False, **OUTPUTS)
def shard_dataset(input_dataset, num_shards, index):
    """One element of so many."""
    if num_shards < 1:
        raise errors.InvalidArgumentError(None, None, f"Number of shards must be greater than zero (currently num_shards = "
                                                      f"{num_shards}).")
    if index < 0 or index >= num_shards:
        raise errors.InvalidArgumentError(None, None, f"Index must be between 0 and {num_shards - 1} (currently index = "
                                                      f"{index}).")
    return _source(order.sharded, input_dataset, int(num_shards), int(index))


@op("BatchDataset", "input_dataset: variant, batch_size: int64 -> handle: variant", scalar, host=True, **OUTPUTS)
def batch_dataset(input_dataset, batch_size):
    """Elements put together, as programs before 1.12 did it."""
    return _batch(input_dataset, batch_size, False)


@op("BatchDatasetV2", "input_dataset: variant, batch_size: int64, drop_remainder: bool -> handle: variant", scalar,
    host=True, parallel_copy=False, **OUTPUTS)
def batch_dataset_v2(input_dataset, batch_size, drop_remainder):
    """Elements put together."""
    return _batch(input_dataset, batch_size, drop_remainder)


def _batch(input_dataset: Any, batch_size: Any, drop_remainder: Any) -> tuple[np.ndarray]:
    if batch_size <= 0:
        raise errors.InvalidArgumentError(None, None, "Batch size must be greater than zero.")
    return _source(batches.batched, input_dataset, int(batch_size), bool(drop_remainder))


_PADDED = "input_dataset: variant, batch_size: int64, padded_shapes: N*int64, padding_values: Toutput_types[]"


@op("PaddedBatchDataset", f"{_PADDED} -> handle: variant", scalar, host=True, N=required("int"), **_COMPONENTS)
def padded_batch_dataset(input_dataset, batch_size, padded_shapes, padding_values):
    """Elements filled up and put together; the last batch may be smaller."""
    return _padded_batch(input_dataset, batch_size, padded_shapes, padding_values, False)


@op("PaddedBatchDatasetV2", f"{_PADDED}, drop_remainder: bool -> handle: variant", scalar, host=True, parallel_copy=False,
    N=required("int"), **_COMPONENTS)
def padded_batch_dataset_v2(input_dataset, batch_size, padded_shapes, padding_values, drop_remainder):
    """Elements filled up and put together."""
    return _padded_batch(input_dataset, batch_size, padded_shapes, padding_values, drop_remainder)


def _padded_batch(input_dataset: Any, batch_size: Any, shapes: Any, values: Any, drop_remainder: Any) -> tuple[np.ndarray]:
    if batch_size <= 0:
        raise errors.InvalidArgumentError(None, None, "Batch size must be greater than zero.")
    return _source(batches.padded, input_dataset, int(batch_size), shapes, values, bool(drop_remainder))


@op("UnbatchDataset", "input_dataset: variant -> handle: variant", scalar, host=True, **OUTPUTS)
def unbatch_dataset(input_dataset):
    """The rows of each element."""
    return _source(batches.unbatched, input_dataset)


@op("WindowDataset", "input_dataset: variant, size: int64, shift: int64, stride: int64, drop_remainder: bool -> "
    "handle: variant", scalar, host=True, **OUTPUTS)
def window_dataset(input_dataset, size, shift, stride, drop_remainder):
    """Datasets of elements that follow each other."""
    sizes = [_positive("Window size", size), _positive("Window shift", shift), _positive("Window stride", stride)]
    return _source(batches.windows, input_dataset, *sizes, bool(drop_remainder))


@op("DenseToSparseBatchDataset", "input_dataset: variant, batch_size: int64, row_shape: int64 -> handle: variant", scalar,
    host=True, **OUTPUTS)
def dense_to_sparse_batch_dataset(input_dataset, batch_size, row_shape):
    """Elements put together as sparse tensors."""
    return _source(batches.to_sparse, input_dataset, _positive("batch_size", batch_size), row_shape)


@op("CacheDataset", "input_dataset: variant, filename: string -> handle: variant", scalar, host=True, **OUTPUTS)
def cache_dataset(input_dataset, filename):
    """The elements, kept in memory or in a file after the first pass."""
    if filename.item():
        return _source(cache_files.cached, input_dataset, filename.item().decode())
    return _source(order.cached, input_dataset, order.Memory())


@op("PrefetchDataset", "input_dataset: variant, buffer_size: int64 -> handle: variant", scalar, host=True, slack_period=0,
    legacy_autotune=True, **OUTPUTS)
def prefetch_dataset(input_dataset, buffer_size):
    """The elements, some made ahead."""
    if buffer_size < AUTOTUNE:
        raise errors.InvalidArgumentError(None, None, "buffer_size must be >= 0 or set buffer_size to be -1 for auto-tuning")
    return _source(threads.prefetched, input_dataset, 2 if buffer_size == AUTOTUNE else int(buffer_size))


@op("OptimizeDataset", "input_dataset: variant, optimizations: string -> handle: variant", scalar, host=True,
    optimization_configs=Attr("list(string)", []), **OUTPUTS)
def optimize_dataset(input_dataset, optimizations):
    """The dataset, rewritten."""
    source = source_of(input_dataset)
    return (boxed(order.optimized(source) if b"shuffle_and_repeat_fusion" in optimizations.tolist() else source),)


@op("ModelDataset", "input_dataset: variant -> handle: variant", scalar, host=True, algorithm=0, cpu_budget=0, **OUTPUTS)
def model_dataset(input_dataset):
    """The dataset."""
    return (input_dataset,)


_MAPS = "input_dataset: variant, other_arguments: Targuments[]"


@op("MapDataset", f"{_MAPS} -> handle: variant", scalar, host=True, f=required("func"), use_inter_op_parallelism=True,
    preserve_cardinality=False, **_ON_ELEMENTS)
def map_dataset(input_dataset, other_arguments, *, f):
    """What a function gives for each element."""
    return _source(mapping.mapped, input_dataset, f, other_arguments)


@op("ParallelMapDataset", f"{_MAPS}, num_parallel_calls: int32 -> handle: variant", scalar, host=True, f=required("func"),
    use_inter_op_parallelism=True, sloppy=False, preserve_cardinality=False, **_ON_ELEMENTS)
def parallel_map_dataset(input_dataset, other_arguments, num_parallel_calls, *, f):
    """What a function gives for each element, with several calls at once."""
    if num_parallel_calls <= 0 and num_parallel_calls != AUTOTUNE:
        raise errors.InvalidArgumentError(None, None, "num_parallel_calls must be greater than zero.")
    return _source(mapping.mapped_in_parallel, input_dataset, f, other_arguments, _threads(num_parallel_calls))


@op("MapAndBatchDataset", f"{_MAPS}, batch_size: int64, num_parallel_calls: int64, drop_remainder: bool -> handle: variant",
    scalar, host=True, f=required("func"), preserve_cardinality=False, **_ON_ELEMENTS)
def map_and_batch_dataset(input_dataset, other_arguments, batch_size, num_parallel_calls, drop_remainder, *, f):
    """What a function gives for each element, put together."""
    if num_parallel_calls <= 0 and num_parallel_calls != AUTOTUNE:
        raise errors.InvalidArgumentError(None, None, "num_parallel_calls must be greater than zero.")
    calls = min(_threads(num_parallel_calls), os.cpu_count() or 1)
    inner = _source(mapping.mapped_in_parallel, input_dataset, f, other_arguments, calls)
    return _batch(*inner, batch_size, drop_remainder)


@op("FilterDataset", f"{_MAPS} -> handle: variant", scalar, host=True, predicate=required("func"), **_ON_ELEMENTS)
def filter_dataset(input_dataset, other_arguments, *, predicate):
    """The elements that a function is true of."""
    return _source(mapping.filtered, input_dataset, predicate, other_arguments)


@op("TakeWhileDataset", f"{_MAPS} -> handle: variant", scalar, host=True, predicate=required("func"), **_ON_ELEMENTS)
def take_while_dataset(input_dataset, other_arguments, *, predicate):
    """The elements before the first that a function is false of."""
    return _source(mapping.taken_while, input_dataset, predicate, other_arguments)


@op("FlatMapDataset", f"{_MAPS} -> handle: variant", scalar, host=True, f=required("func"), **_ON_ELEMENTS)
def flat_map_dataset(input_dataset, other_arguments, *, f):
    """The elements of the datasets that a function gives."""
    return _source(mapping.flat_mapped, input_dataset, f, other_arguments)


_CYCLES = f"{_MAPS}, cycle_length: int64, block_length: int64"


@op("InterleaveDataset", f"{_CYCLES} -> handle: variant", scalar, host=True, f=required("func"), **_ON_ELEMENTS)
def interleave_dataset(input_dataset, other_arguments, cycle_length, block_length, *, f):
    """The elements of the datasets that a function gives, some of them in turn."""
    return _interleave(input_dataset, other_arguments, cycle_length, block_length, f)


@op("ParallelInterleaveDatasetV2", f"{_CYCLES}, num_parallel_calls: int64 -> handle: variant", scalar, host=True,
    f=required("func"), sloppy=False, **_ON_ELEMENTS)
def parallel_interleave_dataset_v2(input_dataset, other_arguments, cycle_length, block_length, num_parallel_calls, *, f):
    """The same, in the same order."""
    return _interleave(input_dataset, other_arguments, cycle_length, block_length, f)


@op("ExperimentalParallelInterleaveDataset", f"{_CYCLES}, sloppy: bool, buffer_output_elements: int64, "
    "prefetch_input_elements: int64 -> handle: variant", scalar, host=True, f=required("func"), **_ON_ELEMENTS)
def experimental_parallel_interleave_dataset(input_dataset, other_arguments, cycle_length, block_length, sloppy,
                                             buffer_output_elements, prefetch_input_elements, *, f):
    """The same; TensorFlow lets the order vary if `sloppy`, here it never does."""
    return _interleave(input_dataset, other_arguments, cycle_length, block_length, f)


def _interleave(input_dataset: Any, captured: Any, cycle_length: Any, block_length: Any,
                function: Any) -> tuple[np.ndarray]:
    if cycle_length <= 0:
        raise errors.InvalidArgumentError(None, None, "cycle_length must be greater than zero.")
    return _source(mapping.interleaved, input_dataset, function, captured, int(cycle_length),
                   _positive("block_length", block_length))


@op("ScanDataset", "input_dataset: variant, initial_state: Tstate[], other_arguments: Targuments[] -> handle: variant",
    scalar, host=True, f=required("func"), Tstate=types(), preserve_cardinality=False, **_ON_ELEMENTS)
def scan_dataset(input_dataset, initial_state, other_arguments, *, f):
    """What a function gives for a state, which it changes, and each element."""
    return _source(mapping.scanned, input_dataset, initial_state, f, other_arguments)


_GROUPS = ("key_func", "reduce_func", "window_size_func")


@op("GroupByWindowDataset", "input_dataset: variant, " + ", ".join(f"{n}_other_arguments: T{n}_other_arguments[]"
    for n in _GROUPS) + " -> handle: variant", scalar, host=True, **{name: required("func") for name in _GROUPS},
    **{f"T{name}_other_arguments": types() for name in _GROUPS}, **OUTPUTS)
def group_by_window_dataset(input_dataset, key_func_other_arguments, reduce_func_other_arguments,
                            window_size_func_other_arguments, *, key_func, reduce_func, window_size_func):
    """What a function makes of windows of elements with equal keys."""
    return _source(mapping.grouped, input_dataset, [key_func, reduce_func, window_size_func],
                   [key_func_other_arguments, reduce_func_other_arguments, window_size_func_other_arguments])


_REDUCERS = ("key_func", "init_func", "reduce_func", "finalize_func")


@op("ExperimentalGroupByReducerDataset", "input_dataset: variant, " + ", ".join(
    f"{n}_other_arguments: T{n}_other_arguments[]" for n in _REDUCERS) + " -> handle: variant", scalar, host=True,
    stateful=True, **{name: required("func") for name in _REDUCERS},
    **{f"T{name}_other_arguments": types() for name in _REDUCERS}, **OUTPUTS)
def experimental_group_by_reducer_dataset(input_dataset, key_func_other_arguments, init_func_other_arguments,
                                          reduce_func_other_arguments, finalize_func_other_arguments, *, key_func, init_func,
                                          reduce_func, finalize_func):
    """What functions make of all elements with equal keys."""
    return _source(mapping.reduced_by_key, input_dataset, [key_func, init_func, reduce_func, finalize_func],
                   [key_func_other_arguments, init_func_other_arguments, reduce_func_other_arguments,
                    finalize_func_other_arguments])


@op("GeneratorDataset", "init_func_other_args: Tinit_func_args[], next_func_other_args: Tnext_func_args[], "
    "finalize_func_other_args: Tfinalize_func_args[] -> handle: variant", scalar, host=True, stateful=True,
    init_func=required("func"), next_func=required("func"), finalize_func=required("func"), Tinit_func_args=types(),
    Tnext_func_args=types(), Tfinalize_func_args=types(), **OUTPUTS)
def generator_dataset(init_func_other_args, next_func_other_args, finalize_func_other_args, *, init_func, next_func,
                      finalize_func):
    """What a function gives until it says that there is no more."""
    return _source(mapping.generated, (), [init_func, next_func, finalize_func],
                   [init_func_other_args, next_func_other_args, finalize_func_other_args])


@op("UniqueDataset", "input_dataset: variant -> handle: variant", scalar, host=True, **OUTPUTS)
def unique_dataset(input_dataset):
    """The elements that did not come before."""
    return _source(mapping.unique, input_dataset)


@op("IgnoreErrorsDataset", "input_dataset: variant -> handle: variant", scalar, host=True, **OUTPUTS)
def ignore_errors_dataset(input_dataset):
    """The elements that can be made."""
    return _source(mapping.without_errors, input_dataset)


@op("DirectedInterleaveDataset", "selector_input_dataset: variant, data_input_datasets: N*variant -> handle: variant",
    scalar, host=True, N=required("int"), **OUTPUTS)
def directed_interleave_dataset(selector_input_dataset, data_input_datasets):
    """The next element of the dataset that another tells the number of."""
    return _source(mapping.directed, [selector_input_dataset, *data_input_datasets])


@op("RandomDataset", "seed: int64, seed2: int64 -> handle: variant", scalar, host=True, stateful=True, **OUTPUTS)
def random_dataset(seed, seed2):
    """Random numbers of 32 bits for ever."""
    return _source(arrays.drawn, (), int(seed), int(seed2))


@op("TextLineDataset", "filenames: string, compression_type: string, buffer_size: int64 -> handle: variant", scalar,
    host=True, stateful=True)
def text_line_dataset(filenames, compression_type, buffer_size):
    """The lines of files."""
    return _source(files.lines, (), files.paths(filenames), compression_type.item())


@op("TFRecordDataset", "filenames: string, compression_type: string, buffer_size: int64 -> handle: variant", scalar,
    host=True, stateful=True)
def tf_record_dataset(filenames, compression_type, buffer_size):
    """The records of TFRecord files."""
    return _source(files.records, (), files.paths(filenames), compression_type.item())


@op("FixedLengthRecordDataset", "filenames: string, header_bytes: int64, record_bytes: int64, footer_bytes: int64, "
    "buffer_size: int64 -> handle: variant", scalar, host=True, stateful=True)
def fixed_length_record_dataset(filenames, header_bytes, record_bytes, footer_bytes, buffer_size):
    """Pieces of files."""
    return _source(files.pieces, (), files.paths(filenames), int(header_bytes), int(record_bytes), int(footer_bytes), b"")


@op("FixedLengthRecordDatasetV2", "filenames: string, header_bytes: int64, record_bytes: int64, footer_bytes: int64, "
    "buffer_size: int64, compression_type: string -> handle: variant", scalar, host=True, stateful=True)
def fixed_length_record_dataset_v2(filenames, header_bytes, record_bytes, footer_bytes, buffer_size, compression_type):
    """Pieces of files, which may be compressed."""
    return _source(files.pieces, (), files.paths(filenames), int(header_bytes), int(record_bytes), int(footer_bytes),
                   compression_type.item())


def _elements(op: Any) -> list:
    return op["output_shapes"]


@op("ReduceDataset", "input_dataset: variant, initial_state: Tstate[], other_arguments: Targuments[] -> "
    "components: output_types[]", _elements, host=True, stateful=True, f=required("func"), Tstate=types(),
    use_inter_op_parallelism=True, **_ON_ELEMENTS)
def reduce_dataset(input_dataset, initial_state, other_arguments, *, f):
    """What is left of a state after a function has taken in all elements."""
    state, call, run = tuple(initial_state), f.instance(other_arguments), Run()
    try:
        pull = source_of(input_dataset).start(run)
        while True:
            try:
                element = components(pull())
            except StopIteration:
                return state
            state = call((*state, *element))
    finally:
        run.close()


@op("DatasetToSingleElement", "dataset: variant -> components: output_types[]", _elements, host=True, stateful=True,
    **OUTPUTS)
def dataset_to_single_element(dataset):
    """The only element."""
    run = Run()
    try:
        elements = [components(e) for e in batches.collected(source_of(dataset).start(run), 2)]
    finally:
        run.close()
    if len(elements) != 1:
        count = "more than one element" if elements else "no element"
        raise errors.InvalidArgumentError(None, None, f"Dataset had {count}.")
    return elements[0]


not_differentiable(reduce_dataset, dataset_to_single_element)
