"""Record how TensorFlow 1.15's graphs answer small questions: tests/golden/graph_facts.json.

The questions are those of tests/graph/graph_facts.py. Run it with TensorFlow 1.15's Python.
"""

import os
import sys

import layout
import tensorflow as tf

sys.path.insert(0, os.path.join(layout.GOLDEN, "..", "graph"))
import graph_facts


def main():
    options = layout.arguments(__doc__).parse_args()
    layout.write(os.path.join(options.out, "graph_facts.json"), graph_facts.answers(tf))


if __name__ == "__main__":
    main()
