"""Record what image summaries show of tests/golden/summaries/pictures.py: pictures.json beside it.

Run it with TensorFlow 1.15's Python.
"""

import os
import sys

import layout
import tensorflow as tf

sys.path.insert(0, os.path.join(layout.GOLDEN, "summaries"))


def main():
    options = layout.arguments(__doc__).parse_args()
    import pictures
    layout.write(os.path.join(options.out, "summaries", "pictures.json"), pictures.shown(tf), depth=2)


if __name__ == "__main__":
    main()
