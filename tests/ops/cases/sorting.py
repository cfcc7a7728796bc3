"""Rows for sorting, counting and scattering."""

import numpy as np

from ..case import Case

X = np.array([[0.3, -1.2, 2.0, 0.7], [1.5, 0.1, -0.4, 0.9]], np.float32)
INTS = np.array([3, 1, 3, 0, 5], np.int32)
ROWS = np.array([[1.0, 3.0, 3.0, 5.0], [0.0, 1.0, 2.0, 9.0]], np.float32)
WANTED = np.array([[3.0, 0.5], [9.5, 1.0]], np.float32)
PLACES = np.array([[1], [3], [1]], np.int32)
TRUTH = np.array([True, False, True, False])

CASES = [
    Case("TopKV2", [X, np.int32(2)]), Case("TopKV2", [INTS, np.int32(5)], id="ties"),
    Case("TopKV2", [X, np.int32(0)], id="none"),
    Case("LowerBound", [ROWS, WANTED]), Case("UpperBound", [ROWS, WANTED], {"out_type": "int64"}),
    Case("Bincount", [INTS, np.int32(6), np.zeros(0, np.int32)]),
    Case("Bincount", [INTS, np.int32(4), np.arange(5, dtype=np.float32)], id="weights"),
    Case("HistogramFixedWidth", [X, np.array([-1.0, 1.0], np.float32), np.int32(4)]),
    Case("Roll", [X, np.int32(1), np.int32(1)]),
    Case("Roll", [X, np.array([1, -3], np.int32), np.array([0, -1], np.int32)], id="two"),
    Case("Roll", [X, np.array([1, 1], np.int32), np.array([1, 1], np.int32)], id="twice"),
    Case("UnravelIndex", [np.array([5, 0, 3], np.int32), np.array([2, 3], np.int32)]),
    Case("UnravelIndex", [np.int64(23), np.array([2, 3, 4], np.int64)], id="scalar"),
    Case("ParallelConcat", [[X[:1], X[1:]]], {"shape": [2, 4]}),
    Case("TensorScatterUpdate", [X[0], np.array([[1], [3]], np.int32), np.array([5.0, 6.0], np.float32)]),
    Case("TensorScatterAdd", [X[0], PLACES, np.array([5.0, 6.0, 7.0], np.float32)]),
    Case("TensorScatterSub", [X, np.array([[1], [1]], np.int64), ROWS], id="rows"),
    Case("TensorScatterSub", [X[0], PLACES, np.array([5.0, 6.0, 7.0], np.float32)]),
    Case("ScatterNdNonAliasingAdd", [X, np.array([[0, 1], [1, 2]], np.int32), np.array([5.0, 6.0], np.float32)]),
    Case("DynamicPartition", [X.T.copy(), np.array([1, 0, 1, 2], np.int32)], {"num_partitions": 4}),
    Case("DynamicPartition", [INTS, np.array([1, 0, 1, 0, 0], np.int32)], {"num_partitions": 2}, id="int"),
    Case("UniqueWithCounts", [INTS]), Case("UniqueWithCounts", [X[0]], {"out_idx": "int64"}, id="float"),
    Case("SelectV2", [TRUTH, X, ROWS[:1]]), Case("SelectV2", [TRUTH[:2, None], X, np.float32(2)], id="scalar"),
]
