"""Variable scopes: names, reuse, defaults, custom getters, regularizers, scopes entered again, default names."""

STEPS = [(["init", "init_1"], {}), (["layer/w:0", "layer/inner/b:0", "out:0"], {})]


def halved(getter, name, *args, **kwargs):
    return getter(name, *args, **kwargs) * 0.5


def build(tf):
    def square_sum(w):
        return tf.reduce_sum(tf.square(w), name="penalty")

    with tf.variable_scope("layer", regularizer=square_sum, initializer=tf.constant_initializer(0.5)) as layer:
        w = tf.get_variable("w", [2, 3])
        with tf.variable_scope("inner", reuse=tf.AUTO_REUSE):
            b = tf.get_variable("b", [3], regularizer=tf.no_regularizer)
            tf.get_variable("b", [3])
            tf.add(b, 1.0, name="shifted")
        tf.ones([1])
    with tf.variable_scope("layer", reuse=True):
        tf.get_variable("w", [2, 3])
        tf.zeros([1])
    with tf.variable_scope(layer, reuse=tf.AUTO_REUSE, dtype=tf.float64):
        tf.get_variable("double", [2])
        tf.zeros([1])
    with tf.variable_scope(layer, auxiliary_name_scope=False):
        tf.zeros([1])
    for _ in range(2):
        with tf.variable_scope(None, default_name="block"):
            tf.get_variable("x", [2], initializer=tf.zeros_initializer)
            tf.zeros([2])
    with tf.variable_scope("block"):
        tf.get_variable("y", initializer=[1, 2])
    with tf.variable_scope("getters", custom_getter=halved):
        tf.get_variable("a", [2], initializer=tf.ones_initializer())
        with tf.variable_scope("inner", custom_getter=halved):
            tf.get_variable("b", [2], initializer=tf.ones_initializer())
    with tf.variable_scope("cached", caching_device="/cpu:0"):
        tf.get_variable("c", [2], dtype=tf.int32)
    tf.get_local_variable("local", [2], initializer=tf.zeros_initializer())
    with tf.variable_scope("reused") as scope:
        tf.get_variable("v", initializer=tf.constant(1.0))
        scope.reuse_variables()
        tf.identity(tf.get_variable("v", []))
    tf.matmul(w, tf.ones([3, 1]), name="out")
    shared = tf.make_template("template", lambda x: x * tf.get_variable("scale", [], initializer=tf.ones_initializer()))
    shared(shared(w))
    tf.global_variables_initializer()
    tf.local_variables_initializer()
