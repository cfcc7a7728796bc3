"""How far a study is, on the last line of the terminal."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import Any

from rich.console import Console
from rich.text import Text

from kudari.lab.progress import Progress

AFTER = 1.0  # seconds that a study may take without a word
OFTEN = 0.2  # seconds between two looks
WINDOW = 3.0  # seconds over which steps are counted
MOST_MARKS = 32

_SAVE, _RESTORE, _CLEAR, _WHOLE = "\0337", "\0338", "\033[2K", "\033[r"


class Display:
    """Inside `with`, shows how far a study is, if stderr is a terminal; nothing of it is left afterwards.

    The last line is taken out of what scrolls. So what the script prints goes where it always does, unchanged, and never
    meets this line, which another thread keeps up to date.

    Args:
        progress: What is shown.
        stream: Where; stderr if `None`.
    """

    def __init__(self, progress: Progress, stream: Any = None) -> None:
        self.progress, self._stream = progress, stream or sys.stderr
        self._console = Console(file=self._stream, highlight=False)
        self._ended, self._lock, self._size = threading.Event(), threading.Lock(), (0, 0)
        self._started, self._seen = time.monotonic(), [(time.monotonic(), "", 0)]
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Display:
        if self._is_terminal():
            self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the last line back."""
        self._ended.set()
        with self._lock:
            if any(self._size):
                self._write(f"{_SAVE}\033[{self._size[1]};1H{_CLEAR}{_WHOLE}{_RESTORE}")
                self._size = 0, 0

    def _is_terminal(self) -> bool:
        try:
            is_one = self._stream.isatty()
        except (AttributeError, ValueError):
            return False
        return is_one and not self._console.is_dumb_terminal and not self._console.legacy_windows

    def _watch(self) -> None:
        self._ended.wait(AFTER)
        while not self._ended.is_set():
            try:
                with self._lock:
                    if not self._ended.is_set():
                        self._draw()
            except OSError:  # the terminal has gone
                return
            self._ended.wait(OFTEN)

    def _draw(self) -> None:
        size = os.get_terminal_size(self._stream.fileno())
        if size.lines < 4:
            return
        before = ""
        if (size.columns, size.lines) != self._size:  # at first, a line down and up again makes room below the cursor
            room = f"{_SAVE}\033[1;{size.lines - 1}r{_RESTORE}"
            before = room if any(self._size) else f"\033D{room}\033[A"
            self._size = size.columns, size.lines
        with self._console.capture() as captured:
            self._console.print(self._line(), end="", no_wrap=True, overflow="ellipsis", width=size.columns - 1)
        self._write(f"{before}{_SAVE}\033[{size.lines};1H{_CLEAR}{captured.get()}{_RESTORE}")

    def _write(self, text: str) -> None:
        os.write(self._stream.fileno(), text.encode(self._console.encoding, "replace"))

    def _line(self) -> Text:
        now, doing, steps, lost_at = time.monotonic(), self.progress.doing, self.progress.steps, self.progress.lost_at
        self._seen = [look for look in self._seen if look[1] == doing and now - look[0] < WINDOW] + [(now, doing, steps)]
        first, _, before = self._seen[0]
        line = Text(f"{doing}  ", style="bold")
        parts = [f"step {steps:,}"] if steps else []
        if steps > before and now > first:
            parts.append(f"{(steps - before) / (now - first):,.0f} steps/s")
        if len(lost_at):
            parts.append(f"{int((lost_at == 0).sum())} of {len(lost_at)} lanes alive")
        line.append(", ".join([*parts, f"{now - self._started:.0f} s"]), style="not bold")
        if 0 < len(lost_at) <= MOST_MARKS:
            line.append("  ")
            for step in lost_at:
                line.append("x" if step else "●", style="red" if step else "green")
        return line
