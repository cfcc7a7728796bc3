"""Small data sets in MNIST's format, for programs that read it: digits drawn as blurred bars, easy to tell apart.

    python tests/programs/synthetic_mnist.py FOLDER [TRAINING_IMAGES [TEST_IMAGES]]
"""

import gzip
import os
import struct
import sys

import numpy as np

SIDE = 28


def images(count, seed):
    """`count` uint8 images `[count, 28, 28]` and their labels."""
    random = np.random.RandomState(seed)
    labels = random.randint(0, 10, count).astype(np.uint8)
    rows, columns = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    angles = labels[:, None, None] * np.pi / 10 + random.normal(0, 0.05, (count, 1, 1))
    shifts = random.normal(0, 1, (2, count, 1, 1))
    rows, columns = rows - shifts[0], columns - shifts[1]
    across = rows * np.cos(angles) - columns * np.sin(angles)
    along = rows * np.sin(angles) + columns * np.cos(angles)
    strokes = np.exp(-(across / 1.5) ** 2) / (1 + np.exp(np.abs(along) - 9))
    return (strokes * 255).astype(np.uint8), labels


def _write(path, kind, array):
    header = struct.pack(">I", kind) + struct.pack(f">{array.ndim}I", *array.shape)
    with open(path, "wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as stream:
        stream.write(header + array.tobytes())


def write(folder, train=6000, test=1000, seed=0):
    """Write the four files of a data set with so many images into `folder`, which is made if need be."""
    os.makedirs(folder, exist_ok=True)
    for part, count, part_seed in (("train", train, seed), ("t10k", test, seed + 1)):
        pixels, labels = images(count, part_seed)
        _write(os.path.join(folder, part + "-images-idx3-ubyte.gz"), 2051, pixels)
        _write(os.path.join(folder, part + "-labels-idx1-ubyte.gz"), 2049, labels)


if __name__ == "__main__":
    write(sys.argv[1], *map(int, sys.argv[2:]))
