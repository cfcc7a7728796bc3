"""Programs that repeat themselves are traced as loops, and compute what they did."""

import numpy as np
import pytest

import kudari as tf
from kudari.runtime.plan import Plan
from kudari.runtime.repeats import PEELED, find_stretches

STEPS = 40
RANDOM = np.random.RandomState(3)


def weights(*shape):
    return (RANDOM.randn(*shape) * 0.3).astype(np.float32)


def lstm_cell(x, state, W, b):
    h, c = state
    i, j, f, o = tf.split(tf.nn.bias_add(tf.matmul(tf.concat([x, h], 1), W), b), 4, axis=1)
    c = c * tf.sigmoid(f + 1.0) + tf.sigmoid(i) * tf.tanh(j)
    return tf.tanh(c) * tf.sigmoid(o), c


def lstm(inputs, layers=1, size=4):
    kernels = [(tf.Variable(weights(2 * size, 4 * size)), tf.Variable(weights(4 * size))) for _ in range(layers)]
    zero = tf.zeros_like(inputs[0])
    states = [(zero, zero) for _ in range(layers)]
    outputs = []
    for x in inputs:
        for layer in range(layers):
            states[layer] = lstm_cell(x, states[layer], *kernels[layer])
            x = states[layer][0]
        outputs.append(x)
    return outputs


def unstacked(x):
    return lstm(tf.unstack(x, axis=1))


def indexed(x):
    return lstm([x[:, step] for step in range(STEPS)])


def two_layers(x):
    return lstm(tf.unstack(x, axis=1), layers=2)


def two_back(x):
    """Each value comes from the two before it."""
    before, last = x[:, 0], x[:, 1]
    values = []
    for step in range(60):
        before, last = last, tf.tanh(0.7 * last - 0.4 * before + float(step % 3) * tf.ones_like(last)) * 0.9
        values.append(last)
    return values


def squared(x):
    """A chain of matrix products: nothing varies from block to block."""
    W = tf.Variable(weights(4, 4))
    h = x[:, 0]
    values = []
    for _ in range(50):
        h = tf.nn.relu(tf.matmul(h, W)) + tf.sigmoid(h) * 0.5 - tf.square(h) * 0.1 + tf.exp(-h * h)
        values.append(h)
    return values


def built(make, loss_of, batch):
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [batch, STEPS, 4])
        outputs = make(x)
        loss = loss_of(outputs)
        grads = tf.gradients(loss, [x, *tf.trainable_variables()])
        init = tf.global_variables_initializer()
    return graph, x, init, [loss, outputs[7], outputs[-1], *grads]


def last(outputs):
    return tf.reduce_mean(tf.square(outputs[-1]))


def stacked(outputs):
    return tf.reduce_mean(tf.square(tf.stack(outputs, axis=1)))


def run(graph, x, init, fetches, interpret):
    feed = {x: np.random.RandomState(1).randn(3, STEPS, 4).astype(np.float32)}
    with tf.Session(graph=graph, config=tf.SessionOptions(interpret=interpret, numerics="fast")) as session:
        session.run(init)
        return session.run(fetches, feed)


@pytest.mark.parametrize("batch", [3, None])
@pytest.mark.parametrize("loss_of", [last, stacked], ids=lambda f: f.__name__)
@pytest.mark.parametrize("make", [unstacked, indexed, two_layers, two_back, squared], ids=lambda f: f.__name__)
def test_a_rolled_step_computes_what_its_ops_do(make, loss_of, batch):
    case = built(make, loss_of, batch)
    assert len(rolled_ops(case[3], case[1])) > 300
    for found, wanted in zip(run(*case, interpret=False), run(*case, interpret=True), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=2e-4, atol=2e-6)


def rolled_ops(fetches, x):
    segments = Plan(fetches, [x]).segments
    return [op for segment in segments for _, stretch in find_stretches(segment.ops) for op in stretch.ops]


def test_both_directions_of_an_unrolled_network_are_rolled():
    _, x, _, fetches = built(unstacked, last, 3)
    rolled = rolled_ops(fetches, x)
    assert {"MatMul", "SigmoidGrad"} <= {op.type for op in rolled}
    assert len(rolled) > 0.85 * len(Plan(fetches, [x]).ops)


def test_blocks_that_do_not_depend_on_each_other_are_left_alone():
    with tf.Graph().as_default():
        x = tf.placeholder(tf.float32, [8])
        towers = [tf.exp(tf.sin(tf.cos(tf.square(tf.tanh(x + float(i)))))) for i in range(100)]
        total = tf.add_n(towers)
    assert rolled_ops([total], x) == []


def test_what_a_block_must_know_by_value_may_not_vary():
    with tf.Graph().as_default():
        x = tf.placeholder(tf.float32, [120])
        h = x
        for step in range(60):
            h = tf.tanh(tf.concat([h[1:], x[:1]], 0) + tf.reduce_sum(x[step:step + 2]) * 0.01) * 0.9
        with tf.Session(config=tf.SessionOptions(numerics="fast")) as session:
            found = session.run(h, {x: np.linspace(-1, 1, 120)})
        with tf.Session(config=tf.SessionOptions(interpret=True)) as session:
            np.testing.assert_allclose(found, session.run(h, {x: np.linspace(-1, 1, 120)}), rtol=1e-4)


def test_the_first_blocks_run_before_the_loop():
    _, x, _, fetches = built(squared, last, 3)
    (_, stretch), *_ = find_stretches(Plan(fetches, [x]).segments[0].ops)
    assert stretch.count > PEELED
    assert all(way[0] <= PEELED for way in stretch.carried.values())
