"""Optimizers of resource variables: the steps, dense and sparse, their slots, constraints and the global step."""

READS = [name + "/Read/ReadVariableOp:0" for name in ("v", "rows", "held", "steps")]
STEPS = [(["init"], {})] + [(["train"], {}), (READS, {})] * 2


def build(tf):
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0]], name="v", use_resource=True)
    rows = tf.Variable([[0.5], [-1.0], [2.0]], name="rows", use_resource=True)
    held = tf.Variable([2.0, -3.0], name="held", use_resource=True, constraint=lambda x: tf.clip_by_value(x, -2.5, 1.5))
    steps = tf.Variable(0, name="steps", trainable=False, use_resource=True, dtype=tf.int64)
    taken = tf.gather(rows, tf.placeholder_with_default([2, 0, 2], [3], name="places"), name="taken")
    loss = tf.reduce_sum(tf.square(tf.matmul(v, v))) + tf.reduce_sum(taken * taken) + tf.reduce_sum(tf.square(held))
    optimizers = [
        tf.train.GradientDescentOptimizer(0.001),
        tf.train.MomentumOptimizer(0.001, 0.9),
        tf.train.MomentumOptimizer(0.001, 0.5, use_nesterov=True, use_locking=True, name="Nesterov"),
        tf.train.AdamOptimizer(0.01),
        tf.train.RMSPropOptimizer(0.01, momentum=0.5),
        tf.train.RMSPropOptimizer(0.01, centered=True, name="Centered"),
        tf.train.AdagradOptimizer(0.01),
    ]
    updates, after = [], []
    for optimizer in optimizers:
        with tf.control_dependencies(after):
            pairs = optimizer.compute_gradients(loss, [v, rows, held])
            after = [optimizer.apply_gradients(pairs, global_step=steps)]
        updates += after
    tf.group(*updates, name="train")
    tf.global_variables_initializer()
