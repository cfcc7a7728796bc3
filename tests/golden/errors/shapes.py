"""Shapes that do not fit, found while the graph is built."""


def ones(tf, *shape):
    return tf.ones(list(shape))


def known(tf, *shape):
    return tf.placeholder(tf.float32, list(shape), name="x")


def unknown(tf, dtype="float32"):
    return tf.placeholder(dtype, name="unknown")


CASES = {
    "matmul": lambda tf: tf.matmul(ones(tf, 2, 3), ones(tf, 2, 3)),
    "matmul_of_vectors": lambda tf: tf.matmul(ones(tf, 2), ones(tf, 2)),
    "matmul_of_a_matrix_and_a_vector": lambda tf: tf.matmul(ones(tf, 2, 3), ones(tf, 3)),
    "matmul_named": lambda tf: tf.matmul(ones(tf, 2, 3), ones(tf, 2, 3), name="product"),
    "matmul_of_batches": lambda tf: tf.matmul(ones(tf, 2, 3, 4), ones(tf, 5, 4, 3)),
    "matmul_transposed_and_adjoint": lambda tf: tf.matmul(
        ones(tf, 2, 2), ones(tf, 2, 2), transpose_a=True, adjoint_a=True),
    "add": lambda tf: tf.add(ones(tf, 2), ones(tf, 3)),
    "plus": lambda tf: ones(tf, 2, 3) + ones(tf, 2, 2),
    "times_array": lambda tf: ones(tf, 2) * [1.0, 2.0, 3.0],
    "less": lambda tf: ones(tf, 2) < ones(tf, 3),
    "concat": lambda tf: tf.concat([ones(tf, 2, 3), ones(tf, 2, 2)], 0),
    "concat_of_ranks": lambda tf: tf.concat([ones(tf, 2), ones(tf, 2, 2)], 0),
    "concat_axis": lambda tf: tf.concat([ones(tf, 2), ones(tf, 2)], 1),
    "concat_of_scalars": lambda tf: tf.concat([tf.constant(1.0), tf.constant(2.0)], 0),
    "concat_swapped": lambda tf: tf.concat(0, [ones(tf, 2), ones(tf, 2)]),
    "stack": lambda tf: tf.stack([ones(tf, 2), ones(tf, 3)]),
    "stack_axis": lambda tf: tf.stack([ones(tf, 2)], axis=3),
    "unstack_axis": lambda tf: tf.unstack(ones(tf, 2), axis=3),
    "unstack_number": lambda tf: tf.unstack(ones(tf, 2), num=3),
    "unstack_of_unknown": lambda tf: tf.unstack(unknown(tf)),
    "unstack_of_unknown_size": lambda tf: tf.unstack(known(tf, None, 2)),
    "split_uneven": lambda tf: tf.split(ones(tf, 5), 2),
    "split_sizes": lambda tf: tf.split(ones(tf, 5), [2, 2]),
    "split_axis": lambda tf: tf.split(ones(tf, 4), 2, axis=1),
    "split_by_unknown": lambda tf: tf.split(ones(tf, 4), unknown(tf, "int32")),
    "reshape": lambda tf: tf.reshape(ones(tf, 6), [4]),
    "reshape_uneven": lambda tf: tf.reshape(ones(tf, 6), [4, -1]),
    "reshape_negative": lambda tf: tf.reshape(ones(tf, 6), [-2, 3]),
    "transpose_rank": lambda tf: tf.transpose(ones(tf, 2, 3), [0, 1, 2]),
    "transpose_axis": lambda tf: tf.transpose(ones(tf, 2, 3), [0, 2]),
    "expand_dims_axis": lambda tf: tf.expand_dims(ones(tf, 2), 3),
    "expand_dims_without_axis": lambda tf: tf.expand_dims(ones(tf, 2)),
    "squeeze": lambda tf: tf.squeeze(ones(tf, 2, 1), [0]),
    "squeeze_axis": lambda tf: tf.squeeze(ones(tf, 1), [2]),
    "sum_axis": lambda tf: tf.reduce_sum(ones(tf, 2, 3), axis=2),
    "sum_negative_axis": lambda tf: tf.reduce_sum(ones(tf, 2, 3), axis=-3),
    "argmax_axis": lambda tf: tf.argmax(ones(tf, 2, 3), 2),
    "tile_rank": lambda tf: tf.tile(ones(tf, 2), [1, 2]),
    "slice_rank": lambda tf: tf.slice(ones(tf, 3), [0, 0], [1, 1]),
    "too_many_indices": lambda tf: ones(tf, 2)[0, 0],
    "index_too_large": lambda tf: ones(tf, 2)[2],
    "index_too_small": lambda tf: ones(tf, 2)[-3],
    "stride_of_zero": lambda tf: ones(tf, 2)[::0],
    "two_ellipses": lambda tf: ones(tf, 2, 2, 2)[..., 0, ...],
    "fill_negative": lambda tf: tf.fill([-1], 0.0),
    "fill_with_a_list": lambda tf: tf.fill([2], [1.0, 2.0]),
    "range_without_end": lambda tf: tf.range(0, 5, 0),
    "range_backwards": lambda tf: tf.range(5, 0),
    "add_n": lambda tf: tf.add_n([ones(tf, 2), ones(tf, 3)]),
    "where": lambda tf: tf.where([True, False], ones(tf, 2), ones(tf, 3)),
    "where_of_a_condition": lambda tf: tf.where([True, False, True], ones(tf, 2), ones(tf, 2)),
    "bias_add": lambda tf: tf.nn.bias_add(ones(tf, 2, 3), ones(tf, 2)),
    "bias_add_of_a_vector": lambda tf: tf.nn.bias_add(ones(tf, 3), ones(tf, 3)),
    "softmax_axis": lambda tf: tf.nn.softmax(ones(tf, 2, 3), axis=2),
    "softmax_of_a_scalar": lambda tf: tf.nn.softmax(tf.constant(1.0)),
    "cross_entropy": lambda tf: tf.nn.softmax_cross_entropy_with_logits_v2(labels=ones(tf, 2, 3), logits=ones(tf, 2, 2)),
    "sparse_cross_entropy": lambda tf: tf.nn.sparse_softmax_cross_entropy_with_logits(
        labels=[[0, 1]], logits=ones(tf, 2, 3)),
    "sparse_cross_entropy_of_a_batch": lambda tf: tf.nn.sparse_softmax_cross_entropy_with_logits(
        labels=[0, 1, 0], logits=ones(tf, 2, 3)),
    "sparse_cross_entropy_of_scalars": lambda tf: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=0, logits=1.0),
    "sigmoid_cross_entropy": lambda tf: tf.nn.sigmoid_cross_entropy_with_logits(
        labels=ones(tf, 2), logits=ones(tf, 3)),
    "constant_of_too_many": lambda tf: tf.constant([1.0, 2.0, 3.0], shape=[2]),
    "constant_verified": lambda tf: tf.constant([1.0], shape=[2], verify_shape=True),
    "placeholder_of_text_shape": lambda tf: tf.placeholder(tf.float32, ["a"]),
    "placeholder_of_negative_shape": lambda tf: tf.placeholder(tf.float32, [-1]),
    "placeholder_with_default": lambda tf: tf.placeholder_with_default([1.0, 2.0], [3]),
    "set_shape": lambda tf: ones(tf, 2).set_shape([3]),
    "set_shape_rank": lambda tf: known(tf, None, 2).set_shape([2]),
    "set_shape_of_one_dimension": lambda tf: known(tf, None, 2).set_shape([3, 4]),
}
