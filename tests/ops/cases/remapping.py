"""Rows of the ops that move the rows and columns of a matrix by vocabularies."""

import os

import numpy as np

from ..case import Case

_HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "golden")
OLD, NEW = (np.array(os.path.join(_HERE, "vocabularies", name)) for name in ("old.txt", "new.txt"))
FIXTURE = np.array(os.path.join(_HERE, "checkpoints", "tf115", "model-3"))

CASES = [
    Case("GenerateVocabRemapping", [NEW, OLD], {"new_vocab_offset": 0, "num_new_vocab": 3}),
    Case("GenerateVocabRemapping", [NEW, OLD], {"new_vocab_offset": 1, "num_new_vocab": 2, "old_vocab_size": 1}, id="part"),
    Case("LoadAndRemapMatrix", [FIXTURE, np.array("embedding"), np.array([2, -1, 0]), np.array([1, -1]),
                                np.array([1, 2, 3, 4], np.float32)], {"num_rows": 3, "num_cols": 2}),
    Case("LoadAndRemapMatrix", [FIXTURE, np.array("embedding"), np.array([2, -1, 0]), np.zeros([0], np.int64),
                                np.array([1, 2], np.float32)], {"num_rows": 3, "num_cols": 2}, id="rows"),
]
