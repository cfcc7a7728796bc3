# ruff: noqa: B018 - every expression is written for the node it makes
"""Resource variables: how they are made, read, assigned, scattered to and differentiated."""

STEPS = [(["init"], {}), (["ReadVariableOp_1:0", "Gather:0"], {}), (["doubled"], {}), (["v/Read/ReadVariableOp:0"], {})]


def build(tf):
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0]], name="v", use_resource=True)
    with tf.variable_scope("scope", use_resource=True):
        late = tf.get_variable("late", [2], initializer=tf.zeros_initializer())
    tf.Variable(lambda: tf.ones([3]), dtype=tf.float32, trainable=False, use_resource=True)
    tf.Variable(v.initialized_value() + 1.0, name="depends", use_resource=True)
    v + 1.0
    v * v
    -v
    v[0]
    tf.gather(v, [1, 0])
    tf.gather_nd(v, [[0, 1]])
    v.read_value()
    v.assign(v * 2.0, name="doubled")
    tf.identity(v.assign_add([[1.0, 1.0], [1.0, 1.0]]))
    v.assign_sub([[1.0, 1.0], [1.0, 1.0]], read_value=False)
    tf.assign(late, [1.0, 2.0])
    tf.assign_add(late, [1.0, 2.0])
    v[0].assign([7.0, 8.0])
    v.scatter_add(tf.IndexedSlices(tf.ones([1, 2]), tf.constant([1])))
    tf.scatter_update(v, [0], [[5.0, 6.0]])
    tf.scatter_nd_add(v, [[0, 1]], [1.0])
    tf.is_variable_initialized(v)
    loss = tf.reduce_sum(tf.square(tf.matmul(v, v))) + tf.reduce_sum(tf.gather(v, [0, 0]))
    tf.gradients(loss, [v, late])
    with tf.control_dependencies([v.assign_add(v), v]):
        tf.no_op()
    with tf.colocate_with(v):
        tf.zeros([1])
    tf.global_variables_initializer()
