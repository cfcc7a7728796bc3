"""Programs whose GraphDefs TensorFlow 1.15 wrote to tests/golden/graphdefs/; each takes the `tf` to build with.

Kept to Python 3.6, because the recorder runs them under TensorFlow 1.
"""

import numpy as np


def linear_regression(tf):
    """The program every user of TensorFlow 1 wrote first: two weights, squared error, gradient descent."""
    weight = tf.Variable([0.3], dtype=tf.float32)
    bias = tf.Variable([-0.3], dtype=tf.float32)
    x = tf.placeholder(tf.float32)
    model = weight * x + bias
    y = tf.placeholder(tf.float32)
    loss = tf.reduce_sum(tf.square(model - y))
    tf.train.GradientDescentOptimizer(0.01).minimize(loss)
    tf.global_variables_initializer()
    tf.global_variables_initializer()


def softmax_regression(tf):
    images = tf.placeholder(tf.float32, [None, 6], name="images")
    labels = tf.placeholder(tf.float32, [None, 3], name="labels")
    weights = tf.Variable(tf.zeros([6, 3]), name="weights")
    biases = tf.Variable(tf.zeros([3]), name="biases")
    logits = tf.matmul(images, weights) + biases
    losses = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    loss = tf.reduce_mean(losses)
    tf.train.GradientDescentOptimizer(0.5).minimize(loss)
    right = tf.equal(tf.argmax(logits, 1), tf.argmax(labels, 1))
    tf.reduce_mean(tf.cast(right, tf.float32), name="accuracy")
    tf.global_variables_initializer()


def constants(tf):
    """Every way in which a value can be written."""
    for value in (1.0, -0.0, 7, True, "text", 1 + 2j, [1.5, 2.5], [[3, 3], [3, 3]], [True, False], ["a", "b"], [], [7]):
        tf.constant(value)
    for dtype in (tf.float16, tf.bfloat16, tf.float64, tf.int8, tf.int16, tf.int64, tf.uint8, tf.uint16, tf.uint32,
                  tf.uint64, tf.complex64, tf.complex128):
        tf.constant(7, dtype, name=dtype.name + "_one")
        tf.constant([7, 8], dtype, name=dtype.name + "_two")
        tf.constant(7, dtype, shape=[2, 3], name=dtype.name + "_filled")
    tf.constant("x", shape=[3])
    tf.constant(True, shape=[3])
    tf.constant(0.0, shape=[0, 3])
    tf.constant([7], shape=[1])
    tf.constant(np.arange(6, dtype=np.float32).reshape(2, 3).T)


def surroundings(tf):
    """Names, devices, control inputs and colocation around nodes."""
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    variable = tf.Variable([[1.0], [2.0]], name="v")
    with tf.name_scope("outer"):
        with tf.device("/job:worker/task:1"), tf.device("/gpu:0"):
            product = tf.matmul(x, variable)
        with tf.control_dependencies([variable.initializer, x.op, product]):
            waits = tf.identity(x)
            tf.no_op(name="done")
        with tf.get_default_graph().colocate_with(product):
            tf.identity(waits, name="beside")
    parts = tf.unstack(tf.constant([1, 2]))
    tf.add_n(parts)
    tf.concat([tf.stack(parts), [3]], 0)
    tf.reshape(x[:, 0], [-1, 1])
    tf.squeeze(x)
    tf.squeeze(product, [1])


# Program, and whether its GraphDef carries shapes.
PROGRAMS = {
    "linear_regression": (linear_regression, False),
    "softmax_regression": (softmax_regression, False),
    "constants": (constants, False),
    "surroundings": (surroundings, True),
}
