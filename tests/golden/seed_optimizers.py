"""The seed program with every optimizer in turn: TensorFlow's digits after each 100 steps, recorded in two versions of it.

`tools/oracle/record_seed_optimizers.py` writes seed_optimizers/VERSION.json. Optimizers that a version lacks are not in
it, and none whose weights decay: there TensorFlow leaves to chance whether a weight is read before it decays.
"""

ROUNDS = 10
STEPS_A_ROUND = 100

OPTIMIZERS = {
    "Momentum": lambda tf, step: tf.train.MomentumOptimizer(0.01, 0.5),
    "Nesterov": lambda tf, step: tf.train.MomentumOptimizer(0.01, 0.5, use_nesterov=True),
    "Adagrad": lambda tf, step: tf.train.AdagradOptimizer(0.1),
    "AdagradDA": lambda tf, step: tf.train.AdagradDAOptimizer(0.1, step),
    "Adadelta": lambda tf, step: tf.train.AdadeltaOptimizer(1.0),
    "Adam": lambda tf, step: tf.train.AdamOptimizer(0.01),
    "RMSProp": lambda tf, step: tf.train.RMSPropOptimizer(0.01),
    "RMSProp-momentum": lambda tf, step: tf.train.RMSPropOptimizer(0.001, momentum=0.5),
    "RMSProp-centered": lambda tf, step: tf.train.RMSPropOptimizer(0.01, centered=True),
    "Ftrl": lambda tf, step: tf.train.FtrlOptimizer(0.1),
    "Ftrl-regularized": lambda tf, step: tf.train.FtrlOptimizer(
        0.1, l1_regularization_strength=0.01, l2_regularization_strength=0.01),
    "ProximalGradientDescent": lambda tf, step: tf.train.ProximalGradientDescentOptimizer(0.01, 0.1, 0.1),
    "ProximalAdagrad": lambda tf, step: tf.train.ProximalAdagradOptimizer(0.1, 0.1, 0.01, 0.01),
    "Ftrl-shrinkage": lambda tf, step: tf.train.FtrlOptimizer(0.1, l2_shrinkage_regularization_strength=0.1),
    "LazyAdam": lambda tf, step: tf.contrib.opt.LazyAdamOptimizer(0.01),
    "Nadam": lambda tf, step: tf.contrib.opt.NadamOptimizer(0.01),
    "AdaMax": lambda tf, step: tf.contrib.opt.AdaMaxOptimizer(0.01),
    "AddSign": lambda tf, step: tf.contrib.opt.AddSignOptimizer(0.005),
    "PowerSign": lambda tf, step: tf.contrib.opt.PowerSignOptimizer(0.005),
}


def bits(tf, name, config=None):
    """Run the program; return `[W, b, loss]`, each as its 32 bits in hexadecimal, before training and after each round."""
    with tf.Graph().as_default(), tf.Session(config=config) as session:
        W, b = tf.Variable([0.3], dtype=tf.float32), tf.Variable([-0.3], dtype=tf.float32)
        x, y = tf.placeholder(tf.float32), tf.placeholder(tf.float32)
        loss = tf.reduce_sum(tf.square(W * x + b - y))
        step = tf.Variable(0, trainable=False, dtype=tf.int64)
        train = OPTIMIZERS[name](tf, step).minimize(loss, global_step=step, var_list=[W, b])
        session.run(tf.global_variables_initializer())
        feed = {x: [1, 2, 3, 4], y: [0, -1, -2, -3]}
        found = []
        for number in range(ROUNDS + 1):
            for _ in range(STEPS_A_ROUND if number else 0):
                session.run(train, feed)
            found.append(["{:08x}".format(value.ravel().view("uint32")[0]) for value in session.run([W, b, loss], feed)])
        return found
