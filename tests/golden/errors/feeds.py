"""Feeding wrong things, and not feeding."""


def feed(tf, key, value, shape=None, dtype="float32"):
    """Runs a placeholder `x` with one feed; `key` is made from the placeholder when it is a function."""
    x = tf.placeholder(dtype, shape, name="x")
    tf.Session().run(x, {key(x) if callable(key) else key: value})


def itself(x):
    return x


def foreign(tf):
    with tf.Graph().as_default():
        return tf.placeholder(tf.float32, name="elsewhere")


def unfeedable(tf):
    x = tf.constant(1.0, name="x")
    tf.get_default_graph().prevent_feeding(x)
    tf.Session().run(x, {x: 2.0})


def not_fed(tf, *args, **kwargs):
    x = tf.placeholder(*args, **kwargs)
    tf.Session().run(x + x)


def not_fed_in_scope(tf):
    with tf.name_scope("data"):
        not_fed(tf, tf.int32, [None, 2], name="x")


def fed_by_position(tf):
    x = tf.placeholder(tf.float32, name="x")
    with tf.Session() as session:
        session.make_callable(x, [x])()


CASES = {
    "wrong_shape": lambda tf: feed(tf, itself, [1.0, 2.0, 3.0], [2]),
    "wrong_rank": lambda tf: feed(tf, itself, 1.0, [None, 2]),
    "wrong_partial_shape": lambda tf: feed(tf, itself, [[1.0], [2.0]], [None, 2]),
    "text_for_a_number": lambda tf: feed(tf, itself, "text"),
    "texts_for_numbers": lambda tf: feed(tf, itself, ["a", "b"], [2]),
    "number_too_large": lambda tf: feed(tf, itself, 300, dtype="int8"),
    "tensor_as_value": lambda tf: feed(tf, itself, tf.constant(1.0)),
    "variable_as_value": lambda tf: feed(tf, itself, tf.Variable(1.0)),
    "ragged_list": lambda tf: feed(tf, itself, [[1.0, 2.0], [3.0]]),
    "dictionary_as_value": lambda tf: feed(tf, itself, {"a": 1.0}),
    "foreign_placeholder": lambda tf: feed(tf, lambda x: foreign(tf), 1.0),
    "missing_name": lambda tf: feed(tf, "nope:0", 1.0),
    "name_of_the_operation": lambda tf: feed(tf, "x", 1.0),
    "missing_output": lambda tf: feed(tf, "x:3", 1.0),
    "number_as_key": lambda tf: feed(tf, 3, 1.0),
    "none_as_key": lambda tf: feed(tf, None, 1.0),
    "operation_as_key": lambda tf: feed(tf, lambda x: x.op, 1.0),
    "list_for_the_dictionary": lambda tf: tf.Session().run(tf.constant(1.0), [1.0]),
    "unfeedable": unfeedable,
    "not_fed": lambda tf: not_fed(tf, tf.float32),
    "not_fed_named": lambda tf: not_fed(tf, tf.float32, name="x"),
    "not_fed_of_known_shape": lambda tf: not_fed(tf, tf.float64, [2, 3], name="x"),
    "not_fed_in_scope": not_fed_in_scope,
    "callable_without_its_value": fed_by_position,
}
