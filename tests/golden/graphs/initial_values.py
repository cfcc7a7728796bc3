"""Initializers: their nodes, and the fixed ones' values."""

STEPS = [(["constant/Assign", "cut/Assign", "zeros/Assign", "ones/Assign", "identity/Assign"], {}),
         (["constant:0", "cut:0", "zeros:0", "ones:0", "identity:0"], {})]


def build(tf):
    fixed = {
        "constant": tf.constant_initializer([1.0, 2.0]), "cut": tf.constant_initializer(3), "zeros": tf.zeros_initializer(),
        "ones": tf.ones_initializer(dtype=tf.float64), "identity": tf.initializers.identity(2.0),
    }
    drawn = {
        "uniform": tf.random_uniform_initializer(-1, 1), "normal": tf.random_normal_initializer(1.0, 2.0, seed=3),
        "truncated": tf.truncated_normal_initializer(stddev=0.1), "unit": tf.uniform_unit_scaling_initializer(2.0),
        "scaled": tf.variance_scaling_initializer(2.0, "fan_avg", "uniform"), "he": tf.initializers.he_normal(),
        "lecun": tf.initializers.lecun_uniform(), "glorot": tf.glorot_normal_initializer(),
        "orthogonal": tf.orthogonal_initializer(gain=2.0),
    }
    for name, initializer in sorted(fixed.items()):
        tf.get_variable(name, [3, 4], initializer=initializer, dtype=tf.float64 if name == "ones" else None)
    tf.set_random_seed(4)
    for name, initializer in sorted(drawn.items()):
        tf.get_variable(name, [3, 4], initializer=initializer)
    tf.get_variable("kernel", [2, 2, 3, 5])
    tf.get_variable("deep", [3, 2, 2], initializer=tf.orthogonal_initializer)
