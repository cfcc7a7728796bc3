"""A study on the terminal."""

import textwrap

from rich.console import Console
from rich.table import Table

from kudari.lab.study import Study, sparkline

_STYLES = {"converged": "green", "training": "default", "growing": "yellow", "diverged": "red"}


def show(study: Study) -> None:
    """Print the rows that the program fetched at each value, the table of all lanes, and what follows from it."""
    console = Console(highlight=False)
    for value, rows in _rows(study).items():
        console.print(f"\n{study.name}: {value:g}", markup=False)
        for line in rows:
            console.print(line, markup=False, soft_wrap=True)
    console.print()
    console.print(_lanes(study))
    for line in study.explain():
        console.print(textwrap.fill(line, min(console.width, 110)), markup=False)


def _rows(study: Study) -> dict[float, list[str]]:
    """What was fetched, at most eleven rows a lane, and nothing if there are many lanes."""
    if len(study.values) > 8:
        return {}
    rows: dict[float, list[str]] = {}
    for value, step, found in study.table():
        line = f"step {step:5d}  " + "  ".join(f"{name}: {item!s}" for name, item in found.items())
        rows.setdefault(value, []).append(line)
    return {value: lines[:: max(1, len(lines) // 11 + (len(lines) > 11))] for value, lines in rows.items()}


def _lanes(study: Study) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in (study.name, "loss", "course", "status"):
        table.add_column(heading, justify="right" if heading in (study.name, "loss") else "left")
    for lane, value in enumerate(study.values):
        _, losses = study.course(lane)
        status = study.status(lane)
        words = f"{status} at step {study.lost_at[lane]}" if study.lost_at[lane] else status
        last = f"{losses[-1]:.4g}" if len(losses) else ""
        table.add_row(f"{value:g}", last, sparkline(losses[:: max(1, len(losses) // 40)]), words, style=_STYLES[status])
    return table
