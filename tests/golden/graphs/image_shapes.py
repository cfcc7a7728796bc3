"""Images resized, cropped, padded and turned, of known and of unknown size, and their gradients."""

PIXELS = [[[[0.1 * (4 * row + column) for _ in range(2)] for column in range(4)] for row in range(3)]]
STEPS = [(["known"], {}), (["unknown"], {"images:0": PIXELS}), (["gradient"], {"images:0": PIXELS})]


def build(tf):
    image = tf.constant(PIXELS[0], name="image")
    images = tf.placeholder(tf.float32, [None, None, None, 2], name="images")
    known = [
        tf.image.resize_images(image, [5, 3]),
        tf.image.resize_images(image, [2, 2], method=tf.image.ResizeMethod.NEAREST_NEIGHBOR, align_corners=True),
        tf.image.resize_images(image, [6, 7], method=tf.image.ResizeMethod.BICUBIC),
        tf.image.resize_images(image, [2, 3], method=tf.image.ResizeMethod.AREA),
        tf.image.resize_images(image, [3, 4]),
        tf.image.resize_image_with_crop_or_pad(image, 2, 6),
        tf.image.crop_to_bounding_box(image, 1, 1, 2, 2),
        tf.image.pad_to_bounding_box(image, 1, 0, 5, 5),
        tf.image.central_crop(image, 0.5),
        tf.image.flip_left_right(image),
        tf.image.flip_up_down(image),
        tf.image.rot90(image),
        tf.image.transpose_image(image),
        tf.image.crop_and_resize(tf.expand_dims(image, 0), [[0.1, 0.2, 0.9, 0.8]], [0], [2, 3]),
    ]
    unknown = [
        tf.image.resize_bilinear(images, [2, 5]),
        tf.image.resize_images(images, [6, 6], preserve_aspect_ratio=True),
        tf.image.resize_image_with_crop_or_pad(images, 4, 3),
        tf.image.resize_image_with_pad(images, 5, 5),
        tf.image.central_crop(images, 0.5),
        tf.image.flip_left_right(images),
        tf.image.rot90(images, k=3),
    ]
    losses = [tf.reduce_sum(tf.square(image)) for image in (
        tf.image.resize_bilinear(images, [2, 5]), tf.image.resize_nearest_neighbor(images, [2, 5]),
        tf.image.resize_bicubic(images, [2, 5]), tf.image.crop_and_resize(images, [[0.1, 0.2, 0.9, 0.8]], [0], [2, 3]),
    )]
    return {"known": known, "unknown": unknown, "gradient": tf.gradients(losses, images)[0]}
