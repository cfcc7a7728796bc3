"""A rewritten graph trains with rounded weights, and its saver keeps the ranges."""

import numpy as np

import kudari as tf


def rewritten(num_bits):
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, 2], name="x")
        w = tf.get_variable("w", initializer=[[0.9], [-0.3]])
        y = tf.matmul(x, w, name="y")
        tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_mean(tf.square(y - 1.0), name="loss"), name="step")
        tf.train.Saver()
        tf.group(w.initializer, name="init")
    return tf.train.do_quantize_training_on_graphdef(graph.as_graph_def(), num_bits)


def test_the_saver_of_the_graph_keeps_the_ranges(tmp_path):
    x, path = np.array([[1.0, 2.0], [-3.0, 0.5]], np.float32), str(tmp_path / "model")
    with tf.Graph().as_default(), tf.Session() as session:
        tf.import_graph_def(rewritten(8), name="")
        session.run("init")
        for _ in range(3):
            session.run("step", {"x:0": x})
        ranges = session.run(["x/Min/Variable:0", "x/Max/Variable:0", "w/read/Min/Variable:0", "w:0"])
        session.run("save/control_dependency:0", {"save/Const:0": path})
    assert len(tf.train.list_variables(path)) == 5
    with tf.Graph().as_default(), tf.Session() as session:
        tf.import_graph_def(rewritten(8), name="")
        session.run("save/restore_all", {"save/Const:0": path})
        restored = session.run(["x/Min/Variable:0", "x/Max/Variable:0", "w/read/Min/Variable:0", "w:0"])
    np.testing.assert_array_equal(np.concatenate([np.ravel(v) for v in restored]),
                                  np.concatenate([np.ravel(v) for v in ranges]))


def test_few_bits_make_few_weights():
    with tf.Graph().as_default(), tf.Session() as session:
        tf.import_graph_def(rewritten(2), name="")
        session.run("init")
        rounded = session.run("w/read/QuantizeAndDequantizeV2:0", {"x:0": [[1.0, 1.0]]})
    assert len(np.unique(rounded)) <= 4 and not np.array_equal(rounded, [[0.9], [-0.3]])
