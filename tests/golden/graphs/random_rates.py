"""Gamma and Poisson numbers, whole nodes and the gradients of the former."""

STEPS = [(["all"], {}), (["all"], {})]


def build(tf):
    tf.set_random_seed(5)
    alpha = tf.constant([[0.5], [3.0]])
    beta = tf.constant([1.0, 2.0, 4.0])
    drawn = [
        tf.random_gamma([4], alpha, beta), tf.random_gamma([], 1.5, dtype=tf.float64, seed=2, name="one"),
        tf.random_gamma([2, 3], [0.1, 1.0]), tf.random_poisson([0.5, 20.0], [4]),
        tf.random_poisson(3.0, [5], tf.int32, seed=9, name="counts"),
    ]
    return {"all": drawn + tf.gradients(drawn[0], [alpha, beta])}
