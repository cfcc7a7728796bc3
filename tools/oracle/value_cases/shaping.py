"""Shapes, and ops that move elements about."""

import numpy as np

from value_cases.samples import FLOATS, NUMBERS, array, index, numbers, scalar


def shape_of():
    for value in (numbers("float32", (2, 3)), scalar(5), np.zeros((0, 4), "float64")):
        for op in ("Shape", "Size"):
            for out_type in ("int32", "int64"):
                yield op, [value], {"out_type": out_type}
        yield "Rank", [value], {}
    yield "ShapeN", [[numbers("float32", (2, 3)), numbers("float32", (4,))]], {}


def moved():
    for dtype in (*NUMBERS, "bool"):
        table = numbers(dtype, (2, 3))
        yield "Reshape", [table, index(3, 2)], {}
        yield "Reshape", [table, index(-1)], {}
        yield "Reshape", [table, array([1, -1, 2], "int64")], {}
        yield "Transpose", [table, index(1, 0)], {}
        yield "Transpose", [numbers(dtype, (2, 3, 4)), index(2, 0, 1)], {}
        yield "ExpandDims", [table, scalar(0)], {}
        yield "ExpandDims", [table, scalar(-1)], {}
        yield "Squeeze", [numbers(dtype, (1, 3, 1))], {}
        yield "Squeeze", [numbers(dtype, (1, 3, 1))], {"squeeze_dims": [-1]}
        yield "ReverseV2", [table, index(1)], {}
        yield "ReverseV2", [table, index(0, -1)], {}
    yield "Reshape", [np.zeros((0, 3), "float32"), index(3, 0)], {}


def joined():
    for dtype in (*NUMBERS, "bool"):
        a, b = numbers(dtype, (2, 3)), numbers(dtype, (2, 3), start=7)
        for axis in (0, 1, -1):
            yield "Pack", [[a, b]], {"axis": axis}
            yield "Unpack", [a], {"axis": axis, "num": a.shape[axis]}
            yield "ConcatV2", [[a, b], scalar(axis)], {}
        yield "Pack", [[a]], {}
        yield "ConcatV2", [[a, numbers(dtype, (2, 1))], scalar(1, "int64")], {}
        yield "ConcatV2", [[np.zeros((0, 3), dtype), a], scalar(0)], {}
        yield "Split", [scalar(1), a], {"num_split": 3}
        yield "Split", [scalar(0), a], {"num_split": 2}
        yield "Split", [scalar(-1), a], {"num_split": 1}
        yield "SplitV", [a, index(1, 2), scalar(1)], {"num_split": 2}
        yield "SplitV", [a, index(2, -1), scalar(1)], {"num_split": 2}
        yield "SplitV", [a, array([0, 3], "int64"), scalar(-1)], {"num_split": 2}


def spread():
    for dtype in NUMBERS:
        table = numbers(dtype, (2, 2))
        yield "Tile", [table, index(1, 2)], {}
        yield "Tile", [table, index(2, 3)], {}
        yield "Tile", [table, index(0, 1)], {}
        yield "Fill", [index(2, 3), scalar(7, dtype)], {}
        yield "Fill", [array([], "int32"), scalar(7, dtype)], {}
        yield "Fill", [array([2], "int64"), scalar(7, dtype)], {}
        yield "ZerosLike", [table], {}
        yield "OnesLike", [table], {}
        yield "BroadcastTo", [array([1, 2], dtype), index(3, 2)], {}
        yield "Pad", [table, array([[1, 0], [0, 2]], "int32")], {}
        yield "PadV2", [table, array([[1, 0], [0, 2]], "int32"), scalar(9, dtype)], {}
        for mode in ("REFLECT", "SYMMETRIC"):
            yield "MirrorPad", [numbers(dtype, (2, 3)), array([[1, 1], [0, 2]], "int32")], {"mode": mode}
        yield "Diag", [array([1, 2, 3], dtype)], {}
        yield "DiagPart", [numbers(dtype, (3, 3))], {}
        yield "Diag", [table], {}
        yield "DiagPart", [numbers(dtype, (2, 2, 2, 2))], {}


def ranges():
    for dtype in NUMBERS:
        for start, limit, delta in ((0, 5, 1), (2, 11, 3), (5, 0, -2), (3, 3, 1)):
            yield "Range", [scalar(start, dtype), scalar(limit, dtype), scalar(delta, dtype)], {}
    for dtype in FLOATS:
        yield "Range", [scalar(0.0, dtype), scalar(1.0, dtype), scalar(0.1, dtype)], {}
        yield "Range", [scalar(0.5, dtype), scalar(-1.0, dtype), scalar(-0.25, dtype)], {}
        for start, stop, count in ((0.0, 1.0, 5), (-1.0, 2.5, 4), (3.0, 3.0, 2), (1.0, 9.0, 1), (0.0, 1.0, 11)):
            yield "LinSpace", [scalar(start, dtype), scalar(stop, dtype), scalar(count)], {}


FAMILIES = {"shape_of": shape_of, "moved": moved, "joined": joined, "spread": spread, "ranges": ranges}
