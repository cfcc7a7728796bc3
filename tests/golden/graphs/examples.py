"""Reading examples, tables and bytes."""

X, N, S = (b"\n\x13\n\x11\n\x01x\x12\x0c\x12\n\n\x08\x00\x00\x80?\x00\x00\x00@",
           b"\n\x0c\n\n\n\x01n\x12\x05\x1a\x03\n\x01\x03", b"\n\x0f\n\r\n\x01s\x12\x08\n\x06\n\x01a\n\x01b")
STEPS = [(["one", "many", "tables"], {"one_text:0": X + N + S, "texts:0": [X + N, X + S]})]


def parts(found):
    return [[v.indices, v.values, v.dense_shape] if hasattr(v, "indices") else v for _, v in sorted(found.items())]


def build(tf):
    features = {"x": tf.FixedLenFeature([2], tf.float32), "n": tf.FixedLenFeature([], tf.int64, 5),
                "s": tf.VarLenFeature(tf.string), "r": tf.FixedLenSequenceFeature([], tf.float32, True)}
    one = tf.parse_single_example(tf.placeholder(tf.string, [], name="one_text"), features)
    texts = tf.placeholder(tf.string, [None], name="texts")
    many = tf.parse_example(texts, features)
    named = tf.parse_single_example("", features, example_names="mine", name="named")
    sequence = tf.parse_single_sequence_example(
        tf.placeholder(tf.string, []), {"n": tf.FixedLenFeature([], tf.int64)},
        {"t": tf.FixedLenSequenceFeature([2], tf.int64), "v": tf.VarLenFeature(tf.string)})
    columns = tf.decode_csv(["1,2.5,a", "4,,b"], [[0], [0.5], ["none"]])
    return {"one": parts(one), "many": parts(many), "named": named, "sequence": sequence,
            "tables": [columns, tf.decode_raw(["ab", "cd"], tf.int16),
                       tf.parse_tensor(tf.serialize_tensor([1.5]), tf.float32)]}
