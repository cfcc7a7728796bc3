"""Variables: initial values, assignment, use before initialization."""


def variable(tf):
    return tf.Variable([1.0, 2.0], name="v")


def initialized(tf):
    session = tf.Session()
    v = variable(tf)
    session.run(v.initializer)
    return session, v


def uninitialized(tf):
    tf.Session().run(variable(tf))


def uninitialized_in_scope(tf):
    with tf.name_scope("layer"):
        weights = tf.Variable(1.0, name="weights")
    tf.Session().run(weights * 2.0)


def uninitialized_update(tf):
    tf.Session().run(tf.assign_add(variable(tf), [1.0, 1.0]))


def uninitialized_step(tf):
    loss = tf.reduce_sum(tf.square(variable(tf)))
    tf.Session().run(tf.train.GradientDescentOptimizer(0.1).minimize(loss))


def assign_at_run_time(tf, assign):
    session, v = initialized(tf)
    value = tf.placeholder(tf.float32, name="value")
    session.run(assign(v, value), {value: [1.0, 2.0, 3.0]})


def loaded(tf, value):
    session, v = initialized(tf)
    v.load(value, session)


def loaded_without_session(tf):
    variable(tf).load([1.0, 2.0])


CASES = {
    "uninitialized": uninitialized,
    "uninitialized_in_scope": uninitialized_in_scope,
    "uninitialized_update": uninitialized_update,
    "uninitialized_step": uninitialized_step,
    "no_initial_value": lambda tf: tf.Variable(),
    "initial_value_of_none": lambda tf: tf.Variable(None),
    "initial_value_of_unknown_shape": lambda tf: tf.Variable(tf.placeholder(tf.float32)),
    "initial_value_of_other_dtype": lambda tf: tf.Variable(tf.constant(1), dtype=tf.float32),
    "initial_value_of_text": lambda tf: tf.Variable("text", dtype=tf.float32),
    "unknown_keyword": lambda tf: tf.Variable(1.0, train=False),
    "collections_of_text": lambda tf: tf.Variable(1.0, collections="losses"),
    "assign_shape": lambda tf: tf.assign(variable(tf), [1.0, 2.0, 3.0]),
    "assign_method_shape": lambda tf: variable(tf).assign([[1.0, 2.0]]),
    "assign_add_shape": lambda tf: variable(tf).assign_add([1.0]),
    "assign_sub_shape": lambda tf: tf.assign_sub(variable(tf), 1.0),
    "assign_dtype": lambda tf: tf.assign(variable(tf), tf.constant([1, 2])),
    "assign_text": lambda tf: tf.assign(variable(tf), "text"),
    "assign_to_a_constant": lambda tf: tf.assign(tf.constant(1.0, name="c"), 2.0),
    "assign_add_to_a_tensor": lambda tf: tf.assign_add(variable(tf) * 2.0, [1.0, 1.0]),
    "assign_to_a_number": lambda tf: tf.assign(1.0, 2.0),
    "assign_at_run_time": lambda tf: assign_at_run_time(tf, lambda v, value: v.assign(value)),
    "assign_add_at_run_time": lambda tf: assign_at_run_time(tf, lambda v, value: v.assign_add(value)),
    "load_shape": lambda tf: loaded(tf, [1.0, 2.0, 3.0]),
    "load_without_session": loaded_without_session,
    "initializer_of_a_number": lambda tf: tf.variables_initializer([3]),
    "power_in_place": lambda tf: tf.Variable(1.0) ** "a",
}
