"""Functions on texts."""

STEPS = [(["joined", "cut", "matched", "numbers", "hashed"], {"t:0": ["a1 b", "c22"]})]


def build(tf):
    t = tf.placeholder(tf.string, [None], name="t")
    words, split = tf.string_split(t), tf.strings.split(t, "2", maxsplit=1)
    return {
        "joined": [tf.string_join([t, "x"], "-"), tf.expand_dims(tf.reduce_join(t), 0),
                   tf.reduce_join([["a", "b"], ["c", "d"]], [0], keep_dims=True),
                   tf.expand_dims(tf.strings.format("{} of {}", [t, 3]), 0)],
        "cut": [words.indices, words.values, split.values, tf.substr(t, 1, 2), tf.string_strip([" a "]),
                tf.strings.length(t), tf.strings.lower(["A"]), tf.strings.upper(t)],
        "matched": [tf.regex_replace(t, "[0-9]+", "#"), tf.regex_replace(t, tf.constant("[0-9]"), "#"),
                    tf.strings.regex_full_match(t, ".*2")],
        "numbers": [tf.string_to_number(["1.5"]), tf.string_to_number(["7"], tf.int64),
                    tf.as_string([1.5, 2.0], precision=2)],
        "hashed": [tf.string_to_hash_bucket(t, 10), tf.string_to_hash_bucket_fast(t, 10),
                   tf.string_to_hash_bucket_strong(t, 10, [1, 2]), tf.encode_base64(t),
                   tf.decode_base64(tf.encode_base64(t))],
    }
