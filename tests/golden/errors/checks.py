"""Assertions that do not hold, when the graph is built and when it runs."""


def fails(tf, check, value, dtype="int32"):
    x = tf.placeholder(dtype, name="x")
    tf.Session().run(check(x), {x: value})


CASES = {
    "equal": lambda tf: tf.assert_equal(1, 2),
    "equal_with_a_message": lambda tf: tf.assert_equal([1, 2], [1, 3], message="must"),
    "positive": lambda tf: tf.assert_positive([1, -1]),
    "non_positive": lambda tf: tf.assert_non_positive([1, -1]),
    "rank": lambda tf: tf.assert_rank(tf.zeros([2]), 2),
    "rank_with_a_message": lambda tf: tf.assert_rank(tf.zeros([2]), 2, message="must"),
    "rank_at_least": lambda tf: tf.assert_rank_at_least(tf.zeros([2]), 2),
    "rank_of_a_vector": lambda tf: tf.assert_rank(tf.zeros([2]), [2]),
    "rank_of_a_float": lambda tf: tf.assert_rank(tf.zeros([2]), 2.0),
    "integer": lambda tf: tf.assert_integer(1.5),
    "type": lambda tf: tf.assert_type(1.5, tf.int32),
    "scalar": lambda tf: tf.assert_scalar([1.5]),
    "same_float_dtype": lambda tf: tf.assert_same_float_dtype([tf.constant(1.0), tf.constant(1)]),
    "float_dtype": lambda tf: tf.assert_same_float_dtype([tf.constant(1)]),
    "shapes": lambda tf: tf.debugging.assert_shapes([(tf.zeros([2, 3]), ("N", "N"))]),
    "shapes_open_at_the_end": lambda tf: tf.debugging.assert_shapes([(tf.zeros([2, 3]), ("N", "*"))]),
    "run_equal": lambda tf: fails(tf, lambda x: tf.assert_equal(x, [1, 2]), [1, 3]),
    "run_less": lambda tf: fails(tf, lambda x: tf.assert_less(x, 2, message="no"), [1, 3, 4, 5]),
    "run_rank": lambda tf: fails(tf, lambda x: tf.assert_rank(x, 2), [1, 3]),
    "run_near": lambda tf: fails(tf, lambda x: tf.assert_near(x, 2.0), [1, 2, 3, 4], "float32"),
    "run_assert": lambda tf: fails(tf, lambda x: tf.Assert(tf.reduce_all(x > 0), ["x:", x, 1.5], summarize=2),
                                   [[-1, 2], [3, 4]]),
    "run_assert_of_a_vector": lambda tf: fails(tf, lambda x: tf.Assert(x > 0, ["x:", x]), [1, 2]),
}
