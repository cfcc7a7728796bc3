"""The nodes of savers: of ref, resource and partitioned variables, by name, sharded, reshaping."""


def build(tf):
    tf.Variable([1.0, 2.0], name="plain")
    tf.get_variable("handle", [3], use_resource=True, initializer=tf.ones_initializer())
    with tf.device("/cpu:1"):
        moved = tf.get_variable("moved", [2], initializer=tf.zeros_initializer())
        own = tf.get_variable("own", [], use_resource=True, initializer=tf.zeros_initializer())
    tf.get_variable("parts", [5, 2], partitioner=tf.fixed_size_partitioner(2), initializer=tf.zeros_initializer())
    with tf.variable_scope("resources", use_resource=True):
        tf.get_variable("parts", [4], partitioner=tf.fixed_size_partitioner(2), initializer=tf.zeros_initializer())
    tf.train.Saver()
    tf.train.Saver({"other": moved, "one": own}, name="named", filename="there")
    tf.train.Saver([moved, own], reshape=True)
    tf.train.Saver([moved], write_version=tf.train.SaverDef.V1)
    return {}
