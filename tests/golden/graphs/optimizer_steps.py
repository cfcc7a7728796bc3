"""compute_gradients and apply_gradients taken apart, with every option of the base class."""

STEPS = [(["init"], {}), (["apply"], {}), (["a:0", "b:0", "global_step:0"], {}), (["tuned"], {}), (["a:0", "b:0"], {})]


def build(tf):
    a = tf.Variable([1.0, 2.0], name="a")
    b = tf.Variable(3.0, name="b")
    unused = tf.Variable(1.0, name="unused")
    fixed = tf.Variable(2.0, trainable=False, name="fixed")
    step = tf.train.get_or_create_global_step()
    rate = tf.Variable(0.1, trainable=False, name="rate")
    loss = tf.reduce_sum(tf.square(a * b * fixed), name="loss")
    optimizer = tf.train.GradientDescentOptimizer(learning_rate=0.25)
    pairs = optimizer.compute_gradients(loss)
    clipped = [(tf.clip_by_value(grad, -1.0, 1.0), variable) for grad, variable in pairs if grad is not None]
    optimizer.apply_gradients(clipped, global_step=step, name="apply")
    optimizer.apply_gradients(pairs)
    tf.train.GradientDescentOptimizer(rate, use_locking=True, name="Tuned").minimize(
        loss, var_list=[b, unused], name="tuned")
    tf.train.GradientDescentOptimizer(tf.constant(0.5)).minimize(loss, var_list=[a], grad_loss=tf.constant(2.0))
    tf.train.GradientDescentOptimizer(0.1).minimize(loss, gate_gradients=tf.train.Optimizer.GATE_NONE)
    tf.train.GradientDescentOptimizer(0.1).minimize(loss, gate_gradients=tf.train.Optimizer.GATE_GRAPH)
    tf.train.GradientDescentOptimizer(0.1).minimize(loss, colocate_gradients_with_ops=True)
    tf.train.GradientDescentOptimizer(0.1).minimize(
        loss, aggregation_method=tf.AggregationMethod.EXPERIMENTAL_ACCUMULATE_N)
    tf.train.GradientDescentOptimizer(lambda: 0.125).minimize(loss, global_step=step, var_list=a)
    with tf.name_scope("training"):
        tf.train.GradientDescentOptimizer(0.1).minimize(loss, global_step=step)
    tf.global_variables_initializer()
