"""Each optimizer on a small problem whose gradients are sums and products only, so that they are the same to the last bit.

The steps are those of TensorFlow 1.15 (`tools/oracle/record_trajectories.py` writes trajectories.json) and of Kudari.
"""

import numpy as np

SHAPE = (5, 3)
STEPS = 1000
SHOWN = (1, 10, 100, STEPS)

OPTIMIZERS = {
    "GradientDescent": lambda tf, step: tf.train.GradientDescentOptimizer(0.03),
    "Momentum": lambda tf, step: tf.train.MomentumOptimizer(0.02, 0.9),
    "Nesterov": lambda tf, step: tf.train.MomentumOptimizer(0.02, 0.8, use_nesterov=True),
    "RMSProp": lambda tf, step: tf.train.RMSPropOptimizer(0.02),
    "RMSProp-momentum": lambda tf, step: tf.train.RMSPropOptimizer(0.01, 0.8, 0.5, 0.3),
    "RMSProp-centered": lambda tf, step: tf.train.RMSPropOptimizer(0.01, centered=True, epsilon=1e-3),
    "Adam": lambda tf, step: tf.train.AdamOptimizer(0.02),
    "Adam-others": lambda tf, step: tf.train.AdamOptimizer(0.05, 0.5, 0.9, 0.3),
    "Adagrad": lambda tf, step: tf.train.AdagradOptimizer(0.3),
    "Adagrad-start": lambda tf, step: tf.train.AdagradOptimizer(0.1, 1.5),
    "Adadelta": lambda tf, step: tf.train.AdadeltaOptimizer(),
    "Adadelta-others": lambda tf, step: tf.train.AdadeltaOptimizer(0.1, 0.9, 1e-2),
    "AdagradDA": lambda tf, step: tf.train.AdagradDAOptimizer(0.3, step),
    "AdagradDA-regularized": lambda tf, step: tf.train.AdagradDAOptimizer(0.3, step, 0.5, 0.01, 0.02),
    "Ftrl": lambda tf, step: tf.train.FtrlOptimizer(0.3),
    "Ftrl-regularized": lambda tf, step: tf.train.FtrlOptimizer(
        0.3, initial_accumulator_value=0.5, l1_regularization_strength=0.05, l2_regularization_strength=0.1),
    "Ftrl-shrinkage": lambda tf, step: tf.train.FtrlOptimizer(0.2, l2_shrinkage_regularization_strength=0.1),
    "Ftrl-power": lambda tf, step: tf.train.FtrlOptimizer(0.2, learning_rate_power=-0.75),
    "ProximalGradientDescent": lambda tf, step: tf.train.ProximalGradientDescentOptimizer(0.03, 0.1, 0.2),
    "ProximalAdagrad": lambda tf, step: tf.train.ProximalAdagradOptimizer(0.3, 0.2, 0.1, 0.05),
    "LazyAdam": lambda tf, step: tf.contrib.opt.LazyAdamOptimizer(0.02),
    "LazyAdam-others": lambda tf, step: tf.contrib.opt.LazyAdamOptimizer(0.05, 0.5, 0.9, 0.3),
    "Nadam": lambda tf, step: tf.contrib.opt.NadamOptimizer(0.02),
    "Nadam-others": lambda tf, step: tf.contrib.opt.NadamOptimizer(0.05, 0.5, 0.9, 0.3),
    "AdaMax": lambda tf, step: tf.contrib.opt.AdaMaxOptimizer(0.02),
    "AdaMax-others": lambda tf, step: tf.contrib.opt.AdaMaxOptimizer(0.05, 0.5, 0.9, 0.3),
    "AddSign": lambda tf, step: tf.contrib.opt.AddSignOptimizer(0.02),
    "AddSign-others": lambda tf, step: tf.contrib.opt.AddSignOptimizer(0.01, 0.75, 0.5, lambda step: 0.5),
    "PowerSign": lambda tf, step: tf.contrib.opt.PowerSignOptimizer(0.01),
    "PowerSign-others": lambda tf, step: tf.contrib.opt.PowerSignOptimizer(0.02, 2.0, 0.5, lambda step: 0.5),
    "LARS": lambda tf, step: tf.contrib.opt.LARSOptimizer(1.0),
    "LARS-nesterov": lambda tf, step: tf.contrib.opt.LARSOptimizer(
        2.0, 0.5, 0.01, 0.01, 1e-3, skip_list=["none"], use_nesterov=True),
    "GGT": lambda tf, step: tf.contrib.opt.GGTOptimizer(0.01, eps=1.0, svd_eps=0.1),
    "Shampoo": lambda tf, step: tf.contrib.opt.ShampooOptimizer(step, learning_rate=0.3),
    "Shampoo-means": lambda tf, step: tf.contrib.opt.ShampooOptimizer(
        step, 4, 0.5, 0.5, 0.9, 0.1, learning_rate=0.02, svd_interval=2, precond_update_interval=2, epsilon=1e-2),
    "Shampoo-iterative": lambda tf, step: tf.contrib.opt.ShampooOptimizer(
        step, learning_rate=0.3, epsilon=1e-2, alpha=0.5, use_iterative_root=True),
}
ONLY_SINGLE = {"ProximalGradientDescent", "ProximalAdagrad", "LARS", "LARS-nesterov", "Shampoo", "Shampoo-means",
               "Shampoo-iterative"}  # these give their numbers in single precision
ONLY_DENSE = {"LARS", "LARS-nesterov", "GGT", "Shampoo", "Shampoo-means", "Shampoo-iterative"}

CASES = {"/".join((name, kind, dtype)): (name, kind, dtype)
         for name in OPTIMIZERS for kind in ("dense", "sparse", "numbers") for dtype in ("float32", "float64")
         if (dtype == "float32" or name not in ONLY_SINGLE) and (kind == "dense" or name not in ONLY_DENSE)}


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
    optimizer = OPTIMIZERS[name](tf, step)
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
