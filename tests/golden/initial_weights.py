"""Nets whose initial weights TensorFlow 1.15 and Kudari draw: `PROGRAMS` maps a name to a function of the module.

Each is built in a graph of its own, in which every variable is then set up; what they hold is `initial_weights.json`.
"""


def dense_glorot(tf):
    tf.set_random_seed(1)
    x = tf.placeholder(tf.float32, [None, 20])
    for layer, width in enumerate([15, 10, 3]):
        with tf.variable_scope("dense%d" % layer):
            weights = tf.get_variable("kernel", [x.shape[1].value, width])
            bias = tf.get_variable("bias", [width], initializer=tf.zeros_initializer())
            x = tf.nn.relu(tf.matmul(x, weights) + bias)


def dense_by_hand(tf):
    tf.set_random_seed(1234)
    x = tf.placeholder(tf.float32, [None, 7])
    hidden = tf.Variable(tf.random_normal([7, 9]), name="hidden")
    out = tf.Variable(tf.random_normal([9, 2], stddev=0.1), name="out")
    bias = tf.Variable(tf.random_uniform([2], -1.0, 1.0), name="bias")
    tf.add(tf.matmul(tf.nn.sigmoid(tf.matmul(x, hidden)), out), bias)


def convolutions(tf):
    tf.set_random_seed(7)
    for i, shape in enumerate([[5, 5, 1, 4], [3, 3, 4, 6], [1, 1, 6, 2]]):
        tf.Variable(tf.truncated_normal(shape, stddev=0.1), name="conv%d" % i)
        tf.Variable(tf.constant(0.1, shape=[shape[-1]]), name="b%d" % i)


def convolutions_he(tf):
    tf.set_random_seed(99)
    with tf.variable_scope("net", initializer=tf.initializers.he_normal()):
        for i in range(3):
            tf.get_variable("kernel%d" % i, [3, 3, 2 + i, 3 + i])
    with tf.variable_scope("head", initializer=tf.initializers.he_uniform()):
        tf.get_variable("kernel", [5, 4])


def embeddings(tf):
    tf.set_random_seed(42)
    words = tf.Variable(tf.random_uniform([30, 8], -1.0, 1.0), name="words")
    tf.get_variable("nce", [30, 8], initializer=tf.truncated_normal_initializer(stddev=1.0 / 8 ** 0.5))
    tf.gather(words, [1, 2])


def xavier(tf):
    tf.set_random_seed(5)
    tf.get_variable("uniform", [6, 5], initializer=tf.glorot_uniform_initializer())
    tf.get_variable("normal", [6, 5], initializer=tf.glorot_normal_initializer())
    tf.get_variable("kernel", [3, 3, 2, 4], initializer=tf.glorot_uniform_initializer())
    tf.get_variable("vector", [7])
    tf.get_variable("scalar", [])


def orthogonal(tf):
    tf.set_random_seed(11)
    tf.get_variable("tall", [6, 4], initializer=tf.orthogonal_initializer())
    tf.get_variable("wide", [3, 7], initializer=tf.orthogonal_initializer(gain=2.0))
    tf.get_variable("kernel", [2, 2, 3, 4], initializer=tf.orthogonal_initializer())


def seeds_of_ops(tf):
    tf.get_variable("a", [5], initializer=tf.random_uniform_initializer(seed=3))
    tf.get_variable("b", [5], initializer=tf.random_normal_initializer(seed=3))
    tf.set_random_seed(8)
    tf.get_variable("c", [5], initializer=tf.random_uniform_initializer(-2.0, 2.0, seed=3))
    tf.get_variable("d", [5], initializer=tf.truncated_normal_initializer(seed=4))


def scaled(tf):
    tf.set_random_seed(0)
    for mode in ("fan_in", "fan_out", "fan_avg"):
        for distribution in ("uniform", "truncated_normal", "untruncated_normal"):
            tf.get_variable("%s_%s" % (mode, distribution), [4, 6], initializer=tf.variance_scaling_initializer(
                scale=1.5, mode=mode, distribution=distribution))
    tf.get_variable("unit", [4, 6], initializer=tf.uniform_unit_scaling_initializer(1.3))
    tf.get_variable("lecun", [4, 6], initializer=tf.initializers.lecun_normal())


def partitioned(tf):
    tf.set_random_seed(21)
    with tf.variable_scope("parts", partitioner=tf.fixed_size_partitioner(3)):
        tf.get_variable("table", [8, 4])
        tf.get_variable("normal", [7, 3], initializer=tf.random_normal_initializer())


def resource_variables(tf):
    tf.set_random_seed(31)
    with tf.variable_scope("net", use_resource=True):
        tf.get_variable("kernel", [4, 5])
        tf.get_variable("double", [3], dtype=tf.float64, initializer=tf.random_uniform_initializer(-1.0, 1.0))
    tf.Variable(lambda: tf.random_normal([3]), dtype=tf.float32, use_resource=True)


def recurrent(tf):
    tf.set_random_seed(2017)
    with tf.variable_scope("rnn"):
        for gate in ("input", "forget", "output", "cell"):
            with tf.variable_scope(gate):
                tf.get_variable("w", [6, 3], initializer=tf.orthogonal_initializer())
                tf.get_variable("b", [3], initializer=tf.constant_initializer(1.0 if gate == "forget" else 0.0))


PROGRAMS = {function.__name__: function for function in (
    dense_glorot, dense_by_hand, convolutions, convolutions_he, embeddings, xavier, orthogonal, seeds_of_ops, scaled,
    partitioned, resource_variables, recurrent)}
