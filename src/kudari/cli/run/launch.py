"""A script with everything that has to be in place when it starts."""

import os
from dataclasses import dataclass

from kudari import shim
from kudari.cli.run import old_names
from kudari.cli.run.script import Script


@dataclass(frozen=True)
class Launch:
    """A script to run, its arguments, and how it is to be run.

    Attributes:
        script: What to run.
        argv: `sys.argv` for it.
        environment: Variables the engine reads, set before it is imported.
        legacy_print: Whether arrays print as NumPy 1.13 printed them.
        stats: Whether to report on the run afterwards.
    """

    script: Script
    argv: list[str]
    environment: dict[str, str]
    legacy_print: bool
    stats: bool

    def run(self) -> None:
        """Run the script in this process; what it raises, `SystemExit` included, goes on to the caller."""
        os.environ.update(self.environment)
        if self.stats:
            from kudari.cli.run import report  # rich is not imported for a run without a report

            report.at_exit()
        if self.legacy_print:
            from kudari.cli import legacy_print  # nor NumPy, for a script that does not use it

            legacy_print.install()
        old_names.install()
        shim.install()
        self.script.run(self.argv)
