"""Microseconds a step of the seed program's loop, under the module named: `speed.py tensorflow`, `speed.py kudari`.

Prints one JSON object: `train`, each step `sess.run(train, {x: list, y: list})` with the loss fetched once at the end of
1000 steps; and `loss`, the loss fetched with every step. Medians of several loops, after one to warm up. The same text
runs under TensorFlow 1.15, 2.21 (`tensorflow.compat.v1`) and Kudari.
"""

import importlib
import json
import sys
import time

import programs

STEPS = 1000
LOOPS = 7
X = [1, 2, 3, 4]
Y = [0, -1, -2, -3]


def train_loop(sess, built):
    x, y, train, loss = built["x"], built["y"], built["train"], built["loss"]
    for _ in range(STEPS):
        sess.run(train, {x: X, y: Y})
    return sess.run(loss, {x: X, y: Y})


def loss_loop(sess, built):
    x, y, train, loss = built["x"], built["y"], built["train"], built["loss"]
    for _ in range(STEPS):
        _, value = sess.run([train, loss], {x: X, y: Y})
    return value


def median(values):
    return sorted(values)[len(values) // 2]


def seconds(loop, sess, built):
    """The time of one loop from the variables' initial values; the loop must have learned."""
    sess.run(built["init"])
    started = time.perf_counter()
    loss = loop(sess, built)
    elapsed = time.perf_counter() - started
    assert loss < 1e-6, f"a loss of {loss} after {STEPS} steps"
    return elapsed


def measure(tf, loop):
    with tf.Graph().as_default(), tf.Session() as sess:
        built = programs.load("seed").build(tf)
        seconds(loop, sess, built)
        return median([seconds(loop, sess, built) for _ in range(LOOPS)]) / STEPS * 1e6


def main():
    tf = importlib.import_module(sys.argv[1])
    if sys.argv[1] == "tensorflow.compat.v1":
        tf.disable_v2_behavior()
    print(json.dumps({"train": measure(tf, train_loop), "loss": measure(tf, loss_loop)}))


if __name__ == "__main__":
    main()
