"""Embeddings looked up whole, in parts, with a largest norm, and combined; their gradients stay sparse."""

STEPS = [(["init"], {}), (["found"], {}), (["train"], {}), (["after"], {})]


def build(tf):
    def table(rows, name):
        values = tf.reshape(tf.range(float(rows * 3)), [rows, 3]) / 10
        return tf.Variable(values, name=name)

    whole = table(7, "whole")
    parts = [table(3, "a"), table(2, "b"), table(2, "c")]
    open_part = tf.placeholder_with_default(tf.ones([2, 3]), [None, 3])
    ids = tf.placeholder_with_default([[0, 3], [6, 3]], [2, 2])
    found = [
        tf.nn.embedding_lookup(whole, ids), tf.nn.embedding_lookup([whole], tf.constant(2), name="one"),
        tf.nn.embedding_lookup(whole, ids, max_norm=1.0), tf.nn.embedding_lookup(parts, ids),
        tf.nn.embedding_lookup(parts, ids, partition_strategy="div", name="ranges"),
        tf.nn.embedding_lookup([*parts[:2], open_part], tf.cast(ids[0], tf.int64), "div"),
        tf.nn.embedding_lookup(parts, ids, max_norm=1.0),
    ]
    named = tf.placeholder_with_default(tf.constant([1, 3, 0, 1], tf.int64), [4])
    sparse = tf.SparseTensor([[0, 0], [0, 1], [1, 0], [2, 3]], named, [3, 4])
    weights = tf.SparseTensor([[0, 0], [0, 1], [1, 0], [2, 3]], [2.0, 0.5, 1.0, 3.0], [3, 4])
    for combiner in ("sum", "mean", "sqrtn"):
        found.append(tf.nn.embedding_lookup_sparse(whole, sparse, None, combiner=combiner))
        found.append(tf.nn.embedding_lookup_sparse(parts, sparse, weights, combiner=combiner, name="weighted"))
    loss = tf.reduce_sum(tf.square(found[0])) + tf.reduce_sum(found[3]) + tf.reduce_sum(found[8])
    train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    tf.global_variables_initializer()
    return {"found": found, "train": train, "after": [whole, *parts], "init": "init"}
