"""Second derivatives that are not there."""


def x(tf):
    return tf.constant([1.0, 2.0], name="x")


CASES = {
    "hessians_unconnected": lambda tf: tf.hessians(tf.constant(1.0), x(tf)),
    "hessians_linear": lambda tf: (lambda v: tf.hessians(v * 2.0, v))(x(tf)),
    "hessians_not_tensor": lambda tf: tf.hessians(x(tf), 3),
}
