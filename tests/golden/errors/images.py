"""Images: sizes, boxes and files that do not fit."""


def image(tf, *shape):
    return tf.ones(list(shape))


def later(tf, value):
    return tf.placeholder_with_default(value, None)


def run(tf, fetch):
    with tf.Session() as session:
        session.run(fetch)


def jpeg(tf, **options):
    return tf.image.encode_jpeg(tf.ones([3, 4, 3], tf.uint8), **options)


CASES = {
    "resize_of_a_matrix": lambda tf: tf.image.resize_images(image(tf, 3, 4), [2, 2]),
    "resize_of_unknown": lambda tf: tf.image.resize_images(tf.placeholder(tf.float32), [2, 2]),
    "resize_to_three": lambda tf: tf.image.resize_images(image(tf, 3, 4, 1), [2, 2, 2]),
    "resize_to_fractions": lambda tf: tf.image.resize_images(image(tf, 3, 4, 1), [2.5, 2.5]),
    "resize_method": lambda tf: tf.image.resize_images(image(tf, 3, 4, 1), [2, 2], method=7),
    "resize_bilinear_of_rank_three": lambda tf: tf.image.resize_bilinear(image(tf, 3, 4, 1), [2, 2]),
    "resize_bilinear_to_three": lambda tf: tf.image.resize_bilinear(image(tf, 1, 3, 4, 1), [2, 2, 2]),
    "resize_to_nothing": lambda tf: run(tf, tf.image.resize_bilinear(image(tf, 1, 3, 4, 1), later(tf, [0, 2]))),
    "resize_of_nothing": lambda tf: run(tf, tf.image.resize_area(image(tf, 1, 0, 4, 1), [2, 2])),
    "resize_both_ways": lambda tf: run(tf, tf.image.resize_bilinear(
        image(tf, 1, 3, 4, 1), [2, 2], align_corners=True, half_pixel_centers=True)),
    "crop_outside": lambda tf: tf.image.crop_to_bounding_box(image(tf, 3, 4, 1), 0, 2, 2, 3),
    "crop_negative": lambda tf: tf.image.crop_to_bounding_box(image(tf, 3, 4, 1), -1, 2, 2, 3),
    "crop_to_nothing": lambda tf: tf.image.crop_to_bounding_box(image(tf, 3, 4, 1), 0, 0, 0, 3),
    "crop_of_a_matrix": lambda tf: tf.image.crop_to_bounding_box(image(tf, 3, 4), 0, 0, 1, 1),
    "pad_too_little": lambda tf: tf.image.pad_to_bounding_box(image(tf, 3, 4, 1), 0, 2, 5, 5),
    "pad_negative": lambda tf: tf.image.pad_to_bounding_box(image(tf, 3, 4, 1), 0, -2, 5, 5),
    "crop_or_pad_to_nothing": lambda tf: tf.image.resize_image_with_crop_or_pad(image(tf, 3, 4, 1), 0, 5),
    "central_crop_of_more": lambda tf: tf.image.central_crop(image(tf, 3, 4, 1), 1.5),
    "central_crop_of_rank_five": lambda tf: tf.image.central_crop(image(tf, 1, 1, 3, 4, 1), 0.5),
    "flip_of_a_matrix": lambda tf: tf.image.flip_left_right(image(tf, 3, 4)),
    "flip_of_rank_five": lambda tf: tf.image.flip_up_down(image(tf, 1, 1, 3, 4, 1)),
    "rotate_by_many": lambda tf: tf.image.rot90(image(tf, 3, 4, 1), k=[1, 2]),
    "brightness_negative": lambda tf: tf.image.random_brightness(image(tf, 3, 4, 1), -0.1),
    "contrast_reversed": lambda tf: tf.image.random_contrast(image(tf, 3, 4, 1), 0.5, 0.2),
    "contrast_negative": lambda tf: tf.image.random_contrast(image(tf, 3, 4, 1), -0.5, 0.2),
    "contrast_of_a_matrix": lambda tf: tf.image.adjust_contrast(image(tf, 3, 4), 0.2),
    "hue_too_large": lambda tf: tf.image.random_hue(image(tf, 3, 4, 3), 0.7),
    "hue_negative": lambda tf: tf.image.random_hue(image(tf, 3, 4, 3), -0.1),
    "saturation_reversed": lambda tf: tf.image.random_saturation(image(tf, 3, 4, 3), 0.5, 0.5),
    "gamma_negative": lambda tf: tf.image.adjust_gamma(image(tf, 3, 4, 3), -1),
    "gray_of_colors": lambda tf: tf.image.grayscale_to_rgb(image(tf, 3, 4, 3)),
    "convert_to_text": lambda tf: tf.image.convert_image_dtype(image(tf, 3, 4, 3), tf.string),
    "hsv_of_two_channels": lambda tf: tf.image.rgb_to_hsv(image(tf, 3, 4, 2)),
    "variation_of_a_matrix": lambda tf: tf.image.total_variation(image(tf, 3, 4)),
    "boxes_and_scores": lambda tf: tf.image.non_max_suppression([[0.0, 0, 1, 1]], [1.0, 2.0], 1),
    "overlap_threshold": lambda tf: run(tf, tf.image.non_max_suppression([[0.0, 0, 1, 1]], [1.0], 1, 2.0)),
    "draw_on_two_channels": lambda tf: tf.image.draw_bounding_boxes(image(tf, 1, 3, 4, 2), image(tf, 1, 1, 4)),
    "crop_and_resize_to_nothing": lambda tf: run(tf, tf.image.crop_and_resize(
        image(tf, 1, 3, 4, 1), [[0.0, 0.0, 1.0, 1.0]], [0], [0, 2])),
    "crop_and_resize_of_another_image": lambda tf: run(tf, tf.image.crop_and_resize(
        image(tf, 1, 3, 4, 1), [[0.0, 0.0, 1.0, 1.0]], later(tf, [3]), [2, 2])),
    "crop_and_resize_twice_named": lambda tf: tf.image.crop_and_resize(
        image(tf, 1, 3, 4, 1), [[0.0, 0.0, 1.0, 1.0]], [0], [2, 2], box_indices=[0]),
    "decode_channels": lambda tf: tf.image.decode_image(b"", channels=2),
    "decode_negative_channels": lambda tf: tf.image.decode_jpeg(b"", channels=-1),
    "decode_jpeg_to_four": lambda tf: run(tf, tf.image.decode_jpeg(jpeg(tf), channels=4)),
    "decode_to_two": lambda tf: run(tf, tf.image.decode_png(jpeg(tf), channels=2)),
    "decode_nothing": lambda tf: run(tf, tf.image.decode_jpeg(b"")),
    "decode_text": lambda tf: run(tf, tf.image.decode_png(b"hello\x00\xff world and more")),
    "decode_short_bmp": lambda tf: run(tf, tf.image.decode_bmp(b"BM")),
    "decode_short_jpeg": lambda tf: run(tf, tf.image.decode_jpeg(b"\xff\xd8\xff\xe0abcdef")),
    "decode_any_text": lambda tf: run(tf, tf.image.decode_image(b"hello")),
    "decode_ratio": lambda tf: run(tf, tf.image.decode_jpeg(jpeg(tf), ratio=3)),
    "decode_method": lambda tf: run(tf, tf.image.decode_jpeg(jpeg(tf), dct_method="slow")),
    "decode_a_vector": lambda tf: tf.image.decode_jpeg([b"a"]),
    "decode_wide_jpeg": lambda tf: run(tf, tf.image.decode_png(jpeg(tf), dtype=tf.uint16)),
    "encode_two_channels": lambda tf: run(tf, tf.image.encode_jpeg(tf.ones([3, 4, 2], tf.uint8))),
    "encode_quality": lambda tf: run(tf, jpeg(tf, quality=101)),
    "encode_format": lambda tf: run(tf, jpeg(tf, format="grayscale")),
    "encode_five_channels": lambda tf: run(tf, tf.image.encode_png(tf.ones([3, 4, 5], tf.uint8))),
    "jpeg_quality": lambda tf: tf.image.random_jpeg_quality(image(tf, 3, 4, 3), 10, 101),
}
