"""Slicing and indexing of tensors and variables."""

STEPS = [(["strided_slice:0", "strided_slice_3:0", "strided_slice_4:0", "strided_slice_7:0", "strided_slice_8:0",
           "picked:0", "strided_slice_11:0", "strided_slice_13:0"],
          {"x:0": [[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[7.0, 8.0, 9.0], [10.0, 11.0, 12.0]]], "i:0": 1})]


def build(tf):
    x = tf.placeholder(tf.float32, [None, 2, 3], name="x")
    i = tf.placeholder(tf.int32, [], name="i")
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0]], name="v")
    x[0]
    x[-1]
    x[0, 1]
    x[0, 1, 2]
    x[:, 1]
    x[0:1]
    x[:, ::2]
    x[..., 0]
    x[:, tf.newaxis]
    x[..., tf.newaxis]
    x[i]
    x[i:, :, i]
    x[:, ::-1, :]
    x[0, ..., 1:3]
    x[:, None, 0, 1:]
    x[tf.constant(0), 1:i]
    x[-1:, 0:-1]
    v[0]
    v[:, 1]
    v[0, 0] + 1.0
    tf.strided_slice(x, [0, 0, 0], [1, 2, 3], [1, 1, 2], name="picked")
    tf.strided_slice(x, [0, 0, 0], [1, 2, 3])
    tf.strided_slice(x, [0, 0], [0, 1], begin_mask=1, end_mask=1, shrink_axis_mask=2)
    tf.slice(x, [0, 0, 1], [-1, 2, 2])
    tf.slice(x, [0, i, 0], [1, 1, 3], name="cut")
