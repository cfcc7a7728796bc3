"""Constants of every dtype and form, zeros, ones, fill and the `_like` family."""

STEPS = [(["named:0", "Const_3:0", "zeros:0", "ones:0", "Fill:0", "like/zeros:0", "like/ones:0", "zeros_like:0",
           "ones_like:0", "repeated:0", "zeros_2:0"], {"p:0": [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]})]


def build(tf):
    tf.constant(1)
    tf.constant(1.5)
    tf.constant([1, 2, 3], dtype=tf.float64)
    tf.constant([[True, False]])
    tf.constant("text")
    tf.constant(["a", "b"])
    tf.constant([], dtype=tf.float32)
    tf.constant(2, dtype=tf.int64, name="named")
    tf.constant(7.0, shape=[2, 3], name="repeated")
    tf.constant([1.0, 2.0], shape=[4], name="padded")
    tf.constant(list(range(6)), shape=[2, 3], dtype=tf.uint8)
    tf.constant(1.0, name="named")
    p = tf.placeholder(tf.float32, [None, 2], name="p")
    q = tf.placeholder(tf.float32, [3, 2], name="q")
    tf.zeros([2, 3])
    tf.zeros([2], tf.int32)
    tf.zeros(tf.shape(p))
    tf.zeros([50, 40])
    tf.ones([2, 3])
    tf.ones([2], tf.bool)
    tf.ones(tf.shape(p), dtype=tf.int64, name="counted")
    tf.ones([])
    tf.fill([2, 2], 9.0)
    tf.fill(tf.shape(p), 1, name="fill_dynamic")
    with tf.name_scope("like"):
        tf.zeros_like(q, name="zeros")
        tf.ones_like(q, name="ones")
    tf.zeros_like(p)
    tf.ones_like(p)
    tf.zeros_like(q, dtype=tf.int32)
    tf.ones_like(p, dtype=tf.float64)
    tf.zeros_like([1, 2])
    tf.zeros_like(p, optimize=False)
