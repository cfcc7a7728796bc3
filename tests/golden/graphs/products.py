"""Matrix products in their forms."""

STEPS = [(["bias/Assign"], {}), (["MatMul:0", "MatMul_1:0", "MatMul_3:0", "MatMul_8:0", "xw_plus_b:0"],
          {"partly:0": [[1.0, 0.0, 2.0]], "a:0": [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]})]


def build(tf):
    a = tf.placeholder(tf.float32, [2, 3], name="a")
    partly = tf.placeholder(tf.float32, [None, 3], name="partly")
    b = tf.constant([[1.0, 0.5], [2.0, 1.0], [0.0, -1.0]], name="b")
    batch = tf.placeholder(tf.float32, [None, 2, 3], name="batch")
    bias = tf.Variable(tf.zeros([2]), name="bias")
    tf.matmul(a, b)
    tf.matmul(a, a, transpose_b=True)
    tf.matmul(a, a, transpose_a=True, name="gram")
    tf.matmul(a, a, adjoint_b=True)
    tf.matmul(partly, b)
    tf.matmul([[1.0, 2.0]], a)
    tf.matmul(b, b, True)
    tf.matmul(batch, batch, transpose_b=True)
    tf.matmul(batch, tf.ones([4, 3, 2]))
    tf.matmul(tf.cast(a, tf.int32), tf.cast(b, tf.int32))
    tf.nn.bias_add(tf.matmul(a, b), bias)
    tf.nn.xw_plus_b(a, b, bias)
