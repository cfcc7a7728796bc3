"""Errors of the command line: one line on stderr, and the traceback only for those who ask."""

import sys
import traceback
from dataclasses import dataclass

import click

USAGE = 2
FAILED = 1
INTERRUPTED = 130


class CommandError(click.ClickException):
    """A command that cannot do what it was asked, with the exit code that says so."""

    def __init__(self, message: str, code: int = FAILED) -> None:
        super().__init__(message)
        self.code = code


@dataclass
class Settings:
    """What holds for every command."""

    debug: bool = False


def _remember_debug(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    settings = context.find_object(Settings)
    if settings is not None and value:
        settings.debug = True


debug_option = click.option(
    "--debug",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_remember_debug,
    help="Show the traceback of an error of the command itself.",
)


def fail(error: BaseException, settings: Settings) -> int:
    """Print `error` as one line, and return the exit code of the command."""
    if settings.debug:
        traceback.print_exception(error)
    print(f"kudari: {_words(error)}", file=sys.stderr)
    return _exit_code(error)


def _words(error: BaseException) -> str:
    if isinstance(error, click.Abort):
        return "interrupted"
    if isinstance(error, click.UsageError):
        return f"{_sentence(error.format_message())}{_where_to_look(error)}"
    if isinstance(error, click.ClickException):
        return error.format_message()
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text} (kudari --debug shows where)"


def _sentence(message: str) -> str:
    text = " ".join(message.split()).rstrip(".")
    return text[:1].lower() + text[1:]


def _where_to_look(error: click.UsageError) -> str:
    return f"; see '{error.ctx.command_path} --help'" if error.ctx else ""


def _exit_code(error: BaseException) -> int:
    if isinstance(error, CommandError):
        return error.code
    if isinstance(error, click.ClickException):
        return error.exit_code
    return INTERRUPTED if isinstance(error, click.Abort) else FAILED
