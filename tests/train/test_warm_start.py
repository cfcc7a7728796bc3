"""Variables that begin with what a checkpoint holds, and the message that names a server's task."""

from pathlib import Path

import numpy as np
import pytest

import kudari as tf
from kudari.op.definition import lookup


@pytest.fixture
def checkpoint(tmp_path):
    with tf.Graph().as_default(), tf.Session() as session:
        tf.get_variable("old/w", initializer=[1.0, 2.0])
        tf.get_variable("b", initializer=3.0)
        session.run(tf.global_variables_initializer())
        return tf.train.Saver().save(session, str(tmp_path / "model"))


@pytest.fixture
def model():
    with tf.Graph().as_default():
        yield (tf.get_variable("w", initializer=[0.0, 0.0]), tf.get_variable("b", initializer=0.0),
               tf.get_variable("b_step", initializer=7.0, trainable=False))


def initialized(variables):
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        return [value.tolist() for value in session.run(list(variables))]


def test_all_trainable_variables(checkpoint, model):
    tf.train.warm_start(checkpoint, var_name_to_prev_var_name={"w": "old/w"})
    assert initialized(model) == [[1.0, 2.0], 3.0, 7.0]


@pytest.mark.parametrize("wanted", ["b", ["b:"], "chosen"])
def test_some_variables(checkpoint, model, wanted):
    tf.train.warm_start(checkpoint, [model[1]] if wanted == "chosen" else wanted)
    assert initialized(model) == [[0.0, 0.0], 3.0, 7.0]


def test_wrong_calls(checkpoint, model):
    with pytest.raises(ValueError, match="is not found in"):
        tf.train.warm_start(checkpoint)
    with pytest.raises(ValueError, match="that were not used"):
        tf.train.warm_start(checkpoint, "b", var_name_to_prev_var_name={"nobody": "old/w"})
    info = tf.train.VocabInfo("new", 3, 0, "old")
    with pytest.raises(ValueError, match="in var_name_to_vocab_info that were not used"):
        tf.train.warm_start(checkpoint, "b", var_name_to_vocab_info={"nobody": info})


OLD, NEW = (str(Path(__file__).parents[1] / "golden" / "vocabularies" / name) for name in ("old.txt", "new.txt"))


@pytest.fixture
def matrix(tmp_path):
    """A checkpoint of a matrix whose element in row i and column j is 10 i + j."""
    with tf.Graph().as_default(), tf.Session() as session:
        tf.get_variable("w", initializer=np.add.outer(10 * np.arange(4), np.arange(3)).astype(np.float32))
        session.run(tf.global_variables_initializer())
        return tf.train.Saver().save(session, str(tmp_path / "matrix"))


def counting(shape, dtype=None, partition_info=None):
    return tf.reshape(tf.range(1.0, tf.cast(tf.reduce_prod(shape), tf.float32) + 1), shape)


def started(shape, info, matrix, **more):
    with tf.Graph().as_default():
        w = tf.get_variable("w", shape, **more)
        tf.train.warm_start(matrix, var_name_to_vocab_info={"w": info})
        return initialized([tf.convert_to_tensor(w)])[0]


def test_rows_find_their_places_by_a_vocabulary(matrix):
    info = tf.train.VocabInfo(NEW, 3, 1, OLD, backup_initializer=counting)
    wanted = [[10, 11, 12], [1, 2, 3], [0, 1, 2], [1, 2, 3]]
    assert started([4, 3], info, matrix) == wanted
    assert started([4, 3], tf.train.VocabInfo(NEW, 3, 1, OLD), matrix)[1] == [0, 0, 0]
    # of an old vocabulary of one entry, only the third of the new is known
    assert started([4, 3], info._replace(old_vocab_size=1), matrix) == [[1, 2, 3], [4, 5, 6], [0, 1, 2], [1, 2, 3]]


def test_parts_of_a_variable_find_theirs(matrix):
    info = tf.train.VocabInfo(NEW, 3, 1, OLD, backup_initializer=counting)
    parts = started([4, 3], info, matrix, partitioner=tf.fixed_size_partitioner(2))
    assert parts == [[10, 11, 12], [1, 2, 3], [0, 1, 2], [1, 2, 3]]


def test_columns_find_their_places(matrix):
    info = tf.train.VocabInfo(NEW, 3, 1, OLD, backup_initializer=counting, axis=1)
    assert started([4, 4], info, matrix) == [[1, 1, 0, 1], [11, 2, 10, 2], [21, 3, 20, 3], [31, 4, 30, 4]]


def remapped(matrix, rows, columns, values, count, width, name="w"):
    with tf.Session() as session:
        return session.run(lookup("LoadAndRemapMatrix")(
            matrix, name, np.array(rows, np.int64), np.array(columns, np.int64), np.array(values, np.float32),
            num_rows=count, num_cols=width)).tolist()


# what TensorFlow 1.15 says
@pytest.mark.parametrize(("arguments", "error", "words"), [
    (([2, -1, 0], [1, -1], [1, 2, 3], 3, 2), "InvalidArgument",
     "initializing_values contained 3 elements, but more missing values remain."),
    (([2, -1, 0], [1, -1], [1, 2, 3, 4, 5], 3, 2), "InvalidArgument",
     "initializing_values contained 5 elements, but only 4 elements were used to fill in missing values."),
    (([2, 0, 2], [1, 2], [], 3, 2), "Unimplemented", "Old ID 2 is mapped to both new ID 0 and 2, which is not supported."),
    (([2, 0], [1, 2], [], 3, 2), "InvalidArgument", "Size of row_remapping is 2 instead of being equal to num_rows=3"),
    (([2, 0, 1], [1], [], 3, 2), "InvalidArgument",
     "Provided col_remapping, but its size is 1 instead of being equal to num_cols=2"),
    (([2, 0, 1], [], [], 3, 2), "InvalidArgument", "Tensor w has shape [4,3], where the size of its 2nd dimension is 3 "
                                                   "instead of being equal to num_cols=2"),
    (([2, 0, 1], [], [], 3, 3, "nobody"), "NotFound", "Key nobody not found in checkpoint"),
    (([2, 0, 9], [], [], 3, 3), "Internal", "Old ID 9, for new ID 2, is out of bounds"),  # these words are Kudari's
])
def test_wrong_remappings(matrix, arguments, error, words):
    with tf.Graph().as_default(), pytest.raises(getattr(tf.errors, f"{error}Error")) as caught:
        remapped(matrix, *arguments)
    assert caught.value.message.startswith(words)


def test_remapping_a_matrix(matrix):
    with tf.Graph().as_default():
        assert remapped(matrix, [2, -1, 0], [1, -1], [1, 2, 3, 4], 3, 2) == [[21, 1], [2, 3], [1, 4]]
        places, known = lookup("GenerateVocabRemapping")(NEW, OLD, new_vocab_offset=0, num_new_vocab=4)
        with tf.Session() as session, pytest.raises(tf.errors.InvalidArgumentError, match="must be larger"):
            session.run([places, known])


def test_initializers_take_matrices_by_vocabularies(matrix):
    framework = tf.contrib.framework
    with tf.Graph().as_default():
        embedding = tf.get_variable("embedding", [4, 3], initializer=framework.load_embedding_initializer(
            matrix, "w", 3, 3, OLD, NEW, num_oov_buckets=1, initializer=tf.zeros_initializer()))
        assert initialized([embedding])[0] == [[10, 11, 12], [0, 0, 0], [0, 1, 2], [0, 0, 0]]
        start = framework.load_and_remap_matrix_initializer(matrix, "w", 3, 3, new_row_vocab_file=NEW)
        with pytest.raises(ValueError, match="old_row_vocab_file and new_row_vocab_file must both"):
            start([3, 3])
        with pytest.raises(ValueError, match="Expected 2nd dim of shape"):
            start([3, 4])


def test_a_server_def_names_the_task():
    cluster = tf.train.ClusterSpec({"worker": ["localhost:2222"]})
    message = tf.train.ServerDef(cluster=cluster.as_cluster_def(), job_name="worker", task_index=0, protocol="grpc")
    assert tf.train.ServerDef.FromString(message.SerializeToString()) == message
    assert tf.train.Server(message).target
