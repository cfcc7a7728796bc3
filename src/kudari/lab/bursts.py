"""Many steps in parts that are over soon: between two of them progress is seen, and Ctrl-C heard."""

from __future__ import annotations

import time
from collections.abc import Iterator

LONG = 0.2  # seconds that a part may take
FIRST = 64


class Bursts:
    """Cuts steps into parts that take about a fifth of a second each, and learns from each how many these are."""

    def __init__(self) -> None:
        self._most = FIRST

    def of(self, steps: int) -> Iterator[int]:
        """Return the sizes of the parts of `steps` steps; each is to be taken before the next is asked for."""
        while steps:
            part, started = min(steps, self._most), time.perf_counter()
            yield part
            steps -= part
            taken = time.perf_counter() - started
            if taken > LONG:
                self._most = max(self._most // 2, 1)
            elif part == self._most and taken < LONG / 4:
                self._most *= 4
