"""What a run did and where its time went: `kudari run --stats`."""

import atexit
import importlib
import time
from typing import Any

from rich.console import Console
from rich.table import Table


def at_exit() -> None:
    """Start the clock, and print the report on stderr when the process ends, however the script ends."""
    # Registered before the engine is imported, so that it runs after anything the engine still does at exit.
    atexit.register(_report, time.perf_counter())


def _report(started: float) -> None:
    stats = importlib.import_module("kudari.runtime.stats").stats
    Console(stderr=True).print(table(stats, time.perf_counter() - started))


def table(stats: Any, wall: float) -> Table:
    """Return the report as a table.

    Args:
        stats: Counts `plans`, `compilations`, `steps` and `deferred`; seconds `compile_time` and `run_time`.
        wall: Seconds from the start of the script to its end.
    """
    result = Table(title="kudari run", title_justify="left", show_header=False)
    result.add_column(justify="left")
    result.add_column(justify="right")
    result.add_row("plans", str(stats.plans))
    result.add_row("compilations", str(stats.compilations))
    result.add_row("steps run", str(stats.steps))
    result.add_row("steps deferred", str(stats.deferred), end_section=True)
    result.add_row("compile", _seconds(stats.compile_time))
    result.add_row("run", _seconds(stats.run_time))
    result.add_row("Python", _seconds(wall - stats.compile_time - stats.run_time))
    result.add_row("all", _seconds(wall))
    return result


def _seconds(value: float) -> str:
    return f"{value:.3f} s"
