"""A model that `tf.train.do_quantize_training_on_graphdef` has rewritten: its ranges begin by themselves, then move."""

import numpy as np

X = np.array([[[[0.5, -1.0], [2.0, 0.25]], [[-0.75, 1.5], [3.0, -2.0]]]], np.float32)
STEPS = [(["init"], {}), (["y:0"], {"x:0": X}), (["y:0"], {"x:0": X * 3}),
         (["x/Min/Variable:0", "x/Max/Variable:0", "w/read/Max/Variable:0"], {}),
         (["held/MatMul/ReadVariableOp/Min/Variable:0"], {})]


def model(tf):
    x = tf.placeholder(tf.float32, [None, 2, 2, 2], name="x")
    w = tf.get_variable("w", initializer=np.linspace(-1, 2, 24).reshape([2, 2, 2, 3]).astype(np.float32))
    h = tf.nn.relu6(tf.nn.conv2d(x, w, [1, 1, 1, 1], "SAME", name="convolution"))
    h = tf.reshape(tf.nn.max_pool(h, [1, 2, 2, 1], [1, 2, 2, 1], "SAME"), [-1, 3], name="flat")
    h = tf.nn.tanh(tf.matmul(h, tf.constant([[0.25, -0.5], [0.125, 1.0], [-1.0, 0.75]])))
    v = tf.get_variable("v", initializer=[[1.0, 0.5], [0.25, -2.0]], use_resource=True)
    with tf.name_scope("held"):
        h = tf.nn.relu(tf.matmul(h, v))
    u = tf.get_variable("u", initializer=[[1.0], [0.3]])
    tf.gradients(tf.reduce_sum(tf.matmul(h, u), name="y"), [w])
    tf.group(*[variable.initializer for variable in (w, v, u)], name="init")


def build(tf):
    with tf.Graph().as_default() as graph:
        model(tf)
    tf.import_graph_def(tf.train.do_quantize_training_on_graphdef(graph.as_graph_def(), 6), name="")
