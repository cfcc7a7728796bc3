# ruff: noqa: B018 - every expression is written for the node it makes
"""Variables: initial values in their forms, assignment in its forms, reads, initializers, collections."""

STEPS = [(["init", "counter/Assign"], {"Placeholder:0": 2.0}), (["Assign:0"], {}), (["AssignAdd:0"], {}),
         (["counter:0", "v:0", "w/read:0", "exact:0"], {})]


def build(tf):
    v = tf.Variable([1.0, 2.0], name="v")
    tf.Variable(3)
    tf.Variable(tf.zeros([2, 2]), trainable=False)
    tf.Variable(tf.constant(0.5), dtype=tf.float32, name="w")
    tf.Variable(lambda: tf.ones([3]), dtype=tf.float32, name="late")
    counter = tf.Variable(0, name="counter", trainable=False, collections=[tf.GraphKeys.LOCAL_VARIABLES])
    tf.Variable(1.0, name="v")
    tf.Variable(tf.placeholder(tf.float32), validate_shape=False, name="loose")
    tf.Variable([[1, 2], [3, 4]], dtype=tf.int64, name="exact", expected_shape=[2, 2])
    tf.assign(v, [3.0, 4.0])
    tf.assign_add(v, [1.0, 1.0])
    tf.assign_sub(v, [1.0, 1.0])
    tf.assign(v, v * 2.0, name="doubled")
    tf.assign(v, [5.0], validate_shape=False)
    v.assign([0.0, 0.0])
    v.assign_add([1.0, 1.0])
    v.assign_sub(v)
    v.assign([1.0, 1.0], use_locking=True)
    counter.assign_add(1)
    v + v
    v * 2.0
    -v
    v[0]
    v.value()
    v.read_value()
    tf.identity(v)
    tf.convert_to_tensor(v)
    tf.is_variable_initialized(v)
    tf.global_variables_initializer()
    tf.local_variables_initializer()
    tf.variables_initializer([v, counter], name="some")
    tf.variables_initializer([])
    tf.initialize_all_variables()
