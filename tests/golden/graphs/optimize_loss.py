"""tf.contrib.layers.optimize_loss with each of its arguments, and the multitask optimizer."""

FETCHES = ["OptimizeLoss/control_dependency:0", "OptimizeLoss_1/control_dependency:0", "adaptive/control_dependency:0"]
STEPS = [(["init"], {}), (FETCHES[:1], {}), (["w:0", "b:0"], {}), (FETCHES[1:2], {}), (["w:0", "b:0"], {}),
         (FETCHES[2:], {}), (["w:0", "b:0", "table:0"], {}), (["multitask"], {}), (["w:0", "b:0"], {}), (["norm:0"], {})]


def build(tf):
    layers = tf.contrib.layers
    w = tf.Variable([[1.0, -2.0], [0.5, 4.0]], name="w")
    b = tf.Variable([0.25, 0.75], name="b")
    table = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], name="table")
    rows = tf.placeholder_with_default([2, 0, 2], [None], name="rows")
    loss = tf.reduce_sum(tf.square(tf.matmul(tf.gather(table, rows), w) + b), name="loss")
    step = tf.train.get_or_create_global_step()
    layers.optimize_loss(loss, step, 0.001, "SGD", clip_gradients=10.0, summaries=layers.OPTIMIZER_SUMMARIES,
                         gradient_multipliers={w: 0.5, "b:0": 2.0, table: 0.25})
    layers.optimize_loss(loss, None, 0.001, "Momentum", variables=[w, b], increment_global_step=False,
                         learning_rate_decay_fn=lambda rate, step: tf.train.exponential_decay(rate, step, 1, 0.5))
    layers.optimize_loss(loss, step, None, lambda: tf.train.AdamOptimizer(0.001), name="adaptive", update_ops=[w.op],
                         clip_gradients=lambda pairs: [(grad * 0.5, var) for grad, var in pairs], variables=[w, b])
    opt = tf.contrib.opt.MultitaskOptimizerWrapper(tf.train.MomentumOptimizer(0.001, 0.9))
    pairs = opt.compute_gradients(loss, [w, b])
    clipped, norm = tf.contrib.opt.clip_gradients_by_global_norm(pairs, 5.0)
    tf.identity(norm, name="norm")
    opt.apply_gradients(clipped, name="multitask")
    tf.global_variables_initializer()
