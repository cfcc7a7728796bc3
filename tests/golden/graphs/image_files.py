"""Image files read, written and told apart, and how images differ."""

PIXELS = [[[(40 * row + 11 * column * (channel + 1)) % 256 for channel in range(3)] for column in range(5)]
          for row in range(4)]
STEPS = [(["read"], {}), (["differences"], {})]


def build(tf):
    image = tf.constant(PIXELS, tf.uint8, name="image")
    file = tf.image.encode_png(image, name="file")
    floats = tf.image.convert_image_dtype(image, tf.float32)
    batch = tf.placeholder_with_default(tf.expand_dims(floats, 0), [None, None, None, 3])
    return {
        "read": [
            tf.image.decode_png(file, channels=3),
            tf.image.decode_png(file, channels=1),
            tf.image.decode_png(file, channels=4, dtype=tf.uint16),
            tf.image.decode_png(tf.image.encode_png(image[:, :, :1])),
            tf.image.decode_image(file),
            tf.image.decode_image(file, channels=1, dtype=tf.float32, name="again"),
            tf.image.is_jpeg(file),
            tf.image.extract_jpeg_shape(tf.image.encode_jpeg(image)),
        ],
        "differences": [
            tf.image.total_variation(floats),
            tf.image.total_variation(batch),
            tf.image.psnr(floats, tf.image.adjust_brightness(floats, 0.1), max_val=1.0),
            tf.image.image_gradients(batch),
            tf.image.draw_bounding_boxes(batch, [[[0.1, 0.2, 0.9, 0.8]]]),
            tf.image.non_max_suppression([[0.0, 0.0, 1.0, 1.0], [0.0, 0.1, 1.0, 1.0]], [0.5, 0.6], 2),
        ],
    }
