"""The cross entropies of tensors of rank 3, where TensorFlow flattens and asserts."""

STEPS = [(["dense", "sparse", "gradients"], {"deep:0": [[[0.5, 1.0], [-1.0, 2.0]]], "chosen:0": [[1, 0]]})]


def build(tf):
    deep = tf.placeholder(tf.float32, [None, 2, 2], name="deep")
    chosen = tf.placeholder(tf.int32, [None, None], name="chosen")
    dense = tf.nn.softmax_cross_entropy_with_logits_v2(labels=tf.nn.softmax(deep), logits=deep)
    sparse = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=chosen, logits=deep)
    tf.nn.softmax(deep, axis=1)
    tf.nn.softmax_cross_entropy_with_logits_v2(labels=tf.ones([1, 2, 2]), logits=deep, axis=1)
    return {"dense": dense, "sparse": sparse, "gradients": [tf.gradients(dense, deep), tf.gradients(sparse, deep)]}
