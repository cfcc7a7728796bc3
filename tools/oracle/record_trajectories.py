"""Record what each case of tests/golden/trajectories.py does: trajectories.json, values of the variable after some steps.

Run it with TensorFlow 1.15's Python.
"""

import importlib
import os
import sys

import layout
import readable
import tensorflow as tf

sys.path.insert(0, layout.GOLDEN)


def record(trajectories, case):
    # Without the graph optimizer, which multiplies numbers in another order than the program says.
    config = tf.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)
    config.graph_options.rewrite_options.disable_meta_optimizer = True
    with tf.Graph().as_default(), tf.Session(config=config) as session:
        w, step = trajectories.build(tf, *case)
        return [readable.array(value)["values"] for value in trajectories.run(tf, session, w, step)]


def main():
    options = layout.arguments(__doc__).parse_args()
    trajectories = importlib.import_module("trajectories")
    recorded = {name: record(trajectories, case) for name, case in sorted(trajectories.CASES.items())}
    layout.write(os.path.join(options.out, "trajectories.json"), recorded)


if __name__ == "__main__":
    main()
