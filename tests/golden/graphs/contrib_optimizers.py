"""The optimizers of tf.contrib.opt on dense and sparse gradients of variables of both kinds."""

STEPS = [(["init"], {})] + [([name], {}) for name in (
    "lazy", "nadam", "adamax", "add", "power", "lars", "clipped", "train_with_avg")] + [
    (["w:0", "table:0", "held/Read/ReadVariableOp:0", "rows_held/Read/ReadVariableOp:0", "w/LazyAdam:0",
      "w/ExponentialMovingAverage:0"], {})]


def build(tf):
    opt = tf.contrib.opt
    w = tf.Variable([[1.0, -2.0], [0.5, 4.0]], name="w")
    table = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], name="table")
    held = tf.get_variable("held", initializer=[0.25, 0.75], use_resource=True)
    rows_held = tf.get_variable("rows_held", initializer=[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], use_resource=True)
    rows = tf.placeholder_with_default([2, 0, 2], [None], name="rows")
    product = tf.matmul(tf.gather(table, rows) + tf.gather(rows_held, rows), w) + held
    loss = tf.reduce_sum(tf.square(product)) * 1e-3
    step = tf.train.get_or_create_global_step()
    opt.LazyAdamOptimizer(0.01, name="LazyAdam").minimize(loss, name="lazy")
    opt.NadamOptimizer(0.01, name="Nadam").minimize(loss, name="nadam")
    opt.AdaMaxOptimizer(0.01).minimize(loss, global_step=step, name="adamax")
    dense = [w, table, held]
    opt.AddSignOptimizer(0.01).minimize(loss, var_list=dense, name="add")
    opt.PowerSignOptimizer(0.01, sign_decay_fn=lambda step: 1.0 / tf.cast(step + 1, tf.float32)).minimize(
        loss, global_step=step, var_list=dense, name="power")
    opt.LARSOptimizer(0.01, skip_list=["held"]).minimize(loss, name="lars")
    opt.VariableClippingOptimizer(tf.train.GradientDescentOptimizer(0.01), {w: [0, 1], table: [1], held: [0]}, 3.0).minimize(
        loss, name="clipped", global_step=step)
    opt.MovingAverageOptimizer(tf.train.AdamOptimizer(0.01), 0.9).minimize(loss, var_list=[w, held])
    tf.global_variables_initializer()
