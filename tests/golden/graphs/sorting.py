"""Sorting, counting, repeating, scattering and what is found by place."""

FEED = {"x:0": [[0.5, -1.0, 2.0], [3.0, 0.25, 1.5]], "n:0": [2, 0, 1, 2], "k:0": 2}
STEPS = [(["sorted", "places", "top", "searched", "counted", "histogram", "rolled", "repeated", "scattered", "parts",
           "gathered", "chosen", "unique", "gradients"], FEED)]


def build(tf):
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    n = tf.placeholder(tf.int32, [4], name="n")
    k = tf.placeholder(tf.int32, [], name="k")
    s = tf.sort(x)
    values, indices = tf.nn.top_k(x, 2)
    updates = tf.constant([[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]])
    scattered = [tf.tensor_scatter_update(x, [[0], [1]], updates), tf.tensor_scatter_add(x, [[0], [0]], updates),
                 tf.tensor_scatter_sub(x, [[1], [0]], updates)]
    parts = tf.dynamic_partition(tf.constant([10.0, 20.0, 30.0, 40.0], name="shared"), n, 3)
    chosen = tf.where_v2(x > 1.0, x, 0.0)
    rolled = tf.roll(x, 1, 1)
    stack = tf.constant([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]], name="stack")
    gathered = tf.batch_gather(stack, [[1], [0]])
    return {
        "sorted": [s, tf.sort(x, direction="DESCENDING"), tf.sort(x, axis=0), tf.sort(n, name="numbers")],
        "places": [tf.argsort(x), tf.argsort(n, direction="DESCENDING")],
        "top": [values, indices, tf.nn.top_k(x, k)],
        "searched": [tf.searchsorted([[1, 3, 5]], [[3, 4]]), tf.searchsorted([[1, 3, 5]], [[3, 4]], side="right")],
        "counted": [tf.bincount(n), tf.bincount(n, minlength=5), tf.bincount(n, [1.0, 2.0, 3.0, 4.0], maxlength=3)],
        "histogram": [tf.histogram_fixed_width(x, [0.0, 2.0], 4), tf.histogram_fixed_width_bins(x, [0.0, 2.0], nbins=4)],
        "rolled": [rolled, tf.manip.roll(x, [1, 2], [0, 1])],
        "repeated": [tf.repeat([1, 2], 3), tf.repeat(x, 2, axis=0), tf.repeat(n, [1, 0, 2, 1]),
                     tf.repeat(stack, [2, 1], axis=-1, name="last")],
        "scattered": scattered, "parts": parts, "gathered": gathered, "chosen": chosen,
        "unique": [*tf.unique_with_counts(n), tf.unravel_index([3, 4], [2, 3]), tf.parallel_stack([n, n])],
        "gradients": [tf.gradients(s * s, x), tf.gradients(values, x), tf.gradients(scattered, x),
                      tf.gradients(parts[1], [parts[1].op.inputs[0]]), tf.gradients(chosen, x), tf.gradients(rolled, x),
                      tf.gradients(gathered, stack)],
    }
