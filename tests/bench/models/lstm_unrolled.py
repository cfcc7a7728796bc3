"""An LSTM of 128 units unrolled over 100 steps, batch 32, gradient descent."""

from . import lstm

STEPS = 100


def build(tf, steps=STEPS):
    (kernel, bias), inputs, targets = lstm.numbers(steps)
    x, y = tf.placeholder(tf.float32, inputs.shape), tf.placeholder(tf.float32, targets.shape)
    kernel, bias = tf.Variable(kernel), tf.Variable(bias)
    h = c = tf.zeros(targets.shape)
    for now in tf.unstack(x, axis=1):
        h, c = lstm.cell(tf, now, h, c, kernel, bias)
    return lstm.trained(tf, h, y), {x: inputs, y: targets}


def by_hand():
    return lstm.by_hand(STEPS)
