"""Graphs as text for people."""

import kudari as tf
from kudari.graph.printer import print_graph


def test_one_line_a_node():
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, 2], name="x")
        with tf.control_dependencies([tf.no_op(name="first")]), tf.device("/cpu:0"):
            tf.identity(x, name="y")
        tf.constant(range(20), name="many")
        parts = tf.unstack(tf.constant([1, 2], name="two"), name="parts")
        tf.identity(parts[1], name="last")
    assert print_graph(graph).splitlines() == [
        "x = Placeholder() {dtype=float32, shape=[?,2]}",
        "first = NoOp()",
        "y = Identity(x) {T=float32} ^first @/device:CPU:0",
        "many = Const() {dtype=int32, value=int32[20]}",
        "two = Const() {dtype=int32, value=int32[2] [1, 2]}",
        "parts = Unpack(two) {T=int32, axis=0, num=2}",
        "last = Identity(parts:1) {T=int32}",
    ]
