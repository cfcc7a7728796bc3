"""`tf.while_loop` with gradients: invariants, a branch inside, a loop in a loop, an unknown number of iterations."""

STEPS = [(["init"], {})] + [
    (["plain", "g_plain", "branch", "g_branch", "nested", "g_nested", "bounded", "structured"],
     {"n:0": n, "x:0": x, "u:0": x}) for n in (0, 1, 3, 20) for x in ([0.5, 1.0, 1.5], [0.75, 0.1, 0.15])]


def build(tf):
    n = tf.placeholder(tf.int32, [], name="n")
    x = tf.placeholder(tf.float32, [3], name="x")
    u = tf.placeholder(tf.float32, [None], name="u")
    w = tf.Variable([0.5, 0.25, 0.125], name="w")
    plain = tf.while_loop(lambda i, y, z: i < n, lambda i, y, z: (i + 1, tf.tanh(y * w) + x, z * 0.5 + u), [0, x, u])
    g_plain = tf.gradients(plain[1], [x, w]) + tf.gradients(plain[2], [u])
    branch = tf.while_loop(
        lambda i, y: i < n,
        lambda i, y: (i + 1, tf.cond(y[0] > 0.75, lambda: y * x, lambda: tf.exp(-y) * w)), [0, x])
    g_branch = tf.gradients(branch[1], [x, w])
    nested = tf.while_loop(
        lambda i, s: i < n,
        lambda i, s: (i + 1, tf.while_loop(
            lambda j, t: j < i,
            lambda j, t: (j + 1, t * t * w[0] + x[0] * tf.cast(j, tf.float32) * 0.01), [0, s])[1] + 0.1), [0, x[1]])
    g_nested = tf.gradients(nested[1], [x, w])
    bounded = tf.while_loop(lambda y: tf.reduce_sum(y) < 100.0, lambda y: y * 2, [x], maximum_iterations=4,
                            parallel_iterations=1, name="bounded")
    structured = tf.while_loop(lambda i, p: i < 4,
                               lambda i, p: (i + 1, {"a": p["b"][0], "b": [p["a"] + p["b"][0], p["b"][1] * 2]}),
                               (tf.constant(0), {"a": 1, "b": [1, 2]}))
    tf.while_loop(lambda i, m: i < 3, lambda i, m: [i + 1, tf.concat([m, m], 0)], [tf.constant(0), tf.ones([2, 2])],
                  shape_invariants=[tf.TensorShape([]), tf.TensorShape([None, 2])], back_prop=False, name="growing")
    tf.global_variables_initializer()
    structured = [structured[0], structured[1]["a"], structured[1]["b"]]
    return {"plain": plain, "g_plain": g_plain, "branch": branch, "g_branch": g_branch, "nested": nested,
            "g_nested": g_nested, "bounded": bounded, "structured": structured}
