"""Fetching wrong things, and sessions used wrongly."""


def fetch(tf, fetched):
    tf.constant(1.0, name="x")
    tf.Session().run(fetched)


def elsewhere(tf):
    with tf.Graph().as_default():
        return tf.constant(1.0, name="elsewhere")


def unfetchable(tf):
    x = tf.constant(1.0, name="x")
    tf.get_default_graph().prevent_fetching(x.op)
    tf.Session().run(x)


def closed(tf):
    x = tf.constant(1.0)
    session = tf.Session()
    session.run(x)
    session.close()
    session.run(x)


def eval_in_the_wrong_session(tf):
    x = tf.constant(1.0, name="here")
    with tf.Session(graph=elsewhere(tf).graph):
        x.eval()


def eval_given_the_wrong_session(tf):
    tf.constant(1.0, name="here").eval(session=tf.Session(graph=elsewhere(tf).graph))


def unknown_keyword(tf):
    tf.Session().run(tf.constant(1.0), feeds={})


def run_nothing(tf):
    tf.constant(1.0)
    tf.Session().run()


def partial_run_of_another_fetch(tf):
    x = tf.placeholder(tf.float32, name="x")
    y = tf.add(x, 1.0, name="y")
    z = tf.add(x, 2.0, name="z")
    session = tf.Session()
    handle = session.partial_run_setup([y], [x])
    session.partial_run(handle, z, {x: 1.0})


CASES = {
    "foreign_tensor": lambda tf: fetch(tf, elsewhere(tf)),
    "foreign_operation": lambda tf: fetch(tf, elsewhere(tf).op),
    "number": lambda tf: fetch(tf, 3.5),
    "none": lambda tf: fetch(tf, None),
    "none_in_a_list": lambda tf: fetch(tf, [None]),
    "number_in_a_dictionary": lambda tf: fetch(tf, {"a": 1}),
    "missing_tensor": lambda tf: fetch(tf, "nope:0"),
    "missing_operation": lambda tf: fetch(tf, "nope"),
    "missing_output": lambda tf: fetch(tf, "x:3"),
    "name_of_neither": lambda tf: fetch(tf, "x:y:z"),
    "unfetchable": unfetchable,
    "empty_graph": lambda tf: tf.Session().run([]),
    "closed_session": closed,
    "eval_without_session": lambda tf: tf.constant(1.0).eval(),
    "run_without_session": lambda tf: tf.no_op().run(),
    "variable_eval_without_session": lambda tf: tf.Variable(1.0).eval(),
    "eval_in_the_wrong_session": eval_in_the_wrong_session,
    "eval_given_the_wrong_session": eval_given_the_wrong_session,
    "session_of_a_number": lambda tf: tf.Session(graph=3),
    "session_with_a_wrong_config": lambda tf: tf.Session(config=3),
    "session_with_a_wrong_target": lambda tf: tf.Session(3),
    "unknown_keyword": unknown_keyword,
    "run_nothing": run_nothing,
    "options_of_a_wrong_type": lambda tf: tf.Session().run(tf.constant(1.0), options=3),
    "partial_run_of_another_fetch": partial_run_of_another_fetch,
}
