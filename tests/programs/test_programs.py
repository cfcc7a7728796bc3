"""Real programs, unedited, print what they print under TensorFlow 1.15: `make programs`.

Their sources are looked for in `$KUDARI_PROGRAMS_DIR`, or in `.programs` beside the project; what is not at hand is named
and skipped. `tools/oracle/record_programs.py` has recorded what TensorFlow prints.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from . import synthetic_mnist
from .programs import PROGRAMS, TEST_IMAGES, TRAIN_IMAGES, absence, arguments, environment

RECORDED = json.loads((Path(__file__).parent.parent / "golden" / "programs.json").read_text())
NUMBER = re.compile(r"[-+]?\d+\.\d+(?:e[-+]?\d+)?")
CLOCK = re.compile(r"time= *[\d.]+")


@pytest.fixture(scope="module")
def mnist(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mnist")
    synthetic_mnist.write(str(folder), TRAIN_IMAGES, TEST_IMAGES)
    return str(folder)


def lines(text):
    """What a program printed, without the time it took, and without where the reader of MNIST says its files are."""
    return [CLOCK.sub("time=", line) for line in text.splitlines() if not line.startswith("Extracting ")]


@pytest.mark.programs
@pytest.mark.parametrize("name", PROGRAMS)
def test_the_program_prints_what_it_printed(name, mnist):
    program = PROGRAMS[name]
    why = absence(program)
    if why:
        pytest.skip(why)
    command, folder = arguments(program)
    done = subprocess.run([sys.executable, "-m", "kudari", "run", *command], cwd=folder, capture_output=True, text=True,
                          env=environment(program, mnist))
    assert done.returncode == 0, done.stderr
    found, wanted = lines(done.stdout), RECORDED[name]
    assert [NUMBER.sub("#", line) for line in found] == [NUMBER.sub("#", line) for line in wanted]
    for have, want in zip(found, wanted):
        assert numbers(have) == pytest.approx(numbers(want), rel=program.tolerance, abs=program.tolerance), have


def numbers(line):
    return [float(text) for text in NUMBER.findall(line)]


def test_every_program_is_recorded():
    assert set(RECORDED) == set(PROGRAMS)
