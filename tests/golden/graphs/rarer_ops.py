"""Ops that few programs use, with their gradients."""

VOLUME = [[[[[float(7 * a % 5 + b + 2 * c)] for c in range(3)] for b in range(4)] for a in range(3)]]
IMAGE = [[[[float((3 * row + 5 * column) % 7)] for column in range(5)] for row in range(4)]]
STEPS = [(["picked", "morphed"], {}), (["patches", "volumes", "slopes"], {})]


def build(tf):
    params = tf.constant([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]], name="params")
    indices = tf.constant([[[1], [0], [1]], [[0], [0], [1]]], name="indices")
    picked = [
        tf.gather_nd(params, indices, batch_dims=1),
        tf.gather_nd(params, [[[1], [0]], [[0], [1]]], name="deep", batch_dims=2),
        tf.gather_nd(params, tf.constant([[0, 1]]), batch_dims=0),
    ]
    image = tf.constant(IMAGE, name="image")
    filters = tf.constant([[[0.5], [-1.0]], [[0.25], [2.0]]], name="filters")
    morphed = [
        tf.nn.dilation2d(image, filters, [1, 1, 1, 1], [1, 1, 2, 1], "SAME"),
        tf.nn.dilation2d(image, filters=filters, strides=[1, 2, 1, 1], dilations=[1, 1, 1, 1], padding="VALID"),
        tf.nn.erosion2d(image, filters, [1, 1, 2, 1], [1, 1, 1, 1], "SAME"),
    ]
    patches = [
        tf.image.extract_image_patches(image, [1, 2, 2, 1], [1, 1, 2, 1], [1, 2, 1, 1], "SAME"),
        tf.extract_image_patches(tf.placeholder_with_default(IMAGE, [None, None, None, 1], name="open"),
                                 [1, 3, 3, 1], [1, 1, 1, 1], [1, 1, 1, 1], "VALID"),
    ]
    volume = tf.constant(VOLUME, name="volume")
    volumes = tf.extract_volume_patches(volume, [1, 2, 2, 2, 1], [1, 1, 2, 1, 1], "SAME")
    slopes = [
        tf.gradients(picked[0], params)[0],
        tf.gradients(morphed, [image, filters]),
        tf.gradients(patches[0], image)[0],
        tf.gradients(patches[1], patches[1].op.inputs[0])[0],
        tf.gradients(volumes, volume)[0],
    ]
    return {"picked": picked, "morphed": morphed, "patches": patches,
            "volumes": volumes, "slopes": slopes}
