"""Rounding to few bits and dual coordinate ascent used wrongly."""


def run(tf, tensor):
    tf.Session().run(tensor)


def faked(tf, low, high, **attrs):
    return tf.quantization.fake_quant_with_min_max_vars_per_channel([1.0, 2.0], low, high, **attrs)


def ascended(tf, loss="squared_loss", label=1.0, **given):
    """One step of dual coordinate ascent on one example, some of it wrong."""
    def numbers(value, dtype="float32"):
        return [tf.constant(value, dtype)]

    arguments = {"examples": [0], "features": [2], "values": [1.0], "ids": [2], "state": [[0.0, 0, 0, 0]],
                 "dense": [[1.0, 2.0]], "partitions": 1}
    arguments.update(given)
    run(tf, tf.train.sdca_optimizer(
        numbers(arguments["examples"], "int64"), numbers(arguments["features"], "int64"), numbers(arguments["values"]),
        numbers(arguments["dense"]), [1.0], [label], numbers(arguments["ids"], "int64"), numbers([0.0]), numbers([0.0, 0.0]),
        arguments["state"], loss, 0.0, 1.0, arguments["partitions"], 1))


def rewritten(tf, num_bits, inputs=1):
    x = [tf.placeholder("float32", [2, 2], name="x%d" % n) for n in range(inputs)]
    for each in x:
        tf.matmul(each, tf.constant([[1.0], [2.0]]))
    tf.train.do_quantize_training_on_graphdef(tf.get_default_graph().as_graph_def(), num_bits)


CASES = {
    "fake_quant_range": lambda tf: run(tf, tf.fake_quant_with_min_max_args([1.0], min=2.0, max=1.0)),
    "fake_quant_bits": lambda tf: run(tf, tf.fake_quant_with_min_max_args([1.0], num_bits=17)),
    "fake_quant_vars_bits": lambda tf: run(tf, tf.fake_quant_with_min_max_vars([1.0], 1.0, 2.0, num_bits=1)),
    "fake_quant_vars_ranges": lambda tf: tf.fake_quant_with_min_max_vars([1.0], [1.0], 2.0),
    "fake_quant_channels": lambda tf: faked(tf, [1.0, 2.0, 3.0], [2.0, 3.0, 4.0]),
    "fake_quant_channels_rank": lambda tf: faked(tf, 1.0, [2.0, 3.0]),
    "fake_quant_channels_of_a_scalar": lambda tf: tf.fake_quant_with_min_max_vars_per_channel(5.0, [1.0], [2.0]),
    "quantize_range": lambda tf: run(tf, tf.quantization.quantize_and_dequantize([1.0], 2.0, 1.0, range_given=True)),
    "quantize_bits": lambda tf: run(tf, tf.quantization.quantize_and_dequantize([1.0], 0.0, 1.0, num_bits=64)),
    "quantize_rank": lambda tf: tf.quantization.quantize_and_dequantize([1.0], [2.0], 1.0),
    "quantize_rounding": lambda tf: tf.quantization.quantize_and_dequantize([1.0], 2.0, 1.0, round_mode="UP"),
    "quantize_backwards": lambda tf: run(tf, tf.quantize([1.0], 2.0, 1.0, tf.qint8).output),
    "quantize_even": lambda tf: run(tf, tf.quantize([1.0], 1.0, 2.0, tf.quint8, round_mode="HALF_TO_EVEN").output),
    "quantize_plain": lambda tf: tf.quantize([1.0], 1.0, 2.0, tf.int8),
    "quantize_ends": lambda tf: tf.quantize([1.0], [1.0], 2.0, tf.qint8),
    "dequantize_plain": lambda tf: tf.dequantize(tf.constant([1], "int8"), 1.0, 2.0),
    "quantized_training_bits": lambda tf: rewritten(tf, 0),
    "quantized_training_inputs": lambda tf: rewritten(tf, 8, inputs=3),
    "ascent_loss": lambda tf: ascended(tf, "absolute_loss"),
    "ascent_label": lambda tf: ascended(tf, "hinge_loss", 3.0),
    "ascent_count": lambda tf: ascended(tf, "poisson_loss", -1.0),
    "ascent_feature": lambda tf: ascended(tf, features=[3]),
    "ascent_twice": lambda tf: ascended(tf, examples=[0, 0], features=[2, 2], values=[1.0, 1.0]),
    "ascent_state": lambda tf: ascended(tf, state=[[0.0, 0, 0]]),
    "ascent_state_rank": lambda tf: ascended(tf, state=[0.0, 0, 0, 0]),
    "ascent_dense": lambda tf: ascended(tf, dense=[[1.0, 2.0, 3.0]]),
    "ascent_partitions": lambda tf: ascended(tf, partitions=0),
    "fingerprints_rank": lambda tf: tf.train.sdca_fprint([["a"]]),
    "shrink_constant": lambda tf: tf.train.sdca_shrink_l1([tf.constant([1.0])], 0.1, 1.0),
}
