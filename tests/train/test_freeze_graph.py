"""Graphs frozen from files compute without variables what the model computed."""

import numpy as np
import pytest

import kudari as tf
from kudari.train.freeze_graph import freeze_graph

X = np.array([[1.0, 2.0], [3.0, 4.0]], np.float32)


@pytest.fixture
def saved(tmp_path):
    """A model with variables of both kinds, its graph in files of both forms, a checkpoint and a saved model."""
    with tf.Graph().as_default() as graph, tf.Session() as session:
        x = tf.placeholder(tf.float32, [None, 2], name="x")
        w = tf.get_variable("w", initializer=[[1.0], [2.0]])
        r = tf.get_variable("r", initializer=3.0, use_resource=True)
        y = tf.add(tf.matmul(x, w), r, name="y")
        session.run(tf.global_variables_initializer())
        session.run(tf.assign(w, [[5.0], [7.0]]))
        tf.train.Saver().save(session, str(tmp_path / "model"))
        tf.io.write_graph(graph, str(tmp_path), "graph.pbtxt")
        tf.io.write_graph(graph, str(tmp_path), "graph.pb", as_text=False)
        tf.saved_model.simple_save(session, tmp_path / "served", {"x": x}, {"y": y})
    return tmp_path


def frozen(folder, **given):
    arguments = dict(input_graph=None, input_saver=None, input_binary=False, input_checkpoint=str(folder / "model"),
                     output_node_names="y", restore_op_name=None, filename_tensor_name=None,
                     output_graph=str(folder / "frozen.pb"), clear_devices=True, initializer_nodes="")
    with tf.Graph().as_default():
        return freeze_graph(**{**arguments, **given})


def computed(graph_def):
    assert not [node.op for node in graph_def.node if "Var" in node.op]
    with tf.Graph().as_default() as graph, tf.Session() as session:
        tf.import_graph_def(graph_def, name="")
        return session.run("y:0", {graph.get_tensor_by_name("x:0"): X})


@pytest.mark.parametrize("given", [
    {"input_graph": "graph.pbtxt"},
    {"input_graph": "graph.pb", "input_binary": True},
    {"input_meta_graph": "model.meta", "input_binary": True},
    {"input_saved_model_dir": "served", "input_checkpoint": None},
])
def test_a_frozen_graph_computes_what_the_model_did(saved, given):
    named = {key: str(saved / value) if isinstance(value, str) else value for key, value in given.items()}
    made = frozen(saved, **named)
    np.testing.assert_array_equal(computed(made), X @ [[5.0], [7.0]] + 3.0)
    written = tf.GraphDef.FromString((saved / "frozen.pb").read_bytes())
    assert written == made


def test_only_the_variables_that_are_named_are_converted(saved):
    made = frozen(saved, input_graph=str(saved / "graph.pbtxt"), variable_names_whitelist="w")
    assert {node.name: node.op for node in made.node}["w"] == "Const"
    assert [node.name for node in made.node if node.op == "VarHandleOp"] == ["r"]


@pytest.mark.parametrize("given, error, words", [
    ({"input_graph": "graph.pbtxt", "input_checkpoint": "none"}, ValueError, "Input checkpoint '.*none' doesn't exist!"),
    ({"input_graph": "none.pb"}, IOError, "Input graph file '.*none.pb' does not exist!"),
    ({"input_graph": "graph.pbtxt", "output_node_names": ""}, ValueError, "supply the name of a node"),
    ({"input_saved_model_dir": "served", "saved_model_tags": "train"}, RuntimeError, "tag-set train could not be found"),
])
def test_what_is_missing_is_named(saved, given, error, words):
    paths = ("input_graph", "input_checkpoint", "input_saved_model_dir")
    with pytest.raises(error, match=words):
        frozen(saved, **{key: str(saved / value) if key in paths else value for key, value in given.items()})


def test_a_graph_is_frozen_once(saved):
    frozen(saved, input_graph=str(saved / "graph.pbtxt"))
    with pytest.raises(ValueError, match="You cannot freeze a graph twice"):
        frozen(saved, input_graph=str(saved / "frozen.pb"), input_binary=True)
