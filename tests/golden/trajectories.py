"""Each optimizer on a small problem whose gradients are sums and products only, so that they are the same to the last bit.

The steps are those of TensorFlow 1.15 (`tools/oracle/record_trajectories.py` writes trajectories.json) and of Kudari.
"""

import numpy as np

SHAPE = (5, 3)
STEPS = 300
SHOWN = (1, 10, STEPS)

OPTIMIZERS = {
    "GradientDescent": lambda train, step: train.GradientDescentOptimizer(0.03),
    "Momentum": lambda train, step: train.MomentumOptimizer(0.02, 0.9),
    "Nesterov": lambda train, step: train.MomentumOptimizer(0.02, 0.8, use_nesterov=True),
    "RMSProp": lambda train, step: train.RMSPropOptimizer(0.02),
    "RMSProp-momentum": lambda train, step: train.RMSPropOptimizer(0.01, 0.8, 0.5, 1e-6),
    "RMSProp-centered": lambda train, step: train.RMSPropOptimizer(0.01, centered=True, epsilon=1e-3),
    "Adam": lambda train, step: train.AdamOptimizer(0.02),
    "Adam-others": lambda train, step: train.AdamOptimizer(0.05, 0.5, 0.9, 1e-4),
    "Adagrad": lambda train, step: train.AdagradOptimizer(0.3),
    "Adagrad-start": lambda train, step: train.AdagradOptimizer(0.1, 1.5),
    "Adadelta": lambda train, step: train.AdadeltaOptimizer(),
    "Adadelta-others": lambda train, step: train.AdadeltaOptimizer(1.0, 0.9, 1e-4),
    "AdagradDA": lambda train, step: train.AdagradDAOptimizer(0.3, step),
    "AdagradDA-regularized": lambda train, step: train.AdagradDAOptimizer(0.3, step, 0.5, 0.01, 0.02),
    "Ftrl": lambda train, step: train.FtrlOptimizer(0.3),
    "Ftrl-regularized": lambda train, step: train.FtrlOptimizer(
        0.3, initial_accumulator_value=0.5, l1_regularization_strength=0.05, l2_regularization_strength=0.1),
    "Ftrl-shrinkage": lambda train, step: train.FtrlOptimizer(0.2, l2_shrinkage_regularization_strength=0.1),
    "Ftrl-power": lambda train, step: train.FtrlOptimizer(0.2, learning_rate_power=-0.75),
    "ProximalGradientDescent": lambda train, step: train.ProximalGradientDescentOptimizer(0.03, 0.1, 0.2),
    "ProximalAdagrad": lambda train, step: train.ProximalAdagradOptimizer(0.3, 0.2, 0.1, 0.05),
}
ONLY_SINGLE = {"ProximalGradientDescent", "ProximalAdagrad"}  # these give their numbers in single precision

CASES = {"/".join((name, kind, dtype)): (name, kind, dtype)
         for name in OPTIMIZERS for kind in ("dense", "sparse", "numbers") for dtype in ("float32", "float64")
         if dtype == "float32" or name not in ONLY_SINGLE}


def _numbers(seed, shape, dtype):
    return np.random.RandomState(seed).uniform(-2.0, 2.0, shape).astype(dtype)


def build(tf, name, kind, dtype):
    """Add the problem to the default graph; return the variable and the op that takes a step."""
    shape = SHAPE[:1] if kind == "numbers" else SHAPE
    w = tf.Variable(_numbers(1, shape, dtype), name="w")
    step = tf.Variable(0, trainable=False, dtype=tf.int64, name="step")
    seen = w
    if kind != "dense":
        seen = tf.gather(w, tf.placeholder_with_default([3, 0, 3, 1], [None], name="rows"))
    size = (4, *shape[1:]) if kind != "dense" else shape
    # Variables and not constants, which TensorFlow's graph optimizer would multiply with each other first.
    factor, wanted = (tf.Variable(_numbers(seed, size, dtype), trainable=False) for seed in (2, 3))
    error = seen * factor - wanted
    optimizer = OPTIMIZERS[name](tf.train, step)
    return w, optimizer.minimize(tf.reduce_sum(error * error), global_step=step, var_list=[w])


def run(tf, session, w, step):
    """Take the steps; return the values of the variable after those that are shown."""
    session.run(tf.global_variables_initializer())
    values = []
    for number in range(1, STEPS + 1):
        session.run(step)
        if number in SHOWN:
            values.append(session.run(w))
    return values
