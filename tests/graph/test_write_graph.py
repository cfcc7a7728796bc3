"""tf.train.write_graph."""

import pytest
from google.protobuf import text_format

import kudari as tf


@pytest.fixture
def graph():
    with tf.Graph().as_default() as graph:
        tf.constant(0.1, name="c")
    return graph


def test_text_is_the_default(graph, tmp_path):
    path = tf.train.write_graph(graph, str(tmp_path / "a" / "b"), "graph.pbtxt")
    assert path == str(tmp_path / "a" / "b" / "graph.pbtxt")
    with open(path) as source:
        assert text_format.Parse(source.read(), tf.GraphDef()) == graph.as_graph_def()


def test_binary(graph, tmp_path):
    path = tf.io.write_graph(graph.as_graph_def(), str(tmp_path), "graph.pb", as_text=False)
    with open(path, "rb") as source:
        assert tf.GraphDef.FromString(source.read()) == graph.as_graph_def()


def test_a_file_is_replaced_and_nothing_else_is_left(graph, tmp_path):
    for _ in range(2):
        tf.train.write_graph(graph, str(tmp_path), "graph.pbtxt")
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph.pbtxt"]
