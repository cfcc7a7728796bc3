"""Image summaries show the pixels that TensorFlow's show."""

import json
from pathlib import Path

import pytest

import kudari as tf

from ..golden.summaries import pictures

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "summaries" / "pictures.json").read_text())


@pytest.fixture(scope="module")
def shown():
    return pictures.shown(tf)


@pytest.mark.parametrize("name", GOLDEN)
def test_pixels_are_tensorflows(shown, name):
    assert shown[name] == GOLDEN[name]
