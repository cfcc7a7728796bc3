"""The program Kudari comes from prints the digits TensorFlow 1.3 printed, whichever way its steps are run."""

import json
import pathlib
import subprocess
import sys

import numpy as np
import pytest

import kudari as tf

ROOT = pathlib.Path(__file__).parent.parent
GOLDEN = json.loads((ROOT / "tests/golden/seed.json").read_text())
RATES = ["0.001", "0.005", "0.01", "0.02", "0.03", "0.04"]
X, Y = [1, 2, 3, 4], [0, -1, -2, -3]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("option", [[], ["--no-defer"]])
def test_prints_the_page(rate, option):
    command = [sys.executable, "-m", "kudari", "run", "--legacy-print", *option, "examples/train_api.py", rate]
    found = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert found.stdout.splitlines()[1:] == printed_rows(rate)


def printed_rows(rate):
    return GOLDEN["rows"][rate]


def bits(rate):
    return [tuple(row[k] for k in ("W", "b", "loss")) for row in GOLDEN["bits"][rate]]


def build(rate, session=tf.Session, **options):
    W, b = tf.Variable([0.3], dtype=tf.float32), tf.Variable([-0.3], dtype=tf.float32)
    x, y = tf.placeholder(tf.float32), tf.placeholder(tf.float32)
    loss = tf.reduce_sum(tf.square(W * x + b - y))
    train = tf.train.GradientDescentOptimizer(float(rate)).minimize(loss)
    sess = session(config=tf.SessionOptions(**options))
    sess.run(tf.global_variables_initializer())
    return sess, train, [W, b, loss], {x: X, y: Y}


def as_hex(values):
    return tuple(f"{int(np.asarray(v).reshape(-1).view(np.uint32)[0]):08x}" for v in values)


def same_bits(found, wanted):
    """NaNs may differ in sign and payload; nothing else may differ."""
    def is_nan(text):
        return np.isnan(np.array([int(text, 16)], np.uint32).view(np.float32)[0])
    return all(f == w or (is_nan(f) and is_nan(w)) for f, w in zip(found, wanted, strict=True))


def check(rate, fetch, step):
    for number, wanted in enumerate(bits(rate)):
        if number:
            for _ in range(100):
                step()
        assert same_bits(as_hex(fetch()), wanted), (rate, number)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("options", [{}, {"defer": False}, {"numerics": "exact"}, {"numerics": "exact", "defer": False}],
                         ids=str)
def test_session(rate, options):
    sess, train, fetches, feed = build(rate, **options)
    check(rate, lambda: sess.run(fetches, feed), lambda: sess.run(train, dict(feed)))


@pytest.mark.parametrize("rate", RATES)
def test_interactive_session(rate):
    sess, train, fetches, feed = build(rate, tf.InteractiveSession)
    check(rate, lambda: [fetches[0].eval(), fetches[1].eval(), fetches[2].eval(feed)], lambda: train.run(feed))
    sess.close()


@pytest.mark.parametrize("rate", RATES)
def test_make_callable(rate):
    sess, train, fetches, feed = build(rate)
    step, fetch = sess.make_callable(train, list(feed)), sess.make_callable(fetches, list(feed))
    check(rate, lambda: fetch(X, Y), lambda: step(X, Y))


@pytest.mark.parametrize("rate", RATES)
def test_interleaved_with_fetches(rate):
    sess, train, fetches, feed = build(rate)
    count = iter(range(10**6))

    def step():
        sess.run(train, feed)
        if next(count) % 7 == 0:
            sess.run(fetches[2], feed)
            sess.run(fetches[0])

    check(rate, lambda: sess.run(fetches, feed), step)
