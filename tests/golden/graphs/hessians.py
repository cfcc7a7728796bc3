"""`tf.hessians` of variables and tensors, by one and by several."""

STEPS = [(["init"], {}), (["plain", "both"], {}), (["unknown"], {"p:0": [1.0, -2.0]})]


def build(tf):
    v = tf.Variable([[1.0, 2.0], [0.5, -1.0]], name="v")
    r = tf.Variable([0.5, 2.0], name="r", use_resource=True)
    p = tf.placeholder(tf.float32, [None], name="p")
    y = tf.reduce_sum(v * v * v) + tf.reduce_prod(r) * tf.reduce_sum(v)
    plain = tf.hessians(y, v)
    both = tf.hessians([y, tf.reduce_sum(tf.exp(r))], [v, r], gate_gradients=True)
    unknown = tf.hessians(tf.tanh(p), p, colocate_gradients_with_ops=True, name="named")
    tf.global_variables_initializer()
    return {"plain": plain, "both": both, "unknown": unknown}
