"""The command line of `kudari study`."""

import os
import shlex
import sys
from dataclasses import dataclass
from typing import Any

import click

from kudari.cli.failure import FAILED, INTERRUPTED, CommandError, Settings, debug_option, fail
from kudari.cli.run.launch import Launch
from kudari.cli.run.script import find_script
from kudari.cli.study.values import parsed


@click.command(
    "study",
    context_settings={"allow_interspersed_args": False},
    short_help="Run a training script once at many learning rates.",
)
@click.option("--learning-rate", "rates", metavar="RATES", help="The rates: 0.001,0.01,0.1, or 1e-4:1e-1:16 for 16 between.")
@click.option("--over", metavar="NAME=VALUES", multiple=True,
              help="Sweep another hyperparameter, such as momentum, or a constant; crossed with the other sweeps.")
@click.option("--seeds", type=click.IntRange(1), metavar="N", help="Train each choice with N random streams.")
@click.option("--numerics", type=click.Choice(["exact", "fast", "auto"]), help="As for 'kudari run'.")
@click.option("--json", "json_path", metavar="FILE", help="Write everything to a JSON file.")
@click.option("--csv", "csv_path", metavar="FILE", help="Write the losses to a CSV file.")
@click.option("--logdir", metavar="DIR", help="Write a run for each lane for TensorBoard, with its hyperparameters.")
@click.option("--png", "png_path", metavar="FILE", help="Draw the losses to a PNG file; needs Matplotlib.")
@click.option("--report", "page_path", metavar="FILE", help="Write a page that shows everything, to open in a browser.")
@click.option("--legacy-print", is_flag=True, help="Print arrays and NumPy scalars as NumPy 1.13 did.")
@debug_option
@click.argument("script", metavar="SCRIPT", type=click.Path())
@click.argument("args", metavar="[ARGS]...", nargs=-1, type=click.UNPROCESSED)
def command(
    rates: str | None, over: tuple[str, ...], seeds: int | None, numerics: str | None, json_path: str | None,
    csv_path: str | None, logdir: str | None, png_path: str | None, page_path: str | None, legacy_print: bool, script: str,
    args: tuple[str, ...]
) -> "StudyLaunch":
    """Run SCRIPT once, and beside it the same training at each of many rates.

    The script is not changed and sees its own rate only. Afterwards a table says how training went at each rate, up to
    which rate it is stable and why, and which rate to take.

    \b
    Examples:
      kudari study --learning-rate 0.001,0.01,0.1 train.py
      kudari study --learning-rate 1e-4:1e-1:64 --json study.json train.py --steps 1000
      kudari study --learning-rate 0.01,0.1 --over momentum=0.5,0.9 --seeds 3 train.py
    """
    swept = {} if rates is None else {"learning_rate": parsed(rates)}
    for choice in over:
        name, _, text = choice.partition("=")
        swept[name] = parsed(text, any_sign=name != "learning_rate")
    if not swept and seeds is None:
        raise click.UsageError("give --learning-rate RATES, --over NAME=VALUES or --seeds N, or several of them")
    environment = {"KUDARI_NUMERICS": numerics} if numerics else {}
    launch = Launch(find_script(script), [script, *args], environment, legacy_print, stats=False)
    return StudyLaunch(launch, swept, seeds, json_path, csv_path, logdir, png_path, page_path,
                       shlex.join(["kudari", *sys.argv[1:]]))


@dataclass(frozen=True)
class StudyLaunch:
    """A script to run with lanes beside it.

    Attributes:
        launch: The script.
        swept: The values of all that is swept, by name.
        seeds: How many random streams each choice of values is trained with; all draw the same if `None`.
        json_path: Where everything is written.
        csv_path: Where the losses are written.
        logdir: Where the event files for TensorBoard are written.
        png_path: Where the losses are drawn.
        page_path: Where the page is written.
        words: The command line.
    """

    launch: Launch
    swept: dict[str, list[float]]
    seeds: int | None
    json_path: str | None
    csv_path: str | None
    logdir: str | None
    png_path: str | None
    page_path: str | None
    words: str

    def run(self) -> None:
        """Run the script, and say what was found; what the script raised goes on to the caller then.

        Ctrl-C ends the training, and what was recorded is reported; another one ends everything.
        """
        os.environ.update(self.launch.environment)  # before anything imports the engine
        from kudari.cli.study.progress import Display
        from kudari.lab.interrupts import Interrupts
        from kudari.lab.progress import Progress

        display = Display(Progress())

        def leave() -> None:
            display.close()
            os._exit(INTERRUPTED)

        with Interrupts(leave) as interrupts:
            ended = self._reported(display, interrupts)
        if ended is not None:
            raise ended

    def _reported(self, display: Any, interrupts: Any) -> BaseException | None:
        """Run the script, say what was found, and return what ended it."""
        from kudari.cli.study.report import show
        from kudari.lab.interrupts import Interrupted
        from kudari.lab.of_script import StudyError, study

        try:
            with display:
                found, ended = study(self.launch.run, self.swept, self.seeds, traces=self.page_path is not None,
                                     progress=display.progress, interrupts=interrupts)
            show(found)
            self._write(found)
        except StudyError as error:
            sys.exit(fail(CommandError(str(error), FAILED), Settings()))
        except Interrupted as error:
            sys.exit(fail(CommandError(str(error), INTERRUPTED), Settings()))
        except KeyboardInterrupt:
            sys.exit(fail(CommandError("interrupted while the study was written", INTERRUPTED), Settings()))
        if found.interrupted:
            sys.exit(INTERRUPTED)
        return ended

    def _write(self, found: Any) -> None:
        try:
            if self.json_path:
                found.to_json(self.json_path)
            if self.csv_path:
                found.to_csv(self.csv_path)
            if self.logdir:
                found.to_tensorboard(self.logdir)
            if self.png_path:
                from kudari.lab.picture import draw
                draw(found, self.png_path)
            if self.page_path:
                found.report(self.page_path, title=os.path.basename(self.launch.argv[0]), command=self.words)
        except (ImportError, ValueError) as error:
            sys.exit(fail(CommandError(str(error), FAILED), Settings()))
        except OSError as error:
            sys.exit(fail(CommandError(f"can't write {error.filename}: {error.strerror}", FAILED), Settings()))
