"""`tf.app`: starting a program."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from absl import app

from .flags import FLAGS


def run(main: Callable[[list[str]], Any] | None = None, argv: list[str] | None = None) -> None:
    """Read the flags of the command line, call `main` with what is left of it, and leave with what that returns.

    Args:
      main: the function; `main` of the program that runs if `None`.
      argv: the command line; `sys.argv` if `None`. Flags that nobody has defined are left in it.
    """
    app.run(main=main or sys.modules["__main__"].main, argv=argv, flags_parser=_read)


def _read(argv: list[str] | None) -> list[str]:
    return FLAGS(sys.argv if argv is None else argv, known_only=True)
