"""How much cheaper lanes are than as many runs."""

import time

import numpy as np
import pytest

import kudari as tf
from kudari.runtime.lanes import Lanes

pytestmark = pytest.mark.bench
STEPS = 1000


def seconds(action):
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def seed_program():
    """The seed program's graph: the step, what starts it, the loss, its rate and what is fed."""
    x, y = tf.placeholder(tf.float32), tf.placeholder(tf.float32)
    slope, offset = tf.Variable([0.3]), tf.Variable([-0.3])
    loss = tf.reduce_sum(tf.square(slope * x + offset - y))
    rate = tf.placeholder_with_default(0.01, [])
    step = tf.train.GradientDescentOptimizer(rate).minimize(loss)
    return step, tf.global_variables_initializer(), loss, rate, {x: [1, 2, 3, 4], y: [0, -1, -2, -3]}


def test_a_thousand_rates_of_the_seed_program():
    """At most 0.02 times a thousand single runs of the program, and under 2 s; graph and compilation included in both."""
    rates = np.geomspace(1e-4, 0.04, 1000)

    def together():
        with tf.Graph().as_default():
            step, init, loss, rate, feed = seed_program()
            lanes = Lanes(tf.Session(), len(rates))
            lanes.run(init)
            lanes.repeat(step, STEPS, feed, {rate: rates})
            lanes.run(loss, feed)

    def alone():
        with tf.Graph().as_default(), tf.Session() as session:
            step, init, loss, _, feed = seed_program()
            session.run(init)
            for _ in range(STEPS):
                session.run(step, feed)
            session.run(loss, feed)

    alone()
    single, whole = min(seconds(alone) for _ in range(5)), seconds(together)
    print(f"1,000 rates x 1,000 steps: {whole:.2f} s; one run: {single * 1e3:.1f} ms; {whole / (1000 * single):.4f} of a "
          "thousand runs")
    assert whole < 2 and whole < 0.02 * 1000 * single


def test_sixty_four_rates_of_a_network():
    """Three quarters of what 64 single runs cost, at most: the step is all arithmetic, and lanes only do it faster."""
    with tf.Graph().as_default():
        images, labels = tf.placeholder(tf.float32, [64, 784]), tf.placeholder(tf.int64, [64])
        hidden = tf.nn.relu(tf.matmul(images, tf.get_variable("w", [784, 64])) + tf.get_variable("b", [64]))
        scores = tf.matmul(hidden, tf.get_variable("v", [64, 10])) + tf.get_variable("c", [10])
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=scores))
        rate = tf.placeholder_with_default(0.01, [])
        step, init = tf.train.GradientDescentOptimizer(rate).minimize(loss), tf.global_variables_initializer()
        rng = np.random.default_rng(0)
        feed = {images: rng.random((64, 784), np.float32), labels: rng.integers(0, 10, 64)}

        def cost(lanes):
            held = Lanes(tf.Session(), lanes)
            held.run(init)
            given = {rate: np.full(lanes, 0.01)}
            held.repeat(step, 2, feed, given)
            return min(seconds(lambda: held.repeat(step, 40, feed, given)) for _ in range(3))

        one, many = cost(1), cost(64)
        print(f"64 rates: {many / one:.1f} times one rate ({many / 40 * 1e3:.2f} and {one / 40 * 1e3:.3f} ms a step)")
        assert many < 48 * one
