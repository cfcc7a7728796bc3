"""Reductions, arg-reductions, sums of many, and matrix products."""

import numpy as np

from value_cases.samples import FLOATS, NUMBERS, array, index, numbers, scalar

CUBE = (2, 3, 4)
NUMERIC = ("Sum", "Mean", "Prod", "Max", "Min")


def tenths(count, dtype):
    """0.1, 0.2, 0.3 …: their float32 sums show the order of addition."""
    return (np.arange(1, count + 1) / np.array(10.0)).astype(dtype)


def reduce():
    for op in NUMERIC:
        for dtype in NUMBERS:
            cube = numbers(dtype, CUBE, start=-3)
            for axes in (index(0), index(1), index(2), index(0, 1), index(0, 2), index(1, 2), index(0, 1, 2), index(-1)):
                yield op, [cube, axes], {}
            yield op, [cube, index(1)], {"keep_dims": True}
            yield op, [cube, scalar(1)], {}
            yield op, [cube, array([], "int32")], {}
            yield op, [scalar(5, dtype), array([], "int32")], {}
            yield op, [np.zeros((0, 2), dtype), index(0)], {}
        for dtype in FLOATS:
            yield op, [array([[1.0, np.nan], [np.inf, -np.inf]], dtype), index(0)], {}
            for count in (3, 4, 5, 8, 13, 33, 100):
                yield op, [tenths(count, dtype), index(0)], {}
    for op in ("All", "Any"):
        flags = array([[True, False], [True, True]], "bool")
        for axes in (index(0), index(1), index(0, 1), scalar(-1), array([], "int32")):
            yield op, [flags, axes], {}
        yield op, [flags, index(0)], {"keep_dims": True}
        yield op, [np.zeros((0, 2), "bool"), index(0)], {}


def arg_reduce():
    for op in ("ArgMax", "ArgMin"):
        for dtype in NUMBERS:
            table = array([[1, 5, 5], [7, -2, 0]], dtype)
            yield op, [table, scalar(0)], {}
            yield op, [table, scalar(1)], {}
            yield op, [table, scalar(-1)], {"output_type": "int32"}
        yield op, [array([[np.nan, 1.0, 2.0], [1.0, np.nan, 3.0]]), scalar(1)], {}


def sums():
    for dtype in NUMBERS:
        yield "AddN", [[array([1, 2], dtype)]], {}
        yield "AddN", [[array([1, 2], dtype), array([3, 4], dtype), array([5, 6], dtype)]], {}
    yield "AddN", [[array([0.1]) * k for k in range(1, 12)]], {}
    for dtype in FLOATS:
        yield "L2Loss", [array([[1.5, -2.0], [0.1, 3.0]], dtype)], {}
        yield "L2Loss", [tenths(13, dtype)], {}
    for op in ("Cumsum", "Cumprod"):
        for dtype in NUMBERS:
            table = numbers(dtype, (2, 3))
            yield op, [table, scalar(0)], {}
            yield op, [table, scalar(1)], {"exclusive": True}
            yield op, [table, scalar(-1)], {"reverse": True}
            yield op, [table, scalar(1)], {"exclusive": True, "reverse": True}


def matmul():
    for dtype in NUMBERS:
        a, b = numbers(dtype, (2, 3)), numbers(dtype, (3, 4), start=-5)
        for flip_a in (False, True):
            for flip_b in (False, True):
                left, right = a.T if flip_a else a, b.T if flip_b else b
                yield "MatMul", [left.copy(), right.copy()], {"transpose_a": flip_a, "transpose_b": flip_b}
        yield "MatMul", [np.zeros((2, 0), dtype), np.zeros((0, 3), dtype)], {}
    for dtype in FLOATS:
        table = tenths(35, dtype).reshape(5, 7)
        yield "MatMul", [table, table], {"transpose_b": True}
    for op in ("BatchMatMul", "BatchMatMulV2"):
        for dtype in NUMBERS:
            x, y = numbers(dtype, (2, 2, 3)), numbers(dtype, (2, 3, 2), start=-4)
            yield op, [x, y], {}
            yield op, [x, x.copy()], {"adj_y": True}
            yield op, [x, x.copy()], {"adj_x": True}
    yield "BatchMatMulV2", [numbers("float32", (2, 3)), numbers("float32", (4, 3, 2))], {}


FAMILIES = {"reduce": reduce, "arg_reduce": arg_reduce, "sums": sums, "matmul": matmul}
