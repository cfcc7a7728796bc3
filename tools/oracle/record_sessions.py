"""Record in which order things happen in the monitored sessions of tests/golden/sessions/programs.py: order.json beside it.

Run it with TensorFlow 1.15's Python.
"""

import os
import shutil
import sys
import tempfile

import layout
import tensorflow as tf

sys.path.insert(0, os.path.join(layout.GOLDEN, "sessions"))


def record(programs, program):
    folder = tempfile.mkdtemp()
    try:
        return programs.run(tf, program, folder)
    finally:
        tf.summary.FileWriterCache.clear()
        shutil.rmtree(folder)


def main():
    options = layout.arguments(__doc__).parse_args()
    import programs
    recorded = {program.__name__: record(programs, program) for program in programs.PROGRAMS}
    layout.write(os.path.join(options.out, "sessions", "order.json"), recorded, depth=2)


if __name__ == "__main__":
    main()
