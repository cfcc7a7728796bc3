"""Steps of a `SyncReplicasOptimizer`, and what its chief runs."""


def build(tf):
    tf.set_random_seed(6)
    w, table = tf.Variable([1.0, 2.0], name="w"), tf.Variable(tf.ones([4, 2]), name="table")
    step = tf.train.get_or_create_global_step()
    loss = tf.reduce_sum(tf.square(w)) + tf.reduce_sum(tf.gather(table, [1, 1, 3]))
    optimizer = tf.train.SyncReplicasOptimizer(tf.train.MomentumOptimizer(0.1, 0.9), replicas_to_aggregate=2,
                                               total_num_replicas=1)
    optimizer.minimize(loss, global_step=step)
    optimizer.get_init_tokens_op()
    optimizer.make_session_run_hook(True, 3).begin()
    averages = tf.train.ExponentialMovingAverage(0.9)
    other = tf.train.SyncReplicasOptimizer(tf.train.GradientDescentOptimizer(0.1), 1, variable_averages=averages,
                                           variables_to_average=[w], name="other")
    other.apply_gradients(other.compute_gradients(loss, [w]), step)
