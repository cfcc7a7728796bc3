"""Random tensors: their nodes and seeds, and what they are in the first runs."""

STEPS = [(["all"], {}), (["all"], {}), (["u"], {}), (["all"], {})]


def build(tf):
    a = tf.random_uniform([2, 3], -1, 1)
    tf.random_normal([4])
    tf.random_normal([3], mean=[1.0, 2.0, 3.0], stddev=0.5, seed=3, dtype=tf.float64, name="n")
    tf.set_random_seed(42)
    b = tf.random_uniform([5], name="u")
    c = tf.random_normal([2, 2], 1.0, 3.0, seed=7)
    d = tf.truncated_normal([7], stddev=0.1, seed=2)
    e = tf.truncated_normal((3, 3), seed=9)
    f = tf.random_uniform(tf.shape(e), maxval=tf.constant(4.0))
    tf.random_uniform([], seed=0)
    tf.random_normal(tf.placeholder(tf.int32, [None]))
    tf.random_uniform(tf.stack([2, tf.shape(a)[0]]), dtype=tf.float16)
    tf.truncated_normal(tf.TensorShape([2, 1]), dtype=tf.float16)
    tf.random_normal([tf.Dimension(2), 3])
    tf.set_random_seed(2**33 + 5)
    g = tf.random_normal([2], seed=-3)
    tf.set_random_seed(0)
    tf.random_normal([2], seed=0)
    return {"all": [b, c, d, e, f, g], "u": b}
