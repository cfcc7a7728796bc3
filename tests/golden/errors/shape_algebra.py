"""TensorShape and Dimension used wrongly."""


def shape(tf, *sizes):
    return tf.TensorShape(list(sizes))


def unknown(tf):
    return tf.TensorShape(None)


CASES = {
    "merge": lambda tf: shape(tf, 2, 3).merge_with([2, 4]),
    "merge_of_ranks": lambda tf: shape(tf, 2, 3).merge_with([2]),
    "assert_compatible": lambda tf: shape(tf, 2).assert_is_compatible_with([3]),
    "assert_same_rank": lambda tf: shape(tf, 2).assert_same_rank([2, 3]),
    "assert_rank": lambda tf: shape(tf, 2).assert_has_rank(2),
    "assert_fully_defined": lambda tf: shape(tf, 2, None).assert_is_fully_defined(),
    "with_rank": lambda tf: shape(tf, 2, 3).with_rank(1),
    "with_rank_at_least": lambda tf: shape(tf, 2).with_rank_at_least(2),
    "with_rank_at_most": lambda tf: shape(tf, 2, 3).with_rank_at_most(1),
    "list_of_unknown": lambda tf: unknown(tf).as_list(),
    "length_of_unknown": lambda tf: len(unknown(tf)),
    "iteration_over_unknown": lambda tf: list(unknown(tf)),
    "comparison_with_unknown": lambda tf: shape(tf, 2) != unknown(tf),
    "index_too_large": lambda tf: shape(tf, 2)[1],
    "slice_of_unknown": lambda tf: unknown(tf)[1:3:2],
    "negative_size": lambda tf: shape(tf, -1),
    "size_of_text": lambda tf: shape(tf, "a"),
    "size_of_a_float": lambda tf: shape(tf, 1.5),
    "shape_of_an_object": lambda tf: tf.TensorShape(object),
    "negative_dimension": lambda tf: tf.Dimension(-1),
    "dimension_of_text": lambda tf: tf.Dimension("a"),
    "dimension_of_a_float": lambda tf: tf.Dimension(1.5),
    "dimension_merge": lambda tf: tf.Dimension(2).merge_with(3),
    "dimension_assert": lambda tf: tf.Dimension(2).assert_is_compatible_with(3),
    "dimension_division": lambda tf: tf.Dimension(6) / 2,
    "dimension_divided_by_zero": lambda tf: tf.Dimension(6) // 0,
    "unknown_dimension_as_number": lambda tf: int(tf.Dimension(None)),
    "dimension_plus_text": lambda tf: tf.Dimension(2) + "a",
    "dimension_below_zero": lambda tf: tf.Dimension(2) - 3,
    "broadcast": lambda tf: tf.broadcast_static_shape(shape(tf, 2), shape(tf, 3)),
    "shape_of_unknown_as_tensor": lambda tf: tf.reshape([1.0], unknown(tf)),
    "partial_shape_as_tensor": lambda tf: tf.reshape([1.0], shape(tf, None)),
    "zeros_of_partial_shape": lambda tf: tf.zeros(shape(tf, 2, None)),
}
