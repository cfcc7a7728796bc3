"""Wrong branches and wrong loops."""


def yes(tf):
    return tf.constant(True, name="yes")


def inside(tf):
    kept = []
    tf.while_loop(lambda i: i < 3, lambda i: kept.append(i + 1) or kept[0], [tf.constant(0)])
    return kept[0]


def second(tf):
    x = tf.constant(2.0, name="x")
    y = tf.while_loop(lambda v: v < 10.0, lambda v: v * x, [x])
    return tf.gradients(tf.gradients(y, x)[0], x)


CASES = {
    "cond_python_bool": lambda tf: tf.cond(True, lambda: 1, lambda: 2),
    "cond_no_true": lambda tf: tf.cond(yes(tf), None, lambda: 2),
    "cond_no_false": lambda tf: tf.cond(yes(tf), lambda: 2),
    "cond_both_names": lambda tf: tf.cond(yes(tf), lambda: 2, lambda: 3, fn1=lambda: 4),
    "cond_not_callable": lambda tf: tf.cond(yes(tf), 1, lambda: 2),
    "cond_false_not_callable": lambda tf: tf.cond(yes(tf), lambda: 2, 1),
    "cond_returns_nothing": lambda tf: tf.cond(yes(tf), lambda: None, lambda: 2),
    "cond_false_returns_nothing": lambda tf: tf.cond(yes(tf), lambda: 2, lambda: None),
    "cond_types": lambda tf: tf.cond(yes(tf), lambda: 1, lambda: 2.0),
    "cond_structures": lambda tf: tf.cond(yes(tf), lambda: (1, 2), lambda: (1, 2, 3)),
    "case_not_pairs": lambda tf: tf.case([1, 2]),
    "case_number": lambda tf: tf.case(3),
    "case_python_bool": lambda tf: tf.case([(True, lambda: 1)]),
    "case_wrong_type": lambda tf: tf.case([(tf.constant(1, name="one"), lambda: 1)]),
    "case_not_callable": lambda tf: tf.case([(yes(tf), 1)]),
    "case_exclusive": lambda tf: tf.Session().run(tf.case([(yes(tf), lambda: 1), (yes(tf), lambda: 2)],
                                                          default=lambda: 3, exclusive=True)),
    "while_cond_not_callable": lambda tf: tf.while_loop(1, lambda i: i, [0]),
    "while_body_not_callable": lambda tf: tf.while_loop(lambda i: i < 1, 1, [0]),
    "while_no_variables": lambda tf: tf.while_loop(lambda: True, lambda: 1, []),
    "while_parallel": lambda tf: tf.while_loop(lambda i: i < 1, lambda i: i, [0], parallel_iterations=0),
    "while_other_shape": lambda tf: tf.while_loop(lambda i: i[0] < 1, lambda i: tf.concat([i, i], 0), [tf.ones([2])]),
    "while_invariant": lambda tf: tf.while_loop(lambda i: i[0] < 1, lambda i: i, [tf.ones([2])],
                                                shape_invariants=[tf.TensorShape([3])]),
    "while_structure": lambda tf: tf.while_loop(lambda i, j: i < 1, lambda i, j: (i, [j]), [0, 1]),
    "while_maximum": lambda tf: tf.while_loop(lambda i: i < 1, lambda i: i, [0], maximum_iterations=[1]),
    "while_fetch_inside": lambda tf: tf.Session().run(inside(tf)),
    "while_second_order": second,
    "array_no_size": lambda tf: tf.TensorArray(tf.float32),
    "array_wrong_shape": lambda tf: tf.TensorArray(tf.float32, size=2).write(0, [1.0]).write(1, [1.0, 2.0]),
    "map_scalar": lambda tf: tf.map_fn(lambda x: x, tf.constant(1.0)),
    "map_not_callable": lambda tf: tf.map_fn(1, tf.constant([1.0])),
    "scan_not_callable": lambda tf: tf.scan(1, tf.constant([1.0])),
    "fold_not_callable": lambda tf: tf.foldl(1, tf.constant([1.0])),
}
