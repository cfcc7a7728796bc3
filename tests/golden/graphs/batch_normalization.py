"""Normalizing by moments, with and without scale and offset, and its gradients."""

STEPS = [(["whole/add_1:0", "plain/add_1:0", "gradients/AddN:0"], {"x:0": [[1.0, 2.0, 4.0], [0.5, -1.0, 3.0]]})]


def build(tf):
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    mean, variance = tf.nn.moments(x, [0])
    scale, offset = tf.constant([1.0, 2.0, 0.5], name="scale"), tf.constant([0.1, 0.2, 0.3], name="offset")
    whole = tf.nn.batch_normalization(x, mean, variance, offset, scale, 1e-3, name="whole")
    tf.nn.batch_normalization(x, mean, variance, None, None, 1e-3, name="plain")
    tf.nn.batch_normalization(x, mean, variance, offset, None, 1e-3)
    tf.nn.batch_norm_with_global_normalization(x, mean, variance, offset, scale, 1e-3, True)
    tf.gradients(tf.reduce_sum(tf.square(whole)), x)
