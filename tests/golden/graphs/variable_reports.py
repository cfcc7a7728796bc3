"""Reports about variables, initial values that wait for others, and the global step's own machinery."""

STEPS = [(["names"], {}), (["init"], {}), (["names"], {}), (["steps"], {})]


def build(tf):
    v = tf.Variable([1.0, 2.0], name="v")
    tf.Variable(v.initialized_value() * 2.0, name="follows")
    tf.Variable(0, name="local", collections=[tf.GraphKeys.LOCAL_VARIABLES], trainable=False)
    step = tf.train.create_global_step()
    names = tf.report_uninitialized_variables()
    tf.report_uninitialized_variables([step], name="some")
    tf.assert_variables_initialized()
    init = tf.group(tf.global_variables_initializer(), tf.local_variables_initializer())
    return {"names": names, "init": init, "steps": [tf.train.get_global_step(), tf.train.get_or_create_global_step()]}
