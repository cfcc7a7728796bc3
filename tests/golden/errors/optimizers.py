"""Optimizers with numbers that make no sense, and steps whose shapes do not fit."""


def apply(tf, optimizer, gradient):
    optimizer.apply_gradients([(gradient, tf.Variable([1.0, 2.0], name="w"))])


def rate(tf, make):
    make(tf.constant([0.5, 0.25])).minimize(tf.square(tf.Variable(1.0, name="w")))


CASES = {
    "adagrad_start": lambda tf: tf.train.AdagradOptimizer(0.1, initial_accumulator_value=0.0),
    "adagrad_da_start": lambda tf: tf.train.AdagradDAOptimizer(0.1, None, initial_gradient_squared_accumulator_value=-1.0),
    "proximal_adagrad_start": lambda tf: tf.train.ProximalAdagradOptimizer(0.1, initial_accumulator_value=-0.5),
    "ftrl_start": lambda tf: tf.train.FtrlOptimizer(0.1, initial_accumulator_value=-1.0),
    "ftrl_power": lambda tf: tf.train.FtrlOptimizer(0.1, learning_rate_power=0.5),
    "ftrl_l1": lambda tf: tf.train.FtrlOptimizer(0.1, l1_regularization_strength=-0.5),
    "ftrl_l2": lambda tf: tf.train.FtrlOptimizer(0.1, l2_regularization_strength=-0.5),
    "ftrl_shrinkage": lambda tf: tf.train.FtrlOptimizer(0.1, l2_shrinkage_regularization_strength=-0.5),
    "adam_gradient": lambda tf: apply(tf, tf.train.AdamOptimizer(), tf.constant([1.0, 2.0, 3.0])),
    "momentum_gradient": lambda tf: apply(tf, tf.train.MomentumOptimizer(0.1, 0.9), tf.constant([[1.0, 2.0]])),
    "adam_rate": lambda tf: rate(tf, tf.train.AdamOptimizer),
    "adagrad_rate": lambda tf: rate(tf, tf.train.AdagradOptimizer),
    "momentum_missing": lambda tf: tf.train.MomentumOptimizer(0.1),
    "proximal_double": lambda tf: tf.train.ProximalGradientDescentOptimizer(0.1).minimize(
        tf.square(tf.Variable(1.0, name="w", dtype=tf.float64))),
}
