"""`tf.map_fn`, `tf.foldl`, `tf.foldr`, `tf.scan` and `tf.nn.zero_fraction`, with gradients."""

X = [[1.0, 0.5], [0.0, 2.0], [0.25, 0.0]]
STEPS = [(["mapped", "pairs", "left", "right", "sums", "back", "zeros", "g"],
          {"x:0": x, "y:0": [x[0], x[1], x[2]]}) for x in (X, [*X[::-1], [0.5, 0.75]])]


def build(tf):
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    y = tf.placeholder(tf.float32, [3, 2], name="y")
    mapped = tf.map_fn(lambda row: tf.reduce_sum(row * row), x)
    pairs = tf.map_fn(lambda pair: (pair[0] * pair[1], tf.cast(pair[0][0] > 0.5, tf.int32)), (y, y + 1.0),
                      dtype=(tf.float32, tf.int32), parallel_iterations=1)
    left = tf.foldl(lambda a, row: a * 0.5 + row, y)
    right = tf.foldr(lambda a, row: tf.tanh(a) + row, x, initializer=tf.zeros([2]))
    sums = tf.scan(lambda a, row: a * row + 1.0, y)
    back = tf.scan(lambda a, row: (a[0] + row[0], a[1] * 0.5), x, initializer=(0.0, 1.0), reverse=True)
    zeros = tf.nn.zero_fraction(y)
    g = tf.gradients([mapped, left, right, sums, back[0]], [x, y])
    return {"mapped": mapped, "pairs": pairs, "left": left, "right": right, "sums": sums, "back": back,
            "zeros": zeros, "g": g}
