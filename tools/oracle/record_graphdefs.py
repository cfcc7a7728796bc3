"""Record the GraphDefs of small programs: tests/golden/graphdefs/*.pbtxt.

The programs are those of tests/graph/graphdef_programs.py. Run it with TensorFlow 1.15's Python.
"""

import os
import sys

import layout
import tensorflow as tf
from google.protobuf import text_format

sys.path.insert(0, os.path.join(layout.GOLDEN, "..", "graph"))
import graphdef_programs


def main():
    options = layout.arguments(__doc__).parse_args()
    folder = os.path.join(options.out, "graphdefs")
    if not os.path.isdir(folder):
        os.makedirs(folder)
    for name, (build, add_shapes) in sorted(graphdef_programs.PROGRAMS.items()):
        with tf.Graph().as_default() as graph:
            build(tf)
        with open(os.path.join(folder, name + ".pbtxt"), "w", encoding="utf-8") as out:
            out.write(text_format.MessageToString(graph.as_graph_def(add_shapes=add_shapes)))


if __name__ == "__main__":
    main()
