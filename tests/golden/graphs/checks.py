"""The assertions, and what they build where they cannot be answered at once."""

STEPS = [(["checks"], {"x:0": [1, 2], "y:0": [1, 2], "z:0": [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], "r:0": 1})]


def build(tf):
    x = tf.placeholder(tf.int32, [None], name="x")
    y = tf.placeholder(tf.int32, name="y")
    z = tf.placeholder(tf.float32, [2, 3], name="z")
    r = tf.placeholder(tf.int32, [], name="r")
    return {"checks": [
        tf.assert_equal(x, [1, 2]), tf.assert_equal(x, x), tf.assert_less(x, 3, message="small"),
        tf.assert_less_equal(z, 6.0), tf.assert_greater(x, 0), tf.assert_greater_equal(x, y),
        tf.assert_none_equal(x, 7), tf.assert_positive(x), tf.assert_non_negative(z), tf.assert_negative(-x),
        tf.assert_non_positive(-z, data=["nothing"]), tf.assert_near(z, z), tf.assert_rank(y, 1), tf.assert_rank(z, 2),
        tf.assert_rank(y, r), tf.assert_rank_at_least(y, 1, message="rank"), tf.assert_rank_in(y, [1, 2]),
        tf.assert_integer(x), tf.assert_type(z, tf.float32), tf.Assert(tf.reduce_all(z > 0.0), ["z is", z], summarize=2),
        tf.Assert(tf.equal(r, 1), [r]),
    ], "scalar": tf.assert_scalar(r)}
