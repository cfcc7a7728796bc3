"""MNIST and data sets in its format: compressed IDX files of images and labels, in shuffled batches."""

from __future__ import annotations

import gzip
from typing import Any

import numpy as np

from ..dtypes import as_dtype, float32, uint8
from ..functions.core import get_seed
from .base import Datasets, maybe_download

DEFAULT_SOURCE_URL = "https://storage.googleapis.com/cvdf-datasets/mnist/"
_IMAGES, _LABELS = 2051, 2049


def _read_number(stream: Any) -> int:
    return int.from_bytes(stream.read(4), "big")


def extract_images(f: Any) -> np.ndarray:
    """Return the images of a compressed IDX file.

    Args:
      f: the file, open for reading bytes.

    Returns:
      A uint8 array `[images, rows, columns, 1]`.

    Raises:
      ValueError: if it is no file of images.
    """
    print("Extracting", f.name)
    with gzip.GzipFile(fileobj=f) as stream:
        kind = _read_number(stream)
        if kind != _IMAGES:
            raise ValueError(f"Invalid magic number {kind} in MNIST image file: {f.name}")
        count, rows, columns = (_read_number(stream) for _ in range(3))
        pixels = np.frombuffer(stream.read(rows * columns * count), dtype=np.uint8)
    return pixels.reshape(count, rows, columns, 1)


def dense_to_one_hot(labels_dense: np.ndarray, num_classes: int) -> np.ndarray:
    """Return a row for each label, of zeros and a one where the label says."""
    one_hot = np.zeros((labels_dense.shape[0], num_classes))
    one_hot.flat[np.arange(labels_dense.shape[0]) * num_classes + labels_dense.ravel()] = 1
    return one_hot


def extract_labels(f: Any, one_hot: bool = False, num_classes: int = 10) -> np.ndarray:
    """Return the labels of a compressed IDX file.

    Args:
      f: the file, open for reading bytes.
      one_hot: whether to return a row of zeros and a one for each.
      num_classes: how many labels there are.

    Returns:
      A uint8 vector, or a float64 array `[labels, num_classes]`.

    Raises:
      ValueError: if it is no file of labels.
    """
    print("Extracting", f.name)
    with gzip.GzipFile(fileobj=f) as stream:
        kind = _read_number(stream)
        if kind != _LABELS:
            raise ValueError(f"Invalid magic number {kind} in MNIST label file: {f.name}")
        labels = np.frombuffer(stream.read(_read_number(stream)), dtype=np.uint8)
    return dense_to_one_hot(labels, num_classes) if one_hot else labels


class DataSet:
    """Images with their labels, given out in batches.

    Making one seeds NumPy's global generator, which shuffles them, as in TensorFlow.

    Args:
      images: uint8 array `[images, rows, columns, 1]`.
      labels: an array with an entry for each.
      fake_data: whether to hold nothing, and give out ones.
      one_hot: whether fake labels are rows of zeros and a one.
      dtype: `tf.uint8` for pixels from 0 to 255, `tf.float32` for 0 to 1.
      reshape: whether to make each image a vector.
      seed: of the shuffling; the graph's seed if `None`.

    Raises:
      TypeError: for another `dtype`.
    """

    def __init__(self, images: Any, labels: Any, fake_data: bool = False, one_hot: bool = False, dtype: Any = float32,
                 reshape: bool = True, seed: int | None = None):
        graph_seed, op_seed = get_seed(seed)
        np.random.seed(graph_seed if seed is None else op_seed)
        dtype = as_dtype(dtype).base_dtype
        if dtype not in (uint8, float32):
            raise TypeError(f"Invalid image dtype {dtype!r}, expected uint8 or float32")
        if fake_data:
            self._num_examples, self.one_hot = 10000, one_hot
        else:
            assert images.shape[0] == labels.shape[0], f"images.shape: {images.shape} labels.shape: {labels.shape}"
            self._num_examples = images.shape[0]
            images = _as_floats(_as_vectors(images) if reshape else images, dtype)
        self._images, self._labels = images, labels
        self._epochs_completed = self._index_in_epoch = 0

    @property
    def images(self) -> Any:
        """The images, in the order of this epoch."""
        return self._images

    @property
    def labels(self) -> Any:
        """Their labels."""
        return self._labels

    @property
    def num_examples(self) -> int:
        """How many images there are."""
        return self._num_examples

    @property
    def epochs_completed(self) -> int:
        """How often all images have been given out."""
        return self._epochs_completed

    def next_batch(self, batch_size: int, fake_data: bool = False, shuffle: bool = True) -> tuple[Any, Any]:
        """Return the next images and their labels; a batch that spans two epochs has images of both.

        Args:
          batch_size: how many.
          fake_data: whether to return lists of ones instead.
          shuffle: whether each epoch has an order of its own.
        """
        if fake_data:
            label: Any = [1] + [0] * 9 if self.one_hot else 0
            return [[1] * 784] * batch_size, [label] * batch_size
        start = self._index_in_epoch
        if self._epochs_completed == 0 and start == 0 and shuffle:
            self._shuffle()
        if start + batch_size <= self._num_examples:
            self._index_in_epoch += batch_size
            return self._images[start:self._index_in_epoch], self._labels[start:self._index_in_epoch]
        self._epochs_completed += 1
        images, labels = self._images[start:], self._labels[start:]
        if shuffle:
            self._shuffle()
        self._index_in_epoch = batch_size - (self._num_examples - start)
        rest = slice(0, self._index_in_epoch)
        return np.concatenate([images, self._images[rest]]), np.concatenate([labels, self._labels[rest]])

    def _shuffle(self) -> None:
        order = np.arange(self._num_examples)
        np.random.shuffle(order)
        self._images, self._labels = self._images[order], self._labels[order]


def _as_vectors(images: np.ndarray) -> np.ndarray:
    assert images.shape[3] == 1
    return images.reshape(images.shape[0], images.shape[1] * images.shape[2])


def _as_floats(images: np.ndarray, dtype: Any) -> np.ndarray:
    return np.multiply(images.astype(np.float32), 1.0 / 255.0) if dtype == float32 else images


def read_data_sets(train_dir: Any, fake_data: bool = False, one_hot: bool = False, dtype: Any = float32,
                   reshape: bool = True, validation_size: int = 5000, seed: int | None = None,
                   source_url: str = DEFAULT_SOURCE_URL) -> Datasets:
    """Return the images for training, validation and test that are in a folder.

    Args:
      train_dir: the folder of the four files, `train-images-idx3-ubyte.gz` and so on.
      fake_data: whether to read nothing, and give out ones.
      one_hot: whether labels are rows of zeros and a one.
      dtype: `tf.uint8` for pixels from 0 to 255, `tf.float32` for 0 to 1.
      reshape: whether to make each image a vector.
      validation_size: how many of the training images, the first, are for validation.
      seed: of the shuffling; the graph's seed if `None`.
      source_url: where the files can be had; nothing is downloaded.

    Returns:
      A tuple of three `DataSet`: `train`, `validation`, `test`.

    Raises:
      FileNotFoundError: if a file is missing.
      ValueError: if a file is none of MNIST's, or there are not so many images.
    """
    if fake_data:
        sets = [DataSet([], [], fake_data=True, one_hot=one_hot, dtype=dtype, seed=seed) for _ in range(3)]
        return Datasets(*sets)
    images, labels = _read(train_dir, "train", one_hot, source_url)
    test_images, test_labels = _read(train_dir, "t10k", one_hot, source_url)
    if not 0 <= validation_size <= len(images):
        raise ValueError(f"Validation size should be between 0 and {len(images)}. Received: {validation_size}.")
    options: dict[str, Any] = {"dtype": dtype, "reshape": reshape, "seed": seed}
    train = DataSet(images[validation_size:], labels[validation_size:], **options)
    validation = DataSet(images[:validation_size], labels[:validation_size], **options)
    return Datasets(train, validation, DataSet(test_images, test_labels, **options))


def _read(folder: Any, part: str, one_hot: bool, source_url: str) -> tuple[np.ndarray, np.ndarray]:
    source_url = source_url or DEFAULT_SOURCE_URL
    name = f"{part}-images-idx3-ubyte.gz"
    with open(maybe_download(name, folder, source_url + name), "rb") as file:
        images = extract_images(file)
    name = f"{part}-labels-idx1-ubyte.gz"
    with open(maybe_download(name, folder, source_url + name), "rb") as file:
        return images, extract_labels(file, one_hot=one_hot)


def load_mnist(train_dir: Any = "MNIST-data") -> Datasets:
    """Return `read_data_sets(train_dir)`."""
    return read_data_sets(train_dir)
