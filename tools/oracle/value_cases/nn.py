"""Softmax, the cross entropies, biases."""

import numpy as np

from value_cases.samples import FLOATS, NUMBERS, array, numbers

LOGITS = [[1.0, 2.0, 3.0], [-0.5, 0.25, 100.0], [0.0, 0.0, 0.0]]
LABELS = [[0.0, 0.0, 1.0], [0.2, 0.3, 0.5], [1.0, 1.0, 0.0]]
EXTREME = [[1000.0, -1000.0], [np.inf, 0.0], [np.nan, 1.0]]


def softmax():
    for dtype in FLOATS:
        for op in ("Softmax", "LogSoftmax"):
            yield op, [array(LOGITS, dtype)], {}
            yield op, [array(LOGITS[0], dtype)], {}
            yield op, [numbers(dtype, (2, 1, 3))], {}
            yield op, [array(EXTREME, dtype)], {}


def cross_entropy():
    dense, sparse = "SoftmaxCrossEntropyWithLogits", "SparseSoftmaxCrossEntropyWithLogits"
    for dtype in FLOATS:
        logits = array(LOGITS, dtype)
        yield dense, [logits, array(LABELS, dtype)], {}
        yield dense, [logits, array(LABELS[1:2], dtype)], {}
        for index_dtype in ("int32", "int64"):
            yield sparse, [logits, array([2, 0, 1], index_dtype)], {}


def bias():
    for dtype in NUMBERS:
        yield "BiasAdd", [numbers(dtype, (2, 3)), numbers(dtype, (3,), start=10)], {}
        yield "BiasAdd", [numbers(dtype, (2, 2, 2, 3)), numbers(dtype, (3,), start=10)], {}
        yield "BiasAddGrad", [numbers(dtype, (2, 3))], {}
        yield "BiasAddGrad", [numbers(dtype, (2, 2, 2, 3))], {}
    yield "BiasAdd", [numbers("float32", (2, 3, 2, 2)), numbers("float32", (3,))], {"data_format": "NCHW"}


FAMILIES = {"softmax": softmax, "cross_entropy": cross_entropy, "bias": bias}
