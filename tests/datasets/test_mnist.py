"""The reader of MNIST: files, batches and the order in which TensorFlow 1.15 gives them out."""

import importlib.util
import pathlib

import numpy as np
import pytest

import kudari as tf
from kudari.datasets.mnist import read_data_sets

_SPEC = importlib.util.spec_from_file_location(
    "synthetic_mnist", pathlib.Path(__file__).parent.parent / "programs" / "synthetic_mnist.py")
synthetic_mnist = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(synthetic_mnist)


RECORDED = [
    [0, 8, 5, 7, 9, 1, 7, 3],
    [8, 9, 3, 5, 1, 8, 0, 7],
    [8, 6, 6, 4, 9, 8, 0, 6],
    [4, 6, 3, 5, 8, 1, 1, 5],
    [8, 7, 8, 7, 9, 0, 7, 3],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("mnist")
    synthetic_mnist.write(path, train=30, test=7)
    return path


def test_the_images_are_those_in_the_files(folder, capsys):
    sets = read_data_sets(folder, validation_size=10, one_hot=True)
    pixels, labels = synthetic_mnist.images(30, 0)
    assert [part.num_examples for part in sets] == [20, 10, 7]
    np.testing.assert_array_equal(sets.validation.images, pixels[:10].reshape(10, 784) * np.float32(1 / 255))
    np.testing.assert_array_equal(sets.train.labels.argmax(1), labels[10:])
    assert sets.train.images.dtype == np.float32 and sets.train.labels.dtype == np.float64
    assert f"Extracting {folder}/train-images-idx3-ubyte.gz" in capsys.readouterr().out


def test_pixels_may_stay_as_they_are(folder):
    train = read_data_sets(folder, validation_size=0, reshape=False, dtype=tf.uint8).train
    assert (train.images.shape, train.images.dtype, train.labels.dtype) == ((30, 28, 28, 1), np.uint8, np.uint8)


def test_batches_are_shuffled_as_tensorflow_shuffles(folder):
    """Recorded from TensorFlow 1.15 with these images and seeds."""
    train = read_data_sets(folder, validation_size=10, seed=4).train
    given = [train.next_batch(8)[1].tolist() for _ in range(5)]
    assert given == RECORDED
    assert train.epochs_completed == 1


def test_batches_span_epochs(folder):
    train = read_data_sets(folder, validation_size=10).train
    batches = [train.next_batch(8, shuffle=False)[0] for _ in range(3)]
    np.testing.assert_array_equal(np.concatenate(batches), np.concatenate([train.images, train.images[:4]]))
    assert train.epochs_completed == 1


def test_fake_data_are_ones():
    train = read_data_sets("", fake_data=True, one_hot=True).train
    images, labels = train.next_batch(2, fake_data=True)
    assert (np.shape(images), labels[1]) == ((2, 784), [1] + [0] * 9)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no file 'train-images-idx3-ubyte.gz' in the folder '.*nowhere'"):
        read_data_sets(tmp_path / "nowhere")


def test_what_is_no_file_of_images_is_refused(folder, tmp_path):
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes((folder / path.name.replace("images-idx3", "labels-idx1")).read_bytes())
    with pytest.raises(ValueError, match="Invalid magic number 2049 in MNIST image file"):
        read_data_sets(tmp_path)


def test_more_validation_than_images_is_refused(folder):
    with pytest.raises(ValueError, match="Validation size should be between 0 and 30"):
        read_data_sets(folder, validation_size=31)
