"""Optimizers whose weights decay. The gradients are constant: whether a weight is read before it decays is chance."""

STEPS = [(["init"], {})] + 2 * [([name], {}) for name in ("adamw", "momentumw", "extended")] + [
    (["w:0", "table:0", "held/Read/ReadVariableOp:0", "rows_held/Read/ReadVariableOp:0"], {})]


def build(tf):
    w = tf.Variable([[1.0, -2.0], [0.5, 4.0]], name="w")
    table = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], name="table")
    held = tf.get_variable("held", initializer=[0.25, 0.75], use_resource=True)
    rows_held = tf.get_variable("rows_held", initializer=[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], use_resource=True)
    rows = tf.placeholder_with_default([2, 0, 2], [None], name="rows")
    factors = tf.placeholder_with_default([[0.5, -1.0]], [None, 2], name="factors")
    loss = sum(tf.reduce_sum(value * factors) for value in (w, tf.gather(table, rows), held, tf.gather(rows_held, rows)))
    opt = tf.contrib.opt
    opt.AdamWOptimizer(0.001, 0.01).minimize(loss, name="adamw", decay_var_list=[w, table])
    opt.MomentumWOptimizer(0.001, 0.01, 0.9, use_nesterov=True).minimize(loss, name="momentumw")
    opt.extend_with_decoupled_weight_decay(tf.train.AdagradOptimizer)(
        weight_decay=0.01, learning_rate=0.01).minimize(loss, name="extended", decay_var_list=[held, rows_held])
    tf.global_variables_initializer()
