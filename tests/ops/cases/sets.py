"""Rows of the ops on sets and sequences."""

import numpy as np

from ..case import Case

A = np.array([[3, 1, 1], [5, 6, 7]])
B = np.array([[1, 4], [7, 5]])
INDICES = np.array([[0, 0], [0, 2], [2, 0], [2, 1]])
OTHER = np.array([[0, 1], [1, 0], [2, 0], [2, 1], [2, 2]])
SHAPE = np.array([3, 3])
TEXTS = np.array([b"a", b"b", b"b", b"c"])
OTHERS = np.array([b"b", b"a", b"b", b"c", b"d"])

CASES = [
    Case("DenseToDenseSetOperation", [A, B], {"set_operation": "a-b"}, id="left"),
    Case("DenseToDenseSetOperation", [A, B], {"set_operation": "b-a"}, id="right"),
    Case("DenseToDenseSetOperation", [TEXTS.reshape(2, 2), OTHERS[:4].reshape(2, 2)], {"set_operation": "union"},
         id="texts"),
    Case("DenseToSparseSetOperation", [A, INDICES[:2], np.array([1, 9]), np.array([2, 3])], {"set_operation": "union"}),
    Case("SparseToSparseSetOperation", [INDICES, TEXTS, SHAPE, OTHER, OTHERS, SHAPE], {"set_operation": "intersection"}),
    Case("SetSize", [INDICES, np.array([1, 2, 3, 3]), SHAPE]),
    Case("EditDistance", [INDICES, TEXTS, SHAPE, OTHER, OTHERS, np.array([4, 3])]),
    Case("EditDistance", [INDICES, np.arange(4), SHAPE, OTHER, np.arange(5), SHAPE], {"normalize": False}, id="counts"),
]
