"""Images changed at random, with seeds of graph and op."""

PIXELS = [[[0.1 * (4 * row + column) * (1 - 0.2 * channel) for channel in range(3)] for column in range(4)]
          for row in range(2)]
STEPS = [(["random"], {})] * 4


def build(tf):
    tf.set_random_seed(5)
    image = tf.constant(PIXELS, name="image")
    return {"random": [
        tf.image.random_flip_left_right(image),
        tf.image.random_flip_up_down(image, seed=3),
        tf.image.random_flip_left_right(tf.stack([image, image])),
        tf.image.random_brightness(image, max_delta=0.3),
        tf.image.random_contrast(image, lower=0.2, upper=1.8),
        tf.image.random_hue(image, 0.2, seed=1),
        tf.image.random_saturation(image, lower=0.5, upper=1.5),
        *_boxes(tf, seed=7, seed2=8),
        *_boxes(tf, seed=9, min_object_covered=0.5, aspect_ratio_range=[0.5, 2.0], area_range=[0.1, 0.6]),
        *_boxes(tf, seed2=2, min_object_covered=1.0, max_attempts=3),
    ]}


def _boxes(tf, **ways):
    return tf.image.sample_distorted_bounding_box([41, 53, 3], [[[0.1, 0.2, 0.6, 0.7], [0.5, 0.5, 0.9, 1.0]]], **ways)
