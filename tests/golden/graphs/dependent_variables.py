"""Initial values that depend on other variables, what is not initialized yet, and updates of elements."""

STEPS = [(["report/boolean_mask/GatherV2:0"], {}), (["init"], {}),
         (["late:0", "sum:0", "report/boolean_mask/GatherV2:0"], {}), (["CountUpTo:0"], {}),
         (["CountUpTo:0"], {}), (["ScatterMul:0"], {}), (["ScatterNdAdd:0"], {})]


def build(tf):
    v = tf.Variable([1.0, 2.0, 3.0], name="v")
    tf.Variable(v.initialized_value() * 2.0, name="late")
    tf.Variable(v + 1.0, name="sum")
    counter = tf.Variable(0, name="counter", trainable=False)
    tf.report_uninitialized_variables(name="report")
    tf.global_variables_initializer()
    tf.assert_variables_initialized()
    counter.count_up_to(3)
    tf.count_up_to(counter, 5)
    tf.scatter_mul(v, [0, 2], [2.0, 3.0])
    tf.scatter_div(v, [0], [2.0])
    tf.scatter_min(v, [0], [2.0])
    tf.scatter_max(v, [0], [2.0])
    tf.scatter_nd_add(v, [[1]], [2.0])
    tf.scatter_nd_sub(v, [[1]], [2.0])
    tf.scatter_nd_update(v, [[1]], [2.0])
    v.scatter_sub(tf.IndexedSlices(tf.ones([1]), tf.constant([1])))
    tf.batch_scatter_update(tf.Variable(tf.zeros([2, 3]), name="batches"), [[0, 1], [2, 0]], [[1.0, 2.0], [3.0, 4.0]])
