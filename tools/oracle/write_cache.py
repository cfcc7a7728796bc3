"""Write the elements of a small data set as TensorFlow 1.15 caches them: tests/golden/caches/.

Run it with TensorFlow 1.15's Python.
"""

import os

import layout
import numpy as np
import tensorflow as tf


def main():
    options = layout.arguments(__doc__).parse_args()
    arrays = (np.array([1, 2, 3], np.int64), np.array([b"a", b"bb", b""]), np.arange(12, dtype=np.float32).reshape(3, 2, 2))
    dataset = tf.data.Dataset.from_tensor_slices(arrays).cache(os.path.join(options.out, "caches", "three"))
    following = dataset.make_one_shot_iterator().get_next()
    with tf.Session() as session:
        try:
            while True:
                session.run(following)
        except tf.errors.OutOfRangeError:
            pass


if __name__ == "__main__":
    main()
