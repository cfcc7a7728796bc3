"""Record the nodes TensorFlow 1.15 makes for tests/functions/math_programs.py: tests/golden/math_graphs.json.

Run it with TensorFlow 1.15's Python.
"""

import os
import sys

import layout
import tensorflow as tf

sys.path.insert(0, os.path.join(os.path.dirname(layout.GOLDEN), "functions"))

import math_programs


def main():
    options = layout.arguments(__doc__).parse_args()
    layout.write(os.path.join(options.out, "math_graphs.json"), math_programs.record(tf), depth=2)


if __name__ == "__main__":
    main()
