"""Datasets of batches of parsed `tf.train.Example` messages."""

from __future__ import annotations

from typing import Any

from ..dtypes import int64, string
from ..functions.parsing import _ANY_FEATURE, SparseFeature, _merged, _opened, _Spec
from ..functions.readers import ReaderBase
from ..op.convert import convert_to_tensor
from ..shape import TensorShape, shape_tuple
from .csv_files import in_turn, shuffled_and_repeated
from .dataset import Dataset
from .readers import TFRecordDataset
from .structure import SparseElement, TensorElement
from .transformations import AUTOTUNE, Transformation


def parse_example_dataset(features: Any, num_parallel_calls: Any = 1) -> Transformation:
    """Return what parses a dataset of vectors of serialized examples.

    Args:
      features: from names of features to what they hold, as of `tf.parse_example`.
      num_parallel_calls: accepted.

    Raises:
      ValueError: if there are no features, or one is described wrongly.
    """
    if features is None:
        raise ValueError("Missing: features was None.")

    def transform(dataset: Dataset) -> Dataset:
        if not TensorElement([None], string).is_compatible_with(dataset.element):
            raise TypeError("Input dataset should be a dataset of vectors of strings")
        opened = _opened(features)
        spec = _Spec(opened, _ANY_FEATURE)
        batch = TensorShape(dataset.output_shapes)
        element: dict[str, Any] = {key: TensorElement(shape_tuple(batch.concatenate(shape)), dtype)
                                   for key, (dtype, shape) in spec.dense.items()}
        element |= {key: SparseElement(shape_tuple(batch.concatenate([None])), dtype) for key, dtype in spec.sparse.items()}
        calls = convert_to_tensor(num_parallel_calls, dtype=int64, name="num_parallel_calls")
        parsed = dataset._made("ParseExampleDataset", element, calls, spec.default_tensors(),
                               sparse_keys=list(spec.sparse), dense_keys=list(spec.dense),
                               sparse_types=list(spec.sparse.values()), dense_shapes=spec.dense_shapes)
        if any(isinstance(feature, SparseFeature) for feature in features.values()):
            return parsed.map(lambda tensors: _merged(opened, tensors), num_parallel_calls=num_parallel_calls)
        return parsed

    return transform


def make_batched_features_dataset(
        file_pattern: Any, batch_size: Any, features: Any, reader: Any = TFRecordDataset, label_key: str | None = None,
        reader_args: Any = None, num_epochs: int | None = None, shuffle: bool = True, shuffle_buffer_size: int = 10000,
        shuffle_seed: int | None = None, prefetch_buffer_size: int | None = None, reader_num_threads: int | None = None,
        parser_num_threads: int | None = None, sloppy_ordering: bool = False, drop_final_batch: bool = False) -> Dataset:
    """Return a dataset of batches of the features of the examples in files.

    Args:
      file_pattern: of the files, or a list of patterns.
      batch_size: how many examples a batch has.
      features: from names of features to what they hold, as of `tf.parse_example`.
      reader: from a file's name, and `reader_args`, to a dataset of serialized examples.
      label_key: the feature that comes apart, as the second part of an element.
      reader_args: further arguments of `reader`.
      num_epochs: how many passes are made, for ever if `None`.
      shuffle: whether files and examples are shuffled.
      shuffle_buffer_size: how many examples are in hand to choose from.
      shuffle_seed: of the choices.
      prefetch_buffer_size: how many batches to prepare.
      reader_num_threads: how many files are read in turn, 1 if `None`.
      parser_num_threads: accepted.
      sloppy_ordering: accepted: the order never varies here.
      drop_final_batch: whether a last batch that is smaller is left out.

    Raises:
      TypeError: if `reader` is one of the readers of queues.
      ValueError: if `label_key` is no feature.
    """
    files = Dataset.list_files(file_pattern, shuffle=shuffle, seed=shuffle_seed)
    if isinstance(reader, type) and issubclass(reader, ReaderBase):
        raise TypeError("The `reader` argument must return a `Dataset` object. `tf.ReaderBase` subclasses are not "
                        "supported. For example, pass `tf.data.TFRecordDataset` instead of `tf.TFRecordReader`.")
    count = 1 if reader_num_threads is None else reader_num_threads
    examples = in_turn(files, lambda name: reader(name, *(reader_args or ())), count, sloppy_ordering)
    if examples.output_types == (string, string):
        examples = examples.map(lambda _, value: value)
    examples = shuffled_and_repeated(examples, num_epochs, shuffle, shuffle_buffer_size, shuffle_seed)
    batches = examples.batch(batch_size, drop_remainder=drop_final_batch or num_epochs is None)
    calls = 2 if parser_num_threads is None else parser_num_threads
    parsed = batches.apply(parse_example_dataset(features, num_parallel_calls=calls))
    if label_key:
        if label_key not in features:
            raise ValueError(f"The `label_key` provided ({label_key!r}) must be one of the `features` keys.")
        parsed = parsed.map(lambda tensors: (tensors, tensors.pop(label_key)))
    return parsed.prefetch(AUTOTUNE if prefetch_buffer_size is None else prefetch_buffer_size)
