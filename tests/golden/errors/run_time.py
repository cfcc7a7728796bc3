"""Values that do not fit, found only when the graph runs."""


def run(tf, function, *values, **dtypes):
    """Feeds each value to a placeholder of unknown shape and runs the function of them."""
    dtype = dtypes.get("dtype", "float32")
    placeholders = [tf.placeholder(dtype, name=f"x{number}") for number in range(len(values))]
    tf.Session().run(function(*placeholders), dict(zip(placeholders, values)))


CASES = {
    "add": lambda tf: run(tf, tf.add, [1.0, 2.0], [1.0, 2.0, 3.0]),
    "multiply": lambda tf: run(tf, lambda x, y: x * y, [[1.0, 2.0]], [[1.0, 2.0, 3.0]]),
    "matmul": lambda tf: run(tf, tf.matmul, [[1.0, 2.0]], [[1.0, 2.0]]),
    "matmul_of_vectors": lambda tf: run(tf, tf.matmul, [1.0, 2.0], [1.0, 2.0]),
    "reshape": lambda tf: run(tf, lambda x: tf.reshape(x, [4]), [1.0, 2.0, 3.0]),
    "reshape_uneven": lambda tf: run(tf, lambda x: tf.reshape(x, [2, -1]), [1.0, 2.0, 3.0]),
    "reshape_with_two_unknown": lambda tf: run(tf, lambda x: tf.reshape(x, [-1, -1]), [1.0, 2.0]),
    "concat": lambda tf: run(tf, lambda x, y: tf.concat([x, y], 0), [[1.0, 2.0]], [[1.0, 2.0, 3.0]]),
    "concat_of_ranks": lambda tf: run(tf, lambda x, y: tf.concat([x, y], 0), [1.0], [[1.0]]),
    "stack": lambda tf: run(tf, lambda x, y: tf.stack([x, y]), [1.0], [1.0, 2.0]),
    "add_n": lambda tf: run(tf, lambda x, y: tf.add_n([x, y]), [1.0], [1.0, 2.0]),
    "sum_axis": lambda tf: run(tf, lambda x: tf.reduce_sum(x, axis=2), [1.0]),
    "argmax_axis": lambda tf: run(tf, lambda x: tf.argmax(x, axis=2), [1.0]),
    "index": lambda tf: run(tf, lambda x: x[5], [1.0]),
    "too_many_indices": lambda tf: run(tf, lambda x: x[0, 0], [1.0]),
    "slice": lambda tf: run(tf, lambda x: tf.slice(x, [0], [5]), [1.0]),
    "split": lambda tf: run(tf, lambda x: tf.split(x, 2), [1.0, 2.0, 3.0]),
    "squeeze": lambda tf: run(tf, lambda x: tf.squeeze(x, [0]), [1.0, 2.0]),
    "transpose": lambda tf: run(tf, lambda x: tf.transpose(x, [1, 0]), [1.0]),
    "transpose_repeated": lambda tf: run(tf, lambda x: tf.transpose(x, [0, 0]), [[1.0]]),
    "tile": lambda tf: run(tf, lambda x: tf.tile(x, [1, 1]), [1.0]),
    "where": lambda tf: run(tf, lambda x, y: tf.where(x > 0, x, y), [1.0], [1.0, 2.0]),
    "bias_add": lambda tf: run(tf, tf.nn.bias_add, [[1.0, 2.0]], [1.0]),
    "cross_entropy": lambda tf: run(tf, lambda x, y: tf.nn.softmax_cross_entropy_with_logits_v2(labels=x, logits=y),
                                    [[1.0, 0.0]], [[1.0, 2.0, 3.0]]),
    "label_too_large": lambda tf: run(tf, lambda x: tf.nn.sparse_softmax_cross_entropy_with_logits(
        labels=[3], logits=x), [[1.0, 2.0]]),
    "floordiv_by_zero": lambda tf: run(tf, lambda x: x // 0, 3, dtype="int32"),
    "mod_by_zero": lambda tf: run(tf, lambda x, y: x % y, [3, 4], [1, 0], dtype="int32"),
    "negative_power": lambda tf: run(tf, lambda x: x ** -1, 3, dtype="int32"),
    "range_without_end": lambda tf: run(tf, lambda x: tf.range(0, 5, x), 0, dtype="int32"),
    "range_backwards": lambda tf: run(tf, lambda x: tf.range(x, 0), 3, dtype="int32"),
    "cast_of_text": lambda tf: run(tf, lambda x: tf.cast(x, tf.float32), "1.5", dtype="string"),
    "fill": lambda tf: run(tf, lambda x: tf.fill(x, 1.0), [-1], dtype="int32"),
    "fill_of_a_scalar": lambda tf: run(tf, lambda x: tf.fill(x, 1.0), 1, dtype="int32"),
    "invert_permutation": lambda tf: run(tf, tf.invert_permutation, [0, 0], dtype="int32"),
}
