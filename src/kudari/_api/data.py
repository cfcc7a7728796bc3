"""Public names of `tf.data`."""

from .. import data

__all__ = ["data"]  # the package is there before the namespace of the same name

_DATASETS = ("get_output_classes", "get_output_shapes", "get_output_types", "make_initializable_iterator",
             "make_one_shot_iterator")
_OPTIONS = ("DistributeOptions", "MapVectorizationOptions", "OptimizationOptions", "StatsOptions", "ThreadingOptions")

_SHARED = ("choose_from_datasets", "dense_to_sparse_batch", "enumerate_dataset",
           "get_single_element", "group_by_window", "ignore_errors", "map_and_batch", "parallel_interleave",
           "sample_from_datasets", "scan", "shuffle_and_repeat", "unbatch", "unique")
_EXPERIMENTAL = ("AUTOTUNE", "INFINITE_CARDINALITY", "RandomDataset", "Reducer", "UNKNOWN_CARDINALITY",
                 "bucket_by_sequence_length", "cardinality", "copy_to_device", "group_by_reducer",
                 "map_and_batch_with_legacy_function", "prefetch_to_device", "take_while")
_CONTRIB = ("Reducer", "batch_and_drop_remainder", "group_by_reducer", "padded_batch_and_drop_remainder",
            "prefetch_to_device", "sloppy_interleave")
_READERS = ("FixedLengthRecordDataset", "TFRecordDataset", "TextLineDataset")

PATHS = {
    "data.Dataset contrib.data.Dataset": "data.dataset.Dataset",
    "data.Iterator contrib.data.Iterator": "data.iterator.Iterator",
    **{f"data.experimental.{name}": f"data.transformations.{name}" for name in (*_SHARED, *_EXPERIMENTAL)},
    **{f"contrib.data.{name}": f"data.transformations.{name}" for name in (*_SHARED, *_CONTRIB)},
    **{f"data.{name} contrib.data.{name}": f"data.readers.{name}" for name in _READERS},
    "data.experimental.Counter contrib.data.Counter": "data.transformations.counter",
    "contrib.data.bucket_by_sequence_length": "data.transformations.contrib_bucket_by_sequence_length",
    **{f"data.experimental.{name} contrib.data.{name}": f"data.optional.{name}" for name in (
        "Optional", "get_next_as_optional")},
    **{f"data.experimental.{name} contrib.data.{name}": f"data.csv_files.{name}" for name in (
        "CsvDataset", "SqlDataset")},
    "data.experimental.make_csv_dataset": "data.csv_files.make_csv_dataset",
    **{f"data.experimental.{name} contrib.data.{name}": f"data.example_files.{name}" for name in (
        "make_batched_features_dataset", "parse_example_dataset")},
    "data.Options": "data.options.Options",
    **{f"data.{name}": f"data.dataset.{name}" for name in _DATASETS},
    **{f"data.experimental.{name}": f"data.options.{name}" for name in _OPTIONS},
}
