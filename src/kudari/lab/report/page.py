"""The file: a template, with its style, its script and the data inside."""

from __future__ import annotations

import html
import importlib.resources
import json
import os
import shlex
import sys
from typing import TYPE_CHECKING, Any

from .content import content

if TYPE_CHECKING:
    from ..study import Study


def write(path: Any, study: Study, title: str | None = None, command: str | None = None) -> None:
    """Write the page of a study.

    Args:
      path: of the file.
      study: what was found.
      title: what was studied; the name of the running script if `None`.
      command: what makes the study again; how the running script was started if `None`.
    """
    started = sys.argv[0] if os.path.isfile(sys.argv[0]) else None
    title = title or (os.path.basename(started) if started else "a training program")
    command = command or (shlex.join(["python", *sys.argv]) if started else "study.report(path), from Python")
    text = page(content(study, title, command))
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def page(data: dict[str, Any]) -> str:
    """Return the page that shows what `content` gives."""
    held = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    parts = {
        "title": html.escape(data["title"]),
        "style": _file("report.css"),
        "script": _file("report.js"),
        "data": held.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
    }
    text = _file("page.html")
    first, *rest = text.split("{{")
    for piece in rest:  # one pass: what is filled in is not looked at again
        name, _, after = piece.partition("}}")
        first += parts[name] + after
    return first


def _file(name: str) -> str:
    return importlib.resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
