"""Finding the Python files and notebooks of a repository, and parsing them."""

import ast
import json
import os
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kudari.cli.failure import USAGE, CommandError

_SUFFIXES = (".py", ".ipynb")
_NOT_OURS = {"__pycache__", "node_modules", "site-packages"}

_MAGIC = re.compile(r"^([ \t]*)(?:%{1,2}\w|(?<![ \t])% |[!?]|[\w.]+[ \t]*=[ \t]*[%!]|[\w.]+\?+[ \t]*$).*$", re.MULTILINE)

# What Python 3 says of code that only Python 2 can read.
_PYTHON_2 = {
    "Missing parentheses in call to 'print'": "print statement",
    "Missing parentheses in call to 'exec'": "exec statement",
    "multiple exception types must be parenthesized": "'except X, e'",
    "leading zeros in decimal integer literals": "octal number with a leading 0",
    "inconsistent use of tabs and spaces": "tabs mixed with spaces",
}


@dataclass(frozen=True)
class Unreadable:
    """A file, or a cell of a notebook, that is not valid Python 3."""

    file: str
    line: int
    reason: str
    cell: int | None = None


@dataclass
class Unit:
    """One piece of code with line numbers of its own: a file, or one cell of a notebook."""

    tree: ast.Module
    cell: int | None = None


@dataclass
class Source:
    """A file and the pieces of code in it that could be parsed; the pieces share their names."""

    file: str
    units: list[Unit] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)


def find_files(paths: Iterable[str]) -> list[Path]:
    """Return the `.py` and `.ipynb` files at or below `paths`, each once, in order.

    Hidden folders, caches, virtual environments and installed packages inside a folder are passed over.

    Raises:
        CommandError: A path is not there.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not os.path.exists(path):
            raise CommandError(f"no such file or folder: {path!r}", USAGE)
        found.update(dict.fromkeys(_below(path) if os.path.isdir(path) else [Path(path)]))
    return list(found)


def read_source(path: Path) -> Source:
    """Parse the file at `path`; what cannot be read is said in the result, never raised."""
    source = Source(str(path))
    try:
        content = path.read_bytes()
        pieces = _cells(content) if path.suffix == ".ipynb" else [(None, content)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        source.unreadable.append(Unreadable(str(path), 1, _describe(error)))
        return source
    for cell, code in pieces:
        try:
            source.units.append(Unit(_parse(code) if isinstance(code, bytes) else _parse_cell(code), cell))
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = getattr(error, "lineno", None) or 1
            source.unreadable.append(Unreadable(str(path), line, _describe(error), cell))
    return source


def _below(folder: str) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if _is_ours(here, name))
        for name in sorted(files):
            if name.endswith(_SUFFIXES):
                yield Path(here, name)


def _is_ours(parent: str, name: str) -> bool:
    if name.startswith(".") or name in _NOT_OURS:
        return False
    return not os.path.exists(os.path.join(parent, name, "pyvenv.cfg"))


def _parse_cell(code: str) -> ast.Module:
    try:
        return _parse(code)
    except SyntaxError:
        return _parse(_without_magics(code))


def _parse(code: bytes | str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # old programs are full of invalid escapes
        return ast.parse(code)


def _cells(content: bytes) -> list[tuple[int, str]]:
    notebook = json.loads(content)
    cells = notebook["cells"] if "cells" in notebook else [c for s in notebook["worksheets"] for c in s["cells"]]
    return [
        (number, _text(cell))
        for number, cell in enumerate(cells, 1)
        if cell["cell_type"] == "code" and not _is_foreign(_text(cell))
    ]


def _text(cell: dict) -> str:
    lines = cell["source"] if "source" in cell else cell["input"]
    return lines if isinstance(lines, str) else "".join(lines)


def _is_foreign(code: str) -> bool:
    first = code.lstrip().split(maxsplit=1)[:1]
    return first != [] and first[0].startswith("%%") and first[0] not in ("%%time", "%%timeit", "%%capture", "%%prun")


def _without_magics(code: str) -> str:
    """Replace IPython's own lines, which no Python parser takes, by `pass` where they stand."""
    return _MAGIC.sub(r"\1pass", code)


def _describe(error: BaseException) -> str:
    message = getattr(error, "msg", None) or str(error)
    for words, construct in _PYTHON_2.items():
        if message.startswith(words):
            return f"Python 2 code ({construct}), which Python 3 cannot read, and lib2to3 is gone: convert it first"
    return f"{type(error).__name__}: {message}"
