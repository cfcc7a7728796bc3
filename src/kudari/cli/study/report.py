"""A study on the terminal."""

import textwrap

from rich.console import Console
from rich.table import Table

from kudari.lab.study import Study, sparkline

_STYLES = {"converged": "green", "training": "default", "growing": "yellow", "diverged": "red"}


def show(study: Study) -> None:
    """Print the rows that the program fetched at each value, the table of all lanes, and what follows from it."""
    console = Console(highlight=False)
    for lane, rows in _rows(study).items():
        label = study.points.label(lane)
        console.print(f"\n{label if len(study.points.columns) > 1 else f'{study.name}: {label}'}", markup=False)
        for line in rows:
            console.print(line, markup=False, soft_wrap=True)
    console.print()
    console.print(_lanes(study))
    for line in study.explain():
        console.print(textwrap.fill(line, min(console.width, 110)), markup=False)


def _rows(study: Study) -> dict[int, list[str]]:
    """What was fetched, at most eleven rows a lane, and nothing if there are many lanes."""
    if len(study.values) > 8:
        return {}
    rows: dict[int, list[str]] = {}
    for lane, step, found in study.table():
        line = f"step {step:5d}  " + "  ".join(f"{name}: {item!s}" for name, item in found.items())
        rows.setdefault(lane, []).append(line)
    return {lane: lines[:: max(1, len(lines) // 11 + (len(lines) > 11))] for lane, lines in rows.items()}


def _lanes(study: Study) -> Table:
    table = Table(box=None, pad_edge=False)
    columns = study.points.columns
    for heading in (*columns, "loss", "course", "status"):
        table.add_column(heading, justify="right" if heading in (*columns, "loss") else "left")
    for lane in range(len(study.points)):
        _, losses = study.course(lane)
        status = study.status(lane)
        words = f"{status} at step {study.lost_at[lane]}" if study.lost_at[lane] else study.words(lane)
        if lane == study.own_lane:
            words += ", the script's own"
        last = f"{losses[-1]:.4g}" if len(losses) else ""
        values = [f"{value:g}" for value in study.points.of(lane).values()]
        table.add_row(*values, last, sparkline(losses[:: max(1, len(losses) // 40)]), words, style=_STYLES[status])
    return table
