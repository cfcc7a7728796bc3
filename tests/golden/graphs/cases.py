"""`tf.case` with and without a default, exclusive, and from a dictionary."""

STEPS = [(["first", "only", "g"], {"i:0": i, "x:0": [1.0, -2.0]}) for i in (0, 1, 3)] + [
    (["no_default"], {"i:0": 1, "x:0": [1.0, -2.0]}), (["no_default"], {"i:0": 3, "x:0": [1.0, -2.0]})]


def build(tf):
    i = tf.placeholder(tf.int32, [], name="i")
    x = tf.placeholder(tf.float32, [2], name="x")
    first = tf.case([(i < 1, lambda: x), (i < 2, lambda: x * 2), (i < 3, lambda: x * 3)], default=lambda: -x)
    only = tf.case({i < 1: lambda: x + 1, i > 2: lambda: x * x}, default=lambda: -x, exclusive=True, name="only")
    no_default = tf.case([(tf.equal(i, 1), lambda: x), (i > 2, lambda: x * 2)])
    g = tf.gradients([first, only], x)
    return {"first": first, "only": only, "no_default": no_default, "g": g}
