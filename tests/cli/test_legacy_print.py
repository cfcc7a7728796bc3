"""`--legacy-print` writes what NumPy 1.13.3 wrote."""

import json
import pathlib

import pytest
from cli_runs import PYTHON, RUN, result

HERE = pathlib.Path(__file__).parent
GOLDEN = json.loads((HERE / "legacy_print.json").read_text())


@pytest.fixture(scope="module")
def printed():
    found = result([*RUN, "--legacy-print", "legacy_print_cases.py"], HERE)
    assert found.stderr == ""
    return json.loads(found.stdout)


@pytest.mark.parametrize("part", GOLDEN)
def test_equals_numpy_1_13(printed, part):
    assert printed[part] == GOLDEN[part]


def test_the_golden_is_not_what_numpy_prints_today():
    today = json.loads(result([*PYTHON, "legacy_print_cases.py"], HERE).stdout)
    assert {part for part in GOLDEN if today[part] != GOLDEN[part]} == set(GOLDEN)


def test_the_forms_of_the_page(tmp_path):
    (tmp_path / "page.py").write_text(
        "import numpy as np\n"
        "for v in 0.3, -0.84079814, 1.62939458e22, float('nan'), 12.23135185:\n"
        "    print('W: %s' % np.array([v], np.float32))\n"
        "for v in 23.66, 9.5394e-06, 74768.5, float('inf'), 1.06581e-12:\n"
        "    print('loss: %s' % np.float32(v))\n"
    )
    assert result([*RUN, "--legacy-print", "page.py"], tmp_path).stdout.splitlines() == [
        "W: [ 0.30000001]", "W: [-0.84079814]", "W: [  1.62939458e+22]", "W: [ nan]", "W: [ 12.23135185]",
        "loss: 23.66", "loss: 9.5394e-06", "loss: 74768.5", "loss: inf", "loss: 1.06581e-12",
    ]  # fmt: skip


def test_a_script_may_go_back(tmp_path):
    (tmp_path / "back.py").write_text(
        "import numpy as np\na = np.array([0.3, 2], np.float32)\nprint(a)\n"
        "with np.printoptions(legacy=False):\n    print(a, repr(a[0]))\nprint(a)\n"
    )
    lines = result([*RUN, "--legacy-print", "back.py"], tmp_path).stdout.splitlines()
    assert lines == ["[ 0.30000001  2.        ]", "[0.3 2. ] np.float32(0.3)", "[ 0.30000001  2.        ]"]
