"""Public names of `tf.image`."""

_CODECS = {name: f"ops.image_files.{name}" for name in (
    "decode_and_crop_jpeg", "decode_bmp", "decode_gif", "decode_jpeg", "decode_png", "encode_jpeg", "extract_jpeg_shape",
)}
_FUNCTIONS = {
    "boxes": "draw_bounding_boxes non_max_suppression non_max_suppression_overlaps non_max_suppression_padded "
             "non_max_suppression_with_scores sample_distorted_bounding_box",
    "colors": "adjust_brightness adjust_contrast adjust_gamma adjust_hue adjust_jpeg_quality adjust_saturation "
              "convert_image_dtype grayscale_to_rgb per_image_standardization random_brightness random_contrast random_hue "
              "random_jpeg_quality random_saturation rgb_to_grayscale rgb_to_yiq rgb_to_yuv yiq_to_rgb yuv_to_rgb",
    "crops": "central_crop crop_and_resize crop_to_bounding_box pad_to_bounding_box resize_image_with_crop_or_pad",
    "differences": "image_gradients psnr sobel_edges total_variation",
    "flips": "flip_left_right flip_up_down random_flip_left_right random_flip_up_down rot90",
    "resizes": "ResizeMethod resize_bicubic resize_bilinear resize_image_with_pad resize_images resize_nearest_neighbor",
}

PATHS = {
    **{f"image.{name} io.{name}": path for name, path in _CODECS.items()},
    **{f"image.{name}": f"functions.image.{file}.{name}" for file, names in _FUNCTIONS.items() for name in names.split()},
    "image.encode_png io.encode_png": "ops.image_files.encode_png",
    "image.decode_image io.decode_image": "functions.image.files.decode_image",
    "image.is_jpeg io.is_jpeg": "functions.image.files.is_jpeg",
    "image.resize": "functions.image.resizes.resize_images",
    "image.resize_area": "ops.resizing.resize_area",
    "image.resize_with_crop_or_pad": "functions.image.crops.resize_image_with_crop_or_pad",
    "image.rgb_to_hsv": "ops.colors.rgb_to_hsv",
    "image.hsv_to_rgb": "ops.colors.hsv_to_rgb",
    "image.transpose image.transpose_image": "functions.image.flips.transpose",
}
