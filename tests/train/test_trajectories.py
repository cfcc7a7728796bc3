"""Optimizers go where TensorFlow 1.15's go, step by step, for a thousand steps.

One program takes the steps of all optimizers, each of a problem of its own.
"""

import json
from pathlib import Path

import numpy as np
import pytest

import kudari as tf
from tests.golden import trajectories

RECORDED = json.loads((Path(trajectories.__file__).parent / "trajectories.json").read_text())
# Up to which step they agree: they then dance about the minimum, where a last digit soon is a visible one.
UNSETTLED = {("RMSProp", "fast"): 10, ("LARS", "exact"): 100, ("LARS", "fast"): 100, ("LARS-nesterov", "fast"): 10,
             ("Shampoo-means", "exact"): 100, ("Shampoo-means", "fast"): 100}
# To the last digit: those whose steps are sums, products and quotients. Where roots are taken, single precision is not the
# same on all processors in TensorFlow itself; Shampoo and GGT decompose matrices; powers are another library's.
WITHOUT_ROOTS = {"GradientDescent", "Momentum", "Nesterov", "AdaMax", "AdaMax-others", "AddSign", "AddSign-others",
                 "ProximalGradientDescent"}
# All roots of double precision are the same; where rows are picked TensorFlow's order of operations is not all ours.
DOUBLE_BUT = {"PowerSign", "PowerSign-others", "GGT"}
DECOMPOSING = {"Shampoo": 1e-4, "GGT": 1e-5, "Shampoo-means": 1e-5}


def way(names, numerics):
    """Take the steps of some cases; return the values of their variables after those that are shown, by name."""
    with tf.Graph().as_default(), tf.Session(config=tf.SessionOptions(numerics=numerics)) as session:
        built = {}
        for name in names:
            with tf.name_scope(name.replace("/", "_")):
                built[name] = trajectories.build(tf, *trajectories.CASES[name])
        variables = {name: w for name, (w, _) in built.items()}
        step = tf.group(*(update for _, update in built.values()))
        return trajectories.run(tf, session, variables, step)


def is_exact(optimizer, kind, dtype):
    return optimizer in WITHOUT_ROOTS or (kind == "dense" and dtype == "float64" and optimizer not in DOUBLE_BUT)


# Rows of one number differ from others in how exact kernels round them, and in nothing else.
@pytest.mark.parametrize("kind, numerics", [("dense", "exact"), ("dense", "fast"), ("sparse", "exact"), ("sparse", "fast"),
                                            ("numbers", "exact")])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_ways_are_tensorflows(kind, dtype, numerics):
    names = sorted(name for name, case in trajectories.CASES.items() if case[1:] == (kind, dtype))
    for number, values in zip(trajectories.SHOWN, way(names, numerics), strict=True):
        for name in names:
            optimizer = trajectories.CASES[name][0]
            if number > UNSETTLED.get((optimizer, numerics), trajectories.STEPS):
                continue
            wanted = np.array(RECORDED[name][trajectories.SHOWN.index(number)], dtype).reshape(values[name].shape)
            words = f"{name} after {number} steps"
            if numerics == "exact" and is_exact(optimizer, kind, dtype):
                np.testing.assert_array_equal(values[name], wanted, words)
            close = DECOMPOSING.get(optimizer, 1e-5 if numerics == "fast" else 3e-6) * (1 if dtype == "float32" else 1e-3)
            np.testing.assert_allclose(values[name], wanted, close, close * np.abs(wanted).max() / 10, err_msg=words)


def test_every_case_is_recorded():
    assert set(RECORDED) == set(trajectories.CASES)
