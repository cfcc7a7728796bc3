"""What a scaffold and hooks add to a graph."""


def build(tf):
    tf.Variable([1.0, 2.0], name="plain")
    tf.get_variable("handle", [3], use_resource=True, initializer=tf.ones_initializer())
    tf.Variable(0.0, name="own", collections=[tf.GraphKeys.LOCAL_VARIABLES])
    tf.train.get_or_create_global_step()
    tf.summary.scalar("two", 2.0)
    tf.train.StopAtStepHook(5).begin()
    tf.train.StopAtStepHook(6).begin()
    tf.train.Scaffold().finalize()
    tf.get_default_graph()._unsafe_unfinalize()
    return {}
