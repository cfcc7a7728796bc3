"""Rows of crosses of features and of texts that follow each other."""

import numpy as np

from ..case import Case

_PLACES = [np.array([[0, 0], [1, 0], [1, 1]], np.int64)] * 2
_FEATURES = [np.array([b"a", b"b", b"c"], object), np.array([1, 2, -3], np.int64)]
_SHAPES = [np.array([2, 2], np.int64)] * 2
_DENSE = [np.array([[b"x"], [b"y"]], object), np.array([[7, 8], [9, 10]], np.int64)]
_PLAIN = {"hashed_output": False, "num_buckets": 0, "hash_key": 956888297470, "out_type": "string",
          "internal_type": "int64"}
_HASHED = {**_PLAIN, "hashed_output": True, "out_type": "int64"}
_GRAMS = {"separator": "|", "ngram_widths": [2, 3], "left_pad": "L", "right_pad": "R", "pad_width": 0,
          "preserve_short_sequences": False}
_WORDS = [np.array([b"a", b"b", b"c", b"d", b"e"], object), np.array([0, 3, 4, 5], np.int64)]

CASES = [
    Case("StringNGrams", _WORDS, _GRAMS, vague=True),
    Case("StringNGrams", _WORDS, {**_GRAMS, "pad_width": 1, "preserve_short_sequences": True}, vague=True, id="one"),
    Case("StringNGrams", _WORDS, {**_GRAMS, "pad_width": -1}, vague=True, id="all"),
    Case("SparseCross", [_PLACES, _FEATURES, _SHAPES, _DENSE], _PLAIN, differentiable=(), vague=True),
    Case("SparseCross", [_PLACES, _FEATURES, _SHAPES, _DENSE], _HASHED, differentiable=(), vague=True, id="hashed"),
    Case("SparseCross", [_PLACES, _FEATURES, _SHAPES, _DENSE], {**_HASHED, "num_buckets": 1000}, differentiable=(),
         vague=True, id="buckets"),
]
