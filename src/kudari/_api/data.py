"""Public names of `tf.data`."""

from .. import data

__all__ = ["data"]  # the package is there before the namespace of the same name

_DATASETS = ("get_output_classes", "get_output_shapes", "get_output_types", "make_initializable_iterator",
             "make_one_shot_iterator")
_OPTIONS = ("DistributeOptions", "MapVectorizationOptions", "OptimizationOptions", "StatsOptions", "ThreadingOptions")

PATHS = {
    "data.Dataset contrib.data.Dataset": "data.dataset.Dataset",
    "data.Iterator contrib.data.Iterator": "data.iterator.Iterator",
    "data.Options": "data.options.Options",
    **{f"data.{name}": f"data.dataset.{name}" for name in _DATASETS},
    **{f"data.experimental.{name}": f"data.options.{name}" for name in _OPTIONS},
}
