"""Variables in parts: made by partitioners, read as one, found again."""

STEPS = [(["init"], {}), (["table:0", "whole:0"], {})]


def build(tf):
    with tf.variable_scope("", partitioner=tf.fixed_size_partitioner(2)):
        table = tf.get_variable("table", [5, 2], initializer=tf.ones_initializer())
        tf.get_variable("scalar", [], initializer=tf.zeros_initializer())
    tf.identity(table, name="whole")
    with tf.variable_scope("", reuse=True):
        tf.reduce_sum(tf.get_variable("table", [5, 2]))
    small = tf.get_variable("small", [4, 6], partitioner=tf.variable_axis_size_partitioner(32, axis=1),
                            initializer=tf.zeros_initializer(), use_resource=True)
    tf.add(small, 1.0)
    whole = tf.get_variable("value", initializer=tf.ones([4, 2]), partitioner=tf.min_max_variable_partitioner(
        max_partitions=2, min_slice_size=16))
    whole.assign(tf.zeros([4, 2]))
    tf.create_partitioned_variables([4, 2], [1, 2], tf.constant_initializer(3.0), name="columns")
    tf.global_variables_initializer()
