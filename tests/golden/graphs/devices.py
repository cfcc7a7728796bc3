"""Devices and colocation, which are recorded in the graph, and groups over several devices."""


def build(tf):
    a = tf.constant(1.0, name="a")
    b = tf.constant(2.0, name="b")
    v = tf.Variable(0.0, name="v")
    with tf.device("/cpu:0"):
        tf.constant(1.0, name="on_cpu")
        with tf.device("/job:worker/task:1"):
            tf.constant(1.0, name="merged")
        with tf.device("/gpu:1"):
            tf.constant(1.0, name="on_gpu")
            tf.group(a, b, name="groups")
        with tf.device(None):
            tf.constant(1.0, name="anywhere")
        with tf.device(lambda op: "/device:CPU:2" if op.type == "Const" else ""):
            tf.constant(1.0, name="chosen")
            tf.add(a, b, name="not_chosen")
    tf.group(tf.get_default_graph().get_operation_by_name("on_cpu"),
             tf.get_default_graph().get_operation_by_name("on_gpu"), a, name="by_device")
    with tf.colocate_with(v):
        tf.constant(1.0, name="beside")
        with tf.colocate_with(a):
            tf.constant(1.0, name="beside_two")
        with tf.colocate_with(None, ignore_existing=True):
            tf.constant(1.0, name="alone")
    with tf.device("/job:ps"):
        placed = tf.Variable([1.0], name="placed")
    tf.train.GradientDescentOptimizer(0.5).minimize(tf.reduce_sum(placed * v))
