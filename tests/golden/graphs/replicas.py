"""Nodes on the devices of parameter servers and workers."""


def build(tf):
    cluster = tf.train.ClusterSpec({"ps": ["a:1", "b:1"], "worker": ["c:1"]})
    with tf.device(tf.train.replica_device_setter(cluster=cluster, worker_device="/job:worker/task:0")):
        first = tf.Variable([1.0], name="first")
        second = tf.get_variable("second", [1], initializer=tf.zeros_initializer(), use_resource=True)
        third = tf.Variable([3.0], name="third")
        with tf.device("/gpu:1"):
            tf.add(first, second, name="sum")
            fourth = tf.Variable([4.0], name="fourth")
        tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(first + second + third + fourth))
    with tf.device(tf.train.replica_device_setter(1, merge_devices=False, ps_ops=["Const"])):
        tf.constant(1.0, name="one")
        with tf.device("/cpu:0"):
            tf.constant(2.0, name="two")
    return {}
