"""Sums, means, products and extremes over segments, with gradients."""

FEED = {"x:0": [[0.5, -1.0], [3.0, 0.25], [2.0, 1.5]]}
NAMES = ["segment_sum", "segment_mean", "segment_prod", "segment_min", "segment_max", "unsorted_segment_sum",
         "unsorted_segment_mean", "unsorted_segment_prod", "unsorted_segment_min", "unsorted_segment_max",
         "unsorted_segment_sqrt_n", "sparse_segment_sum", "sparse_segment_mean", "sparse_segment_sqrt_n"]
STEPS = [(["values", "numbered", "gradients"], FEED)]


def build(tf):
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    known = tf.identity(tf.constant(FEED["x:0"]), name="known")
    values, gradients, numbered = [], [], []
    for name in NAMES:
        if name.startswith("segment"):
            values.append(getattr(tf, name)(x, [0, 0, 1]))
        elif name.startswith("unsorted"):
            values.append(getattr(tf, name)(x, [1, 0, 1], 2))
            values.append(getattr(tf, name)(known, tf.constant([1, 0, 1]), 2))
        else:
            values.append(getattr(tf, name)(x, [0, 2, 2], [0, 0, 1]))
            numbered.append(getattr(tf, name)(x, [0, 2, 2], [0, 0, 1], num_segments=3))
        if name != "segment_prod":
            gradients.append(tf.gradients(values[-1], [x, known])[name.startswith("unsorted")])
    return {"values": values, "numbered": numbered, "gradients": gradients + tf.gradients(numbered, x)}
