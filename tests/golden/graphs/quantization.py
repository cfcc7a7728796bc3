"""Weights and activations rounded to few bits, with ranges that are numbers, learned, or one for each channel."""

STEPS = [(["init"], {}), (["step", "loss:0"], {}), (["low:0", "w/read:0", "lows:0", "rounded:0"], {})]


def build(tf):
    x = tf.constant([[0.5, -1.25, 2.0], [3.0, 0.25, -0.75]], name="x")
    w = tf.Variable([[0.5, -0.25], [1.5, 0.75], [-2.0, 0.1]], name="w")
    low, high = tf.Variable(-1.0, name="low"), tf.Variable(1.5, name="high")
    lows, highs = tf.Variable([-1.0, -2.0], name="lows"), tf.Variable([1.0, 0.5], name="highs")
    h = tf.matmul(tf.fake_quant_with_min_max_args(x, min=-1.0, max=2.5, num_bits=4),
                  tf.fake_quant_with_min_max_vars(w, low, high, num_bits=4, narrow_range=True))
    y = tf.quantization.fake_quant_with_min_max_vars_per_channel(h, lows, highs)
    tf.quantization.quantize_and_dequantize(w, 0.0, 0.0, num_bits=3, name="rounded")
    z = tf.quantization.quantize_and_dequantize(y, low, 2.0, signed_input=False, range_given=True, round_mode="HALF_UP")
    loss = tf.reduce_sum(tf.square(z), name="loss")
    tf.train.GradientDescentOptimizer(0.01).minimize(loss, name="step")
    tf.global_variables_initializer()
