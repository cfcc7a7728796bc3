"""The MNIST network of TensorFlow's tutorials: two 5x5 convolutions with pooling, two layers, batch 64, Adam."""

import numpy as np

SIZE, CLASSES, BATCH = 28, 10, 64
SHAPES = [(5, 5, 1, 32), (5, 5, 32, 64), (7 * 7 * 64, 1024), (1024, CLASSES)]


def numbers():
    random = np.random.RandomState(0)
    layers = [((random.randn(*shape) * np.sqrt(2 / np.prod(shape[:-1]))).astype(np.float32),
               np.full(shape[-1], 0.1, np.float32)) for shape in SHAPES]
    return (layers, random.rand(BATCH, SIZE, SIZE, 1).astype(np.float32),
            random.randint(0, CLASSES, BATCH).astype(np.int32))


def build(tf):
    layers, images, labels = numbers()
    x, y = tf.placeholder(tf.float32, [None, SIZE, SIZE, 1]), tf.placeholder(tf.int32, [None])
    h = x
    for i, (kernel, bias) in enumerate(layers):
        kernel, bias = tf.Variable(kernel), tf.Variable(bias)
        if i < 2:
            h = tf.nn.relu(tf.nn.conv2d(h, kernel, strides=[1, 1, 1, 1], padding="SAME") + bias)
            h = tf.nn.max_pool(h, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME")
        else:
            h = tf.matmul(tf.reshape(h, [-1, kernel.shape[0].value]), kernel) + bias
            h = tf.nn.relu(h) if i < 3 else h
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=h))
    return [tf.train.AdamOptimizer(1e-4).minimize(loss), loss], {x: images, y: labels}


def by_hand():
    import jax
    import jax.numpy as jnp

    from .adam import adam, start

    def pooled(h):
        return jax.lax.reduce_window(h, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "SAME")

    def loss(layers, x, y):
        for i, (kernel, bias) in enumerate(layers):
            if i < 2:
                x = jax.lax.conv_general_dilated(x, kernel, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
                x = pooled(jax.nn.relu(x + bias))
            else:
                x = x.reshape(len(x), -1) @ kernel + bias
                x = jax.nn.relu(x) if i < 3 else x
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(x), y[:, None], 1))

    layers, images, labels = numbers()
    return adam(jax.value_and_grad(loss), 1e-4), start(layers), (images, labels)
