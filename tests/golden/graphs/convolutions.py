"""Convolutions and poolings of sequences, images and volumes, transposed ones, with gradients."""

IMAGE = [[[[0.5, -1.0], [0.25, 2.0], [1.0, -0.5], [0.75, 0.1]], [[1.5, 0.0], [-0.25, 1.0], [2.0, 0.5], [-0.75, 0.3]],
          [[0.1, 0.2], [0.3, 0.4], [0.5, -0.6], [0.7, 0.8]]]]
FEED = {"image:0": IMAGE}
STEPS = [(["plain", "transposed", "sequences", "volumes", "pools", "gradients"], FEED)]


def build(tf):
    image = tf.placeholder(tf.float32, [1, 3, 4, 2], name="image")
    weights = tf.reshape(tf.linspace(-1.0, 1.0, 16), [2, 2, 2, 2], name="weights")
    line = tf.reshape(image, [1, 12, 2], name="line")
    volume = tf.reshape(image, [1, 3, 2, 2, 2], name="volume")
    ends, solid = weights[0], tf.reshape(weights, [2, 1, 2, 2, 2])
    open_size = tf.placeholder_with_default([1, 6, 8, 2], [4], name="open_size")
    plain = [tf.nn.conv2d(image, weights, [1, 1, 2, 1], "SAME"), tf.nn.conv2d(image, weights, 1, "VALID")]
    transposed = [
        tf.nn.conv2d_transpose(image, weights, [1, 6, 8, 2], [1, 2, 2, 1]),
        tf.nn.conv2d_transpose(image, weights, open_size, 2, name="up"),
        tf.nn.conv2d_transpose(image, weights, tf.stack([tf.shape(image)[0], 4, 5, 2]), [1, 1, 1, 1], "VALID"),
        tf.nn.conv1d_transpose(line, ends, [1, 24, 2], 2),
        tf.nn.conv3d_transpose(volume, solid, [1, 6, 2, 2, 2], [1, 2, 1, 1, 1]),
        tf.nn.conv_transpose(image, weights, [1, 6, 8, 2], 2),
    ]
    sequences = [tf.nn.conv1d(line, ends, 2, "SAME"), tf.nn.conv1d(line, ends, stride=1, padding="VALID", name="line_conv"),
                 tf.nn.max_pool1d(line, 2, 2, "VALID"), tf.nn.avg_pool1d(line, 3, 1, "SAME")]
    volumes = [tf.nn.conv3d(volume, solid, [1, 1, 1, 1, 1], "SAME"), tf.nn.max_pool3d(volume, 2, 1, "SAME"),
               tf.nn.avg_pool3d(volume, [1, 2, 1, 2, 1], [1, 1, 1, 1, 1], "VALID")]
    pools = [tf.nn.max_pool2d(image, 2, 2, "SAME"), tf.nn.max_pool_v2(line, 2, 2, "SAME"),
             tf.nn.avg_pool_v2(image, 2, 1, "VALID")]
    pools += list(tf.nn.max_pool_with_argmax(image, [1, 2, 2, 1], [1, 2, 2, 1], "SAME"))
    every = plain + transposed + sequences + volumes + pools[:4]
    loss = tf.add_n([tf.reduce_sum(tf.square(value)) for value in every])
    return {"plain": plain, "transposed": transposed, "sequences": sequences, "volumes": volumes, "pools": pools,
            "gradients": tf.gradients(loss, [image, weights])}
