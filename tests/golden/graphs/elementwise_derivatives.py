# ruff: noqa: SIM905 - names read better as words than as a list
"""The gradient of every elementwise function, one after the other."""

FUNCTIONS = ("negative abs sign square sqrt rsqrt exp expm1 log log1p sin cos tan asin acos atan sinh cosh tanh "
             "sigmoid erf erfc lgamma digamma floor ceil round rint reciprocal").split()
ACTIVATIONS = "relu relu6 elu selu softplus softsign softmax log_softmax l2_loss leaky_relu".split()
PAIRS = "add subtract multiply divide floordiv floormod pow maximum minimum squared_difference div_no_nan".split()
WITHOUT_GRADIENT = {"floor", "ceil", "round", "rint", "floordiv"}

FEED = {"x:0": [[0.25, 0.5, 0.75], [0.125, 0.0625, 0.875]], "row:0": [0.5, 0.125, 2.0]}
STEPS = [([name for name in FUNCTIONS + ACTIVATIONS + PAIRS if name not in WITHOUT_GRADIENT], FEED)]


def build(tf):
    x = tf.placeholder(tf.float32, [2, 3], name="x")
    row = tf.placeholder(tf.float32, [3], name="row")
    built = {name: tf.gradients(getattr(tf, name)(x), x) for name in FUNCTIONS}
    built.update((name, tf.gradients(getattr(tf.nn, name)(x), x)) for name in ACTIVATIONS)
    built.update((name, tf.gradients(getattr(tf, name)(x, row), [x, row])) for name in PAIRS)
    return built
