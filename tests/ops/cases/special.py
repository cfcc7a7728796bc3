"""Rows for special functions, bits, norms and cross products."""

import numpy as np

from ..case import Case

X = np.array([[-1.7, -0.4, 0.3], [0.9, 1.6, 2.5]], np.float32)
POSITIVE = np.array([[0.2, 0.7, 1.3], [2.1, 3.4, 5.5]], np.float32)
ROW = np.array([0.5, 1.2, 2.0], np.float32)
UNIT = np.array([[0.1, 0.25, 0.4], [0.5, 0.7, 0.9]], np.float32)
ZEROS = np.array([[0.0, 0.7, 0.0], [2.1, 0.0, 5.5]], np.float32)
INTS = np.array([[-7, 3, 4], [5, 8, -9]], np.int32)
BYTES = np.array([0, 1, 127, 255], np.uint8)
PLACES = np.array([1, -3, 40], np.int32)
_SCANS = [(exclusive, reverse) for exclusive in (False, True) for reverse in (False, True)]

CASES = (
    [Case(name, [X]) for name in ("BesselI0e", "BesselI1e")]
    + [Case(name, [POSITIVE, ROW], differentiable=(1,)) for name in ("Igamma", "Igammac")]
    + [Case("IgammaGradA", [POSITIVE, ROW])]
    + [Case("Betainc", [POSITIVE, POSITIVE[::-1].copy(), UNIT], differentiable=(2,)),
       Case("Betainc", [np.float32(2), np.float32(3), UNIT], differentiable=(2,), id="scalar")]
    + [Case("Zeta", [POSITIVE + np.float32(1.5), ROW], differentiable=(1,))]
    + [Case(name, [X, ROW]) for name in ("Xlogy", "Xdivy")]
    + [Case(name, [ZEROS, ZEROS], id="zero", differentiable=()) for name in ("Xlogy", "Xdivy")]
    + [Case("NextAfter", [X, ROW], differentiable=()), Case("NextAfter", [X, np.float32(-9)], id="down", differentiable=())]
    + [Case("EuclideanNorm", [X, np.int32(1)]), Case("EuclideanNorm", [X, np.array([0, 1], np.int32)], {"keep_dims": True},
                                                     id="all")]
    + [Case("CumulativeLogsumexp", [X, np.int32(1)], {"exclusive": exclusive, "reverse": reverse},
            id="%d%d" % (exclusive, reverse), differentiable=() if exclusive else None) for exclusive, reverse in _SCANS]
    + [Case("Cross", [X, POSITIVE]), Case("Cross", [INTS, INTS[::-1].copy()], id="int")]
    + [Case(name, [INTS, np.array([6, -2, 12], np.int32)]) for name in ("BitwiseAnd", "BitwiseOr", "BitwiseXor")]
    + [Case("BitwiseXor", [BYTES, np.uint8(15)], id="byte"), Case("Invert", [INTS]), Case("Invert", [BYTES], id="byte")]
    + [Case(name, [INTS, PLACES]) for name in ("LeftShift", "RightShift")]
    + [Case(name, [BYTES, np.uint8(3)], id="byte") for name in ("LeftShift", "RightShift")]
    + [Case("PopulationCount", [INTS]), Case("PopulationCount", [BYTES], id="byte"),
       Case("PopulationCount", [INTS.astype(np.int64)], id="long")]
)
