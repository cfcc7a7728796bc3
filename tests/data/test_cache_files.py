"""Elements that a data set keeps in a file, in TensorFlow's format."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

import kudari as tf

THREE = Path(__file__).parents[1] / "golden" / "caches" / "three"  # as TensorFlow 1.15 wrote them
WANTED = [(1, b"a", [[0, 1], [2, 3]]), (2, b"bb", [[4, 5], [6, 7]]), (3, b"", [[8, 9], [10, 11]])]


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def three():
    arrays = np.array([1, 2, 3], np.int64), np.array([b"a", b"bb", b""]), np.arange(12, dtype=np.float32).reshape(3, 2, 2)
    return tf.data.Dataset.from_tensor_slices(arrays)


def elements(dataset, most=None):
    found, following = [], dataset.make_one_shot_iterator().get_next()
    with tf.Session() as session:
        while most is None or len(found) < most:
            try:
                found.append(session.run(following))
            except tf.errors.OutOfRangeError:
                break
    return [tuple(np.asarray(part).tolist() for part in element) for element in found]


def test_a_file_of_tensorflows_is_read():
    other = tf.data.Dataset.from_tensors((np.int64(0), b"", np.zeros([2, 2], np.float32)))
    assert elements(other.cache(str(THREE))) == WANTED


def test_a_pass_writes_what_tensorflow_would(tmp_path):
    path = tmp_path / "folder" / "three"
    assert elements(three().cache(str(path))) == WANTED
    mine, theirs = tf.train.NewCheckpointReader(str(path)), tf.train.NewCheckpointReader(str(THREE))
    assert mine.debug_string() == theirs.debug_string()
    assert Path(f"{path}.data-00000-of-00001").read_bytes() == Path(f"{THREE}.data-00000-of-00001").read_bytes()
    calls = []
    counted = three().map(lambda *parts: (tf.py_func(lambda x: calls.append(x) or x, [parts[0]], tf.int64), *parts[1:]))
    assert elements(counted.cache(str(path))) == WANTED and calls == []


def test_a_pass_that_ends_early_leaves_nothing(tmp_path):
    assert elements(three().cache(str(tmp_path / "three")), most=2) == WANTED[:2]
    assert elements(three().cache(str(tmp_path / "three"))) == WANTED
    assert sorted(os.listdir(tmp_path)) == ["three.data-00000-of-00001", "three.index"]


def test_every_pass_of_a_repeated_one_is_the_same(tmp_path):
    shuffled = tf.data.Dataset.range(5).shuffle(5).cache(str(tmp_path / "five")).repeat(3).map(lambda x: (x,))
    found = elements(shuffled)
    assert found[:5] == found[5:10] == found[10:] and sorted(found[:5]) == [(i,) for i in range(5)]


def test_none_at_all(tmp_path):
    empty = three().take(0).cache(str(tmp_path / "none"))
    assert elements(empty) == elements(empty) == []


@pytest.mark.parametrize("file", ["three.index", "three.data-00000-of-00001"])
def test_a_damaged_file_is_named(file, tmp_path):
    for name in ("three.index", "three.data-00000-of-00001"):
        shutil.copy(THREE.with_name(name), tmp_path)
    content = bytearray((tmp_path / file).read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / file).write_bytes(content)
    with pytest.raises(tf.errors.DataLossError, match="three"):
        elements(three().cache(str(tmp_path / "three")))


def test_what_is_no_number_or_text_is_refused(tmp_path):
    sparse = tf.data.Dataset.from_tensors(tf.SparseTensor([[0]], [1.0], [2])).cache(str(tmp_path / "sparse"))
    with tf.Session() as session, pytest.raises(tf.errors.UnimplementedError, match="cache in memory"):
        session.run(sparse.make_one_shot_iterator().get_next())
