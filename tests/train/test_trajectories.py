"""Optimizers go where TensorFlow 1.15's go, step by step."""

import json
from pathlib import Path

import numpy as np
import pytest

import kudari as tf
from tests.golden import trajectories

RECORDED = json.loads((Path(trajectories.__file__).parent / "trajectories.json").read_text())
# To one rounding or two in a step. Single precision was recorded on a processor whose roots differ in the last digit.
CLOSE = {"float32": 5e-5, "float64": 1e-13}
# These do not settle: at the end a last digit has become a visible one.
UNSETTLED = {"RMSProp-momentum", "Adam-others"}
# To the last digit, all the way: what rounds as in TensorFlow wherever it runs.
SAME = {"GradientDescent/dense", "Momentum/dense", "Momentum/sparse", "Nesterov/dense", "Nesterov/numbers"}


@pytest.mark.parametrize("name", sorted(trajectories.CASES))
def test_the_way_is_tensorflows(name):
    optimizer, kind, dtype = trajectories.CASES[name]
    w, step = trajectories.build(tf, optimizer, kind, dtype)
    with tf.Session(config=tf.SessionOptions(numerics="exact")) as session:
        values = trajectories.run(tf, session, w, step)
    wanted = [np.array(value, dtype).reshape(w.shape) for value in RECORDED[name]]
    shown = slice(0, 2 if optimizer in UNSETTLED else None)
    if f"{optimizer}/{kind}" in SAME or (dtype == "float64" and kind == "dense" and optimizer != "RMSProp-momentum"):
        np.testing.assert_array_equal(values[shown], wanted[shown])
    np.testing.assert_allclose(values[shown], wanted[shown], rtol=CLOSE[dtype], atol=CLOSE[dtype] / 10)


def test_every_case_is_recorded():
    assert set(RECORDED) == set(trajectories.CASES)
