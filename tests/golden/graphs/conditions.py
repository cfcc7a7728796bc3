"""select / where with a value, and comparisons feeding it, with gradients."""

STEPS = [(["Select:0", "Select_1:0", "gradients/AddN:0"], {"x:0": [-1.0, 0.5, 2.0]})]


def build(tf):
    x = tf.placeholder(tf.float32, [None], name="x")
    positive = tf.where(x > 0, x, -x)
    tf.where(tf.equal(x, 0.5), tf.zeros_like(x), x * x)
    tf.gradients(positive, x)
    tf.where(tf.constant([True, False]), [[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]], name="rows")
    tf.where(x > 1, name="places")
    tf.maximum(x, 0.0)
    tf.gradients(tf.maximum(x, 1.0), x)
    tf.gradients(tf.reduce_max(x), x)
