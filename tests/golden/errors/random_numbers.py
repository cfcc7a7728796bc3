"""Wrong calls of the functions that draw random numbers."""


def run(tf, *fetches, **feeds):
    with tf.Session() as session:
        return session.run(fetches)


CASES = {
    "uniform_type": lambda tf: tf.random_uniform([2], dtype=tf.uint8),
    "uniform_integer_without_bound": lambda tf: tf.random_uniform([2], dtype=tf.int32),
    "uniform_matrix_shape": lambda tf: tf.random_uniform([[2]]),
    "uniform_scalar_shape": lambda tf: tf.random_uniform(3),
    "uniform_negative_size": lambda tf: run(tf, tf.random_uniform(tf.placeholder_with_default([-3], [1]))),
    "uniform_empty_range": lambda tf: run(tf, tf.random_uniform([2], 5, 5, tf.int32)),
    "uniform_vector_bound": lambda tf: tf.random_uniform([2], [1, 2], 5, tf.int32),
    "normal_integer": lambda tf: tf.random_normal([2], dtype=tf.int32),
    "stateless_seed": lambda tf: tf.random.stateless_uniform([2], [1, 2, 3]),
    "stateless_scalar_seed": lambda tf: tf.random.stateless_normal([2], 1),
    "multinomial_vector": lambda tf: tf.multinomial([1.0, 2.0], 3),
    "multinomial_negative": lambda tf: run(tf, tf.multinomial([[1.0, 2.0]], tf.placeholder_with_default(-1, []))),
    "multinomial_no_classes": lambda tf: run(tf, tf.multinomial(tf.zeros([2, 0]), 3)),
    "multinomial_text": lambda tf: tf.multinomial([["a"]], 3),
    "crop_too_large": lambda tf: run(tf, tf.random_crop([1, 2, 3], [5])),
    "dropout_nothing": lambda tf: tf.nn.dropout([1.0]),
    "dropout_both": lambda tf: tf.nn.dropout([1.0], 0.5, rate=0.5),
    "dropout_integers": lambda tf: tf.nn.dropout([1], 0.5),
    "dropout_rate_of_one": lambda tf: tf.nn.dropout([1.0], rate=1.0),
    "dropout_keep_of_zero": lambda tf: tf.nn.dropout([1.0], 0.0),
    "dropout_text": lambda tf: tf.nn.dropout([1.0], "half"),
    "dropout_vector_rate": lambda tf: tf.nn.dropout([1.0], rate=[0.5]),
    "dropout_other_type": lambda tf: tf.nn.dropout([1.0], rate=tf.constant(0.5, tf.float64)),
}
