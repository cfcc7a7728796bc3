"""Tracebacks that begin in the script, not in the command that runs it."""

import sys
from types import TracebackType


def report_from(beginning: TracebackType | None, error: BaseException) -> None:
    """Let the interpreter report `error`, should nothing catch it, with the traceback `beginning` only.

    The hook that prints tracebacks, be it Python's or one the script has installed, is called as always, once, with
    that traceback. Printing is left to the interpreter, because it also knows the exit code, and how a process dies of
    Ctrl-C.

    Args:
        beginning: The first entry to show; None for none, as for a script that does not compile.
        error: The exception that is about to leave the command.
    """
    if isinstance(error, SystemExit):
        return
    hook = sys.excepthook

    def show(kind: type[BaseException], value: BaseException, whole: TracebackType | None) -> None:
        sys.excepthook = hook
        if value is not error:
            hook(kind, value, whole)
            return
        sys.last_traceback = beginning
        hook(kind, value.with_traceback(beginning), beginning)

    sys.excepthook = show
