"""The command line of `kudari check`."""

import json
from collections.abc import Sequence

import click
from rich.console import Console

from kudari.cli.check import report
from kudari.cli.check.findings import Findings
from kudari.cli.check.sources import find_files, read_source
from kudari.cli.check.uses import find_uses
from kudari.cli.failure import debug_option


@click.command("check", short_help="List what programs use and Kudari does not have.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@debug_option
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
def command(as_json: bool, paths: tuple[str, ...]) -> int:
    """List what the programs at PATH use of TensorFlow and Kudari does not have.

    PATH is a script, a notebook, or a folder of them. They are read, not run. A name that is missing, or a keyword
    that a function does not take, is listed with the places that use it.

    The exit code is 0 if everything is there, 1 if something is missing or could not be read, 2 for a wrong command
    line.

    \b
    Examples:
      kudari check train.py
      kudari check my_project/ notebooks/mnist.ipynb
      kudari check --json my_project/ > missing.json
    """
    findings = check(paths)
    if as_json:
        click.echo(json.dumps(report.as_json(findings), indent=2))
    else:
        report.show(findings, Console(highlight=False))
    return 0 if findings.complete else 1


def check(paths: Sequence[str]) -> Findings:
    """Return what the scripts, notebooks and folders at `paths` use and what of it Kudari lacks.

    Raises:
        CommandError: A path is not there.
    """
    findings = Findings()
    for path in find_files(paths):
        source = read_source(path)
        findings.files += 1
        findings.unreadable += source.unreadable
        findings.add(find_uses(source))
    return findings
