"""Every optimizer on a dense and on a sparse gradient, in single and in double precision."""

STEPS = [(["init"], {})] + [([name], {}) for name in (
    "Momentum", "Nesterov", "RMSProp", "Centered", "Adagrad", "Adadelta", "AdagradDA", "Ftrl", "Shrinking",
    "ProximalGradientDescent", "ProximalAdagrad")] + [(["w:0", "table:0", "b:0", "numbers:0"], {})]


def build(tf):
    w = tf.Variable([[1.0, -2.0], [0.5, 4.0]], name="w")
    b = tf.Variable([0.25, 0.75], name="b", dtype=tf.float64)
    table = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], name="table")
    numbers = tf.Variable([1.0, 2.0, 3.0], name="numbers")
    rows = tf.placeholder_with_default([2, 0, 2], [None], name="rows")
    product = tf.matmul(tf.gather(table, rows), w) + tf.cast(b, tf.float32)
    loss = tf.reduce_sum(tf.square(product)) + tf.reduce_sum(tf.gather(numbers, rows))
    loss_of_singles = tf.reduce_sum(tf.square(tf.matmul(tf.gather(table, rows), w)))
    step = tf.train.get_or_create_global_step()
    train = tf.train
    train.MomentumOptimizer(0.01, 0.9).minimize(loss, global_step=step)
    rate = tf.constant(0.01)
    train.MomentumOptimizer(rate, lambda: 0.5, use_nesterov=True, use_locking=True, name="Nesterov").minimize(loss)
    train.RMSPropOptimizer(0.01, momentum=0.5).minimize(loss)
    train.RMSPropOptimizer(0.01, 0.8, centered=True, epsilon=1e-3, name="Centered").minimize(loss)
    train.AdagradOptimizer(0.01).minimize(loss)
    train.AdadeltaOptimizer(0.5).minimize(loss)
    train.AdagradDAOptimizer(0.01, step, l1_regularization_strength=0.01, l2_regularization_strength=0.02).minimize(loss)
    train.FtrlOptimizer(0.01, l1_regularization_strength=0.001).minimize(loss)
    train.FtrlOptimizer(0.01, -0.25, l2_regularization_strength=0.001, l2_shrinkage_regularization_strength=0.1,
                        accum_name="Squares", linear_name="Rest", name="Shrinking").minimize(loss)
    train.ProximalGradientDescentOptimizer(0.001, 0.1, 0.2).minimize(loss_of_singles, var_list=[w, table])
    train.ProximalAdagradOptimizer(0.01, l1_regularization_strength=0.1).minimize(loss_of_singles, var_list=[w, table])
    tf.global_variables_initializer()
