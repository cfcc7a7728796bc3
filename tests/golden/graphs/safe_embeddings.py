"""Embeddings of rows that may be empty or hold invalid ids, with gradients."""

FEEDS = {"values:0": [1, -1, 3, 0], "weights:0": [0.5, 1.0, 0.0, 2.0], "sizes:0": [2, 3, 2]}
STEPS = [(["zeros", "default", "summed", "parts", "gradients"], FEEDS)]


def build(tf):
    rows = tf.reshape(tf.range(12.0), [4, 3], name="rows")
    indices = [[0, 0, 0], [0, 0, 1], [1, 0, 0], [1, 1, 1]]
    sizes = tf.placeholder(tf.int64, [3], name="sizes")
    ids = tf.SparseTensor(indices, tf.placeholder(tf.int64, [4], name="values"), sizes)
    weights = tf.SparseTensor(indices, tf.placeholder(tf.float32, [4], name="weights"), sizes)
    look = tf.nn.safe_embedding_lookup_sparse
    zeros = look(rows, ids)
    default = look(rows, ids, weights, default_id=2, name="default")
    summed = look([rows], ids, weights, combiner="sum", max_norm=4.0)
    parts = look([rows[:2], rows[2:]], ids, weights, combiner="sqrtn", partition_strategy="mod")
    gradients = tf.gradients([zeros, default], [rows])
    return {"zeros": zeros, "default": default, "summed": summed, "parts": parts,
            "gradients": [tf.convert_to_tensor(gradient) for gradient in gradients]}
