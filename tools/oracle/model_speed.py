"""Seconds of a model's first and steady step: `model_speed.py MODULE MODEL`, or `model_speed.py jax MODEL` by hand.

The models are those of `tests/bench/models`; MODULE is `kudari`, `tensorflow` or `tensorflow.compat.v1`. Prints one JSON
object: `first` from the call of `Session.run` (or of the jitted step) to its end, `steady` the median of those after,
`loss` of the first step, and `nodes`. Nothing is read from a compilation cache.
"""

import importlib
import json
import os
import sys
import time

os.environ["KUDARI_CACHE_DIR"] = ""
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "bench"))

LEAST_ROUNDS, MOST_ROUNDS, SECONDS = 5, 200, 4.0


def timed(step):
    """First and median time of `step`, and its first loss."""
    started = time.perf_counter()
    loss = step()
    first = time.perf_counter() - started
    times = []
    while len(times) < LEAST_ROUNDS or (len(times) < MOST_ROUNDS and sum(times) < SECONDS):
        started = time.perf_counter()
        step()
        times.append(time.perf_counter() - started)
    return {"first": first, "steady": sorted(times)[len(times) // 2], "loss": float(loss)}


def by_hand(model):
    step, state, batch = model.by_hand()

    def once():
        nonlocal state
        state, loss = step(state, *batch)
        return float(loss)

    return timed(once)


def as_program(module, model):
    tf = importlib.import_module(module)
    if module == "tensorflow.compat.v1":
        tf.disable_v2_behavior()
    fetches, feeds = model.build(tf)
    session = tf.Session()
    session.run(tf.global_variables_initializer())
    found = timed(lambda: session.run(fetches, feeds)[1])
    return dict(found, nodes=len(tf.get_default_graph().get_operations()))


def main():
    module, name = sys.argv[1:]
    model = importlib.import_module("models." + name)
    print(json.dumps(by_hand(model) if module == "jax" else as_program(module, model)))


if __name__ == "__main__":
    main()
