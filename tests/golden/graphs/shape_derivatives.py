"""Gradients through reductions, products and the ops that move elements about."""

ROWS = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
FEED = {"x:0": ROWS, "partly:0": ROWS, "unknown:0": ROWS, "batch:0": [ROWS]}
FETCHES = ["sums", "prod", "max", "products", "batch", "moved", "joined", "cut", "spread"]
STEPS = [(FETCHES, FEED)]


def build(tf):
    x = tf.placeholder(tf.float32, [2, 3], name="x")
    partly = tf.placeholder(tf.float32, [None, 3], name="partly")
    unknown = tf.placeholder(tf.float32, name="unknown")
    batch = tf.placeholder(tf.float32, [None, 2, 3], name="batch")
    w = tf.constant([[1.0, 2.0], [0.5, -1.0], [3.0, 0.25]], name="w")
    weights = tf.constant([[1.0, 2.0, 3.0]], name="weights")
    return {
        "sums": [sums(tf, tensor) for tensor in (x, partly, unknown)],
        "prod": tf.gradients(tf.reduce_prod(x, 1), x),
        "max": tf.gradients(tf.reduce_max(x, 1), x) + tf.gradients(tf.reduce_min(partly), partly),
        "products": products(tf, x, w),
        "batch": tf.gradients(tf.matmul(batch, batch, transpose_b=True), batch),
        "moved": moved(tf, x, partly, weights),
        "joined": joined(tf, x, partly),
        "cut": cut(tf, x, partly),
        "spread": spread(tf, x, w),
    }


def sums(tf, tensor):
    return [
        tf.gradients(tf.reduce_sum(tensor), tensor),
        tf.gradients(tf.reduce_sum(tensor, axis=1), tensor),
        tf.gradients(tf.reduce_mean(tensor), tensor),
        tf.gradients(tf.reduce_mean(tensor, 0, keepdims=True), tensor),
    ]


def products(tf, x, w):
    found = []
    for transpose_a, transpose_b in ((False, False), (True, False), (False, True), (True, True)):
        left = tf.transpose(x) if transpose_a else x
        right = tf.transpose(w) if transpose_b else w
        product = tf.matmul(left, right, transpose_a=transpose_a, transpose_b=transpose_b)
        found.append(tf.gradients(product, [left, right]))
    return found


def moved(tf, x, partly, weights):
    return [
        tf.gradients(tf.reshape(x, [6]), x),
        tf.gradients(tf.reshape(partly, [-1]), partly),
        tf.gradients(tf.transpose(x) * tf.transpose(weights), x),
        tf.gradients(tf.expand_dims(x, 0) * weights, x),
        tf.gradients(tf.squeeze(tf.expand_dims(partly, 0)), partly),
        tf.gradients(tf.reverse(x, [0]), x),
    ]


def joined(tf, x, partly):
    return [
        tf.gradients(tf.concat([x, x * 2.0], 0), x),
        tf.gradients(tf.concat([partly, x], 0), [partly, x]),
        tf.gradients(tf.concat([x, x], -1), x),
        tf.gradients(tf.stack([x, x], 1), x),
        tf.gradients(tf.unstack(x)[0], x),
        tf.gradients(tf.split(x, 3, 1)[1], x),
        tf.gradients(tf.split(x, [1, 2], 1)[1], x),
    ]


def cut(tf, x, partly):
    return [
        tf.gradients(x[0], x),
        tf.gradients(partly[:, 1:], partly),
        tf.gradients(tf.slice(x, [0, 1], [2, 2]), x),
        tf.gradients(tf.slice(partly, [0, 1], [-1, 2]), partly),
        tf.gradients(tf.diag_part(tf.matmul(x, tf.transpose(x))), x),
    ]


def spread(tf, x, w):
    return [
        tf.gradients(tf.tile(x, [2, 1]), x),
        tf.gradients(tf.fill([2], tf.reduce_sum(x)), x),
        tf.gradients(tf.pad(x, [[1, 0], [0, 1]]), x),
        tf.gradients(tf.cumsum(x), x),
        tf.gradients(tf.nn.bias_add(tf.matmul(x, w), tf.ones([2])), x),
        tf.gradients(tf.zeros_like(x) + x, x),
    ]
