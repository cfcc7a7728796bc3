"""Running scripts in subprocesses: by Python itself, and by `kudari run`."""

import os
import subprocess
import sys

PYTHON = [sys.executable]
KUDARI = [sys.executable, "-m", "kudari"]
RUN = [*KUDARI, "run"]


def result(command, cwd, **options):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, env=environment(), **options)


def start(command, cwd):
    """Start a command to be interrupted; without the marks that would show where in its line it was."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=cwd, text=True, env=environment(PYTHONNODEBUGRANGES="1"), **pipes)


def environment(**changes):
    return {**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "100"} | changes


def both(cwd, *arguments):
    """Return (exit code, stdout, stderr) of `python ARGUMENTS` and of `kudari run ARGUMENTS`."""
    return [
        (found.returncode, found.stdout, found.stderr)
        for found in (result([*command, *arguments], cwd) for command in (PYTHON, RUN))
    ]
