"""Gradients, optimizers and the global step."""


def variable(tf, value=1.0):
    return tf.Variable(value, name="v")


def descent(tf):
    return tf.train.GradientDescentOptimizer(0.1)


def no_variables(tf):
    descent(tf).minimize(tf.constant(1.0))


def no_gradients(tf):
    variable(tf)
    descent(tf).minimize(tf.constant(1.0, name="loss"))


def no_path(tf):
    v, w = variable(tf), tf.Variable(2.0, name="w")
    descent(tf).minimize(tf.square(v), var_list=[w])


def loss_of_int(tf):
    v = variable(tf, 1)
    descent(tf).minimize(v * v, var_list=[v])


def loss_of_cast_int(tf):
    v = variable(tf)
    descent(tf).minimize(tf.cast(v, tf.int32))


def minimize(tf, **options):
    return descent(tf).minimize(tf.square(variable(tf)), **options)


def apply(tf, pairs, **options):
    return descent(tf).apply_gradients(pairs(variable(tf)), **options)


def gradients(tf, ys, **options):
    x = tf.constant(2.0, name="x")
    return tf.gradients(ys(x), x, **options)


def two_graphs(tf):
    with tf.Graph().as_default():
        x = tf.constant(2.0, name="elsewhere")
    y = tf.constant(1.0, name="y")
    return tf.gradients(y, x)


def step_of(tf, value, **options):
    tf.Variable(value, name="global_step", trainable=False, **options)
    return tf.train.get_global_step()


def two_steps(tf):
    tf.train.create_global_step()
    tf.train.create_global_step()


def session_of_no_step(tf):
    v = variable(tf)
    tf.train.global_step(tf.Session(), v)


CASES = {
    "no_variables": no_variables,
    "no_gradients": no_gradients,
    "no_path": no_path,
    "empty_var_list": lambda tf: minimize(tf, var_list=[]),
    "var_list_of_a_tensor": lambda tf: minimize(tf, var_list=[tf.constant(1.0)]),
    "var_list_of_a_number": lambda tf: minimize(tf, var_list=[3]),
    "loss_of_int": loss_of_int,
    "loss_of_cast_int": loss_of_cast_int,
    "loss_of_a_number": lambda tf: descent(tf).minimize(3.0, var_list=[variable(tf)]),
    "unknown_gate": lambda tf: minimize(tf, gate_gradients=7),
    "unknown_aggregation": lambda tf: descent(tf).minimize(
        tf.add_n([tf.square(v) * v for v in [variable(tf)]]), aggregation_method=17),
    "unknown_keyword": lambda tf: minimize(tf, steps=3),
    "grad_loss_shape": lambda tf: minimize(tf, grad_loss=[1.0, 2.0]),
    "grad_loss_dtype": lambda tf: minimize(tf, grad_loss=tf.constant(1)),
    "global_step_of_a_number": lambda tf: minimize(tf, global_step=3),
    "global_step_of_a_tensor": lambda tf: minimize(tf, global_step=tf.constant(3)),
    "apply_nothing": lambda tf: apply(tf, lambda v: []),
    "apply_none": lambda tf: apply(tf, lambda v: [(None, v)]),
    "apply_a_shape": lambda tf: apply(tf, lambda v: [([1.0, 2.0], v)]),
    "apply_a_dtype": lambda tf: apply(tf, lambda v: [(tf.constant(1), v)]),
    "apply_text": lambda tf: apply(tf, lambda v: [("text", v)]),
    "apply_to_a_tensor": lambda tf: apply(tf, lambda v: [(1.0, tf.constant(1.0))]),
    "apply_a_single": lambda tf: apply(tf, lambda v: [(v,)]),
    "rate_missing": lambda tf: tf.train.GradientDescentOptimizer(),
    "optimizer_without_name": lambda tf: tf.train.Optimizer(False, ""),
    "optimizer_of_the_base": lambda tf: tf.train.Optimizer(False, "Base").minimize(tf.square(variable(tf))),
    "gradient_that_is_missing": lambda tf: gradients(tf, lambda x: tf.truncatemod(x, 2.0)),
    "gradient_of_text": lambda tf: tf.gradients(tf.constant("a"), tf.constant("b")),
    "too_many_grad_ys": lambda tf: gradients(tf, lambda x: 3.0 * x, grad_ys=[1.0, 2.0]),
    "grad_ys_shape": lambda tf: gradients(tf, lambda x: x * x, grad_ys=[[1.0, 2.0]]),
    "grad_ys_dtype": lambda tf: gradients(tf, lambda x: x * x, grad_ys=tf.constant(1)),
    "unconnected_gradients": lambda tf: gradients(tf, lambda x: x * x, unconnected_gradients="nonsense"),
    "gradients_of_two_graphs": two_graphs,
    "gradient_by_unknown_keyword": lambda tf: gradients(tf, lambda x: x, stop_gradient=[]),
    "step_of_float": lambda tf: step_of(tf, 0.0),
    "step_of_a_vector": lambda tf: step_of(tf, [0, 0]),
    "step_of_a_float_tensor": lambda tf: tf.train.assert_global_step(tf.constant(0.5, name="step")),
    "two_steps": two_steps,
    "step_not_initialized": session_of_no_step,
}
