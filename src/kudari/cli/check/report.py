"""The two forms of a check's result: for people, and for programs."""

from typing import Any

from rich.console import Console
from rich.text import Text

from kudari.cli.check.findings import Findings


def show(findings: Findings, console: Console) -> None:
    """Print what is missing, grouped by symbol with the most used first, then what cannot be read, then the totals."""
    for what, places in findings.most_used_first():
        _line(console, f"{what}", "bold red", f"  {_count(len(places), 'use')}")
        for place in places:
            _line(console, f"  {place}")
    if findings.unreadable:
        _line(console, "Not readable", "bold yellow")
    for entry in findings.unreadable:
        cell = f"cell {entry.cell}:" if entry.cell else ""
        _line(console, f"  {entry.file}:{cell}{entry.line}: {entry.reason}")
    _line(console, totals(findings), "bold")


def totals(findings: Findings) -> str:
    """Return the last line of the report."""
    parts = [
        f"{_count(findings.files, 'file')}",
        f"{_count(findings.uses, 'use')} of {_count(len(findings.symbols), 'symbol')}",
        f"{_percent(findings.share)} covered",
        f"{len(findings.missing)} missing",
    ]
    if findings.unreadable:
        parts.append(f"{len(findings.unreadable)} not readable")
    return ", ".join(parts)


def as_json(findings: Findings) -> dict[str, Any]:
    """Return the result as what `--json` prints; `keyword` and `cell` are there only where they mean something."""
    return {
        "files": findings.files,
        "uses": findings.uses,
        "symbols": len(findings.symbols),
        "covered": findings.covered,
        "share": findings.share,
        "missing": [
            _present(symbol=what.symbol, keyword=what.keyword, places=[_present(**vars(place)) for place in places])
            for what, places in findings.most_used_first()
        ],
        "unreadable": [_present(**vars(entry)) for entry in findings.unreadable],
    }


def _present(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _line(console: Console, text: str, style: str = "", rest: str = "") -> None:
    console.print(Text(text, style) + Text(rest), soft_wrap=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _percent(share: float) -> str:
    """Return a share with one decimal, never rounded up to a 100 % that it is not."""
    return f"{min(100 * share, 99.9):.1f} %" if share < 1 else "100 %"
