"""Running scripts in subprocesses: by Python itself, and by `kudari run`."""

import os
import signal
import subprocess
import sys

PYTHON = [sys.executable]
KUDARI = [sys.executable, "-m", "kudari"]
RUN = [*KUDARI, "run"]


def result(command, cwd, **options):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, env=environment(), **options)


def start(command, cwd):
    """Start a command to be interrupted; without the marks that would show where in its line it was.

    A shell lets what it runs in the background ignore Ctrl-C, and that is inherited: here it is heeded in any case.
    """
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(command, cwd=cwd, text=True, env=environment(PYTHONNODEBUGRANGES="1"), **pipes)
    finally:
        signal.signal(signal.SIGINT, handler)


def environment(**changes):
    return {**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "100"} | changes


def both(cwd, *arguments):
    """Return (exit code, stdout, stderr) of `python ARGUMENTS` and of `kudari run ARGUMENTS`."""
    return [
        (found.returncode, found.stdout, found.stderr)
        for found in (result([*command, *arguments], cwd) for command in (PYTHON, RUN))
    ]
