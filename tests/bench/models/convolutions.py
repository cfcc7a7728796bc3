"""Three 3x3 convolutions of 64 channels at 32x32, batch 32, Adam."""

import numpy as np

SIZE, CHANNELS, BATCH, DEPTH = 32, 64, 32, 3


def numbers():
    random = np.random.RandomState(0)
    kernels = [(random.randn(3, 3, CHANNELS, CHANNELS) * np.sqrt(2 / (9 * CHANNELS))).astype(np.float32)
               for _ in range(DEPTH)]
    return kernels, random.rand(BATCH, SIZE, SIZE, CHANNELS).astype(np.float32)


def build(tf):
    kernels, images = numbers()
    x = tf.placeholder(tf.float32, [None, SIZE, SIZE, CHANNELS])
    h = x
    for kernel in kernels:
        h = tf.nn.relu(tf.nn.conv2d(h, tf.Variable(kernel), strides=[1, 1, 1, 1], padding="SAME"))
    loss = tf.reduce_mean(tf.square(h))
    return [tf.train.AdamOptimizer(1e-4).minimize(loss), loss], {x: images}


def by_hand():
    import jax
    import jax.numpy as jnp

    from .adam import adam, start

    def loss(kernels, x):
        for kernel in kernels:
            x = jax.nn.relu(jax.lax.conv_general_dilated(
                x, kernel, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC")))
        return jnp.mean(jnp.square(x))

    kernels, images = numbers()
    return adam(jax.value_and_grad(loss), 1e-4), start(kernels), (images,)
