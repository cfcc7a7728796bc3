"""Record the digits of the seed program with every optimizer: tests/golden/seed_optimizers/VERSION.json.

Run it with TensorFlow 1.3's Python and with 1.15's; optimizers that one of them lacks are not in its file.
"""

import importlib
import os
import sys

import layout
import tensorflow as tf

sys.path.insert(0, layout.GOLDEN)


def record(programs, name):
    # Without the graph optimizer, which multiplies numbers in another order than the program says.
    config = tf.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)
    if tf.VERSION != "1.3.0":
        config.graph_options.rewrite_options.disable_meta_optimizer = True
    return programs.bits(tf, name, config)


def main():
    options = layout.arguments(__doc__).parse_args()
    programs = importlib.import_module("seed_optimizers")
    recorded = {}
    for name in sorted(programs.OPTIMIZERS):
        try:
            recorded[name] = record(programs, name)
        except (AttributeError, TypeError) as error:
            print(f"not in {tf.VERSION}: {name}: {error}")
    folder = os.path.join(options.out, "seed_optimizers")
    if not os.path.isdir(folder):
        os.makedirs(folder)
    layout.write(os.path.join(folder, ".".join(tf.VERSION.split(".")[:2]) + ".json"), recorded, depth=2)


if __name__ == "__main__":
    main()
