"""Twenty problems that learning-rate finders are fooled by, each with its batches and a set to judge by."""

import numpy as np

import kudari as tf
from kudari.lab.rates import rate_tensor


class Problem:
    """A model to train.

    Args:
      loss: a scalar tensor.
      optimizer: made for it.
      batches: what steps are fed.
      judge: a feed to take the final loss on.
    """

    def __init__(self, loss, optimizer, batches, judge):
        self.loss, self.optimizer, self.batches, self.judge = loss, optimizer, batches, judge
        self.step = optimizer.minimize(loss)
        self.rate = rate_tensor(optimizer, self.step)


def _regression(rng, optimizer, *, features=6, batch=16, noise=0.3, scales=1.0, tail=None, spikes=0.0, count=100):
    """A linear model on noisy data, a share of whose batches is far off."""
    x, y = tf.placeholder(tf.float32, [None, features]), tf.placeholder(tf.float32, [None, 1])
    truth = rng.standard_normal((features, 1))

    def drawn(size):
        inputs = rng.standard_normal((size, features)) * scales
        errors = rng.standard_t(tail, (size, 1)) if tail else rng.standard_normal((size, 1))
        return inputs, inputs @ truth / scales + noise * errors

    batches = []
    for _ in range(count):
        inputs, targets = drawn(batch)
        if rng.random() < spikes:
            targets = targets + 100
        batches.append({x: inputs, y: targets})
    inputs, targets = drawn(500)
    weights = tf.Variable(tf.zeros([features, 1]))
    loss = tf.reduce_mean(tf.square(tf.matmul(x, weights) - y))
    return Problem(loss, optimizer, batches, {x: inputs, y: targets})


def _quadratic(rng, optimizer, condition, floor=0.1):
    curvatures = np.geomspace(1, condition, 8).astype(np.float32)
    point = tf.Variable(rng.standard_normal(8).astype(np.float32))
    return Problem(0.5 * tf.reduce_sum(curvatures * tf.square(point)) + floor, optimizer, [{}], {})


def _network(rng, optimizer, *, width=16, batch=16, saturated=False, count=100):
    x, y = tf.placeholder(tf.float32, [None, 4]), tf.placeholder(tf.float32, [None, 1])

    def drawn(size):
        inputs = rng.standard_normal((size, 4))
        targets = np.sin(inputs[:, :1] * 2) + inputs[:, 1:2] * inputs[:, 2:3]
        return {x: inputs, y: targets + 0.2 * rng.standard_normal((size, 1))}

    first = tf.Variable((rng.standard_normal((4, width)) * (4 if saturated else 0.5)).astype(np.float32))
    second = tf.Variable((rng.standard_normal((width, 1)) / np.sqrt(width)).astype(np.float32))
    hidden = tf.tanh(tf.matmul(x, first) + tf.Variable(tf.zeros([width])))
    loss = tf.reduce_mean(tf.square(tf.matmul(hidden, second) - y))
    return Problem(loss, optimizer, [drawn(batch) for _ in range(count)], drawn(500))


def _classes(rng, optimizer, *, batch=16, count=100):
    x, labels = tf.placeholder(tf.float32, [None, 5]), tf.placeholder(tf.int64, [None])
    truth = rng.standard_normal((5, 3))

    def drawn(size):
        inputs = rng.standard_normal((size, 5))
        return {x: inputs, labels: np.argmax(inputs @ truth + rng.gumbel(size=(size, 3)), 1)}

    scores = tf.matmul(x, tf.Variable(tf.zeros([5, 3]))) + tf.Variable(tf.zeros([3]))
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=scores))
    return Problem(loss, optimizer, [drawn(batch) for _ in range(count)], drawn(500))


def _cliff(rng, optimizer):
    """A loss that is NaN where the parameter is negative, which a step too long leads to."""
    point = tf.Variable(0.2)
    return Problem(tf.square(tf.log(point)) + 0.1 + 0.5 * point, optimizer, [{}], {})


def _trained(rng, optimizer):
    point = tf.Variable(np.zeros(3, np.float32))
    return Problem(tf.reduce_sum(tf.square(point)) + 1.0, optimizer, [{}], {})


def _plateau(rng, optimizer):
    """A loss that is nearly flat where training starts."""
    point = tf.Variable(-4.0)
    return Problem(tf.sigmoid(-point) + 0.05 * tf.square(tf.nn.relu(point - 2)) + 0.05, optimizer, [{}], {})


def descent():
    """Plain gradient descent."""
    return tf.train.GradientDescentOptimizer(0.01)


def momentum():
    """Momentum."""
    return tf.train.MomentumOptimizer(0.01, 0.9)


def adam():
    """Adam."""
    return tf.train.AdamOptimizer(0.01)


PROBLEMS = {
    "round": lambda rng: _quadratic(rng, descent(), 3.0),
    "long": lambda rng: _quadratic(rng, descent(), 100.0),
    "long-momentum": lambda rng: _quadratic(rng, momentum(), 100.0),
    "steep": lambda rng: _quadratic(rng, tf.train.MomentumOptimizer(0.01, 0.5, use_nesterov=True), 1e4),
    "line": lambda rng: _regression(rng, descent()),
    "one-at-a-time": lambda rng: _regression(rng, descent(), batch=1),
    "scaled": lambda rng: _regression(rng, descent(), scales=30.0),
    "noisy": lambda rng: _regression(rng, descent(), noise=3.0, batch=4),
    "heavy-tailed": lambda rng: _regression(rng, descent(), tail=1.5, batch=8),
    "spikes": lambda rng: _regression(rng, descent(), spikes=0.03),
    "spikes-adam": lambda rng: _regression(rng, adam(), spikes=0.03),
    "line-adagrad": lambda rng: _regression(rng, tf.train.AdagradOptimizer(0.01)),
    "line-rmsprop": lambda rng: _regression(rng, tf.train.RMSPropOptimizer(0.01)),
    "network": lambda rng: _network(rng, descent()),
    "network-momentum": lambda rng: _network(rng, momentum()),
    "network-adam": lambda rng: _network(rng, adam()),
    "saturated": lambda rng: _network(rng, adam(), saturated=True),
    "classes": lambda rng: _classes(rng, descent()),
    "cliff": lambda rng: _cliff(rng, descent()),
    "plateau": lambda rng: _plateau(rng, descent()),
}
