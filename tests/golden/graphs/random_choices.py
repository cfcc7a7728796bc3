"""Random choices and dropout: nodes, and values in the first runs."""

STEPS = [(["all"], {}), (["some"], {}), (["all"], {})]


def build(tf):
    tf.random_uniform([3], maxval=10, dtype=tf.int32)
    tf.set_random_seed(12)
    x = tf.reshape(tf.range(30.0), [5, 6])
    drawn = [
        tf.random_uniform([2, 3], -5, 5, tf.int32, name="dice"), tf.random_uniform([4], 0, 2**40, tf.int64, seed=1),
        tf.random_shuffle(x), tf.random_shuffle([b"a", b"b", b"c"], seed=4, name="words"),
        tf.random_crop(x, [2, 3]), tf.random_crop(x, tf.constant([5, 1]), seed=3, name="column"),
        tf.multinomial([[1.0, 2.0, 0.5], [0.0, 0.0, 9.0]], 5), tf.multinomial(x, 3, seed=1, output_dtype=tf.int32),
        tf.random.categorical(x, 2), tf.random.categorical(x, 2, tf.int32, 8, "classes"),
        tf.nn.dropout(x, 0.5), tf.nn.dropout(x, rate=0.25, seed=6), tf.nn.dropout(x, 0.5, noise_shape=[5, 1]),
        tf.nn.dropout(x, tf.constant(0.5) + 0.1, name="drop"), tf.nn.dropout(x, 0.9, noise_shape=[None, 6]),
    ]
    steady = [
        tf.random.stateless_uniform([3], [1, 2]), tf.random.stateless_uniform([3], [1, 2], 5, 50, tf.int32),
        tf.random.stateless_normal([3], [1, 2], 1.0, 2.0), tf.random.stateless_truncated_normal([3], [1, 2]),
        tf.random.stateless_multinomial(x, 2, [3, 4]), tf.random.stateless_categorical(x, 2, [3, 4], name="sure"),
    ]
    keep = tf.placeholder_with_default(0.5, [])
    drawn.append(tf.nn.dropout(x, keep))
    tf.nn.dropout(x, keep_prob=1.0)
    tf.nn.dropout(x, tf.constant(1.0))
    open_shape = tf.placeholder(tf.float16, [None, 3])
    y = tf.nn.dropout(open_shape, rate=0.5)
    tf.gradients(y, open_shape)
    tf.gradients(drawn[10], x)
    tf.random_shuffle(open_shape)
    tf.random_crop(open_shape, [1, 2])
    return {"all": drawn + steady, "some": [drawn[2], drawn[10]]}
