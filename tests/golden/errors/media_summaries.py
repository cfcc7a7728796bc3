"""Summaries of images, sounds, texts and tensors made wrongly."""

import numpy as np


def run(tf, summary):
    with tf.Session() as session:
        session.run(summary)


def fed(tf, summary, value):
    x = tf.placeholder(tf.float32)
    with tf.Session() as session:
        session.run(summary(x), {x: value})


def sound(tf, *shape, rate=10.0):
    fed(tf, lambda x: tf.summary.audio("a", x, rate), np.zeros(shape))


CASES = {
    "image/two channels": lambda tf: fed(tf, lambda x: tf.summary.image("a", x), np.zeros([2, 3, 4, 2])),
    "image/rank": lambda tf: fed(tf, lambda x: tf.summary.image("a", x), np.zeros([3, 4])),
    "image/no pixels": lambda tf: fed(tf, lambda x: tf.summary.image("a", x), np.zeros([2, 0, 4, 1])),
    "image/none wanted": lambda tf: tf.summary.image("a", np.zeros([1, 2, 2, 1], np.float32), max_outputs=0),
    "image/integers": lambda tf: tf.summary.image("a", tf.zeros([1, 2, 2, 1], tf.int32)),
    "audio/rank": lambda tf: sound(tf, 4),
    "audio/no frames": lambda tf: sound(tf, 2, 0, 1),
    "audio/no rate": lambda tf: sound(tf, 1, 3, rate=0.0),
    "audio/none wanted": lambda tf: tf.summary.audio("a", np.zeros([1, 2], np.float32), 10.0, max_outputs=0),
    "text/numbers": lambda tf: tf.summary.text("a", tf.constant(1)),
    "description/of another": lambda tf: tf.summary.get_summary_description(tf.NodeDef(op="Add")),
}
