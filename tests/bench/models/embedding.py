"""An embedding of 100,000 rows of 64 whose looked-up rows alone are updated, batch 256, gradient descent."""

import numpy as np

ROWS, WIDTH, BATCH = 100_000, 64, 256


def numbers():
    random = np.random.RandomState(0)
    return ((random.randn(ROWS, WIDTH) * 0.1).astype(np.float32), random.randint(0, ROWS, BATCH).astype(np.int32),
            random.randn(BATCH, WIDTH).astype(np.float32))


def build(tf):
    table, rows, targets = numbers()
    ids, y = tf.placeholder(tf.int32, [None]), tf.placeholder(tf.float32, [None, WIDTH])
    loss = tf.reduce_mean(tf.square(tf.gather(tf.Variable(table), ids) - y))
    return [tf.train.GradientDescentOptimizer(0.5).minimize(loss), loss], {ids: rows, y: targets}


def by_hand():
    import jax
    import jax.numpy as jnp

    def step(table, ids, y):
        rows = table[ids]
        value, grad = jax.value_and_grad(lambda rows: jnp.mean(jnp.square(rows - y)))(rows)
        return table.at[ids].add(-0.5 * grad), value

    table, ids, y = numbers()
    return jax.jit(step, donate_argnums=0), jnp.asarray(table), (ids, y)
