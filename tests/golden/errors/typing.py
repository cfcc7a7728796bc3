"""Types that do not fit, and Python protocols that a tensor does not have."""


def one(tf):
    return tf.constant(1, name="one")


def half(tf):
    return tf.constant(0.5, name="half")


def assign_item(sequence):
    sequence[0] = 1.0


def list_of_variables(tf):
    return list(tf.Variable([1.0, 2.0], name="v"))


def branch(tf):
    return 1 if half(tf) > 0 else 2


CASES = {
    "int_plus_float": lambda tf: one(tf) + half(tf),
    "float_plus_int": lambda tf: half(tf) + one(tf),
    "add_int_float": lambda tf: tf.add(one(tf), half(tf)),
    "add_float_int": lambda tf: tf.add(half(tf), one(tf)),
    "int_times_number": lambda tf: one(tf) * 1.5,
    "number_times_int": lambda tf: 1.5 * one(tf),
    "int_minus_array": lambda tf: one(tf) - [0.5, 1.5],
    "multiply_int_number": lambda tf: tf.multiply(one(tf), 1.5),
    "multiply_number_int": lambda tf: tf.multiply(1.5, one(tf)),
    "divide_int_float": lambda tf: one(tf) / half(tf),
    "floordiv_int_float": lambda tf: one(tf) // half(tf),
    "power_float_int": lambda tf: tf.pow(half(tf), one(tf)),
    "less_float_int": lambda tf: half(tf) < one(tf),
    "equal_int_float": lambda tf: tf.equal(one(tf), half(tf)),
    "maximum_int_float": lambda tf: tf.maximum(one(tf), half(tf)),
    "matmul_int_float": lambda tf: tf.matmul([[1]], tf.constant([[1.0]])),
    "plus_text": lambda tf: half(tf) + "text",
    "plus_none": lambda tf: half(tf) + None,
    "text_minus_text": lambda tf: tf.constant("a") - tf.constant("b"),
    "variable_plus_int": lambda tf: tf.Variable(1.0, name="v") + one(tf),
    "sqrt_of_int": lambda tf: tf.sqrt(one(tf)),
    "exp_of_int": lambda tf: tf.exp([1, 2]),
    "sum_of_bool": lambda tf: tf.reduce_sum([True, False]),
    "all_of_float": lambda tf: tf.reduce_all([1.0]),
    "and_of_float": lambda tf: tf.logical_and(half(tf), half(tf)),
    "ampersand_of_float": lambda tf: half(tf) & half(tf),
    "invert_of_float": lambda tf: ~half(tf),
    "softmax_of_int": lambda tf: tf.nn.softmax([[1, 2]]),
    "float_axis": lambda tf: tf.reduce_sum([[1.0]], axis=0.5),
    "dtype_of_unknown_name": lambda tf: tf.as_dtype("float33"),
    "dtype_of_an_object": lambda tf: tf.as_dtype(3.5),
    "dtype_of_none": lambda tf: tf.as_dtype(None),
    "placeholder_of_unknown_dtype": lambda tf: tf.placeholder("float33"),
    "cast_to_unknown": lambda tf: tf.cast(half(tf), "float33"),
    "mixed_list": lambda tf: tf.convert_to_tensor([1, "a"]),
    "mixed_numbers_as_int": lambda tf: tf.convert_to_tensor([1, 2.5], dtype=tf.int32),
    "float_as_int": lambda tf: tf.constant(1.5, dtype=tf.int32),
    "text_as_float": lambda tf: tf.constant("text", dtype=tf.float32),
    "number_as_text": lambda tf: tf.constant(1, dtype=tf.string),
    "none_as_tensor": lambda tf: tf.convert_to_tensor(None),
    "none_in_a_list": lambda tf: tf.constant([1.0, None]),
    "dictionary_as_tensor": lambda tf: tf.convert_to_tensor({}),
    "ragged_list": lambda tf: tf.constant([[1.0, 2.0], [3.0]]),
    "tensor_of_other_dtype": lambda tf: tf.convert_to_tensor(one(tf), dtype=tf.float32),
    "stack_of_mixed": lambda tf: tf.stack([one(tf), half(tf)]),
    "concat_of_mixed": lambda tf: tf.concat([tf.constant([1]), tf.constant([0.5])], 0),
    "add_n_of_mixed": lambda tf: tf.add_n([one(tf), half(tf)]),
    "add_n_of_nothing": lambda tf: tf.add_n([]),
    "add_n_of_a_number": lambda tf: tf.add_n(3),
    "where_of_mixed": lambda tf: tf.where([True], [1], tf.constant([0.5])),
    "where_of_a_number": lambda tf: tf.where([1.0], [1.0], [2.0]),
    "where_of_one_branch": lambda tf: tf.where([True], [1.0]),
    "range_of_a_tensor_as_float": lambda tf: tf.range(one(tf), dtype=tf.float32),
    "fill_of_float_dims": lambda tf: tf.fill([1.5], 0.0),
    "reshape_to_floats": lambda tf: tf.reshape([1.0], [1.0]),
    "bool_of_a_tensor": lambda tf: bool(half(tf)),
    "branch_on_a_tensor": branch,
    "not_a_tensor": lambda tf: not half(tf),
    "length_of_a_tensor": lambda tf: len(tf.constant([1.0, 2.0])),
    "length_of_a_variable": lambda tf: len(tf.Variable([1.0, 2.0])),
    "iteration_over_a_tensor": lambda tf: list(tf.constant([1.0, 2.0])),
    "iteration_over_a_placeholder": lambda tf: list(tf.placeholder(tf.float32)),
    "iteration_over_a_variable": list_of_variables,
    "float_of_a_tensor": lambda tf: float(half(tf)),
    "int_of_a_tensor": lambda tf: int(one(tf)),
    "range_of_a_tensor": lambda tf: range(one(tf)),
    "item_of_a_tensor": lambda tf: assign_item(tf.constant([1.0])),
    "item_of_a_variable": lambda tf: assign_item(tf.Variable([1.0])),
    "index_of_text": lambda tf: tf.constant([1.0])["a"],
    "index_of_float": lambda tf: tf.constant([1.0])[0.5],
    "call_of_a_tensor": lambda tf: half(tf)(),
    "attribute_of_a_tensor": lambda tf: half(tf).numpy,
    "attribute_of_tf": lambda tf: tf.no_such_function,
    "unknown_keyword": lambda tf: tf.placeholder(tf.float32, shap=[1]),
    "unknown_keyword_of_a_constant": lambda tf: tf.constant(1.0, dtyp=tf.float32),
    "missing_argument": lambda tf: tf.placeholder(),
    "too_many_arguments": lambda tf: tf.square(1.0, "name", 3),
    "axis_twice": lambda tf: tf.reduce_sum([1.0], axis=0, reduction_indices=0),
    "keepdims_twice": lambda tf: tf.reduce_sum([1.0], keepdims=True, keep_dims=True),
    "cross_entropy_by_position": lambda tf: tf.nn.softmax_cross_entropy_with_logits([[1.0]], [[1.0]]),
    "sparse_cross_entropy_by_position": lambda tf: tf.nn.sparse_softmax_cross_entropy_with_logits([0], [[1.0]]),
    "sigmoid_cross_entropy_by_position": lambda tf: tf.nn.sigmoid_cross_entropy_with_logits([1.0], [1.0]),
    "cross_entropy_without_logits": lambda tf: tf.nn.softmax_cross_entropy_with_logits(labels=[[1.0]]),
}
