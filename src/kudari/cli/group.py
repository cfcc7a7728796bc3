"""The command group, and the way from a command line to an exit code."""

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from kudari.cli.failure import FAILED, USAGE, Settings, debug_option, fail
from kudari.version import __version__

# Imported when asked for: `kudari run` should not wait for what only `kudari check` needs.
_COMMANDS = {
    "check": "kudari.cli.check.command",
    "run": "kudari.cli.run.command",
    "study": "kudari.cli.study.command",
}


class _Commands(click.Group):
    """The commands of the table above."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _COMMANDS.get(cmd_name)
        return importlib.import_module(module).command if module else None


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kudari", message="%(prog)s %(version)s")
@debug_option
@click.pass_context
def kudari(context: click.Context) -> int | None:
    """Run TensorFlow 1 programs, unedited, on JAX and XLA.

    \b
    Examples:
      kudari run train.py --steps 1000
      kudari run --legacy-print train.py
      kudari check my_project/
      kudari study --learning-rate 0.001,0.01,0.1 train.py

    'kudari COMMAND --help' explains a command.
    """
    if context.invoked_subcommand:
        return None
    click.echo(context.get_help(), err=True)
    return USAGE


def main(args: Sequence[str] | None = None) -> None:
    """Do what the command line asks; the console script `kudari` and `python -m kudari` call this.

    Args:
        args: The command line without its first word; `sys.argv[1:]` if None.

    Raises:
        SystemExit: The command is over, with its exit code; a script's own `SystemExit` passes through.
    """
    outcome = _obey(args)
    if hasattr(outcome, "run"):
        # Out here, so that nothing stands between the script's exceptions and the interpreter.
        outcome.run()
    else:
        sys.exit(outcome)


def _obey(args: Sequence[str] | None) -> Any:
    settings = Settings()
    try:
        return kudari.main(args, prog_name="kudari", standalone_mode=False, obj=settings)
    except BrokenPipeError:
        # Whoever read the output has left; Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except (click.Abort, Exception) as error:
        return fail(error, settings)
