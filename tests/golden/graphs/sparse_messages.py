"""Sparse tensors as messages and back, their crosses, and texts in other encodings."""

STEPS = [(["messages", "restored", "crosses", "texts", "characters"], {})]


def build(tf):
    words = tf.SparseTensor([[0, 0], [1, 0], [1, 1]], ["a", "b", "c"], [2, 2])
    numbers = tf.SparseTensor([[0, 0], [1, 0], [1, 1]], tf.constant([1, 2, -3]), [2, 2])
    letters, counts = tf.constant([["x"], ["y"]]), tf.constant([[7, 8], [9, 10]], tf.int64)
    messages = [tf.serialize_sparse(numbers), tf.serialize_many_sparse(words, name="many"),
                tf.io.serialize_many_sparse(numbers)]
    restored = [tf.deserialize_many_sparse(messages[1], tf.string, rank=2),
                tf.io.deserialize_many_sparse(messages[2], tf.int32, name="numbers")]
    crosses = [
        tf.sparse.cross([words, letters]),
        tf.sparse.cross([counts, words, numbers, letters]),
        tf.sparse.cross_hashed([words, letters]),
        tf.sparse.cross_hashed([counts, words], num_buckets=100),
        tf.sparse.cross_hashed([numbers], num_buckets=1000, hash_key=956888297470, name="hashed"),
    ]
    garbled = tf.constant([b"ab\xc3\xa9\xff\x00z", b"", b"\xe4\xb8x", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80"])
    wide = tf.constant([b"\x00a\x00\xe9\xd8=\xde\x00", b"\x00a\xd8\x00\x00b", b"\x00"])
    texts = [
        tf.strings.unicode_transcode(garbled, "UTF-8", "UTF-8"),
        tf.strings.unicode_transcode(garbled, "UTF-8", "UTF-16-BE", errors="ignore", replace_control_characters=True),
        tf.strings.unicode_transcode(garbled, "UTF-8", "UTF-8", replacement_char=63, replace_control_characters=True),
        tf.strings.unicode_transcode(wide, "UTF-16-BE", "UTF-32-BE"),
        tf.strings.unicode_transcode([b"\xe9a"], "latin1", "UTF-8", errors="strict"),
        tf.strings.unicode_transcode([b"a\xe9"], "US-ASCII", "UTF-8", name="ascii"),
    ]
    characters = [tf.strings.unicode_decode(garbled[0], "UTF-8"),
                  tf.strings.unicode_decode_with_offsets(garbled[0], "UTF-8", errors="ignore")]
    return {"messages": messages, "restored": restored, "crosses": crosses, "texts": texts, "characters": characters}
