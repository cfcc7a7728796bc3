"""Saved models from Kudari to TensorFlow 1.15 and back: each computes what the writer computed."""

import json
import tempfile

import oracles

ORACLE = "tf115"


def run(interpreter, module, folder, what):
    done = oracles.run(interpreter, "exchange_model.py", module, folder, what)
    if done.returncode:
        raise SystemExit(f"exchange_model.py {module} {what} failed:\n{done.stderr}")
    return json.loads(oracles.last_line(done.stdout))


def differences():
    """What goes wrong between Kudari and TensorFlow 1.15, by who wrote."""
    theirs, ours = (oracles.python(ORACLE), "tensorflow"), (None, "kudari")
    found = []
    for writer, reader, who in ((ours, theirs, "written by Kudari"), (theirs, ours, f"read from {ORACLE}")):
        with tempfile.TemporaryDirectory() as folder:
            saved, loaded = run(*writer, folder, "save"), run(*reader, folder, "load")
        if saved != loaded:
            found.append(f"{who}: {saved} became {loaded}")
    return found
