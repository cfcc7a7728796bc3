"""What the engine has done in this process so far, for `kudari run --stats`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Stats:
    """Counts of work, and seconds spent in it."""

    plans: int = 0
    compilations: int = 0
    steps: int = 0
    deferred: int = 0
    compile_time: float = 0.0
    run_time: float = 0.0


stats = Stats()
