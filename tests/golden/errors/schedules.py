"""Learning rates without a step, and pieces that do not fit together."""


def rate(make, *args, **kwargs):
    return lambda tf: getattr(tf.train, make)(0.1, None, *args, **kwargs)


CASES = {
    "exponential": rate("exponential_decay", 10, 0.5),
    "natural": rate("natural_exp_decay", 10, 0.5),
    "inverse": rate("inverse_time_decay", 10, 0.5),
    "polynomial": rate("polynomial_decay", 10),
    "cosine": rate("cosine_decay", 10),
    "restarts": rate("cosine_decay_restarts", 10),
    "linear_cosine": rate("linear_cosine_decay", 10),
    "noisy": rate("noisy_linear_cosine_decay", 10),
    "pieces_types": lambda tf: tf.train.piecewise_constant(tf.constant(1), [0.5], [1.0, 2.0]),
    "pieces_values": lambda tf: tf.train.piecewise_constant(tf.constant(1), [3, 5], [1.0, 2, 3.0]),
    "pieces_count": lambda tf: tf.train.piecewise_constant(tf.constant(1), [3, 5], [1.0, 2.0]),
    "exponential_missing": lambda tf: tf.train.exponential_decay(0.1, tf.constant(1), 10),
    "rate_type": lambda tf: tf.train.exponential_decay(1, tf.constant(1), 10, 0.5),
}
