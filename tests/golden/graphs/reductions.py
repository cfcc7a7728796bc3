"""Reductions in every argument form."""

STEPS = [(["Sum:0", "Sum_1:0", "Sum_3:0", "Mean:0", "Prod:0", "Max_1:0", "All:0", "ArgMax:0", "ArgMin:0", "Mean_2:0",
           "Sum_5:0", "Sum_7:0"],
          {"x:0": [[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]], "partly:0": [[1.0, 2.0, 4.0]],
           "u:0": [[1.0, 2.0], [3.0, 4.0]]})]


def build(tf):
    x = tf.placeholder(tf.float32, [2, 3], name="x")
    partly = tf.placeholder(tf.float32, [None, 3], name="partly")
    unknown = tf.placeholder(tf.float32, name="u")
    k = tf.constant([[1, 2], [3, 4]])
    flags = tf.constant([[True, False], [True, True]])
    tf.reduce_sum(x)
    tf.reduce_sum(x, 0)
    tf.reduce_sum(x, axis=[0, 1])
    tf.reduce_sum(x, axis=-1, keepdims=True)
    tf.reduce_sum(x, 1, keep_dims=True)
    tf.reduce_sum(x, reduction_indices=[1])
    tf.reduce_sum(x, [], name="untouched")
    tf.reduce_sum(unknown)
    tf.reduce_sum(unknown, axis=0)
    tf.reduce_sum(partly)
    tf.reduce_sum(partly, axis=tf.constant(0))
    tf.reduce_sum(k)
    tf.reduce_sum(tf.constant(3.0))
    tf.reduce_mean(x)
    tf.reduce_mean(x, 1)
    tf.reduce_mean(partly, axis=(0,), keepdims=True)
    tf.reduce_mean(unknown, name="average")
    tf.reduce_prod(x)
    tf.reduce_max(x)
    tf.reduce_max(x, axis=1)
    tf.reduce_min(x, axis=0)
    tf.reduce_all(flags)
    tf.reduce_any(flags, 1)
    tf.argmax(x, 1)
    tf.argmax(x, axis=0, output_type=tf.int32)
    tf.argmin(x)
    tf.argmax(x, dimension=1)
    tf.nn.l2_loss(x)
