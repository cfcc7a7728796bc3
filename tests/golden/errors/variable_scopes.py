"""Variables by name: those that exist and those that do not, other shapes and types, scopes, partitions, resources."""


def made(tf, **kwargs):
    return tf.get_variable("v", [2, 3], **kwargs)


def again(tf, reuse=None, **kwargs):
    made(tf)
    with tf.variable_scope("", reuse=reuse):
        return tf.get_variable("v", **kwargs)


def exists_as_resource(tf):
    made(tf, use_resource=True)
    made(tf)


def parts(tf, **kwargs):
    return tf.get_variable("v", [5, 2], partitioner=tf.fixed_size_partitioner(2), **kwargs)


def parts_again(tf, shape=(5, 2), dtype=None, count=2, reuse=True):
    parts(tf)
    with tf.variable_scope("", reuse=reuse):
        tf.get_variable("v", list(shape), dtype=dtype, partitioner=tf.fixed_size_partitioner(count))


def whole_after_parts(tf):
    parts(tf)
    tf.get_variable("v", [5, 2])


def parts_after_whole(tf):
    tf.get_variable("v", [5, 2])
    parts(tf)


def badly_partitioned(tf, slicing, shape=(4, 4)):
    tf.get_variable("v", list(shape), partitioner=lambda shape, dtype: slicing)


def resource(tf):
    return tf.Variable([1.0, 2.0], name="v", use_resource=True)


def added_in_place(tf):
    v = resource(tf)
    v += 1.0


def uninitialized_resource(tf):
    tf.Session().run(resource(tf) * 2.0)


def update_at_run_time(tf):
    v = resource(tf)
    session = tf.Session()
    session.run(v.initializer)
    value = tf.placeholder(tf.float32)
    session.run(v.assign_add(value), {value: [1.0, 2.0, 3.0]})


def counted_out(tf, **kwargs):
    v = tf.Variable(3, name="counter", **kwargs)
    session = tf.Session()
    session.run(v.initializer)
    session.run(v.count_up_to(3))


def improper_nesting(tf):
    outer, inner = tf.variable_scope("outer"), tf.variable_scope("inner")
    outer.__enter__()
    inner.__enter__()
    outer.__exit__(None, None, None)


def template_with_new_variables(tf):
    def make():
        return tf.Variable(1.0)

    template = tf.make_template("t", make)
    template()
    try:
        template()
    except ValueError as error:
        raise ValueError(error.args[0].partition("\n\n")[0]) from error


def missing(tf):
    with tf.variable_scope("s", reuse=True):
        tf.get_variable("v", [2])


def missing_parts(tf):
    with tf.variable_scope("s", reuse=True):
        parts(tf)


CASES = {
    "does_not_exist": missing,
    "exists_as_resource": exists_as_resource,
    "other_shape": lambda tf: again(tf, reuse=True, shape=[3, 2]),
    "other_dtype": lambda tf: again(tf, reuse=True, shape=[2, 3], dtype=tf.float64),
    "shape_of_a_constant": lambda tf: tf.get_variable("v", [2], initializer=tf.constant([1.0, 2.0])),
    "dtype_of_a_constant": lambda tf: tf.get_variable("v", initializer=tf.constant([1.0]), dtype=tf.int32),
    "no_shape": lambda tf: tf.get_variable("v"),
    "unknown_shape": lambda tf: tf.get_variable("v", [None, 2]),
    "no_default_initializer": lambda tf: tf.get_variable("v", [2], dtype=tf.complex64),
    "getter_of_a_number": lambda tf: made(tf, custom_getter=3),
    "partitioner_of_a_number": lambda tf: made(tf, partitioner=3),
    "scope_without_a_name": lambda tf: tf.variable_scope(None),
    "scope_of_a_number": lambda tf: tf.variable_scope(3).__enter__(),
    "scope_with_wrong_reuse": lambda tf: tf.variable_scope("s", reuse=3),
    "scope_with_wrong_names": lambda tf: tf.variable_scope("s", auxiliary_name_scope=1),
    "default_name_reused": lambda tf: tf.variable_scope(None, "s", reuse=True).__enter__(),
    "improper_nesting": improper_nesting,
    "template_without_a_name": lambda tf: tf.make_template(None, len),
    "template_with_new_variables": template_with_new_variables,
    "parts_exist": lambda tf: parts_again(tf, reuse=None),
    "parts_do_not_exist": missing_parts,
    "parts_of_other_shape": lambda tf: parts_again(tf, shape=(4, 2)),
    "parts_of_other_dtype": lambda tf: parts_again(tf, dtype=tf.float64),
    "other_parts": lambda tf: parts_again(tf, count=3),
    "whole_after_parts": whole_after_parts,
    "parts_after_whole": parts_after_whole,
    "partitioned_twice": lambda tf: badly_partitioned(tf, [2, 2]),
    "partitioned_to_nothing": lambda tf: badly_partitioned(tf, [0, 1]),
    "partitioned_by_another_rank": lambda tf: badly_partitioned(tf, [2]),
    "partitioned_by_a_number": lambda tf: badly_partitioned(tf, 2),
    "created_parts_of_other_rank": lambda tf: tf.create_partitioned_variables([4], [1, 2], tf.ones_initializer()),
    "shards_of_nothing": lambda tf: tf.variable_axis_size_partitioner(0),
    "constant_of_a_function": lambda tf: tf.constant_initializer(len),
    "scale_of_nothing": lambda tf: tf.variance_scaling_initializer(0.0),
    "mode_of_nothing": lambda tf: tf.variance_scaling_initializer(mode="fan"),
    "normal_of_integers": lambda tf: tf.random_normal_initializer(dtype=tf.int32),
    "orthogonal_vector": lambda tf: tf.get_variable("v", [3], initializer=tf.orthogonal_initializer()),
    "identity_of_three_axes": lambda tf: tf.get_variable("v", [3, 3, 3], initializer=tf.initializers.identity()),
    "resource_assigned_another_shape": lambda tf: resource(tf).assign([1.0]),
    "resource_assigned_another_dtype": lambda tf: resource(tf).assign(tf.constant([1, 2])),
    "resource_added_in_place": added_in_place,
    "resource_shape": lambda tf: resource(tf).set_shape([2]),
    "resource_scattered_densely": lambda tf: resource(tf).scatter_add(tf.constant([1.0])),
    "resource_of_another_shape": lambda tf: tf.Variable([1.0], use_resource=True, shape=[2]),
    "resource_without_a_value": lambda tf: tf.Variable(use_resource=True),
    "uninitialized_resource": uninitialized_resource,
    "resource_updated_at_run_time": update_at_run_time,
    "counted_out": counted_out,
    "resource_counted_out": lambda tf: counted_out(tf, use_resource=True),
    "scattered_to_a_constant": lambda tf: tf.scatter_mul(tf.constant([1.0]), [0], [1.0]),
    "scattered_rows_of_other_shape": lambda tf: tf.scatter_update(tf.Variable([[1.0, 2.0]]), [0], [[1.0]]),
    "scattered_elements_of_other_shape": lambda tf: tf.scatter_nd_add(tf.Variable([1.0, 2.0]), [[0]], [1.0, 2.0]),
    "aggregation_of_nothing": lambda tf: tf.get_variable("v", [1], aggregation=9),
}
