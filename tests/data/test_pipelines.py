"""The elements of datasets, their order and how they end, against TensorFlow 1.15."""

import importlib.util
import json
from pathlib import Path

import pytest

import kudari as tf

from .elements import record

GOLDEN = Path(__file__).parent.parent / "golden"
EXPECTED = json.loads((GOLDEN / "pipelines.json").read_text())
_SPEC = importlib.util.spec_from_file_location("golden_pipelines", GOLDEN / "pipelines.py")
pipelines = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(pipelines)


@pytest.mark.parametrize("build", pipelines.PIPELINES, ids=lambda build: build.__name__)
def test_elements_are_tensorflows(build):
    assert json.loads(json.dumps(record(tf, build, pipelines.SEED, pipelines.MOST))) == EXPECTED[build.__name__]
