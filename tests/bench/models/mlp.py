"""A perceptron, 784-512-512-10, batch 128, Adam."""

import itertools

import numpy as np

SIZES = (784, 512, 512, 10)
BATCH = 128


def numbers():
    random = np.random.RandomState(0)
    layers = [((random.randn(m, n) * np.sqrt(2 / m)).astype(np.float32), np.zeros(n, np.float32))
              for m, n in itertools.pairwise(SIZES)]
    return layers, random.rand(BATCH, SIZES[0]).astype(np.float32), random.randint(0, SIZES[-1], BATCH).astype(np.int32)


def build(tf):
    layers, images, labels = numbers()
    x, y = tf.placeholder(tf.float32, [None, SIZES[0]]), tf.placeholder(tf.int32, [None])
    h = x
    for i, (kernel, bias) in enumerate(layers):
        h = tf.matmul(h, tf.Variable(kernel)) + tf.Variable(bias)
        if i < len(layers) - 1:
            h = tf.nn.relu(h)
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=h))
    return [tf.train.AdamOptimizer(1e-3).minimize(loss), loss], {x: images, y: labels}


def by_hand():
    import jax
    import jax.numpy as jnp

    from .adam import adam, start

    def loss(layers, x, y):
        for i, (kernel, bias) in enumerate(layers):
            x = x @ kernel + bias
            if i < len(layers) - 1:
                x = jax.nn.relu(x)
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(x), y[:, None], 1))

    layers, images, labels = numbers()
    return adam(jax.value_and_grad(loss)), start(layers), (images, labels)
