"""Compare Kudari and its goldens with the TensorFlows that are installed: `make conformance`.

TensorBoard must show what Kudari writes, checkpoints and models must go both ways, each golden is recorded again and must
equal the committed one; the seed's loop is timed under TensorFlow 1.15, 2.21 and Kudari, reading records under 2.21 and
Kudari, and whole models under 2.21, Kudari and JAX, each in a process of its own. What is missing is named and skipped. The
exit code is 1 if anything that could be compared failed.
"""

import json
import os
import sys
import tempfile

import board
import checkpoints_across
import model_ratios
import models_across
import oracles
import rerecord

TRAIN_RATIO = 50
LOSS_RATIO = 5
PARSE_RATIO = 2
TIMED = {"tf115": "tensorflow", "tf221": "tensorflow.compat.v1"}


def say(subject, text):
    print(f"{subject:<28} {text}", flush=True)


def compare_goldens():
    """Whether every golden that could be recorded again is equal."""
    equal = True
    for recorder in rerecord.recorders():
        missing = rerecord.missing_oracles(recorder)
        differences = [] if missing else rerecord.compare(recorder)
        for reason in map(oracles.absence, missing):
            say(recorder, f"skipped: {reason}")
        for difference in differences:
            say(recorder, f"DIFFERS: {difference}")
        if not missing and not differences:
            say(recorder, "equal")
        equal = equal and not differences
    return equal


def speed(interpreter, module):
    """Microseconds a step, by kind of loop."""
    done = oracles.run(interpreter, "speed.py", module)
    if done.returncode:
        raise SystemExit(f"speed.py {module} failed:\n{done.stderr}")
    return json.loads(oracles.last_line(done.stdout))


def compare_speed():
    """Whether Kudari's steps are as much cheaper than each TensorFlow's as is promised."""
    present = [oracle for oracle in TIMED if oracles.python(oracle)]
    for oracle in TIMED:
        if oracle not in present:
            say("speed", f"skipped: {oracles.absence(oracle)}")
    if not present:
        return True
    ours = speed(None, "kudari")
    say("Kudari", f"{ours['train']:.2f} µs a step unedited, {ours['loss']:.1f} µs with the loss fetched")
    return all([enough(oracle, speed(oracles.python(oracle), TIMED[oracle]), ours) for oracle in present])


def enough(oracle, theirs, ours):
    train, loss = theirs["train"] / ours["train"], theirs["loss"] / ours["loss"]
    fast = train >= TRAIN_RATIO and loss >= LOSS_RATIO
    say(oracles.RELEASES[oracle], f"{theirs['train']:.2f} µs a step unedited, {theirs['loss']:.1f} µs with the loss fetched")
    verdict = "met" if fast else "MISSED"
    say("", f"{train:.0f} and {loss:.1f} times Kudari's; promised {TRAIN_RATIO} and {LOSS_RATIO}: {verdict}")
    return fast


def compare_model_speed():
    """Whether the first and the steady steps of whole models are as fast as promised."""
    if not oracles.python(model_ratios.ORACLE):
        say("models", f"skipped: {oracles.absence(model_ratios.ORACLE)}")
        return True
    fast = True
    for model in model_ratios.MODELS:
        is_fast, words = model_ratios.compared(model)
        say(model, words)
        fast = fast and is_fast
    return fast


def compare_input():
    """Whether records are read and parsed in the time that is promised."""
    if not oracles.python("tf221"):
        say("input", f"skipped: {oracles.absence('tf221')}")
        return True
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = (microseconds(interpreter, module, os.path.join(folder, "records"))
                        for interpreter, module in ((None, "kudari"), (oracles.python("tf221"), TIMED["tf221"])))
    ratio = ours["parse"] / theirs["parse"]
    say("input", f"{ours['parse']:.1f} µs a record read and parsed, {oracles.RELEASES['tf221']} {theirs['parse']:.1f}: "
                 f"{ratio:.2f} times, promised {PARSE_RATIO}: {'met' if ratio <= PARSE_RATIO else 'MISSED'}")
    return ratio <= PARSE_RATIO


def microseconds(interpreter, module, path):
    done = oracles.run(interpreter, "input_speed.py", module, path)
    if done.returncode:
        raise SystemExit(f"input_speed.py {module} failed:\n{done.stderr}")
    return json.loads(oracles.last_line(done.stdout))


def compare_checkpoints():
    """Whether Kudari and each TensorFlow restore what the other saved, and train on as it did."""
    equal = True
    for oracle in checkpoints_across.MODULES:
        if not oracles.python(oracle):
            say("checkpoints", f"skipped: {oracles.absence(oracle)}")
            continue
        found = checkpoints_across.differences(oracle)
        say("checkpoints", f"{oracles.RELEASES[oracle]}: {'; '.join(found) if found else 'both ways'}")
        equal = equal and not found
    return equal


def compare_models():
    """Whether Kudari and TensorFlow 1.15 load the saved models of the other."""
    if not oracles.python(models_across.ORACLE):
        say("saved models", f"skipped: {oracles.absence(models_across.ORACLE)}")
        return True
    found = models_across.differences()
    say("saved models", f"{oracles.RELEASES[models_across.ORACLE]}: {'; '.join(found) if found else 'both ways'}")
    return not found


def compare_boards():
    """Whether TensorBoard reads and shows what Kudari writes."""
    if board.absence():
        say("TensorBoard's pages", f"skipped: {board.absence()}")
    found = board.differences()
    seen = "reads the curve, the histogram and the graph" + ("" if board.absence() else ", and shows them")
    say("TensorBoard", "; ".join(found) if found else seen)
    return not found


def main():
    results = [compare_boards(), compare_checkpoints(), compare_models(), compare_goldens(), compare_speed(),
               compare_model_speed(), compare_input()]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
