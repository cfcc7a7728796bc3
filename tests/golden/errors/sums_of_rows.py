"""Sums of rows that belong together, at places where there are none."""


def summed(tf, function, ids):
    data, segments = tf.placeholder("float32"), tf.placeholder("int32")
    tf.Session().run(function(data, segments, 3), {data: [[1.0, 2.0]], segments: [ids]})


def product(tf, places, **turned):
    matrix = tf.sparse_placeholder("float32")
    result = tf.sparse_tensor_dense_matmul(matrix, tf.ones([2, 2]), **turned)
    tf.Session().run(result, {matrix: (places, [1.0, 2.0], [2, 2])})


CASES = {
    "segment_sum": lambda tf: summed(tf, tf.unsorted_segment_sum, [0, 5]),
    "segment_max": lambda tf: summed(tf, tf.unsorted_segment_max, [3, 0]),
    "segment_min": lambda tf: summed(tf, tf.unsorted_segment_min, [3, 0]),
    "segment_product": lambda tf: summed(tf, tf.unsorted_segment_prod, [-1, 4]),
    "sparse_row": lambda tf: product(tf, [[0, 0], [2, 1]]),
    "sparse_column": lambda tf: product(tf, [[0, 0], [1, -2]]),
    "sparse_row_turned": lambda tf: product(tf, [[0, 0], [2, 1]], adjoint_a=True),
}
