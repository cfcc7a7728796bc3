"""tf.gradients: broadcasting, several paths, grad_ys, stop_gradients, unconnected inputs, second order."""

FEED = {"x:0": [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], "row:0": [1.0, 2.0, 4.0], "s:0": 2.0,
        "partly:0": [[0.5, 1.0, 2.0]]}
FETCHES = ["add", "paths", "sub", "div", "mul", "square", "pow", "given", "stopped", "second", "chosen", "mean", "sum",
           "itself", "casts", "zero", "v"]
STEPS = [(["init"], {}), (FETCHES, FEED)]


def build(tf):
    x = tf.placeholder(tf.float32, [2, 3], name="x")
    row = tf.placeholder(tf.float32, [3], name="row")
    scalar = tf.placeholder(tf.float32, name="s")
    partly = tf.placeholder(tf.float32, [None, 3], name="partly")
    v = tf.Variable([1.0, 2.0, 3.0], name="v")
    tf.gradients(x * row, [x, v])
    tf.gradients(tf.reduce_sum(v * row), [v], name="named")
    tf.gradients(x + row, [x], colocate_gradients_with_ops=True)
    tf.gradients(x * x * x, x, aggregation_method=tf.AggregationMethod.EXPERIMENTAL_TREE)
    y = x * row
    first = tf.gradients(row * row * row, row)[0]
    built = {
        "add": tf.gradients(x + row, [x, row]),
        "paths": tf.gradients(x * x + row * x, [x]),
        "sub": tf.gradients(x - scalar, [x, scalar]),
        "div": tf.gradients(x / row, [x, row]),
        "mul": tf.gradients(partly * row, [partly, row]),
        "square": tf.gradients(x ** 2, x),
        "pow": tf.gradients(row ** scalar, [row, scalar]),
        "given": tf.gradients([x * 2.0, row * 3.0], [x, row], grad_ys=[tf.fill([2, 3], 5.0), None]),
        "v": tf.gradients(v * v, v),
        "stopped": tf.gradients(y * y, [x, row], stop_gradients=[y], unconnected_gradients="zero"),
        "second": tf.gradients(first, row),
        "chosen": tf.gradients(tf.stop_gradient(x) * x, x),
        "mean": tf.gradients(tf.reduce_mean(x), x, gate_gradients=True),
        "sum": tf.gradients(tf.add_n([x, x, x]), x),
        "itself": tf.gradients(x, x),
        "casts": tf.gradients(tf.cast(tf.cast(x, tf.float64), tf.float32), x),
        "zero": tf.gradients(row, x, unconnected_gradients=tf.UnconnectedGradients.ZERO),
    }
    tf.gradients([x, x], x)
    tf.gradients(tf.identity(x), x, grad_ys=[x])
    init = tf.global_variables_initializer()
    return dict(built, init=init)
