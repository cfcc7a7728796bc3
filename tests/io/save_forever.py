"""Save one checkpoint after another until killed: `python save_forever.py FOLDER PREFIX...`, a line on stdout for each.

Round `n` saves a whole tensor, a tensor in two parts and a text, all of them `n`, under the prefixes in turn; a prefix that
ends in `+` is saved in two checkpoints which are merged.
"""

import itertools
import os
import sys

import numpy as np

from kudari.dtypes import float32, string
from kudari.io.bundle_writer import Piece, merge_bundles, write_bundle
from kudari.io.slices import Slice

SIZE = 50_000


def pieces(number):
    return [
        Piece("whole", float32, np.full(SIZE, number, np.float32)),
        Piece("text", string, np.array([b"%d" % number] * 3, object)),
        Piece("parts", float32, np.full((3, 2), number, np.float32), (5, 2), Slice.parsed("0,3:-")),
        Piece("parts", float32, np.full((2, 2), number, np.float32), (5, 2), Slice.parsed("3,2:-")),
    ]


def save(folder, prefix, number):
    path, saved = os.path.join(folder, prefix.rstrip("+")), pieces(number)
    if not prefix.endswith("+"):
        return write_bundle(path, saved)
    halves = [os.path.join(f"{path}_temp{number}", f"part{i}") for i in range(2)]
    for half, some in zip(halves, (saved[:3], saved[3:])):
        write_bundle(half, some)
    return merge_bundles(halves, path)


def main(folder, *prefixes):
    for number in itertools.count(1):
        for prefix in prefixes:
            save(folder, prefix, number)
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
