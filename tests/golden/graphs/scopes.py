"""Name scopes, control dependencies, groups, tuples and the names that result."""

STEPS = [(["init"], {}), (["after:0"], {}), (["tuple/control_dependency:0"], {})]


def build(tf):
    with tf.name_scope("outer"):
        a = tf.constant(1.0, name="a")
        with tf.name_scope("inner") as inner:
            b = tf.constant(2.0, name="b")
        with tf.name_scope("inner"):
            tf.add(a, b)
        with tf.name_scope(inner):
            tf.add(a, b, name="again")
        with tf.name_scope(None):
            tf.add(a, b, name="top")
        with tf.name_scope(None, "fallback", [a]):
            tf.add(a, b)
    with tf.name_scope("outer"):
        tf.constant(3.0, name="a")
    v = tf.Variable(0.0, name="v")
    bump = tf.assign_add(v, 1.0)
    with tf.control_dependencies([bump]):
        tf.identity(v, name="after")
        tf.constant(1.0, name="waits")
        with tf.control_dependencies([a.op, v.initializer]):
            tf.no_op(name="both")
            tf.add(bump, 1.0, name="implied")
            with tf.control_dependencies(None):
                tf.constant(1.0, name="free")
    tf.group(bump, a)
    tf.group(bump.op, name="grouped")
    tf.group()
    tf.group([a, b], v.initializer)
    tf.tuple([a, b], control_inputs=[bump])
    tf.constant(1.0, name="a.b-c_d/e")
    tf.constant(1.0, name="trailing/")
    tf.constant(1.0, name="Case")
    tf.constant(1.0, name="case")
    tf.get_default_graph().unique_name("reserved")
    tf.constant(1.0, name="reserved")
    tf.global_variables_initializer()
