"""Wrong calls raise what TensorFlow 1.15 raises: the same class, and the same words where the words are TensorFlow's."""

import json
import pathlib

import pytest

import kudari as tf
from tests.golden.error_cases import CASES

GOLDEN = json.loads((pathlib.Path(__file__).parent / "golden/errors.json").read_text())


NOT_RAISED = {
    "run_time/mod_by_zero": "Kudari checks divisors the graph holds; others are known to XLA only, which cannot raise.",
    "run_time/invert_permutation": "Kudari checks permutations the graph holds; others are known to XLA only, which "
                                   "cannot raise.",
}


def marked(name):
    reason = NOT_RAISED.get(name)
    return pytest.param(name, marks=pytest.mark.xfail(strict=True, reason=reason)) if reason else name


def raised(name):
    with tf.Graph().as_default():
        try:
            CASES[name](tf)
        except Exception as error:
            return error
    return None


@pytest.mark.parametrize("name", [marked(name) for name in sorted(GOLDEN)])
@pytest.mark.filterwarnings("ignore")
def test_the_error_is_tensorflows(name):
    wanted, error = GOLDEN[name], raised(name)
    assert error is not None, f"nothing raised; TensorFlow raises {wanted['class']}: {wanted['message']}"
    assert type(error).__name__ == wanted["class"], error
    if wanted["message"] and wanted.get("words") != "python":  # where TensorFlow says nothing, Kudari may
        words = getattr(error, "message", None) or (error.args[0] if len(error.args) == 1 else str(error))
        lines = wanted["message"].count("\n") + 1  # a run-time error goes on with the node and its line
        assert "\n".join(str(words).splitlines()[:lines]) == wanted["message"].rstrip("\n")
