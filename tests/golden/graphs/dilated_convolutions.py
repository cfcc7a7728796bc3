"""Convolutions and poolings with holes, of each channel, and blocks of space in the batch or the channels."""

FEED = {"image:0": [[[[0.5, -1.0], [0.25, 2.0], [1.0, -0.5], [0.75, 0.1]],
                     [[1.5, 0.0], [-0.25, 1.0], [2.0, 0.5], [-0.75, 0.3]],
                     [[0.1, 0.2], [0.3, 0.4], [0.5, -0.6], [0.7, 0.8]],
                     [[0.9, -0.2], [0.6, 0.45], [-0.5, 0.6], [0.2, 0.35]]]]}
FEED["open:0"] = FEED["image:0"]
STEPS = [(["holes", "channels", "pools", "blocks", "gradients"], FEED)]


def build(tf):
    image = tf.placeholder(tf.float32, [1, 4, 4, 2], name="image")
    unknown = tf.placeholder(tf.float32, [None, None, None, 2], name="open")
    weights = tf.reshape(tf.linspace(-1.0, 1.0, 16), [2, 2, 2, 2], name="weights")
    points = tf.reshape(tf.linspace(-0.5, 0.5, 12), [1, 1, 4, 3], name="points")
    line, ends = tf.reshape(image, [1, 16, 2], name="line"), weights[0]
    holes = [
        tf.nn.atrous_conv2d(image, weights, 2, "SAME"),
        tf.nn.atrous_conv2d(unknown, weights, 2, "VALID", name="open_holes"),
        tf.nn.atrous_conv2d(image, weights, 1, "SAME"),
        tf.nn.atrous_conv2d_transpose(image, weights, [1, 4, 4, 2], 2, "SAME"),
        tf.nn.atrous_conv2d_transpose(unknown, weights, tf.shape(unknown), 3, "SAME"),
        tf.nn.convolution(line, ends, "SAME", dilation_rate=[3]),
        tf.nn.convolution(line, ends, "VALID", strides=[2], name="strided"),
        tf.nn.convolution(tf.expand_dims(image, 0), tf.expand_dims(weights, 0), "SAME", dilation_rate=[1, 2, 1]),
    ]
    channels = [
        tf.nn.depthwise_conv2d(image, weights, [1, 2, 2, 1], "SAME"),
        tf.nn.depthwise_conv2d(unknown, weights, [1, 1, 1, 1], "SAME", rate=[2, 2]),
        tf.nn.separable_conv2d(image, weights, points, [1, 1, 1, 1], "VALID"),
        tf.nn.separable_conv2d(image, weights, points, [1, 1, 1, 1], "SAME", rate=[2, 1], name="mixed"),
        tf.nn.depthwise_conv2d_native(image, weights, [1, 1, 1, 1], "SAME"),
    ]
    pools = [tf.nn.pool(image, [2, 2], "MAX", "SAME", strides=[2, 2]), tf.nn.pool(line, [3], "AVG", "VALID"),
             tf.nn.pool(image, [2, 2], "AVG", "VALID", dilation_rate=[2, 2])]
    blocks = [
        tf.space_to_batch(image, [[0, 0], [1, 1]], 2), tf.batch_to_space(tf.tile(image, [4, 1, 1, 1]), [[1, 0], [0, 1]], 2),
        tf.space_to_batch_nd(image, [2], [[1, 1]]), tf.batch_to_space_nd(tf.tile(image, [2, 1, 1, 1]), [2], [[1, 0]]),
        tf.space_to_depth(image, 2), tf.depth_to_space(tf.tile(image, [1, 1, 1, 4]), 2),
    ]
    sizes = list(tf.required_space_to_batch_paddings([5, 4], [2, 3])) + list(
        tf.required_space_to_batch_paddings(tf.shape(unknown)[1:3], [2, 3], [[1, 0], [0, 1]], name="sizes"))
    loss = tf.add_n([tf.reduce_sum(tf.square(value)) for value in holes + channels + pools + blocks])
    return {"holes": holes, "channels": channels, "pools": pools, "blocks": blocks + sizes,
            "gradients": tf.gradients(loss, [image, unknown, weights])}
