"""The first and the steady step of the models in `tests/bench/models`: Kudari's, against JAX by hand and TensorFlow 2.21."""

import json

import oracles

ORACLE = "tf221"
MODELS = ("mlp", "cnn", "convolutions", "lstm_loop", "lstm_unrolled", "transformer", "embedding")
ROUNDS = 3
STEADY_RATIO = 1.0
FIRST_RATIOS = ((500, 2.0), (10_000, 3.0))  # up to so many nodes


def measured(interpreter, module, model):
    done = oracles.run(interpreter, "model_speed.py", module, model)
    if done.returncode:
        raise SystemExit(f"model_speed.py {module} {model} failed:\n{done.stderr}")
    return json.loads(oracles.last_line(done.stdout))


def medians(model):
    """Milliseconds of the first and the steady step of each, in processes that take turns; and the number of nodes."""
    runners = {"Kudari": (None, "kudari"), "JAX": (None, "jax"),
               "TensorFlow": (oracles.python(ORACLE), "tensorflow.compat.v1")}
    rounds = [{name: measured(*runner, model) for name, runner in runners.items()} for _ in range(ROUNDS)]
    found = {name: {key: sorted(each[name][key] for each in rounds)[ROUNDS // 2] * 1e3 for key in ("first", "steady")}
             for name in runners}
    return found, rounds[0]["TensorFlow"]["nodes"]


def compared(model):
    """(whether the model is as fast as promised, the words for it)."""
    found, nodes = medians(model)
    best = min(found["JAX"]["steady"], found["TensorFlow"]["steady"])
    steady, first = found["Kudari"]["steady"] / best, found["Kudari"]["first"] / found["TensorFlow"]["first"]
    most = next((ratio for count, ratio in FIRST_RATIOS if nodes < count), FIRST_RATIOS[-1][1])
    times = "; ".join(f"{name} {each['first']:.0f} and {each['steady']:.2f} ms" for name, each in found.items())
    fast = steady <= STEADY_RATIO and first <= most
    return fast, (f"first and steady step: {times}. Steady {steady:.2f} x the better, promised {STEADY_RATIO}; first "
                  f"{first:.2f} x TensorFlow's, promised {most}: {'met' if fast else 'MISSED'}")
