"""Running a script in this process exactly as `python SCRIPT` would."""

import builtins
import io
import os
import pkgutil
import runpy
import sys
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from types import CodeType, ModuleType, TracebackType
from typing import Any, Protocol

from kudari.cli.failure import FAILED, USAGE, CommandError
from kudari.cli.run.source import compile_source
from kudari.cli.run.tracebacks import report_from


class Script(Protocol):
    """Something that can be run as `__main__`."""

    def run(self, argv: list[str]) -> None:
        """Run it with `sys.argv = argv`; what it raises goes on to the caller, without this module's frames."""


def find_script(path: str) -> Script:
    """Return the script at `path`, which is a file, or a directory or zip archive with a `__main__.py`.

    Raises:
        CommandError: There is none; the words and the exit code are Python's.
    """
    place = os.path.abspath(path)
    importer = pkgutil.get_importer(place)
    if importer is None:
        return _File(place, _read(place))
    if importer.find_spec("__main__") is None:
        raise CommandError(f"can't find '__main__' module in {place!r}", FAILED)
    return _Archive(place)


@dataclass(frozen=True)
class _File:
    path: str
    content: bytes

    def run(self, argv: list[str]) -> None:
        main = _take_over(argv, os.path.dirname(os.path.realpath(self.path)))
        main.update(__cached__=None, __file__=self.path, __loader__=SourceFileLoader("__main__", self.path))
        try:
            code = self._code()
        except SyntaxError as error:
            report_from(None, error)
            raise
        try:
            exec(code, main)
        except BaseException as error:
            report_from(_below_here(error), error)
            raise

    def _code(self) -> CodeType:
        compiled = pkgutil.read_code(io.BytesIO(self.content)) if self.path.endswith(".pyc") else None
        return compiled or compile_source(self.content, self.path)


@dataclass(frozen=True)
class _Archive:
    """A directory or zip archive, which Python itself runs through `runpy`."""

    path: str

    def run(self, argv: list[str]) -> None:
        _take_over(argv, self.path)
        try:
            # What the interpreter calls for a directory; `runpy.run_path` would take `__main__` away again at the end.
            runpy._run_module_as_main("__main__", alter_argv=False)  # type: ignore[attr-defined]
        except BaseException as error:
            report_from(_below_here(error), error)
            raise


def _read(path: str) -> bytes:
    try:
        with io.open_code(path) as stream:
            return stream.read()
    except OSError as error:
        raise CommandError(f"can't open file {path!r}: [Errno {error.errno}] {error.strerror}", USAGE) from error


def _take_over(argv: list[str], first_path: str) -> dict[str, Any]:
    """Put a fresh module in place of ours as `__main__`, and return its names."""
    module = ModuleType("__main__")
    module.__dict__.update(__annotations__={}, __builtins__=builtins)
    sys.modules["__main__"] = module
    sys.argv[:] = argv
    if not sys.flags.safe_path:
        sys.path[0] = first_path  # in place of the directory the `kudari` command lies in
    return module.__dict__


def _below_here(error: BaseException) -> TracebackType | None:
    """Return the traceback of `error` without the frame that has caught it."""
    return error.__traceback__.tb_next if error.__traceback__ else None
