"""The line that shows how far a study is, on a terminal that this file plays."""

import fcntl
import os
import pty
import re
import struct
import termios
import time

import numpy as np
import pytest

from kudari.cli.study import progress as shown
from kudari.lab.progress import Progress

LINES, COLUMNS = 5, 90


class Screen:
    """A terminal with the few controls that are used."""

    def __init__(self):
        self.rows = [[" "] * COLUMNS for _ in range(LINES)]
        self.line = self.column = self.top = 0
        self.bottom, self.saved = LINES - 1, (0, 0)

    def down(self):
        if self.line == self.bottom:
            self.rows.insert(self.bottom + 1, [" "] * COLUMNS)
            del self.rows[self.top]
        else:
            self.line = min(self.line + 1, LINES - 1)

    def write(self, text):
        for control, parameters, kind, other in re.findall("\033(?:([78D])|\\[([\\d;]*)([A-Za-z]))|([^\033])", text):
            given = [int(part) for part in parameters.split(";") if part]
            if control == "7":
                self.saved = self.line, self.column
            elif control == "8":
                self.line, self.column = self.saved
            elif control == "D" or other == "\n":
                self.down()
            elif other == "\r":
                self.column = 0
            elif other:
                self.rows[self.line][self.column] = other
                self.column += 1
            elif kind == "r":
                self.top, self.bottom = (given[0] - 1, given[1] - 1) if given else (0, LINES - 1)
                self.line = self.column = 0
            elif kind == "H":
                self.line, self.column = given[0] - 1, given[1] - 1
            elif kind == "K":
                self.rows[self.line] = [" "] * COLUMNS
            elif kind == "A":
                self.line -= given[0] if given else 1
            else:
                assert kind == "m", (parameters, kind)

    @property
    def text(self):
        return ["".join(row).rstrip() for row in self.rows]


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(shown, "AFTER", 0.0)
    monkeypatch.setattr(shown, "OFTEN", 0.02)
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("4H", LINES, COLUMNS, 0, 0))
    with os.fdopen(theirs, "w", buffering=1) as stream:
        yield stream, lambda: os.read(ours, 2**16).decode()
    os.close(ours)


@pytest.mark.parametrize("above", [0, 2, 9])
def test_the_line_and_what_the_script_prints_never_meet(above, terminal):
    stream, read = terminal
    screen, progress = Screen(), Progress("training", 1200, np.array([0, 7, 0]))
    print("before\n" * above + "step 1 ", end="", file=stream, flush=True)
    screen.write(read())
    with shown.Display(progress, stream):
        screen.write(read())
        progress.steps = 1300
        time.sleep(0.1)
        screen.write(read())
        assert re.fullmatch(r"training  step 1,300, [\d,]+ steps/s, 2 of 3 lanes alive, 0 s  ●x●", screen.text[-1])
        stream.write("loss 0.5\nstep 2 loss 0.4\n")
        time.sleep(0.1)
        screen.write(read())
        assert screen.text[-1].startswith("training") and "step 1 loss 0.5" in screen.text
        progress.begin("looking for a rate")
        time.sleep(0.1)
        screen.write(read())
        assert screen.text[-1].startswith("looking for a rate  2 of 3")
    stream.write("after\n")
    screen.write(read())
    told = [line for line in screen.text if line]
    assert told == [*["before"] * above, "step 1 loss 0.5", "step 2 loss 0.4", "after"][-len(told):] and len(told) >= 3
    assert screen.bottom == LINES - 1


def test_without_a_terminal_nothing_is_shown(monkeypatch, tmp_path):
    monkeypatch.setattr(shown, "AFTER", 0.0)
    monkeypatch.setenv("FORCE_COLOR", "1")
    with open(tmp_path / "err", "w+") as stream:
        with shown.Display(Progress("training", 3), stream):
            time.sleep(0.1)
        assert stream.seek(0) == 0 and stream.read() == ""
