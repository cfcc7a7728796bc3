"""Values that a step finds wrong while it computes them."""


def run(tf, function, value):
    x = tf.placeholder("float32", name="x")
    tf.Session().run(function(x), {x: value})


CASES = {
    "nan": lambda tf: run(tf, lambda x: tf.check_numerics(x, "the message"), [1.0, float("nan")]),
    "infinity": lambda tf: run(tf, lambda x: tf.check_numerics(x, message="the message"), [1.0, float("-inf")]),
    "nan_and_infinity": lambda tf: run(tf, lambda x: tf.debugging.check_numerics(x, "both"),
                                       [float("nan"), float("inf")]),
    "not_finite": lambda tf: run(tf, lambda x: tf.verify_tensor_all_finite(x, "not finite"), [float("nan")]),
    "in_the_gradient": lambda tf: run(
        tf, lambda x: tf.gradients(tf.check_numerics(tf.sqrt(x), "the root"), x, [x / 0.0]), [0.0]),
    "anywhere": lambda tf: run(tf, lambda x: [tf.log(x, name="log"), tf.add_check_numerics_ops()], [0.0]),
    "integers": lambda tf: tf.check_numerics([1, 2], "m"),
    "no_message": lambda tf: tf.check_numerics([1.0]),
    "both_names": lambda tf: tf.verify_tensor_all_finite([1.0], "m", x=[1.0]),
}
