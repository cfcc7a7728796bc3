"""What a supervisor adds to a graph."""


def build(tf):
    tf.Variable([1.0, 2.0], name="plain")
    tf.Variable(0.0, name="own", collections=[tf.GraphKeys.LOCAL_VARIABLES])
    tf.train.get_or_create_global_step()
    tf.summary.scalar("two", 2.0)
    tf.train.Supervisor()
    tf.get_default_graph()._unsafe_unfinalize()
    return {}
