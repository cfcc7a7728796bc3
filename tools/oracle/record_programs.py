"""Record what the programs of tests/programs print: programs.json, a list of lines each, without times.

Run it with TensorFlow 1.15's Python, NetworkX and SciPy beside it, and the sources where tests/programs/programs.py looks.
"""

import os
import re
import subprocess
import sys
import tempfile

import layout

sys.path.insert(0, os.path.join(layout.GOLDEN, "..", "programs"))
import programs

CLOCK = re.compile(r"time= *[\d.]+")
OWN_WORDS = ("Extracting ", "Successfully downloaded")  # of TensorFlow's reader of MNIST, with the path of the files
MAKE_MNIST = os.path.join(layout.GOLDEN, "..", "programs", "synthetic_mnist.py")


def record(program, mnist):
    command, folder = programs.arguments(program)
    printed = subprocess.check_output([sys.executable] + command, cwd=folder,  # noqa: RUF005
                                      env=programs.environment(program, mnist), universal_newlines=True)
    return [CLOCK.sub("time=", line) for line in printed.splitlines() if not line.startswith(OWN_WORDS)]


def main():
    options = layout.selection(__doc__).parse_args()
    path = os.path.join(options.out, "programs.json")
    recorded = layout.read(path) if options.only else {}
    with tempfile.TemporaryDirectory() as mnist:
        subprocess.check_call([sys.executable, MAKE_MNIST, mnist, str(programs.TRAIN_IMAGES), str(programs.TEST_IMAGES)])
        for name, program in sorted(programs.PROGRAMS.items()):
            if options.only and name not in options.only:
                continue
            if programs.absence(program):
                raise SystemExit(programs.absence(program))
            recorded[name] = record(program, mnist)
    layout.write(path, recorded, depth=2)


if __name__ == "__main__":
    main()
