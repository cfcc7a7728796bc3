"""How alike images are, and exponentials of matrices."""

import numpy as np

STEPS = [(["alike", "gradient", "exponentials"], {})]


def build(tf):
    rows, columns = np.mgrid[:24, :20]
    first = np.stack([rows * 7 + columns * 3, rows * columns], -1)[None] % 19 / 19.0
    second = np.stack([first[0], first[0, ::-1]])[:, :, ::-1] * 0.9
    one = tf.constant(first.astype(np.float32), name="one")
    other = tf.constant(second.astype(np.float32)[:1], name="other")
    many = tf.placeholder_with_default(second.astype(np.float32)[:1], [None, None, None, None], name="many")
    alike = [
        tf.image.ssim(one, other, 1.0),
        tf.image.ssim(tf.cast(one * 255.0, tf.uint8), tf.cast(many * 255.0, tf.uint8), 255, filter_size=5, filter_sigma=1.0),
        tf.image.ssim_multiscale(many[:, 1:, 1:], one[:, 1:, 1:], 1.0, power_factors=(0.3, 0.7), filter_size=3, k1=0.02),
    ]
    matrices = tf.constant(
        [[[0.1, 0.2], [-0.3, 0.05]], [[1.0, 0.5], [0.25, 0.5]], [[3.0, 2.0], [1.0, 2.5]]], name="matrices")
    double = tf.constant([[0.5, 2.5], [-1.5, 0.25]], tf.float64)
    open_matrix = tf.placeholder_with_default([[1.0, 0.5], [0.25, 2.0]], [None, None], name="open")
    exponentials = [tf.linalg.expm(matrices), tf.linalg.expm(double), tf.linalg.expm(open_matrix, name="open_exponential")]
    gradient = tf.gradients(alike[0], one)[0]
    return {"alike": alike, "gradient": gradient, "exponentials": exponentials}
