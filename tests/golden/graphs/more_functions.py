"""Functions beyond the first op families, most of them made of several nodes."""

FEED = {"x:0": [[0.5, -1.0, 2.0], [3.0, 0.25, -0.5]], "partly:0": [[1.0, 2.0, 3.0]]}
STEPS = [(["accumulated", "clipped", "logsumexp", "norms", "moments", "zeros", "shaped", "summed", "product",
           "weighted", "divided", "normalized", "leaky"], FEED)]


def build(tf):
    x = tf.placeholder(tf.float32, [2, 3], name="x")
    partly = tf.placeholder(tf.float32, [None, 3], name="partly")
    k = tf.constant([5, -5, 7], name="k")
    return {
        "accumulated": tf.accumulate_n([x, x]),
        "clipped": [tf.clip_by_value(x, 0.0, 1.0), tf.clip_by_norm(x, 1.0), tf.clip_by_global_norm([x, partly], 1.0)],
        "logsumexp": [tf.reduce_logsumexp(x, axis=1), tf.reduce_logsumexp(x)],
        "norms": [tf.norm(x), tf.norm(x, ord=1, axis=0), tf.global_norm([x, partly])],
        "moments": [tf.nn.moments(x, axes=[0]), tf.nn.moments(x, [0, 1], keep_dims=True)],
        "zeros": [tf.count_nonzero(x), tf.count_nonzero(x, axis=1)],
        "shaped": shaped(tf, x, partly),
        "summed": [tf.cumsum(x, axis=1), tf.cumsum(x, exclusive=True, reverse=True), tf.cumprod(x)],
        "product": [tf.tensordot(x, x, [[1], [1]]), tf.tensordot(x, tf.transpose(x), 1)],
        "weighted": tf.nn.weighted_cross_entropy_with_logits(targets=tf.ones([2, 3]), logits=x, pos_weight=2.0),
        "divided": [tf.div_no_nan(x, partly), tf.truncatediv(k, 2), tf.truncatemod(k, 3), tf.atan2(x, x)],
        "normalized": tf.nn.l2_normalize(x, axis=1),
        "leaky": tf.nn.leaky_relu(x),
    }


def shaped(tf, x, partly):
    return [
        tf.pad(x, [[1, 0], [0, 1]]),
        tf.pad(x, [[1, 0], [0, 1]], constant_values=2.0),
        tf.pad(x, [[1, 1], [0, 0]], "REFLECT"),
        tf.pad(x, [[1, 1], [0, 0]], "SYMMETRIC"),
        tf.reverse(x, [1]),
        tf.one_hot([0, 2], 3),
        tf.one_hot([0, 2], 3, on_value=5.0, off_value=-1.0, axis=0),
        tf.diag([1.0, 2.0]),
        tf.diag_part(tf.ones([2, 2])),
        tf.gather(x, [1, 0]),
        tf.gather(x, [2, 0], axis=1),
        tf.broadcast_to(x, [2, 2, 3]),
        tf.broadcast_dynamic_shape(tf.shape(partly), [2, 1]),
        tf.boolean_mask(x, [True, False]),
        tf.linspace(0.0, 1.0, 5),
        tf.meshgrid([1, 2], [3, 4]),
    ]
