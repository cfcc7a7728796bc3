"""Whoever is killed while saving leaves the newest complete checkpoint, and none that restores wrongly."""

import os
import random
import signal
import subprocess
import sys
import time

import numpy as np

from kudari.io.bundle import Bundle

from .save_forever import save

PREFIXES = ["again", "merged+"]


def kill_one(folder, seconds):
    """The number of the last round that was over when a process that saves was killed."""
    command = [sys.executable, os.path.join(os.path.dirname(__file__), "save_forever.py"), str(folder), *PREFIXES]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        done = int(process.stdout.readline())
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        lines = process.stdout.read().split()
    return int(lines[-1]) if lines else done


def number_in(prefix):
    """The number that all of a checkpoint says."""
    with Bundle(prefix) as bundle:
        assert bundle.names() == ["parts", "text", "whole"]
        values = [np.unique(bundle.read(name).astype(np.float64)) for name in bundle.names()]
    assert all(value.tolist() == values[0].tolist() and value.size == 1 for value in values), (prefix, values)
    return int(values[0][0])


def test_the_newest_checkpoint_survives(tmp_path, pytestconfig):
    rng, rounds = random.Random(0), 200 if pytestconfig.getoption("--bench") else 10
    for _ in range(rounds):
        done = kill_one(tmp_path, rng.uniform(0, 0.02))
        for prefix in PREFIXES:
            assert number_in(str(tmp_path / prefix.rstrip("+"))) in (done, done + 1)
    for prefix in PREFIXES:
        save(str(tmp_path), prefix, 0)
        assert number_in(str(tmp_path / prefix.rstrip("+"))) == 0
    assert sorted(name for name in os.listdir(tmp_path) if "temp" not in name) == [
        "again.data-00000-of-00001", "again.index",
        "merged.data-00000-of-00002", "merged.data-00001-of-00002", "merged.index"]
