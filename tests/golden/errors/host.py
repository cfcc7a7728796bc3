"""Sparse tensors, texts, files, examples and Python functions used wrongly."""


def run(tf, function, *values):
    placeholders = [tf.placeholder(tf.as_dtype(dtype)) for dtype, _ in values]
    tf.Session().run(function(*placeholders), {p: value for p, (_, value) in zip(placeholders, values)})


def dense(tf, indices, shape, values):
    run(tf, tf.sparse_to_dense, ("int64", indices), ("int64", shape), ("float32", values))


def sparse(tf):
    return tf.SparseTensor([[0, 1], [1, 0], [1, 2]], [1.0, 2.0, 3.0], [2, 3])


def evaluate(tf, fetches):
    tf.Session().run(fetches)


def example(tf, data=b"\n\x13\n\x11\n\x01x\x12\x0c\x12\n\n\x08\x00\x00\x80?\x00\x00\x00@", **features):
    evaluate(tf, tf.parse_single_example(data, features))


def two_values(tf):
    lookup = tf.contrib.lookup
    found = lookup.HashTable(lookup.KeyValueTensorInitializer(["a", "a"], tf.constant([1, 2], tf.int64)), -1)
    with tf.Session() as session:
        session.run(found.init)


def lookup_too_early(tf):
    lookup = tf.contrib.lookup
    found = lookup.HashTable(lookup.KeyValueTensorInitializer(["a"], tf.constant([1], tf.int64)), -1)
    evaluate(tf, found.lookup(tf.constant(["a"])))


CASES = {
    "sparse_of_vectors": lambda tf: tf.SparseTensor([0, 1], [1.0, 2.0], [4]),
    "sparse_of_other_length": lambda tf: tf.SparseTensor([[0], [1]], [1.0], [4]),
    "sparse_of_other_rank": lambda tf: tf.SparseTensor([[0], [1]], [1.0, 2.0], [4, 4]),
    "sparse_wanted": lambda tf: tf.sparse_tensor_dense_matmul(tf.ones([2, 2]), tf.ones([2, 2])),
    "sparse_product": lambda tf: tf.sparse_tensor_dense_matmul(sparse(tf), tf.ones([2, 2])),
    "sparse_sum": lambda tf: tf.sparse_add(sparse(tf), tf.SparseTensor([[0, 1]], [1.0], [2, 4])),
    "sparse_sum_of_dense": lambda tf: tf.sparse_add(1.0, 2.0),
    "sparse_reshape": lambda tf: tf.sparse_reshape(sparse(tf), [4, -1]),
    "sparse_split": lambda tf: tf.sparse_split(sp_input=sparse(tf), axis=1),
    "sparse_reset_shape": lambda tf: tf.sparse_reset_shape(sparse(tf), [1, 5]),
    "sparse_dtype": lambda tf: tf.convert_to_tensor_or_sparse_tensor(sparse(tf), dtype=tf.int32),
    "sparse_retain": lambda tf: tf.sparse_retain(sparse(tf), [True]),
    "sparse_axis": lambda tf: evaluate(tf, tf.sparse_reduce_sum(sparse(tf), 5)),
    "sparse_softmax": lambda tf: evaluate(tf, tf.sparse_softmax(tf.SparseTensor([[0]], [1.0], [2])).values),
    "sparse_concat": lambda tf: evaluate(
        tf, tf.sparse_concat(1, [sparse(tf), tf.SparseTensor([[0, 1]], [1.0], [5, 3])]).values),
    "dense_out_of_order": lambda tf: dense(tf, [[0, 1], [0, 0]], [2, 2], [1, 1]),
    "dense_repeated": lambda tf: dense(tf, [[0, 1], [0, 1]], [2, 2], [1, 1]),
    "dense_outside": lambda tf: dense(tf, [[0, 3]], [2, 2], [1]),
    "dense_shape": lambda tf: dense(tf, [[0, 1]], [2], [1]),
    "dense_values": lambda tf: dense(tf, [[0, 1]], [2, 2], [1, 2]),
    "to_number": lambda tf: evaluate(tf, tf.string_to_number("abc")),
    "to_integer": lambda tf: evaluate(tf, tf.string_to_number("1.5", tf.int32)),
    "join": lambda tf: tf.string_join([["a", "b"], ["c"]]),
    "split": lambda tf: tf.string_split("a b"),
    "reduce_join": lambda tf: tf.reduce_join(["a", "b"], 5),
    "buckets": lambda tf: tf.string_to_hash_bucket_fast(["a"], 0),
    "as_string": lambda tf: evaluate(tf, tf.as_string([1], precision=2)),
    "base64": lambda tf: evaluate(tf, tf.decode_base64("a+b/")),
    "substr": lambda tf: evaluate(tf, tf.substr("hello", 7, 1)),
    "format": lambda tf: tf.strings.format("{} {}", [1]),
    "decode_raw": lambda tf: evaluate(tf, tf.decode_raw("abc", tf.int16)),
    "decode_raw_lengths": lambda tf: evaluate(tf, tf.decode_raw(["abcd", "ef"], tf.uint8)),
    "read_file": lambda tf: evaluate(tf, tf.read_file("/no/such/file")),
    "csv_fields": lambda tf: evaluate(tf, tf.decode_csv("1,2", [[0], [0], [0]])),
    "csv_number": lambda tf: evaluate(tf, tf.decode_csv("x", [[0]])),
    "csv_missing": lambda tf: evaluate(tf, tf.decode_csv(",2", [tf.constant([], tf.int32), [0]])),
    "parse_tensor": lambda tf: evaluate(tf, tf.parse_tensor(tf.serialize_tensor([1.0]), tf.int32)),
    "example_missing": lambda tf: example(tf, y=tf.FixedLenFeature([3], tf.float32)),
    "example_size": lambda tf: example(tf, x=tf.FixedLenFeature([3], tf.float32)),
    "example_type": lambda tf: example(tf, x=tf.FixedLenFeature([2], tf.int64)),
    "example_sparse_type": lambda tf: example(tf, x=tf.VarLenFeature(tf.int64)),
    "example_malformed": lambda tf: example(tf, "abc", x=tf.VarLenFeature(tf.int64)),
    "example_sequence": lambda tf: example(tf, x=tf.FixedLenSequenceFeature([], tf.float32)),
    "py_func_of_no_function": lambda tf: tf.py_func(1, [], tf.float32),
    "table_of_two_values": two_values,
    "table_too_early": lookup_too_early,
    "table_keys": lambda tf: tf.contrib.lookup.index_table_from_tensor(tf.constant(["a"])).lookup(tf.constant([1])),
    "table_without_a_file": lambda tf: tf.contrib.lookup.index_table_from_file(""),
}
