"""Images of other colours, types and contrasts."""

PIXELS = [[[0.1 * (4 * row + column) * (1 - 0.2 * channel) for channel in range(3)] for column in range(4)]
          for row in range(2)]
STEPS = [(["colors"], {}), (["bytes"], {})]


def build(tf):
    image = tf.constant(PIXELS, name="image")
    colors = [
        tf.image.rgb_to_grayscale(image),
        tf.image.grayscale_to_rgb(tf.image.rgb_to_grayscale(image)),
        tf.image.per_image_standardization(image),
        tf.image.adjust_brightness(image, 0.2),
        tf.image.adjust_contrast(image, 1.5),
        tf.image.adjust_hue(image, 0.1),
        tf.image.adjust_saturation(image, 0.5),
        tf.image.adjust_gamma(image, 2.0, 0.5),
        tf.image.rgb_to_hsv(image),
        tf.image.hsv_to_rgb(image),
        tf.image.rgb_to_yiq(image),
        tf.image.yuv_to_rgb(image),
    ]
    whole = tf.image.convert_image_dtype(image, tf.uint8, saturate=True, name="whole")
    more = [
        whole,
        tf.image.convert_image_dtype(whole, tf.int16),
        tf.image.convert_image_dtype(tf.image.convert_image_dtype(whole, tf.int32), tf.uint8),
        tf.image.convert_image_dtype(whole, tf.float32),
        tf.image.adjust_brightness(whole, 0.2),
        tf.image.rgb_to_grayscale(whole),
    ]
    return {"colors": colors, "bytes": more}
