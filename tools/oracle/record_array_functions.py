"""Record what TensorFlow 1.15 makes of the expressions of tests/functions/array_programs.py."""

import os
import sys

import layout
import tensorflow as tf

sys.path.insert(0, os.path.join(layout.GOLDEN, "..", "functions"))

import array_programs
import recorded


def entry(expression):
    tensors, nodes = recorded.evaluated(tf, array_programs, expression)
    return {"nodes": nodes, "values": recorded.values(tf, array_programs, tensors)}


def main():
    plain = {expression: recorded.evaluated(tf, array_programs, expression, False)[1]
             for expression in array_programs.ONLY_NODES}
    out = layout.arguments(__doc__).parse_args().out
    expressions = {expression: entry(expression) for expression in array_programs.EXPRESSIONS}
    errors = {expression: recorded.error_of(tf, array_programs, expression) for expression in array_programs.WRONG}
    facts = {"expressions": expressions, "errors": errors, "nodes": plain}
    layout.write(os.path.join(out, "array_functions.json"), facts, depth=2)


if __name__ == "__main__":
    main()
