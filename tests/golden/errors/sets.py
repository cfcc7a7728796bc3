"""Wrong sets and sequences."""


def sparse(tf, indices, shape):
    return tf.SparseTensor(indices, list(range(len(indices))), shape)


CASES = {
    "sets_of_rank_one": lambda tf: tf.sets.union([1], [2]),
    "sets_other_rank": lambda tf: tf.sets.union([[1]], [[[2]]]),
    "sets_other_groups": lambda tf: tf.sets.union([[1]], [[2], [3]]),
    "sets_other_sparse_rank": lambda tf: tf.sets.union([[1]], sparse(tf, [[0, 0, 0]], [4, 3, 1])),
    "sets_two_sparse_ranks": lambda tf: tf.sets.union(sparse(tf, [[0, 0]], [4, 3]), sparse(tf, [[0, 0, 0]], [4, 3, 1])),
    "sets_sparse_rank_one": lambda tf: tf.sets.union(sparse(tf, [[0]], [4]), sparse(tf, [[0]], [4])),
    "sets_of_floats": lambda tf: tf.sets.union([[1.0]], [[2.0]]),
    "sets_two_types": lambda tf: tf.sets.union([[1]], [[2.0]]),
    "sets_size_of_dense": lambda tf: tf.sets.size([[1]]),
    "sets_out_of_order": lambda tf: tf.Session().run(tf.sets.size(sparse(tf, [[0, 2], [0, 0]], [3, 3]))),
    "sets_out_of_bounds": lambda tf: tf.Session().run(tf.sets.size(sparse(tf, [[0, 2], [0, 5]], [3, 3]))),
    "sets_other_sizes": lambda tf: tf.Session().run(
        tf.sets.union(sparse(tf, [[0, 0]], [4, 3]), sparse(tf, [[0, 0]], [3, 3])).values),
    "edit_distance_of_dense": lambda tf: tf.edit_distance(1, sparse(tf, [[0, 0]], [1, 1])),
    "edit_distance_other_rank": lambda tf: tf.edit_distance(sparse(tf, [[0, 0]], [1, 1]), sparse(tf, [[0]], [1])),
}
