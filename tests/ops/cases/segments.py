"""Rows for what is brought together by segments."""

import numpy as np

from ..case import Case

ROWS = np.array([[0.3, -1.2], [2.0, 0.7], [1.5, 0.1], [-0.4, 0.9]], np.float32)
INTS = np.array([[3, -7], [5, 2], [4, 4], [-9, 1]], np.int32)
IDS = np.array([0, 0, 1, 3], np.int32)
UNSORTED = np.array([1, 0, -1, 1], np.int32)
CHOSEN = np.array([3, 0, 3, 1], np.int32)
FOUR = np.int32(4)
_KINDS = ("Sum", "Mean", "Prod", "Min", "Max")
_SPARSE = ("SparseSegmentSum", "SparseSegmentMean", "SparseSegmentSqrtN")

CASES = (
    [Case("Segment" + kind, [ROWS, IDS]) for kind in _KINDS]
    + [Case("Segment" + kind, [INTS, IDS.astype(np.int64)], id="int") for kind in _KINDS]
    + [Case("UnsortedSegment" + kind, [ROWS, UNSORTED, np.int32(2)], id="negative") for kind in ("Max", "Min", "Prod")]
    + [Case("UnsortedSegment" + kind, [INTS, UNSORTED, np.int64(3)], id="int") for kind in ("Max", "Min", "Prod")]
    + [Case("UnsortedSegment" + kind, [ROWS, np.arange(8, dtype=np.int32).reshape(4, 2) % 3, np.int32(3)], id="deep")
       for kind in ("Max", "Min", "Prod")]
    + [Case("UnsortedSegmentProd", [np.array([0.0, 2.0, 3.0], np.float32), np.array([0, 0, 1], np.int32), FOUR], id="zero")]
    + [Case(name, [ROWS, CHOSEN, IDS]) for name in _SPARSE]
    + [Case(name + "WithNumSegments", [ROWS, CHOSEN, IDS, np.int32(5)]) for name in _SPARSE]
    + [Case(name + "Grad", [ROWS, CHOSEN, IDS, np.int32(5)]) for name in _SPARSE[1:]]
)
