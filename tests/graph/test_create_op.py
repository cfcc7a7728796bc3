"""Nodes made from the name of an op, and scopes that each thread has for itself."""

import threading

import pytest

import kudari as tf
from kudari.protos import proto

FLOAT = {"T": proto("AttrValue")(type=tf.float32.as_datatype_enum)}


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def test_a_node_is_made_of_its_op_inputs_and_attributes(graph):
    x = tf.constant([1.0, 2.0])
    given = (None, "s/a", "s/a", "q/a/")
    names = [graph.create_op("Add", [x, x], [tf.float32], name=name, attrs=FLOAT).name for name in given]
    assert names == ["Add", "s/a", "s/a_1", "q/a"]
    node = graph.get_operation_by_name("s/a")
    assert (node.type, node.outputs[0].dtype, node.outputs[0].shape) == ("Add", tf.float32, [2])
    with tf.Session() as session:
        assert session.run(node.outputs[0]).tolist() == [2.0, 4.0]


@pytest.mark.parametrize(("op", "arguments", "error", "words"), [
    ("Add", {"attrs": FLOAT, "inputs": [1.0]}, TypeError, "Input #0 is not a tensor: 1.0"),
    ("Nope", {}, tf.errors.NotFoundError, "Op type not registered 'Nope'"),
    ("Add", {}, ValueError, "missing attr 'T'"),
    ("Add", {"attrs": FLOAT, "input_types": [tf.float64, tf.float32]}, TypeError,
     r"In op 'Add', input types \(\[tf.float32, tf.float32\]\) are not compatible with expected types"),
])
def test_a_wrong_node_is_refused(graph, op, arguments, error, words):
    x = tf.constant([1.0, 2.0])
    before = graph.version
    with pytest.raises(error, match=words):
        graph.create_op(op, **{"inputs": [x, x], **arguments})
    assert graph.version == before


def test_a_thread_has_its_own_surroundings_once_asked(graph):
    def device_in_thread():
        made = []
        thread = threading.Thread(target=lambda: made.append(made_in_graph()))
        thread.start()
        thread.join()
        return made[0].device

    def made_in_graph():
        with graph.as_default():
            return tf.no_op()

    with tf.device("/cpu:0"):
        assert device_in_thread() == "/device:CPU:0"
        graph.switch_to_thread_local()
        with tf.device("/cpu:1"):
            assert device_in_thread() == "/device:CPU:0"
            assert made_in_graph().device == "/device:CPU:1"
    assert made_in_graph().device == ""
