"""Summaries of numbers and distributions, named as programs name them, and merged."""

STEPS = [(["init"], {}), (["serialized:0"], {"x:0": [0.5, -1.5, 0.0, 2e-13, 3e30, 0.25, 0.25]})]


def build(tf):
    x = tf.placeholder(tf.float32, [None], name="x")
    w = tf.Variable([1.0, 2.0], name="w")
    with tf.name_scope("model"):
        tf.summary.scalar("loss", tf.reduce_mean(w))
        tf.summary.histogram("x", x)
    tf.summary.scalar("total loss/all (1)", tf.constant(2))
    tf.summary.histogram(w.name, w, family="weights")
    tf.summary.scalar("apart", tf.constant(1.5), collections=["others"])
    tf.reshape(tf.summary.merge_all(), [1], name="serialized")
    tf.summary.merge_all("others", name="other")
    tf.global_variables_initializer()
