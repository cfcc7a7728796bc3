"""Graphs answer as TensorFlow 1.15's do: names, scopes, control inputs, devices, collections, errors."""

import json
import pathlib
import sys

import pytest

import kudari as tf

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import graph_facts

GOLDEN = json.loads((pathlib.Path(__file__).parent.parent / "golden" / "graph_facts.json").read_text())


@pytest.fixture(scope="module")
def answers():
    from kudari.graph.stack import graphs
    try:
        return json.loads(json.dumps(graph_facts.answers(tf)))
    finally:
        graphs.items.clear()


def test_the_same_questions_are_asked(answers):
    assert sorted(answers) == sorted(GOLDEN)


@pytest.mark.parametrize("question", GOLDEN)
def test_answers_are_tensorflows(answers, question):
    assert answers[question] == GOLDEN[question]


def test_a_foreign_operation_is_refused():
    with tf.Graph().as_default():
        op = tf.no_op()
    with pytest.raises(ValueError, match="is not an element of this graph"):
        tf.Graph().as_graph_element(op)


def test_an_object_may_stand_for_an_element():
    class Holder:
        def _as_graph_element(self):
            return tensor

    with tf.Graph().as_default() as graph:
        tensor = tf.constant(1.0)
    assert graph.as_graph_element(Holder()) is tensor


def test_default_graphs_nest():
    outer = tf.get_default_graph()
    with tf.Graph().as_default() as inner:
        assert tf.get_default_graph() is inner and inner is not outer
        with outer.as_default():
            assert tf.constant(1).graph is outer
        assert tf.constant(1).graph is inner
    assert tf.get_default_graph() is outer


def test_reset_starts_a_new_graph():
    old = tf.get_default_graph()
    tf.reset_default_graph()
    assert tf.get_default_graph() is not old


def test_version_counts_nodes():
    with tf.Graph().as_default() as graph:
        assert graph.version == graph._last_id == 0
        tf.no_op()
        assert graph.version == graph._last_id == 1
    assert graph.graph_def_versions.producer == 134


def test_gradient_override_marks_nodes():
    with tf.Graph().as_default() as graph, graph.gradient_override_map({"Identity": "Mine"}):
        marked, plain = tf.identity(1.0).op, tf.no_op()
    assert marked.get_attr("_gradient_op_type") == b"Mine"
    assert "_gradient_op_type" not in plain.node_def.attr


def test_a_control_input_added_later_is_kept():
    with tf.Graph().as_default():
        first, second = tf.no_op(name="first"), tf.no_op(name="second")
    second._add_control_inputs([first, first])
    assert second.control_inputs == [first] and list(second.node_def.input) == ["^first"]


def test_an_input_can_be_replaced():
    with tf.Graph().as_default():
        a, b = tf.constant(1.0, name="a"), tf.constant(2.0, name="b")
        y = tf.identity(a)
    y.op._update_input(0, b)
    assert list(y.op.inputs) == [b] and a.consumers() == [] and b.consumers() == [y.op]


def test_made_at_is_the_line_of_the_program():
    with tf.Graph().as_default():
        op = tf.constant(1.0).op
    assert pathlib.Path(op.made_at.rpartition(":")[0]).name == pathlib.Path(__file__).name
    assert any(name == "test_made_at_is_the_line_of_the_program" for _, _, name, _ in op.traceback)
