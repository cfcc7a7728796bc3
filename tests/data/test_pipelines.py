"""The elements of datasets, their order and how they end, against TensorFlow 1.15."""

import importlib.util
import json
from pathlib import Path

import pytest

import kudari as tf

from .elements import record

GOLDEN = Path(__file__).parent.parent / "golden"
CASES = []
for name in ("pipelines", "file_pipelines"):
    expected = json.loads((GOLDEN / f"{name}.json").read_text())
    spec = importlib.util.spec_from_file_location(f"golden_{name}", GOLDEN / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    CASES += [(module, build, expected[build.__name__]) for build in module.PIPELINES]


@pytest.mark.parametrize(("module", "build", "expected"), CASES,
                         ids=[f"{module.__name__.removeprefix('golden_')}-{build.__name__}" for module, build, _ in CASES])
def test_elements_are_tensorflows(module, build, expected):
    assert json.loads(json.dumps(record(tf, build, module.SEED, module.MOST))) == expected
