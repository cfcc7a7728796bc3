"""Batches normalized in one node, in training and frozen, and local responses, with gradients."""

IMAGE = [[[[0.5, -1.0, 2.0], [0.25, 2.0, 0.5]], [[1.5, 0.0, -0.5], [-0.25, 1.0, 0.75]]]]
FEED = {"image:0": IMAGE}
STEPS = [(["own", "frozen", "channels_first", "responses", "gradients"], FEED)]


def build(tf):
    image = tf.placeholder(tf.float32, [1, None, 2, 3], name="image")
    scale, offset = tf.constant([1.0, 2.0, 0.5], name="scale"), tf.constant([0.0, 1.0, -1.0], name="offset")
    own = tf.nn.fused_batch_norm(image, scale, offset, name="own")
    frozen, _, _ = tf.nn.fused_batch_norm(image, scale, offset, [0.1, 0.2, 0.3], [1.0, 2.0, 3.0], 0.01, is_training=False)
    first = tf.placeholder_with_default(tf.transpose(tf.zeros([1, 2, 2, 3]), [0, 3, 1, 2]), [1, 3, 2, 2], name="first")
    moved = tf.nn.fused_batch_norm(first, scale, offset, [0.1, 0.2, 0.3], [1.0, 2.0, 3.0], data_format="NCHW",
                                   is_training=False)[0]
    responses = [tf.nn.lrn(image), tf.nn.local_response_normalization(image, 1, bias=1.5, alpha=0.3, beta=0.75, name="near")]
    total = [tf.reduce_sum(tf.square(value)) for value in [own[0] + image, frozen, *responses]]
    gradients = tf.gradients(total, [image, scale, offset])
    tf.gradients(moved, [first, scale])
    return {"own": list(own), "frozen": frozen, "channels_first": first, "responses": responses, "gradients": gradients}
