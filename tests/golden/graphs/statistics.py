"""Moments in parts and weighted, the loss of counts, confusion matrices and Sobel's edges."""

import numpy as np

VALUES = [[0.5, -1.0, 2.0], [0.25, 3.0, 0.5]]
FEEDS = {"x:0": VALUES, "counts:0": [[0.0, 1.0, 4.0], [2.0, 0.5, 7.0]], "labels:0": [1, 0, 2, 2], "image:0":
         np.arange(24.0).reshape(1, 3, 4, 2) ** 2 % 7, "column:0": [[1], [2], [0], [2]]}
STEPS = [(["parts", "shifted", "moments", "losses", "matrices", "edges", "gradients"], FEEDS)]


def build(tf):
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    parts = tf.nn.sufficient_statistics(x, [0])
    shifted = tf.nn.sufficient_statistics(tf.reshape(x, [2, 3]), [0, 1], shift=0.5, keep_dims=True, name="shifted")
    moments = [tf.nn.normalize_moments(*parts), tf.nn.normalize_moments(*shifted, name="again"),
               tf.nn.weighted_moments(x, [0], [[1.0], [3.0]]),
               tf.nn.weighted_moments(tf.cast(x, tf.float16), [1], tf.constant([1, 2, 1]), keep_dims=True)]
    counts = tf.placeholder(tf.float32, [2, 3], name="counts")
    losses = [tf.nn.log_poisson_loss(counts, x), tf.nn.log_poisson_loss(counts, x, compute_full_loss=True)]
    labels = tf.placeholder(tf.int32, [None], name="labels")
    column = tf.placeholder(tf.int64, [None, 1], name="column")
    matrices = [tf.confusion_matrix(labels, [1, 0, 1, 2]), tf.math.confusion_matrix(column, labels, 4, tf.float32),
                tf.confusion_matrix(tf.reshape(labels, [4, 1]), [0, 0, 1, 2], 3, weights=[0.5, 1.0, 2.0, 0.25],
                                    dtype=tf.float64, name="weighted")]
    image = tf.placeholder(tf.float32, [1, None, 4, 2], name="image")
    edges = tf.image.sobel_edges(image)
    total = [tf.reduce_sum(part) for part in [moments[0][1], moments[2][1], *losses]]
    return {"parts": parts[:3], "shifted": shifted, "moments": moments, "losses": losses, "matrices": matrices,
            "edges": edges, "gradients": tf.gradients(total, [x]) + tf.gradients(edges, [image])}
