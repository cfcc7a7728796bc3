"""Checks for NaN and infinities, in a gradient too."""

STEPS = [(["checked", "finite", "gradient", "all"], {"x:0": [0.5, 2.0]})]


def build(tf):
    x = tf.placeholder(tf.float32, [2], name="x")
    checked = tf.check_numerics(1.0 / x, "the inverse")
    finite = tf.verify_tensor_all_finite(x, "the input")
    gradient = tf.gradients(checked, x)
    return {"checked": checked, "finite": finite, "gradient": gradient, "all": tf.add_check_numerics_ops()}
