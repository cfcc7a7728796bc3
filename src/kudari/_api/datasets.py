"""Public names of the data sets of `tf.contrib.learn`."""

_MNIST = "DEFAULT_SOURCE_URL DataSet dense_to_one_hot extract_images extract_labels load_mnist read_data_sets"

PATHS = {
    **{f"contrib.learn.datasets.mnist.{name}": f"datasets.mnist.{name}" for name in _MNIST.split()},
    **{f"contrib.learn.datasets.base.{name}": f"datasets.base.{name}" for name in ("Dataset", "Datasets", "maybe_download")},
    "contrib.learn.datasets.mnist.Datasets": "datasets.base.Datasets",
}
