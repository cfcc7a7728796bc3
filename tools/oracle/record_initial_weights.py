"""Record the initial weights of the nets in tests/golden/initial_weights.py: tests/golden/initial_weights.json.

Run it with TensorFlow 1.15's Python.
"""

import importlib
import os
import sys

import layout
import readable
import tensorflow as tf

sys.path.insert(0, layout.GOLDEN)


def record(build):
    with tf.Graph().as_default(), tf.Session() as session:
        build(tf)
        session.run(tf.global_variables_initializer())
        return {variable.name: readable.array(session.run(variable)) for variable in tf.global_variables()}


def main():
    options = layout.arguments(__doc__).parse_args()
    programs = importlib.import_module("initial_weights").PROGRAMS
    recorded = {name: record(build) for name, build in programs.items()}
    layout.write(os.path.join(options.out, "initial_weights.json"), recorded, depth=2)


if __name__ == "__main__":
    main()
