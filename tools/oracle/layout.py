"""How goldens are written: stable JSON, one item a line, so that a change reads as a short diff.

Runs on Python 3.6 and later, because TensorFlow 1 does.
"""

import argparse
import json
import os

GOLDEN = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "golden"))


def compact(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(", ", ": "))


def render(value, depth):
    """`value` as JSON whose first `depth` levels have one item a line."""
    if depth == 0 or not isinstance(value, (dict, list)) or not value:
        return compact(value)
    if isinstance(value, dict):
        items = [compact(key) + ": " + render(value[key], depth - 1) for key in sorted(value)]
        return "{\n" + ",\n".join(items) + "\n}"
    return "[\n" + ",\n".join(render(item, depth - 1) for item in value) + "\n]"


def write(path, value, depth=1):
    folder = os.path.dirname(path)
    if not os.path.isdir(folder):
        os.makedirs(folder)
    with open(path, "w", encoding="utf-8") as out:
        out.write(render(value, depth) + "\n")


def read(path):
    with open(path, encoding="utf-8") as source:
        return json.load(source)


def arguments(description):
    """The parser every recorder shares: where the goldens go."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--out", default=GOLDEN, help="folder of the goldens (default: tests/golden)")
    return parser


def selection(description):
    """The same, with names of what alone is recorded; all if there are none."""
    parser = arguments(description)
    parser.add_argument("only", nargs="*", help="names of the files of cases to record (default: all)")
    return parser
