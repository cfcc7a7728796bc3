"""Ctrl-C while a study goes on: what was recorded is reported; a second one ends it at once."""

import json
import signal
import time

import pytest
from cli_runs import KUDARI, start

STUDY = [*KUDARI, "study", "--learning-rate", "0.01,0.3,2.5", "--json", "s.json", "--csv", "s.csv", "--report", "s.html"]
MODEL = """
import os, signal, sys
import tensorflow as tf
weight = tf.Variable(3.0)
loss = tf.square(weight)
step = tf.train.GradientDescentOptimizer(0.3).minimize(loss)
session = tf.Session()
session.run(tf.global_variables_initializer())

def train(steps):
    for i in range(steps):
        session.run([step, loss])
        if i == 20:
            print("trains", flush=True)
"""


def begun(script, tmp_path):
    (tmp_path / "script.py").write_text(MODEL + script)
    process = start([*STUDY, "script.py"], tmp_path)
    assert process.stdout.readline() == "trains\n"
    return process


def written(process, tmp_path):
    out, err = process.communicate(timeout=100)
    assert process.returncode == 130 and err == ""
    found = json.loads((tmp_path / "s.json").read_text())
    assert found["status"] == "interrupted" and "Interrupted" in (tmp_path / "s.html").read_text()
    assert "(interrupted)\n" in (tmp_path / "s.csv").read_text()
    return found, " ".join(out.split())


def test_while_the_script_trains(tmp_path):
    process = begun("train(10**9)\n", tmp_path)
    process.send_signal(signal.SIGINT)
    found, out = written(process, tmp_path)
    assert found["steps"] > 20 and f"Interrupted after step {found['steps']}: this is what was recorded" in out
    assert found["stability"] is None and len(found["lanes"][0]["records"]) in (found["steps"], found["steps"] + 1)
    assert "0.3" in out and "converged (interrupted), the script's own" in out and "growing (interrupted)" in out


@pytest.mark.parametrize(("where", "words"), [
    ("of_script.stability", "while measuring the curvature"),
    ("trial.Trials.at", "while looking for a rate"),
])
def test_while_something_is_measured(where, words, tmp_path):
    module, _, name = where.partition(".")
    process = begun(f"""
train(40)
import kudari.lab.{module} as {module}
real = {where}
def interrupted(*args, **named):
    os.kill(os.getpid(), signal.SIGINT)
    return real(*args, **named)
{where} = interrupted
""", tmp_path)
    found, out = written(process, tmp_path)
    assert found["steps"] == 40 and f"Interrupted after the training, {words}: this is what was known then." in out
    if name == "stability":
        assert found["stability"] is None and found["recommendation"] is None
    else:
        assert found["stability"]["limit"] == pytest.approx(1) and found["recommendation"]["learning_rate"] is None
        assert "was interrupted before a rate could be chosen" in out and "From the rate" in out


def test_a_second_one_ends_it_at_once(tmp_path):
    process = begun("""
try:
    train(10**9)
except KeyboardInterrupt:
    print("caught", flush=True)
    session.run(tf.while_loop(lambda i: i >= 0, lambda i: (5 * i + 1) % 1009, [tf.constant(0, tf.int64)]))
""", tmp_path)
    process.send_signal(signal.SIGINT)
    assert process.stdout.readline() == "caught\n"
    time.sleep(2)  # for the endless loop to be compiled, where Python hears no signal
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 130 and process.communicate() == ("", "")


def test_before_anything_was_recorded(tmp_path):
    (tmp_path / "script.py").write_text("import os, signal, tensorflow\nos.kill(os.getpid(), signal.SIGINT)\n")
    process = start([*STUDY, "script.py"], tmp_path)
    assert process.communicate(timeout=100) == ("", "kudari: Interrupted before the first training step: nothing was "
                                                "recorded.\n")
    assert process.returncode == 130
