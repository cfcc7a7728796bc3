"""Sets, distances of sequences, sizes of sparse tensors, pseudo-inverses and whether elements rise."""

FEED = {"x:0": [[2.0, 1.0], [0.5, 3.0], [1.0, 1.0]], "n:0": [1, 2, 2]}
STEPS = [(["sizes", "rising", "inverses", "sets", "distances"], FEED)]


def build(tf):
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    n = tf.placeholder(tf.int32, [None], name="n")
    a = tf.SparseTensor([[0, 0], [0, 2], [2, 0]], [1, 2, 3], [3, 3])
    b = tf.SparseTensor([[0, 0], [1, 1]], [2, 1], [3, 4])
    c = tf.constant([[1, 1], [2, 5], [3, 4]])
    sets = [tf.sets.union(a, b), tf.sets.intersection(a, c), tf.sets.difference(a, c), tf.sets.difference(a, c, False),
            tf.sets.difference(c, c)]
    return {
        "sizes": [tf.shape(a), tf.shape(a, out_type=tf.int64), tf.size(a), tf.rank(a, name="dimensions"), tf.sets.size(a)],
        "rising": [tf.is_non_decreasing(n), tf.math.is_strictly_increasing(n, name="strict"),
                   tf.debugging.is_non_decreasing(x), tf.is_strictly_increasing(x)],
        "inverses": [tf.linalg.pinv(x), tf.linalg.pinv([[1.0, 2.0], [2.0, 4.0]]),
                     tf.linalg.pinv(x, rcond=0.5, name="rough")],
        "sets": [part for s in sets for part in (s.indices, s.values, s.dense_shape)],
        "distances": [tf.edit_distance(a, b), tf.edit_distance(b, a, normalize=False, name="counts")],
    }
