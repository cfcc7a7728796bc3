"""Values that may not be there, how many elements datasets have, and rows of a database."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest

import kudari as tf

experimental = tf.data.experimental


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def test_the_end_is_an_optional_without_a_value():
    iterator = tf.data.Dataset.range(2).map(lambda x: {"x": x, "s": tf.SparseTensor([[0]], [x], [3])}) \
        .make_one_shot_iterator()
    following = experimental.get_next_as_optional(iterator)
    has, value = following.has_value(), following.get_value()
    with tf.Session() as session:
        for number in range(2):
            found, element = session.run([has, value])
            assert found and element["x"] == number and element["s"].values.tolist() == [number]
        assert not session.run(has)
        with pytest.raises(tf.errors.InvalidArgumentError, match="does not have a value"):
            session.run(value)


def test_optionals_are_made_of_values():
    there = experimental.Optional.from_value((tf.constant([1.0, 2.0]), tf.constant("a")))
    nothing = experimental.Optional.none_from_structure(there.value_structure)
    assert [op.name for op in tf.get_default_graph().get_operations()][-2:] == ["optional", "OptionalNone"]
    first, second = there.get_value()
    assert first.shape.as_list() == [2] and second.dtype == tf.string
    with tf.Session() as session:
        assert session.run([there.has_value(), nothing.has_value()]) == [True, False]
        assert session.run(first).tolist() == [1.0, 2.0] and session.run(second) == b"a"
        with pytest.raises(tf.errors.InvalidArgumentError, match="does not have a value"):
            session.run(nothing.get_value()[0])


def sizes(tf):
    data = tf.data.Dataset
    ten = data.range(10)
    each = [ten, data.from_tensors(1), data.from_tensor_slices([1, 2, 3]), ten.repeat(), ten.repeat(3), ten.repeat(0),
            ten.skip(4), ten.skip(40), ten.skip(-1), ten.take(4), ten.take(-1), ten.take(40), ten.repeat().take(4),
            ten.batch(3), ten.batch(3, drop_remainder=True), ten.filter(lambda x: x > 1), ten.map(lambda x: x + 1),
            ten.map(lambda x: x + 1, num_parallel_calls=2), ten.shard(3, 0), ten.shard(3, 2), ten.concatenate(ten),
            ten.concatenate(ten.repeat()), data.zip((ten, ten.repeat())), data.zip((ten.repeat(), ten.repeat())),
            data.zip((ten, ten.filter(lambda x: x > 1))), ten.shuffle(4), ten.shuffle(4).repeat(2), ten.cache(),
            ten.prefetch(2), ten.padded_batch(4, []), ten.flat_map(lambda x: data.range(x)),
            ten.interleave(lambda x: data.range(2), 2), data.from_generator(lambda: iter([1]), tf.int32),
            ten.apply(tf.data.experimental.shuffle_and_repeat(3, 2)), ten.filter(lambda x: x > 1).batch(2)]
    return [tf.data.experimental.cardinality(one) for one in each]


def test_sizes_are_tensorflows():
    with tf.Session() as session:
        found = [int(size) for size in session.run(sizes(tf))]
    assert found == [  # as TensorFlow 1.15 gave them
        10, 1, 3, -1, 30, 0, 6, 0, 0, 4, -1, 10, 4, 4, 3, -2, 10, 10, 4, 3, 20, -1, 10, -1, -2,
        10, 20, 10, 10, 3, -2, -2, -2, 20, -2]


@pytest.fixture
def database(tmp_path):
    path = str(tmp_path / "people.db")
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE people (name TEXT, age INTEGER, height REAL)")
        connection.executemany("INSERT INTO people VALUES (?, ?, ?)", [("Ann", 31, 1.5), ("Bob", None, 2.5)])
    connection.close()
    return path


def rows(*arguments):
    found, following = [], experimental.SqlDataset(*arguments).make_one_shot_iterator().get_next()
    with tf.Session() as session:
        while True:
            try:
                found.append(session.run(following))
            except tf.errors.OutOfRangeError:
                return found


def test_rows_of_a_database(database):
    types = (tf.string, tf.int64, tf.float64)
    found = rows("sqlite", database, "SELECT * FROM people ORDER BY age DESC", types)
    assert found == [(b"Ann", 31, 1.5), (b"Bob", 0, 2.5)] and isinstance(found[0][1], np.int64)
    for arguments, words in ((("mysql", database, "SELECT 1", (tf.int32,)), "mysql, is not supported by SqlDataset"),
                             (("sqlite", database, "SELECT * FROM people", (tf.string,)), "number of columns in query"),
                             (("sqlite", database, "SELECT * FROM nobody", types), "no such table: nobody")):
        with pytest.raises(tf.errors.InvalidArgumentError, match=words):
            rows(*arguments)


def test_csv_columns_are_checked():
    people = str(Path(__file__).parents[1] / "golden" / "tables" / "people.csv")
    for words, arguments in (("No files match", {"file_pattern": people + ".no*"}),
                             ("out of valid range", {"select_columns": [5]}),
                             ("not a valid column index or name", {"select_columns": ["no"]}),
                             ("contains duplicate columns", {"select_columns": ["age", 1]}),
                             ("must be one of the columns", {"label_name": "no"}),
                             ("Cannot have duplicate column names", {"column_names": ["a"] * 5}),
                             ("must have same length", {"select_columns": [1], "column_defaults": [tf.int32] * 2}),
                             ("without a header line", {"header": False})):
        with pytest.raises(ValueError, match=words):
            experimental.make_csv_dataset(**{"file_pattern": people, "batch_size": 2, **arguments})
    with tf.Session() as session, pytest.raises(tf.errors.InvalidArgumentError, match="strictly increasing"):
        wrong = experimental.CsvDataset(people, [tf.string] * 2, select_cols=[1, 0])
        session.run(wrong.make_one_shot_iterator().get_next())
