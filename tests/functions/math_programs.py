"""Small programs whose graphs are compared with TensorFlow's, node by node. They run in both."""

import numpy as np


def _inputs(tf, shape_x, shape_y=None, dtype="float32"):
    x = tf.placeholder(dtype, shape_x, name="x")
    return x, tf.placeholder(dtype, shape_x if shape_y is None else shape_y, name="y")


def unary(name, dtype="float32"):
    def program(tf):
        x = tf.placeholder(dtype, [2, 3], name="x")
        y = getattr(tf, name)(x) if hasattr(tf, name) else getattr(tf.math, name)(x)
        grads = tf.gradients(y, x)
        if grads[0] is not None:
            tf.gradients(grads, x)

    return program


def first_gradient(name):
    def program(tf):
        x = tf.placeholder(tf.float32, [None, 3], name="x")
        y = getattr(tf, name)(x) if hasattr(tf, name) else getattr(tf.math, name)(x)
        tf.gradients(y, x)

    return program


def binary(name, shape_x, shape_y, dtype="float32"):
    def program(tf):
        x, y = _inputs(tf, shape_x, shape_y, dtype)
        z = getattr(tf, name)(x, y)
        tf.gradients(z, [x, y])
        tf.gradients(tf.multiply(z, z), [y], name="again")

    return program


def operators(tf):
    x, y = _inputs(tf, [2, 3])
    x + y, x - y, x * y, x / y, x // y, x % y, x ** y, -x, abs(x), x < y, x <= y, x > y, x >= y
    x + 1, x - 1, x * 1, x / 1, x // 1, x % 1, x ** 2, x < 1
    1 + x, 1 - x, 1 * x, 1 / x, 1 // x, 1 % x, 2 ** x, x > 1, x <= 1
    (x < y) & (x > y) | ~(x <= y) ^ (x >= y)
    n = tf.placeholder(tf.int32, [2], name="n")
    n / n, n // 2, 7 / n, n % 3, n ** 2, -n
    m = tf.placeholder(tf.int64, [2], name="m")
    m / 2, m + 3
    np.float32(3) * x, x * np.ones([3], np.float32), [1.0, 2.0, 3.0] * x


def matrix_operator(tf):
    a, b = _inputs(tf, [2, 3], [3, 4])
    a @ b
    a @ np.ones([3, 1], np.float32)
    np.ones([5, 2]).astype("float32").tolist() @ a


def named_forms(tf):
    x, y = _inputs(tf, [2, 3])
    tf.add(x, y, name="sum"), tf.divide(x, y, name="quotient"), tf.div(x, 2.0), tf.truediv(x, y), tf.floordiv(x, y)
    tf.multiply(2.0, x), tf.subtract(x, [1.0, 2.0, 3.0], name="minus"), tf.scalar_mul(3.0, x), tf.pow(x, 2.0)
    tf.maximum(x, 0.0), tf.minimum(1.0, x), tf.logical_xor(x < y, x > y), tf.equal(x, 0.0), tf.not_equal(x, y)
    tf.to_float(x), tf.to_int32(x), tf.to_double(x), tf.to_int64(x), tf.cast(x, tf.float32), tf.cast(1, tf.float32)
    tf.cast([1.5, 2], tf.int32), tf.saturate_cast(x, tf.uint8), tf.round(x), tf.round([1, 2]), tf.abs([-1.0])
    with tf.name_scope("inner"):
        tf.add_n([x, y, x], name="total"), tf.add_n([x]), tf.add_n([x], name="one"), tf.accumulate_n([x, y])
        tf.clip_by_value(x, -1.0, 1.0), tf.truncatediv(x, y), tf.realdiv(x, y), tf.mod(x, y), tf.floormod(x, y)


def reductions(tf):
    x = tf.placeholder(tf.float32, [2, 3, 4], name="x")
    u = tf.placeholder(tf.float32, [None, 3], name="u")
    v = tf.placeholder(tf.float32, name="v")
    for name in ("reduce_sum", "reduce_mean", "reduce_prod", "reduce_max", "reduce_min"):
        reduce = getattr(tf, name)
        reduce(x), reduce(x, 1), reduce(x, [0, -1]), reduce(x, axis=[1], keepdims=True), reduce(u), reduce(v)
        reduce(u, reduction_indices=1), reduce(v, 0, keep_dims=True, name="named"), reduce([1.0, 2.0])
    tf.reduce_all(x > 0), tf.reduce_any(x > 0, 1), tf.reduce_logsumexp(x, 1), tf.reduce_logsumexp(u), tf.argmax(x, 1)
    tf.argmin(x), tf.argmax(x, dimension=-1, output_type=tf.int32), tf.cumsum(x), tf.cumprod(x, 1, exclusive=True)
    tf.math.reduce_std(x, 1), tf.math.reduce_variance(u), tf.count_nonzero(x, 0), tf.norm(x), tf.norm(u, axis=1)
    tf.norm(x, ord=1, axis=1), tf.norm(x, ord=np.inf), tf.norm(x, ord=3, axis=0, keepdims=True), tf.nn.l2_loss(x)


def reduction_gradient(name, shape, axis, keepdims=False):
    def program(tf):
        x = tf.placeholder(tf.float32, shape, name="x")
        y = getattr(tf, name)(x, axis, keepdims)
        tf.gradients(y, x)
        tf.gradients(y * y, x)

    return program


def matrix_product(shape_a, shape_b, **flags):
    def program(tf):
        a, b = _inputs(tf, shape_a, shape_b)
        c = tf.matmul(a, b, **flags)
        tf.gradients(c, [a, b])
        tf.gradients(c * c, a)

    return program


def tensor_products(tf):
    a, b = _inputs(tf, [2, 3, 4], [4, 3, 5])
    tf.tensordot(a, b, 1), tf.tensordot(a, b, [[1, 2], [1, 0]]), tf.tensordot(a, b, [[-1], [0]])
    u = tf.placeholder(tf.float32, [None, 3, 4], name="u")
    tf.tensordot(u, b, [[2], [0]]), tf.tensordot(u, u, 0)
    tf.linalg.matvec(a[0], a[0, 0])


def clipping(tf):
    x, y = _inputs(tf, [2, 3], [None])
    tf.clip_by_norm(x, 1.0), tf.clip_by_norm(x, 2.0, axes=[1]), tf.clip_by_average_norm(x, 1.0)
    tf.clip_by_global_norm([x, None, y], 5.0), tf.global_norm([x, y], name="size")
    tf.gradients(tf.clip_by_value(x, -1.0, 1.0), x)


def scans(tf):
    x = tf.placeholder(tf.float32, [2, 3], name="x")
    tf.gradients(tf.cumsum(x, 1, reverse=True), x)
    tf.gradients(tf.cumprod(x, 1, exclusive=True), x)


def linear_regression(tf):
    x, y = _inputs(tf, [None], [None])
    w, b = tf.placeholder(tf.float32, [], name="w"), tf.placeholder(tf.float32, [1], name="b")
    loss = tf.reduce_sum(tf.square(w * x + b - y))
    tf.gradients(loss, [w, b])
    tf.gradients(tf.reduce_mean(tf.squared_difference(w * x, y)), w)
    tf.gradients(tf.add_n([w * 2.0, w, w * w]), w)


def complex_numbers(tf):
    x, y = _inputs(tf, [2, 3])
    z = tf.complex(x, y)
    tf.real(z), tf.imag(z), tf.conj(z), tf.angle(z), tf.abs(z), tf.real(x), tf.imag(x), tf.conj(x)
    tf.gradients(tf.abs(z), [x, y])
    tf.gradients(tf.real(z * tf.conj(z)), [x, y])
    tf.gradients(tf.imag(tf.exp(z)), [x, y])
    tf.gradients(tf.angle(z), x)


def on_variables(tf):
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0]], name="v")
    x = tf.placeholder(tf.float32, [2, 2], name="x")
    v + 1.0, 1.0 - v, v * x, x * v, v / 2, v ** 2, -v, abs(v), v > 0, v @ x, x @ v, v // 2, v % 2, 2.0 * v
    tf.reduce_sum(v), tf.reduce_mean(v, 1), tf.argmax(v, 1), tf.square(v), tf.add(v, v), tf.cast(v, tf.float32)
    tf.cast(v, tf.int32), tf.add_n([v, v]), tf.scalar_mul(0.5, v), tf.matmul(v, v, transpose_b=True), tf.norm(v)
    tf.clip_by_value(v, 0.0, 1.0), tf.abs(v), tf.divide(v, 2.0), tf.reduce_logsumexp(v), tf.conj(v), tf.nn.l2_loss(v)
    tf.gradients(tf.reduce_sum(v * v), v)


_TWICE = ["abs", "negative", "square", "sqrt", "rsqrt", "reciprocal", "exp", "expm1", "log", "log1p", "sin", "cos", "sinh",
          "cosh", "tanh", "sigmoid", "asinh", "acosh", "atanh", "tan", "asin", "acos", "atan", "erf", "erfc", "lgamma",
          "sign"]
_ONCE = [*_TWICE, "digamma", "floor", "ceil", "rint", "round"]
_PAIRS = ["add", "subtract", "multiply", "divide", "div", "realdiv", "pow", "maximum", "minimum", "squared_difference",
          "floormod"]

PROGRAMS = {f"twice_{name}": unary(name) for name in _TWICE}
PROGRAMS.update({f"once_{name}": first_gradient(name) for name in _ONCE})
PROGRAMS.update({f"{name}_same": binary(name, [2, 3], [2, 3]) for name in _PAIRS})
PROGRAMS.update({f"{name}_row": binary(name, [2, 3], [3]) for name in _PAIRS})
PROGRAMS.update({f"{name}_open": binary(name, [None, 3], [1, 3]) for name in _PAIRS})
PROGRAMS.update({f"{name}_unknown": binary(name, None, []) for name in _PAIRS})
PROGRAMS.update({f"{name}_double": binary(name, [2], [2], "float64") for name in ("multiply", "add")})
PROGRAMS["atan2"] = binary("atan2", [2, 3], [2, 3])
for _name in ["reduce_sum", "reduce_mean", "reduce_max", "reduce_min", "reduce_prod"]:
    for _label, _shape, _axis in (("all", [2, 3], None), ("one", [2, 3], 1), ("list", [2, 3, 4], [0, -1]),
                                  ("open_all", [None, 3], None), ("open_one", [None, 3], [0]), ("unknown", None, [0])):
        PROGRAMS[f"{_name}_{_label}"] = reduction_gradient(_name, _shape, _axis)
for _a in (False, True):
    for _b in (False, True):
        PROGRAMS[f"matmul_{_a:d}{_b:d}"] = matrix_product([2, 2], [2, 2], transpose_a=_a, transpose_b=_b)
        PROGRAMS[f"batch_matmul_{_a:d}{_b:d}"] = matrix_product([5, 2, 2], [5, 2, 2], adjoint_a=_a, transpose_b=_b)
PROGRAMS["matmul_open"] = matrix_product([None, 2], [2, None])
PROGRAMS["matmul_unknown"] = matrix_product(None, [2, 2])
PROGRAMS["matmul_broadcast"] = matrix_product([5, 2, 3], [3, 4])
PROGRAMS.update({p.__name__: p for p in (operators, matrix_operator, named_forms, reductions, tensor_products, clipping,
                                         scans, linear_regression, complex_numbers, on_variables)})


def nodes(graph):
    """Everything by which nodes are compared."""
    return [[op.name, op.type, [t.name for t in op.inputs], [c.name for c in op.control_inputs],
             [None if t.shape.dims is None else t.shape.as_list() for t in op.outputs]] for op in graph.get_operations()]


def record(tf):
    """The nodes of every program."""
    found = {}
    for name, program in sorted(PROGRAMS.items()):
        graph = tf.Graph()
        with graph.as_default():
            program(tf)
        found[name] = nodes(graph)
    return found
