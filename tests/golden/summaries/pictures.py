"""Batches of images, and what `tf.summary.image` shows of them: tags and pixels."""

import numpy as np

_RANDOM = np.random.RandomState(8)


def _pixels(*shape):
    return _RANDOM.uniform(0, 3, shape)


def _batches():
    ordinary = _pixels(4, 3, 5, 3)
    yield "positive", ordinary.astype(np.float32), {}
    yield "negative", (ordinary - 2).astype(np.float32), {"max_outputs": 4}
    yield "half", (_pixels(1, 4, 3, 4) - 1).astype(np.float16), {"max_outputs": 1}
    yield "double", _pixels(2, 4, 3, 1), {}
    yield "bytes", _RANDOM.randint(0, 256, (2, 2, 3, 4)).astype(np.uint8), {}
    yield "dark", np.full((1, 2, 2, 1), 5e-7, np.float32), {}
    broken = _pixels(2, 3, 3, 3).astype(np.float32)
    broken[0, 0, 0, 1], broken[0, 1, 1, 0], broken[1] = np.nan, np.inf, -np.inf
    yield "broken", broken, {}


BATCHES = list(_batches())


def shown(tf):
    """By name of the batch: tags with the decoded images."""
    found = {}
    for name, batch, options in BATCHES:
        with tf.Graph().as_default(), tf.Session() as session:
            summary = tf.Summary.FromString(session.run(tf.summary.image(name, batch, **options)))
            found[name] = [[value.tag, value.image.height, value.image.width, value.image.colorspace,
                            session.run(tf.image.decode_png(value.image.encoded_image_string)).tolist()]
                           for value in summary.value]
    return found
