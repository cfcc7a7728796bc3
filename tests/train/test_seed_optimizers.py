"""The seed program with every optimizer gives TensorFlow's digits."""

import json
from pathlib import Path

import numpy as np
import pytest

import kudari as tf
from tests.golden import seed_optimizers

RECORDED = {version: json.loads((Path(seed_optimizers.__file__).parent / f"seed_optimizers/{version}.json").read_text())
            for version in ("1.3", "1.15")}
# TensorFlow changed these: Adadelta's step counted its own square already, shrinkage counted twice.
CHANGED = {"Adadelta", "Ftrl-shrinkage"}


def numbers(rows):
    return np.array([[int(text, 16) for text in row] for row in rows], np.uint32).view(np.float32)


@pytest.mark.parametrize("name", sorted(RECORDED["1.3"].keys() - CHANGED))
def test_digits_are_those_of_1_3(name):
    assert seed_optimizers.bits(tf, name) == RECORDED["1.3"][name]


@pytest.mark.parametrize("name", sorted(CHANGED | RECORDED["1.15"].keys() - RECORDED["1.3"].keys()))
def test_newer_ones_are_those_of_1_15_but_for_the_last_digit(name):
    found, wanted = numbers(seed_optimizers.bits(tf, name)), numbers(RECORDED["1.15"][name])
    np.testing.assert_allclose(found, wanted, 5e-6, 1e-9)


def test_every_program_is_recorded():
    assert RECORDED["1.15"].keys() == seed_optimizers.OPTIMIZERS.keys()
