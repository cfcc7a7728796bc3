"""tf.contrib.framework: variables set to values that are fed, names with and without scopes, sums of tensors."""

STEPS = [(["init"], {}), (["set"], {"placeholder/w:0": [[1.0, 2.0]], "placeholder/b:0": 3.0}), (["w:0", "b:0", "all:0"], {})]


def build(tf):
    import numpy as np

    framework = tf.contrib.framework
    w = tf.get_variable("w", [1, 2], initializer=tf.zeros_initializer())
    tf.get_variable("w_more", [1], initializer=tf.zeros_initializer())
    b = tf.get_variable("b", [], initializer=tf.zeros_initializer())
    op, _ = framework.assign_from_values({"w": np.ones([2]), "b": np.ones([])})
    tf.group(op, name="set")
    for found in (framework.filter_variables([w, b], include_patterns=["w"]),
                  framework.filter_variables([w, b], exclude_patterns=["w"], reg_search=False)):
        tf.group(*[variable.op for variable in found], name="found")
    with tf.name_scope("outer"):
        tf.no_op(framework.get_name_scope() + "_here")
    tf.no_op(framework.strip_name_scope("outer/inner", "outer"))
    tf.no_op(framework.prepend_name_scope("inner", "other/"))
    framework.reduce_sum_n([w, tf.ones([3])], name="all")
    framework.reduce_sum_n([tf.ones([3], name="ones")])
    framework.assert_scalar_int(4, name="number")
    framework.sort([3, 1, 2])
    framework.argsort([3, 1, 2], direction="DESCENDING")
    framework.remove_squeezable_dimensions(tf.ones([3, 1]), tf.ones([3]))
    tf.group(*[tensor.op for tensor in framework.get_placeholders(tf.get_default_graph())], name="fed")
    tf.global_variables_initializer()
