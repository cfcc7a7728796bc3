"""The seed program's step against a hand-written JAX step: ratios of medians, both in this process."""

import statistics
import subprocess
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import kudari as tf

pytestmark = pytest.mark.bench

X, Y = [1, 2, 3, 4], [0, -1, -2, -3]
STEPS, ROUNDS = 1000, 7


def seed_program():
    W, b = tf.Variable([0.3], dtype=tf.float32), tf.Variable([-0.3], dtype=tf.float32)
    x, y = tf.placeholder(tf.float32), tf.placeholder(tf.float32)
    loss = tf.reduce_sum(tf.square(W * x + b - y))
    train = tf.train.GradientDescentOptimizer(0.01).minimize(loss)
    sess = tf.Session()
    sess.run(tf.global_variables_initializer())
    return sess, train, loss, {x: X, y: Y}, W


def jax_step():
    def loss(params, x, y):
        return jnp.sum(jnp.square(params[0] * x + params[1] - y))

    def step(params, x, y):
        value, grads = jax.value_and_grad(loss)(params, x, y)
        return jax.tree.map(lambda p, g: p - jnp.float32(0.01) * g, params, grads), value

    params = (jnp.array([0.3], jnp.float32), jnp.array([-0.3], jnp.float32))
    return jax.jit(step, donate_argnums=0), params, np.array(X, np.float32), np.array(Y, np.float32)


def medians(*loops):
    """The median time of each loop, their rounds taken in turn so that noise falls on all alike."""
    times = [[] for _ in loops]
    for _ in range(ROUNDS + 1):
        for loop, found in zip(loops, times):
            started = time.perf_counter()
            loop()
            found.append(time.perf_counter() - started)
    return [statistics.median(found[1:]) for found in times]


def report(name, ratio, bound):
    print(f"\n{name}: {ratio:.3f} x (bound {bound} x)")
    assert ratio <= bound


def test_unedited_loop():
    sess, train, _, feed, W = seed_program()
    step, params, x, y = jax_step()
    xt, yt = feed

    def ours():
        for _ in range(STEPS):
            sess.run(train, {xt: X, yt: Y})
        sess.run(W)

    def theirs():
        nonlocal params
        for _ in range(STEPS):
            params, _ = step(params, x, y)
        jax.block_until_ready(params)

    mine, plain = medians(ours, theirs)
    report("1000 x sess.run(train, {x: list, y: list}) / jax.jit step", mine / plain, 0.35)


def test_loss_fetched_every_step():
    sess, train, loss, feed, _ = seed_program()
    step, params, x, y = jax_step()
    xt, yt = feed

    def ours():
        for _ in range(STEPS):
            sess.run([train, loss], {xt: X, yt: Y})

    def theirs():
        nonlocal params
        for _ in range(STEPS):
            params, value = step(params, x, y)
            float(value)

    mine, plain = medians(ours, theirs)
    report("sess.run([train, loss]) / jax.jit step with its loss read back", mine / plain, 1.5)


def seconds(code):
    prefix = "import time; started = time.perf_counter()\n"
    found = subprocess.run([sys.executable, "-c", prefix + code], capture_output=True, text=True, check=True)
    return float(found.stdout.split()[-1])


def process_ratio(ours, theirs):
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(5)]
    return statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)


def test_import():
    end = "\nprint(time.perf_counter() - started)"
    report("import kudari / import jax", process_ratio("import kudari" + end, "import jax" + end), 1.5)


OUR_FIRST_STEP = """
import sys; sys.path.insert(0, "tests/bench")
from test_seed_ratios import seed_program
sess, train, loss, feed, W = seed_program()
started = time.perf_counter()
sess.run([train, loss], feed)
print(time.perf_counter() - started)
"""

JAX_FIRST_STEP = """
import sys; sys.path.insert(0, "tests/bench")
from test_seed_ratios import jax_step
import jax
step, params, x, y = jax_step()
jax.block_until_ready(params)
started = time.perf_counter()
jax.block_until_ready(step(params, x, y))
print(time.perf_counter() - started)
"""


def test_first_step():
    report("first step of the seed program / first call of the jax step", process_ratio(OUR_FIRST_STEP, JAX_FIRST_STEP), 2)
