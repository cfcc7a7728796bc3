"""Rows of the ops that draw random numbers."""

import numpy as np

from ..case import Case

_SEEDS = {"seed": 87654321, "seed2": 5}


def _i(*values):
    return np.array(values, np.int32)


def _drawn(op_type):
    return [Case(op_type, [_i(2, 3)], {"dtype": "float32", **_SEEDS}),
            Case(op_type, [np.array([5], np.int64)], {"dtype": "float64", **_SEEDS}, id="double"),
            Case(op_type, [_i(0, 3)], {"dtype": "float16", **_SEEDS}, id="none"),
            Case(op_type, [_i()], {"dtype": "bfloat16", **_SEEDS}, id="scalar")]


CASES = [
    *_drawn("RandomUniform"),
    *_drawn("RandomStandardNormal"),
    *_drawn("TruncatedNormal"),
]
