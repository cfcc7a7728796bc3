"""Checkpoints from Kudari to every TensorFlow and back: each restores what the other wrote, and goes on as the other did."""

import json
import tempfile

import numpy as np
import oracles

MODULES = {"tf13": "tensorflow", "tf115": "tensorflow", "tf221": "tensorflow.compat.v1"}
CLOSE = 1e-5  # relative, two steps later; what is restored is equal


def train(interpreter, module, folder, what):
    done = oracles.run(interpreter, "continue_training.py", module, folder, what)
    if done.returncode:
        raise SystemExit(f"continue_training.py {module} {what} failed:\n{done.stderr}")
    return json.loads(oracles.last_line(done.stdout))


def difference(left, right):
    """What differs between two trainings, or None."""
    for name in left.keys() & right.keys():  # TensorFlow 1.3 has no checkpoints of objects
        for when, (was, now) in enumerate(zip(left[name], right[name], strict=True)):
            for variable in was:
                equal = was[variable] == now.get(variable) or (
                    when and np.allclose(was[variable], now[variable], rtol=CLOSE, atol=1e-7))
                if not equal:
                    return f"{variable} of {name}, {'two steps later' if when else 'as restored'}"
    return None


def differences(oracle):
    """What goes wrong between Kudari and a TensorFlow, by who wrote."""
    theirs, ours = (oracles.python(oracle), MODULES[oracle]), (None, "kudari")
    found = []
    for writer, reader, who in ((ours, theirs, "written by Kudari"), (theirs, ours, f"read from {oracle}")):
        with tempfile.TemporaryDirectory() as folder:
            saved, restored = train(*writer, folder, "save"), train(*reader, folder, "restore")
        wrong = difference(saved, restored)
        if oracle != "tf13" and not {"object-1", "model-3"} <= saved.keys() & restored.keys():
            wrong = "the checkpoint of objects is not there"
        if wrong:
            found.append(f"{who}: {wrong}")
    return found
