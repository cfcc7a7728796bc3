"""Wrong calls of embedding lookups and candidate samplers."""


def run(tf, fetch):
    with tf.Session() as session:
        return session.run(fetch)


def true(tf):
    return tf.constant([[1], [2]], tf.int64)


CASES = {
    "lookup_nothing": lambda tf: tf.nn.embedding_lookup(None, [0]),
    "lookup_no_parts": lambda tf: tf.nn.embedding_lookup([], [0]),
    "lookup_strategy": lambda tf: tf.nn.embedding_lookup([tf.ones([2, 2]), tf.ones([2, 2])], [0], "rem"),
    "lookup_float_ids": lambda tf: tf.nn.embedding_lookup(tf.ones([2, 2]), [0.5]),
    "lookup_parts_differ": lambda tf: tf.nn.embedding_lookup([tf.ones([2, 2]), tf.ones([2, 3])],
                                                             tf.placeholder(tf.int32, [1])),
    "sparse_dense_ids": lambda tf: tf.nn.embedding_lookup_sparse(tf.ones([2, 2]), [0], None, combiner="sum"),
    "sparse_combiner": lambda tf: tf.nn.embedding_lookup_sparse(tf.ones([2, 2]), [0], None, combiner="max"),
    "sampler_range": lambda tf: run(tf, tf.nn.uniform_candidate_sampler(true(tf), 1, 9, True, 8)),
    "sampler_columns": lambda tf: run(tf, tf.nn.log_uniform_candidate_sampler(true(tf), 2, 3, True, 8)),
    "sampler_vector": lambda tf: tf.nn.uniform_candidate_sampler([1], 1, 3, True, 8),
    "hits_columns": lambda tf: tf.nn.compute_accidental_hits(true(tf), tf.constant([1], tf.int64), 2),
    "hits_matrix": lambda tf: tf.nn.compute_accidental_hits(true(tf), true(tf), 1),
}
