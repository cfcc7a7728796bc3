"""Adam on dense and sparse gradients, with hyperparameters of every kind."""

STEPS = [(["init"], {}), (["Adam"], {}), (["w:0", "table:0", "beta1_power:0"], {}), (["Adam"], {}), (["w:0", "table:0"], {}),
         (["Other"], {"rate:0": 0.5}), (["w:0"], {})]


def build(tf):
    rate = tf.placeholder(tf.float32, [], name="rate")
    w = tf.Variable([[1.0, -2.0], [0.5, 4.0]], name="w")
    b = tf.Variable([0.25, 0.75], name="b", dtype=tf.float64)
    table = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], name="table")
    rows = tf.placeholder_with_default([2, 0, 2], [None], name="rows")
    looked_up = tf.gather(table, rows)
    product = tf.matmul(looked_up, w) + tf.cast(b, tf.float32)
    loss = tf.reduce_sum(tf.square(product))
    step = tf.train.get_or_create_global_step()
    optimizer = tf.train.AdamOptimizer()
    optimizer.minimize(loss, global_step=step)
    tf.train.AdamOptimizer(rate, beta1=0.5, beta2=tf.constant(0.75), epsilon=lambda: 1e-3, use_locking=True,
                           name="Other").minimize(loss, var_list=[w])
    tf.global_variables_initializer()
