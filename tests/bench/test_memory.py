"""Memory stays bounded however often a plan runs and however many shapes it is fed."""

import numpy as np
import pytest

import kudari as tf

pytestmark = pytest.mark.bench

RUNS = 1_000_000
SHAPES = 10_000
RUNS_BOUND = 64 * 2**20  # bytes of resident memory
SHAPES_BOUND = 768 * 2**20  # 64 programs are kept; of each other XLA itself keeps 45 KiB, in plain JAX as here


def resident():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))


def grown(run, times, warm_up):
    for i in range(warm_up):
        run(i)
    before = resident()
    for i in range(times):
        run(i)
    return resident() - before


def test_many_runs():
    w = tf.Variable([1.0, 2.0])
    x = tf.placeholder(tf.float32, [2])
    train = tf.train.GradientDescentOptimizer(1e-7).minimize(tf.reduce_sum(tf.square(w * x)))
    feeds = [{x: [1.0, float(i)]} for i in range(3)]
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        added = grown(lambda i: session.run(train, feeds[i // 1000 % 3]), RUNS, 10_000)
        added += grown(lambda i: session.run(w), RUNS // 20, 1000)
    print(f"\n{RUNS:,} runs added {added / 2**20:.1f} MiB (bound {RUNS_BOUND / 2**20:.0f})")
    assert added < RUNS_BOUND


def test_many_shapes():
    x = tf.placeholder(tf.float32, [None])
    y = tf.reduce_sum(tf.square(x) + 1.0)
    data = np.ones(SHAPES + 200, np.float32)
    with tf.Session() as session:
        added = grown(lambda i: session.run(y, {x: data[:i + 100]}), SHAPES, 100)
    print(f"\n{SHAPES:,} shapes added {added / 2**20:.1f} MiB (bound {SHAPES_BOUND / 2**20:.0f})")
    assert added < SHAPES_BOUND
