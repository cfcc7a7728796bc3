"""Iterators: what they may use, how they end, and their threads."""

import gzip
import threading
import time

import numpy as np
import pytest

import kudari as tf

Dataset = tf.data.Dataset
RECORDS = "0300000000000000b099490e6162636e57f121000000000000000029039807d8ea82a2"


def every(session, element):
    found = []
    try:
        while True:
            found.append(session.run(element))
    except tf.errors.OutOfRangeError as error:
        assert error.message.startswith("End of sequence")
    return found


@pytest.fixture
def session():
    with tf.Graph().as_default(), tf.Session() as session:
        yield session


def threads():
    return [t for t in threading.enumerate() if t.name.startswith("kudari_")]


def test_every_example_comes_once_an_epoch(session):
    dataset = Dataset.range(1000).shuffle(64).map(lambda x: x * 2, num_parallel_calls=3).repeat(2).batch(64).prefetch(2)
    found = np.concatenate(every(session, dataset.make_one_shot_iterator().get_next()))
    assert sorted(found) == sorted([2 * n for n in range(1000)] * 2)
    assert sorted(found[:1000]) == [2 * n for n in range(1000)]


def test_threads_end_with_the_session():
    before = set(threads())
    with tf.Graph().as_default():
        element = Dataset.range(100).repeat().map(lambda x: x, num_parallel_calls=2).prefetch(4) \
            .make_one_shot_iterator().get_next()
        with tf.Session() as session:
            session.run(element)
            assert set(threads()) - before
        assert not set(threads()) - before


def test_prefetching_goes_on_while_nobody_asks(session):
    seen = []
    element = Dataset.range(10).map(lambda x: tf.py_func(lambda n: seen.append(n) or n, [x], tf.int64)).prefetch(3) \
        .make_one_shot_iterator().get_next()
    assert session.run(element) == 0
    deadline = time.time() + 10
    while len(seen) < 4 and time.time() < deadline:
        time.sleep(0.01)
    assert seen == [0, 1, 2, 3]


def test_a_placeholder_is_read_when_the_iterator_begins(session):
    most = tf.placeholder(tf.int64, [])
    iterator = Dataset.range(most).map(lambda x: x + most).make_initializable_iterator()
    element = iterator.get_next()
    for n in (2, 3):
        session.run(iterator.initializer, {most: n})
        assert every(session, element) == [n + i for i in range(n)]


def test_variables_and_tables_are_captured(session):
    weight = tf.Variable(3.0)
    other = tf.get_variable("other", initializer=2.0, use_resource=True)
    table = tf.contrib.lookup.index_table_from_tensor(["a", "b"])
    dataset = Dataset.from_tensor_slices(["b", "a", "z"]).map(
        lambda text: (table.lookup(text), tf.cast(table.lookup(text), tf.float32) * weight + other))
    iterator = dataset.make_initializable_iterator()
    element = iterator.get_next()
    session.run([tf.global_variables_initializer(), tf.tables_initializer()])
    session.run(iterator.initializer)
    assert every(session, element) == [(1, 5.0), (0, 2.0), (-1, -1.0)]


def test_one_shot_iterators_take_nothing_that_a_session_sets():
    with tf.Graph().as_default():
        weight = tf.get_variable("w", initializer=1.0, use_resource=True)
        with pytest.raises(ValueError, match="Failed to create a one-shot iterator for a dataset"):
            Dataset.range(3).map(lambda x: tf.cast(x, tf.float32) * weight).make_one_shot_iterator()
        with pytest.raises(ValueError, match=r"Cannot capture a placeholder \(name:Placeholder, type:Placeholder\) by"):
            Dataset.from_tensors(tf.placeholder(tf.float32)).make_one_shot_iterator()


def test_an_iterator_is_set_to_several_datasets_and_fed_by_handle(session):
    settable = tf.data.Iterator.from_structure(tf.int64, [])
    first = settable.make_initializer(Dataset.range(2))
    second = settable.make_initializer(Dataset.range(5, 8))
    one_shot = Dataset.range(10, 12).make_one_shot_iterator()
    handle = tf.placeholder(tf.string, [])
    element = tf.data.Iterator.from_string_handle(handle, tf.int64, []).get_next()
    here, there = session.run([settable.string_handle(), one_shot.string_handle()])
    session.run(first)
    assert [session.run(element, {handle: h}) for h in (here, there, here, there)] == [0, 10, 1, 11]
    with pytest.raises(tf.errors.OutOfRangeError):
        session.run(element, {handle: here})
    session.run(second)
    assert every(session, settable.get_next()) == [5, 6, 7]


def test_a_dataset_that_does_not_fit_is_refused(session):
    settable = tf.data.Iterator.from_structure(tf.int64, [])
    with pytest.raises(TypeError, match="Expected output types"):
        settable.make_initializer(Dataset.from_tensors(1.0))
    with pytest.raises(ValueError, match="Iterator does not have an initializer"):
        _ = settable.initializer
    with pytest.raises(tf.errors.FailedPreconditionError, match="has not been initialized"):
        session.run(settable.get_next())


def test_an_error_does_not_end_the_pass(session):
    element = Dataset.from_tensor_slices([1.0, 0.0, 4.0]).map(lambda x: tf.check_numerics(1.0 / x, "bad")) \
        .make_one_shot_iterator().get_next()
    assert session.run(element) == 1.0
    with pytest.raises(tf.errors.InvalidArgumentError, match="bad"):
        session.run(element)
    assert session.run(element) == 0.25


def test_reduce_gives_the_last_state(session):
    assert session.run(Dataset.range(5).reduce(tf.constant(0, tf.int64), lambda s, x: s + x)) == 10


def test_files_are_read(session, tmp_path):
    text, records = tmp_path / "a.txt", tmp_path / "b.gz"
    text.write_bytes(b"one\r\ntwo\n\nlast")
    records.write_bytes(gzip.compress(b"HHaabbccF"))
    assert every(session, tf.data.TextLineDataset([str(text)]).make_one_shot_iterator().get_next()) == \
        [b"one", b"two", b"", b"last"]
    with pytest.raises(tf.errors.NotFoundError, match="missing"):
        session.run(tf.data.TextLineDataset(str(tmp_path / "missing")).make_one_shot_iterator().get_next())
    pieces = tf.data.FixedLengthRecordDataset(str(records), 2, 2, 1, compression_type="GZIP")
    assert every(session, pieces.make_one_shot_iterator().get_next()) == [b"aa", b"bb", b"cc"]
    names = Dataset.list_files(str(tmp_path / "*"), shuffle=False).make_initializable_iterator()
    session.run(names.initializer)
    assert every(session, names.get_next()) == [str(text).encode(), str(records).encode()]


def test_tfrecord_files_are_read_and_damage_is_told(session, tmp_path):
    path = tmp_path / "records"
    # Written by TensorFlow 1.15: the records b"abc" and b"".
    path.write_bytes(bytes.fromhex(RECORDS))
    assert every(session, tf.data.TFRecordDataset(str(path)).make_one_shot_iterator().get_next()) == [b"abc", b""]
    damaged = bytearray(path.read_bytes())
    damaged[13] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(tf.errors.DataLossError, match="corrupted record at 0"):
        session.run(tf.data.TFRecordDataset(str(path)).make_one_shot_iterator().get_next())
