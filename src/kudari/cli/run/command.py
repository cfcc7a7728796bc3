"""The command line of `kudari run`."""

import click

from kudari.cli.failure import debug_option
from kudari.cli.run.launch import Launch
from kudari.cli.run.script import find_script


@click.command(
    "run",
    context_settings={"allow_interspersed_args": False},
    short_help="Run a TensorFlow 1 script as Python would.",
)
@click.option(
    "--numerics",
    type=click.Choice(["exact", "fast", "auto"]),
    help="exact: the digits of TensorFlow 1.3's CPU kernels. fast: XLA unrestricted. "
    "auto: exact where it costs nothing, fast elsewhere. Without it, KUDARI_NUMERICS decides, or else auto.",
)
@click.option("--no-defer", is_flag=True, help="Run every step when it is asked for, not when its result is looked at.")
@click.option("--legacy-print", is_flag=True, help="Print arrays and NumPy scalars as NumPy 1.13 did: [ 0.30000001].")
@click.option("--stats", is_flag=True, help="Report plans, compilations, steps and times on stderr afterwards.")
@debug_option
@click.argument("script", metavar="SCRIPT", type=click.Path())
@click.argument("args", metavar="[ARGS]...", nargs=-1, type=click.UNPROCESSED)
def command(
    numerics: str | None, no_defer: bool, legacy_print: bool, stats: bool, script: str, args: tuple[str, ...]
) -> Launch:
    """Run SCRIPT as 'python SCRIPT ARGS...' would, with 'import tensorflow' answered by Kudari.

    SCRIPT is a Python file, or a directory or zip archive with a __main__.py in it. Everything after it belongs to the
    script, options included. Exit code, tracebacks and Ctrl-C are those of Python.

    \b
    Examples:
      kudari run train.py --steps 1000
      kudari run --legacy-print --numerics exact trainapi.py
      kudari run --no-defer --stats train.py
    """
    environment = {}
    if numerics:
        environment["KUDARI_NUMERICS"] = numerics
    if no_defer:
        environment["KUDARI_DEFER"] = "0"
    return Launch(find_script(script), [script, *args], environment, legacy_print, stats)
