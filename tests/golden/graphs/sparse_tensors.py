"""Sparse tensors: placeholders, products with dense matrices, what is kept, arithmetic, reductions and gradients."""

FEED = {"x/indices:0": [[0, 0], [0, 3], [1, 1], [2, 2]], "x/values:0": [1.0, 2.0, 3.0, 4.0], "x/shape:0": [3, 4]}
STEPS = [(["products", "gradients", "reduced", "reshaped", "joined"], FEED)]


def parts(sparse):
    return [sparse.indices, sparse.values, sparse.dense_shape]


def build(tf):
    x = tf.sparse_placeholder(tf.float32, name="x")
    known = tf.sparse_placeholder(tf.float32, shape=[3, 4])
    tf.sparse_tensor_dense_matmul(known, tf.ones([4, 2]))
    w = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]], name="w")
    fixed = tf.SparseTensor([[0, 1], [1, 0], [1, 2]], [1.0, 2.0, 3.0], [2, 3])
    product = tf.sparse_tensor_dense_matmul(x, w)
    turned = tf.sparse_tensor_dense_matmul(x, tf.ones([2, 3]), adjoint_a=True, adjoint_b=True)
    kept = tf.sparse_retain(x, x.values > 1.5)
    scaled = kept * [2.0]
    quotient = x / [[2.0], [4.0], [8.0]]
    total = tf.sparse_reduce_sum(x, 1)
    softened = tf.sparse_softmax(fixed)
    summed = tf.sparse_add(fixed, tf.SparseTensor([[0, 1], [1, 1]], [-1.0, 2.0], [2, 3]))
    filled, empty = tf.sparse_fill_empty_rows(x, -1.0)
    dense = tf.sparse_tensor_to_dense(x, name="dense")
    cut = tf.sparse_slice(x, [0, 1], [3, 3])
    loss = (tf.reduce_sum(product) + tf.reduce_sum(scaled.values * scaled.values) + tf.reduce_sum(total * total)
            + tf.reduce_sum(quotient.values) + tf.reduce_sum(dense * dense) + tf.reduce_sum(cut.values))
    return {
        "products": [product, turned, parts(scaled), parts(quotient)],
        "gradients": [tf.gradients(loss, [x.values, w]), tf.gradients(softened.values, fixed.values),
                      tf.gradients(summed.values, fixed.values), tf.gradients(filled.values * 2.0, x.values)],
        "reduced": [total, tf.sparse_reduce_max(fixed, keepdims=True), parts(tf.sparse_reduce_sum_sparse(fixed, 0)), empty],
        "reshaped": [parts(tf.sparse_reshape(fixed, [3, -1])), parts(tf.sparse_transpose(fixed)),
                     parts(tf.sparse_reorder(x)), parts(tf.sparse_reset_shape(x)),
                     tf.sparse_to_indicator(tf.SparseTensor([[0, 0], [0, 1]], [1, 2], [2, 2]), 4)],
        "joined": [parts(tf.sparse_concat(1, [fixed, fixed])), [parts(p) for p in
                   tf.sparse_split(sp_input=fixed, num_split=2, axis=1)], parts(tf.sparse_maximum(fixed, fixed)),
                   tf.sparse_to_dense([1, 3], [5], 2.0)],
    }
