"""`tf.cond`: gradients through both branches, branches that change a variable, nested ones, structures, slices."""

X = [1.0, 2.0, 3.0]
BELOW = [0.25, 0.5, 0.125]
STEPS = [(["init"], {})] + [
    (["y", "nested", "packed", "g", "g_nested", "g_slices:0"], {"p:0": p, "x:0": x}) for p in (True, False)
    for x in (X, BELOW)] + [
    (["update"], {"p:0": True, "x:0": X}), (["w:0"], {}), (["update"], {"p:0": False, "x:0": X}),
    (["set"], {"p:0": True}), (["w:0"], {}), (["set"], {"p:0": False}), (["w:0"], {})]


def build(tf):
    p = tf.placeholder(tf.bool, [], name="p")
    x = tf.placeholder(tf.float32, [3], name="x")
    w = tf.Variable([1.0, 2.0, 3.0], name="w")
    y = tf.cond(p, lambda: x * w + tf.constant(1.0), lambda: tf.exp(x) - tf.log(x))
    g = tf.gradients(tf.reduce_sum(y * y), [x, w])
    update = tf.cond(p, lambda: w.assign_add(x), lambda: w.assign_sub([1.0, 1.0, 1.0]), name="update_w")
    set_w = tf.cond(p, tf.no_op, lambda: tf.group(w.assign([9.0, 9.0, 9.0])))
    nested = tf.cond(p, lambda: tf.cond(x[0] > 0.5, lambda: x * 2, lambda: x * 3),
                     lambda: tf.cond(x[1] > 0.75, lambda: w * 2, lambda: x * 5))
    g_nested = tf.gradients(nested, x)
    packed = tf.cond(p, lambda: (x[0], [x[1] * 2, x[2]]), lambda: (x[1], [x[1], x[0]]), strict=True)
    slices = tf.cond(p, fn1=lambda: tf.gather(x, [0, 0, 1]), fn2=lambda: x * 2, name="old_names")
    g_slices = tf.gradients(slices, x, name="g_slices_scope")[0]
    tf.identity(tf.convert_to_tensor(g_slices), name="g_slices")
    tf.global_variables_initializer()
    return {"y": y, "nested": nested, "packed": packed, "g": g, "g_nested": g_nested, "update": update, "set": set_w}
