"""A transformer of 4 layers, width 256, 4 heads, 64 positions, batch 8, Adam."""

import numpy as np

LAYERS, WIDTH, HEADS, POSITIONS, BATCH = 4, 256, 4, 64, 8
SHAPES = {"q": (WIDTH, WIDTH), "k": (WIDTH, WIDTH), "v": (WIDTH, WIDTH), "o": (WIDTH, WIDTH),
          "up": (WIDTH, 4 * WIDTH), "down": (4 * WIDTH, WIDTH)}


def numbers():
    random = np.random.RandomState(0)
    layers = [{**{name: (random.randn(*shape) / np.sqrt(shape[0])).astype(np.float32) for name, shape in SHAPES.items()},
               "scale1": np.ones(WIDTH, np.float32), "scale2": np.ones(WIDTH, np.float32)} for _ in range(LAYERS)]
    return layers, *(random.randn(BATCH, POSITIONS, WIDTH).astype(np.float32) for _ in range(2))


def build(tf):
    layers, inputs, targets = numbers()
    x, y = tf.placeholder(tf.float32, inputs.shape), tf.placeholder(tf.float32, targets.shape)

    def norm(h, scale):
        mean = tf.reduce_mean(h, axis=-1, keepdims=True)
        variance = tf.reduce_mean(tf.square(h - mean), axis=-1, keepdims=True)
        return (h - mean) * tf.rsqrt(variance + 1e-5) * scale

    def product(h, kernel):
        size = kernel.get_shape().as_list()
        return tf.reshape(tf.matmul(tf.reshape(h, [-1, size[0]]), kernel), [BATCH, POSITIONS, size[1]])

    def heads(h):
        return tf.transpose(tf.reshape(h, [BATCH, POSITIONS, HEADS, WIDTH // HEADS]), [0, 2, 1, 3])

    h = x
    for layer in layers:
        p = {name: tf.Variable(value) for name, value in layer.items()}
        normed = norm(h, p["scale1"])
        q, k, v = (heads(product(normed, p[name])) for name in "qkv")
        weights = tf.nn.softmax(tf.matmul(q, k, transpose_b=True) * (WIDTH // HEADS) ** -0.5)
        mixed = tf.reshape(tf.transpose(tf.matmul(weights, v), [0, 2, 1, 3]), [BATCH, POSITIONS, WIDTH])
        h = h + product(mixed, p["o"])
        h = h + product(tf.nn.relu(product(norm(h, p["scale2"]), p["up"])), p["down"])
    loss = tf.reduce_mean(tf.square(h - y))
    return [tf.train.AdamOptimizer(1e-3).minimize(loss), loss], {x: inputs, y: targets}


def by_hand():
    import jax
    import jax.numpy as jnp

    from .adam import adam, start

    def norm(h, scale):
        mean = jnp.mean(h, -1, keepdims=True)
        return (h - mean) * jax.lax.rsqrt(jnp.mean(jnp.square(h - mean), -1, keepdims=True) + 1e-5) * scale

    def heads(h):
        return h.reshape(BATCH, POSITIONS, HEADS, WIDTH // HEADS).transpose(0, 2, 1, 3)

    def loss(layers, x, y):
        h = x
        for p in layers:
            normed = norm(h, p["scale1"])
            q, k, v = (heads(normed @ p[name]) for name in "qkv")
            weights = jax.nn.softmax(q @ k.swapaxes(2, 3) * (WIDTH // HEADS) ** -0.5)
            h = h + (weights @ v).transpose(0, 2, 1, 3).reshape(BATCH, POSITIONS, WIDTH) @ p["o"]
            h = h + jax.nn.relu(norm(h, p["scale2"]) @ p["up"]) @ p["down"]
        return jnp.mean(jnp.square(h - y))

    layers, x, y = numbers()
    return adam(jax.value_and_grad(loss)), start(layers), (x, y)
