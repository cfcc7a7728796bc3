"""What the two LSTM models share: numbers, the cell in `tf`, and the whole by hand."""

import numpy as np

BATCH, INPUTS, UNITS = 32, 64, 128


def numbers(steps):
    random = np.random.RandomState(0)
    kernel = (random.randn(INPUTS + UNITS, 4 * UNITS) * 0.05).astype(np.float32)
    return ((kernel, np.zeros(4 * UNITS, np.float32)), random.randn(BATCH, steps, INPUTS).astype(np.float32),
            random.randn(BATCH, UNITS).astype(np.float32))


def cell(tf, x, h, c, kernel, bias):
    i, j, f, o = tf.split(tf.nn.bias_add(tf.matmul(tf.concat([x, h], 1), kernel), bias), 4, axis=1)
    c = c * tf.sigmoid(f + 1.0) + tf.sigmoid(i) * tf.tanh(j)
    return tf.tanh(c) * tf.sigmoid(o), c


def trained(tf, h, y):
    loss = tf.reduce_mean(tf.square(h - y))
    return [tf.train.GradientDescentOptimizer(0.1).minimize(loss), loss]


def by_hand(steps):
    import jax
    import jax.numpy as jnp

    def loss(params, x, y):
        kernel, bias = params

        def step(state, now):
            h, c = state
            i, j, f, o = jnp.split(jnp.concatenate([now, h], 1) @ kernel + bias, 4, axis=1)
            c = c * jax.nn.sigmoid(f + 1.0) + jax.nn.sigmoid(i) * jnp.tanh(j)
            return (jnp.tanh(c) * jax.nn.sigmoid(o), c), None

        zero = jnp.zeros((BATCH, UNITS), jnp.float32)
        (h, _), _ = jax.lax.scan(step, (zero, zero), jnp.moveaxis(x, 1, 0))
        return jnp.mean(jnp.square(h - y))

    def step(params, x, y):
        value, grads = jax.value_and_grad(loss)(params, x, y)
        return jax.tree.map(lambda p, g: p - jnp.float32(0.1) * g, params, grads), value

    params, x, y = numbers(steps)
    return jax.jit(step, donate_argnums=0), jax.tree.map(jnp.asarray, params), (x, y)
