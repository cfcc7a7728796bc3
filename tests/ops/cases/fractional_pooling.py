"""Rows for pooling over windows of unequal sizes."""

from itertools import tee

import numpy as np

from ..case import Case
from .convolution import values

_IMAGE = values(1, 7, 9, 1)
_WAYS = {"pooling_ratio": [1.0, 1.5, 1.3, 1.0], "deterministic": True, "seed": 3, "seed2": 4}
_BOUNDS = [np.array([0, 2, 3, 5, 7], np.int64), np.array([0, 1, 3, 4, 6, 7, 9], np.int64)]
_SLOPE = values(1, 4, 6, 1)


def pairwise(ends):
    """Each of `ends` and the next; this file is read by Python 3.7."""
    first, second = tee(ends)
    next(second)
    return zip(first, second)


def maxima(image, rows, columns, more):
    """The greatest element of each window."""
    return np.stack([np.stack([image[:, a:b + more, c:d + more].max((1, 2)) for c, d in pairwise(columns)], 1)
                     for a, b in pairwise(rows)], 1)


CASES = [
    *(Case(name, [_IMAGE], dict(_WAYS, **more), id=label, vague=True) for name in ("FractionalMaxPool", "FractionalAvgPool")
      for label, more in (("random", {}), ("pseudo", {"pseudo_random": True}), ("overlapping", {"overlapping": True}))),
    *(Case("FractionalMaxPoolGrad", [_IMAGE, maxima(_IMAGE, *_BOUNDS, more=more), _SLOPE, *_BOUNDS], {"overlapping": more},
           id=str(more), differentiable=()) for more in (False, True)),
    *(Case("FractionalAvgPoolGrad", [np.array(_IMAGE.shape, np.int64), _SLOPE, *_BOUNDS], {"overlapping": more},
           id=str(more), differentiable=()) for more in (False, True)),
]
