"""The other optimizers, of resource variables: dense and sparse steps."""

READS = [name + "/Read/ReadVariableOp:0" for name in ("v", "rows")]
STEPS = [(["init"], {})] + [(["train"], {}), (READS, {})] * 2


def build(tf):
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0]], name="v", use_resource=True)
    rows = tf.Variable([[0.5], [-1.0], [2.0]], name="rows", use_resource=True)
    step = tf.Variable(1, name="steps", trainable=False, dtype=tf.int64)
    taken = tf.gather(rows, tf.placeholder_with_default([2, 0, 2], [3], name="places"), name="taken")
    loss = tf.reduce_sum(tf.square(tf.matmul(v, v))) + tf.reduce_sum(taken * taken)
    optimizers = [
        tf.train.AdadeltaOptimizer(0.5),
        tf.train.FtrlOptimizer(0.01),
        tf.train.FtrlOptimizer(0.01, l2_shrinkage_regularization_strength=0.1, name="Shrinking"),
        tf.train.ProximalAdagradOptimizer(0.01, l1_regularization_strength=0.001),
        tf.train.ProximalGradientDescentOptimizer(0.001, l2_regularization_strength=0.01),
        tf.train.AdagradDAOptimizer(0.01, step),
    ]
    updates, after = [], []
    for optimizer in optimizers:
        with tf.control_dependencies(after):
            after = [optimizer.apply_gradients(optimizer.compute_gradients(loss, [v, rows]))]
        updates += after
    tf.group(*updates, name="train")
    tf.global_variables_initializer()
