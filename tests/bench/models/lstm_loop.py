"""An LSTM of 128 units over 50 steps in a `tf.while_loop`, batch 32, gradient descent."""

from . import lstm

STEPS = 50


def build(tf):
    (kernel, bias), inputs, targets = lstm.numbers(STEPS)
    x, y = tf.placeholder(tf.float32, inputs.shape), tf.placeholder(tf.float32, targets.shape)
    kernel, bias = tf.Variable(kernel), tf.Variable(bias)
    rows = tf.TensorArray(tf.float32, STEPS).unstack(tf.transpose(x, [1, 0, 2]))

    def body(step, h, c):
        now = tf.reshape(rows.read(step), [lstm.BATCH, lstm.INPUTS])
        return (step + 1, *lstm.cell(tf, now, h, c, kernel, bias))

    zero = tf.zeros(targets.shape)
    _, h, _ = tf.while_loop(lambda step, h, c: step < STEPS, body, [0, zero, zero])
    return lstm.trained(tf, h, y), {x: inputs, y: targets}


def by_hand():
    return lstm.by_hand(STEPS)
