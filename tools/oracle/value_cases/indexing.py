"""Slices with every mask, gathers, one-hot."""

import numpy as np

from value_cases.samples import NUMBERS, array, index, numbers, scalar

MASKS = ("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask")

# begin, end, strides, then masks in the order of MASKS, over a tensor of shape [2, 3, 4]
STRIDED = [
    ([0, 0, 0], [2, 3, 4], [1, 1, 1], 0, 0, 0, 0, 0),
    ([0, 1, 1], [1, 3, 4], [1, 1, 2], 0, 0, 0, 0, 0),
    ([-1, -2, -3], [2, 3, 4], [1, 1, 1], 0, 0, 0, 0, 0),
    ([0, 2, 3], [2, 0, 0], [1, -1, -2], 0, 0, 0, 0, 0),
    ([1, 2, 3], [0, 0, 0], [-1, -1, -1], 7, 7, 0, 0, 0),
    ([5, 1, 1], [9, 2, 2], [1, 1, 1], 1, 1, 0, 0, 0),
    ([0, 1, 0], [2, 9, 2], [1, 1, 1], 4, 2, 0, 0, 0),
    ([1], [2], [1], 0, 0, 0, 0, 0),
    ([1], [2], [1], 0, 0, 0, 0, 1),
    ([-1], [0], [1], 0, 0, 0, 0, 1),
    ([0, 1, 2], [1, 2, 3], [1, 1, 1], 0, 0, 0, 0, 7),
    ([0, 1, 0], [2, 2, 4], [1, 1, 1], 0, 0, 0, 0, 2),
    ([0, 1], [0, 2], [1, 1], 0, 0, 1, 0, 2),
    ([0, 0, 1], [1, 0, 3], [1, 1, 1], 0, 0, 2, 0, 1),
    ([0, 0], [0, 0], [1, 1], 0, 0, 2, 1, 0),
    ([0, 0], [0, 0], [1, 1], 0, 0, 1, 2, 0),
    ([0, 1, 0], [1, 2, 1], [1, 1, 1], 0, 0, 0, 1, 2),
    ([0, 0, 0, 1], [0, 0, 0, 3], [1, 1, 1, 1], 6, 6, 1, 2, 0),
    ([2, 0, 0], [2, 3, 4], [1, 1, 1], 0, 0, 0, 0, 0),
    ([1, 0, 0], [0, 3, 4], [1, 1, 1], 0, 0, 0, 0, 0),
]


def strided():
    for begin, end, strides, *masks in STRIDED:
        attrs = dict(zip(MASKS, masks))
        for dtype, index_dtype in (("float32", "int32"), ("int32", "int64")):
            limits = [array(bounds, index_dtype) for bounds in (begin, end, strides)]
            value = numbers(dtype, (2, 3, 4))
            yield "StridedSlice", [value, *limits], attrs
            sliced = python_slice(value, begin, end, strides, masks)
            yield "StridedSliceGrad", [array([2, 3, 4], index_dtype), *limits, numbers(dtype, sliced.shape)], attrs


def python_slice(value, begin, end, strides, masks):
    """The same slice by NumPy, for the shape of its gradient."""
    key = [part(begin[i], end[i], strides[i], [bool(mask & 1 << i) for mask in masks]) for i in range(len(begin))]
    return value[tuple(key)]


def part(begin, end, stride, flags):
    no_begin, no_end, ellipsis, new_axis, shrink = flags
    if ellipsis or new_axis:
        return Ellipsis if ellipsis else None
    return begin if shrink else slice(None if no_begin else begin, None if no_end else end, stride)


def sliced():
    for dtype in NUMBERS:
        cube = numbers(dtype, (2, 3, 4))
        yield "Slice", [cube, index(0, 1, 1), index(1, 2, 3)], {}
        yield "Slice", [cube, index(1, 0, 2), index(-1, -1, -1)], {}
        yield "Slice", [cube, array([0, 0, 0], "int64"), array([0, 3, 1], "int64")], {}


def gathered():
    for dtype in NUMBERS:
        table = numbers(dtype, (3, 4))
        for index_dtype in ("int32", "int64"):
            yield "GatherV2", [table, array([2, 0, 0], index_dtype), scalar(0)], {}
            yield "GatherV2", [table, array([[3, 1]], index_dtype), scalar(1)], {}
            yield "GatherV2", [table, scalar(1, index_dtype), scalar(-1, "int64")], {}
        yield "GatherNd", [table, array([[0, 1], [2, 3]], "int32")], {}
        yield "ScatterNd", [array([[1], [3], [1]], "int32"), array([5, 6, 7], dtype), index(5)], {}
        yield "UnsortedSegmentSum", [table, index(1, 0, 1), scalar(3)], {}
        on, off = scalar(5, dtype), scalar(-1, dtype)
        for axis in (-1, 0, 1):
            yield "OneHot", [array([[0, 2], [-1, 3]], "int32"), scalar(3), on, off], {"axis": axis}
        yield "OneHot", [array([1, 0], "int64"), scalar(2), on, off], {}
    yield "GatherV2", [np.zeros((0, 2), "float32"), np.zeros((0,), "int32"), scalar(0)], {}


FAMILIES = {"strided_slice": strided, "slice": sliced, "gather": gathered}
