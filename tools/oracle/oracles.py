"""Where the oracles are, and running a script of this folder with one."""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
FOLDER = os.environ.get("KUDARI_ORACLE_DIR") or os.path.join(ROOT, ".oracle")
RELEASES = {"tf13": "TensorFlow 1.3.0", "tf115": "TensorFlow 1.15.5", "tf221": "TensorFlow 2.21.0"}


def python(oracle):
    """The interpreter that has the oracle's TensorFlow, or None."""
    path = os.path.join(FOLDER, oracle, "bin", "python")
    return path if os.path.exists(path) else None


def absence(oracle):
    return f"{RELEASES[oracle]} is not in {FOLDER}; `tools/oracle/setup.sh {oracle}` installs it"


def run(interpreter, script, *arguments):
    """The finished process of a script of this folder; its output is captured."""
    environment = dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3", PYTHONDONTWRITEBYTECODE="1")
    command = [interpreter or sys.executable, "-W", "ignore", os.path.join(HERE, script), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def last_line(text):
    lines = text.strip().splitlines()
    return lines[-1] if lines else ""
