"""Sorting, segments and sums of products used wrongly."""


def run(tf, function, *values, **dtypes):
    placeholders = [tf.placeholder(dtypes.get("dtype", "float32"), name="x%d" % n) for n in range(len(values))]
    tf.Session().run(function(*placeholders), dict(zip(placeholders, values)))


def matrix(tf):
    return tf.constant([[1.0, 2.0], [3.0, 4.0]], name="m")


CASES = {
    "sort_direction": lambda tf: tf.sort([1.0, 2.0], direction="UP"),
    "sort_axis_unknown": lambda tf: tf.sort([1.0, 2.0], axis=tf.placeholder(tf.int32, [])),
    "top_k_too_many": lambda tf: tf.nn.top_k([1.0, 2.0], 3),
    "top_k_negative": lambda tf: tf.nn.top_k([1.0, 2.0], -1),
    "top_k_of_a_scalar": lambda tf: tf.nn.top_k(1.0, 1),
    "top_k_too_many_at_run_time": lambda tf: run(tf, lambda x: tf.nn.top_k(x, 3), [1.0, 2.0]),
    "top_k_of_text": lambda tf: tf.nn.top_k(["a"], 1),
    "searchsorted_side": lambda tf: tf.searchsorted([[1.0]], [[1.0]], side="up"),
    "bincount_negative": lambda tf: run(tf, tf.bincount, [1, -1], dtype="int32"),
    "histogram_range": lambda tf: run(tf, lambda x: tf.histogram_fixed_width(x, [2.0, 1.0]), [1.0]),
    "roll_sizes": lambda tf: run(tf, lambda x: tf.roll(x, [1, 2], [0]), [1.0, 2.0]),
    "roll_scalar": lambda tf: run(tf, lambda x: tf.roll(x, 1, 0), 1.0),
    "repeat_axis": lambda tf: tf.repeat([1, 2], 2, axis=1),
    "repeat_floats": lambda tf: tf.repeat([1, 2], 2.0),
    "partition_outside": lambda tf: run(tf, lambda x: tf.dynamic_partition(x, [0, 2], 2), [1.0, 2.0]),
    "partition_shapes": lambda tf: tf.dynamic_partition([1.0, 2.0], [0, 1, 1], 2),
    "scatter_outside": lambda tf: run(tf, lambda x: tf.tensor_scatter_add(x, [[5]], [1.0]), [1.0, 2.0]),
    "segments_out_of_order": lambda tf: run(tf, lambda x: tf.segment_sum([1.0, 2.0], x), [1, 0], dtype="int32"),
    "segments_negative": lambda tf: run(tf, lambda x: tf.segment_max([1.0, 2.0], x), [-1, 0], dtype="int32"),
    "segments_too_few": lambda tf: run(tf, lambda x: tf.segment_sum([1.0, 2.0], x), [0], dtype="int32"),
    "segments_of_a_scalar": lambda tf: tf.segment_sum(1.0, [0]),
    "sparse_segments_outside": lambda tf: run(tf, lambda x: tf.sparse_segment_sum([[1.0]], x, [0]), [3], dtype="int32"),
    "unsorted_segments_negative_number": lambda tf: tf.unsorted_segment_max([1.0], [0], -1),
    "einsum_format": lambda tf: tf.einsum("i;j", matrix(tf)),
    "einsum_count": lambda tf: tf.einsum("ij,jk->ik", matrix(tf)),
    "einsum_twice": lambda tf: tf.einsum("ii->i", matrix(tf)),
    "einsum_unknown_output": lambda tf: tf.einsum("ij->ik", matrix(tf)),
    "einsum_rank": lambda tf: tf.einsum("ijk,kl->il", matrix(tf), matrix(tf)),
    "einsum_keyword": lambda tf: tf.einsum("ij", matrix(tf), axis=1),
    "einsum_ellipses": lambda tf: tf.einsum("......i->i", matrix(tf)),
    "unique_of_a_matrix": lambda tf: run(tf, lambda x: tf.unique_with_counts(x)[0], [[1.0]]),
    "select_shapes": lambda tf: tf.where_v2([True, False], [1.0, 2.0, 3.0], 1.0),
    "eye_of_floats": lambda tf: tf.eye(2.5),
    "set_diag_shapes": lambda tf: tf.matrix_set_diag(matrix(tf), [1.0, 2.0, 3.0]),
    "diag_of_a_scalar": lambda tf: tf.matrix_diag(1.0),
    "qr_of_a_vector": lambda tf: tf.qr([1.0, 2.0]),
    "cholesky_of_a_wide_matrix": lambda tf: tf.cholesky([[1.0, 2.0, 3.0]]),
    "triangular_shapes": lambda tf: tf.matrix_triangular_solve(matrix(tf), [[1.0], [2.0], [3.0]]),
    "svd_of_integers": lambda tf: tf.svd([[1, 2]]),
}
