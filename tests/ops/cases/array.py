"""Rows of the array ops."""

import numpy as np

from ..case import Case

_RANDOM = np.random.RandomState(5)


def _x(*shape):
    return _RANDOM.uniform(-2, 2, shape).astype(np.float32)


def _i(*values):
    return np.array(values, np.int32)


def _l(*values):
    return np.array(values, np.int64)


def _sliced(shape, begin, end, strides, id, **masks):
    """A strided slice and its gradient."""
    x, entries = _x(*shape), [_i(*begin), _i(*end), _i(*strides)]
    dy = np.ones(_result_of(x, begin, end, strides, masks), np.float32) * 1.5
    return [Case("StridedSlice", [x, *entries], masks, id=id),
            Case("StridedSliceGrad", [_i(*shape), *entries, dy], masks, id=id)]


def _result_of(x, begin, end, strides, masks):
    def has(mask, i):
        return masks.get(mask + "_mask", 0) >> i & 1

    index = []
    for i in range(len(begin)):
        if has("ellipsis", i):
            index.append(Ellipsis)
        elif has("new_axis", i):
            index.append(None)
        elif has("shrink_axis", i):
            index.append(begin[i])
        else:
            index.append(slice(None if has("begin", i) else begin[i], None if has("end", i) else end[i], strides[i]))
    return x[tuple(index)].shape


CASES = [
    Case("PlaceholderWithDefault", [_x(2, 3)], {"shape": [2, 3]}),
    Case("Identity", [_x(2, 3)]),
    Case("Identity", [np.array(["a", "b"])], id="text"),
    Case("IdentityN", [[_x(2), _i(1, 2)]], differentiable=(0,)),
    Case("StopGradient", [_x(3)]),
    Case("PreventGradient", [_x(3)], {"message": "not through here"}, differentiable=()),
    Case("EnsureShape", [_x(2, 3)], {"shape": [2, 3]}),
    Case("Shape", [_x(2, 3)]),
    Case("Shape", [_x(2, 0)], {"out_type": "int64"}, id="empty"),
    Case("ShapeN", [[_x(2, 3), _x(4)]]),
    Case("Size", [_x(2, 3)]),
    Case("Size", [_x()], {"out_type": "int64"}, id="scalar"),
    Case("Rank", [_x(2, 3)]),
    Case("Reshape", [_x(2, 3), _i(3, 2)]),
    Case("Reshape", [_x(2, 3), _l(-1, 2, 1)], id="open"),
    Case("Reshape", [_x(0, 3), _i(-1)], id="empty"),
    Case("Reshape", [np.array(["a", "b"]), _i(2, 1)], id="text"),
    Case("ExpandDims", [_x(2, 3), np.int32(-2)]),
    Case("ExpandDims", [_x(2, 3), np.int64(0)], id="first"),
    Case("Squeeze", [_x(1, 2, 1)]),
    Case("Squeeze", [_x(1, 2, 1)], {"squeeze_dims": [-1]}, id="one"),
    Case("Transpose", [_x(2, 3, 4), _i(2, 0, 1)]),
    Case("ConjugateTranspose", [_x(2, 3) + 1j * _x(2, 3), _i(1, 0)]),
    Case("InvertPermutation", [_i(2, 0, 1)]),
    Case("Fill", [_i(2, 3), np.float32(1.5)]),
    Case("Fill", [_i(2), np.array("a")], id="text"),
    Case("ZerosLike", [_x(2, 3)]),
    Case("ZerosLike", [np.array(["a"])], id="text"),
    Case("OnesLike", [np.array([True, False])]),
    Case("Range", [np.int32(2), np.int32(11), np.int32(3)]),
    Case("Range", [np.float32(0), np.float32(1), np.float32(0.1)], id="fractions"),
    Case("Range", [np.int64(5), np.int64(0), np.int64(-2)], id="down"),
    Case("Range", [np.int32(3), np.int32(3), np.int32(1)], id="empty"),
    Case("LinSpace", [np.float32(0), np.float32(1), np.int32(5)]),
    Case("LinSpace", [np.float64(2), np.float64(1), np.int32(1)], id="one"),
    Case("OneHot", [_l(0, 2, -1, 7), np.int32(3), np.float32(5), np.float32(-1)]),
    Case("OneHot", [_i(1, 0), np.int32(3), np.int32(1), np.int32(0)], {"axis": 0}, id="first"),
    Case("Diag", [_x(2, 3)]),
    Case("DiagPart", [_x(2, 3, 2, 3)]),
    Case("MatrixBandPart", [_x(2, 3, 4), np.int64(1), np.int64(0)]),
    Case("MatrixBandPart", [_x(3, 3), np.int32(-1), np.int32(1)], id="all-below"),
    Case("Pack", [[_x(2, 3), _x(2, 3)]]),
    Case("Pack", [[_x(2, 3), _x(2, 3)]], {"axis": -1}, id="last"),
    Case("Pack", [[np.array("a"), np.array("b")]], id="text"),
    Case("Unpack", [_x(2, 3)], {"num": 2}),
    Case("Unpack", [_x(2, 3)], {"num": 3, "axis": -1}, id="last"),
    Case("ConcatV2", [[_x(2, 3), _x(1, 3)], np.int32(0)]),
    Case("ConcatV2", [[_x(2, 3), _x(2, 1), _x(2, 2)], np.int64(-1)], id="last"),
    Case("ConcatV2", [[_x(1, 2)] * 17, np.int32(0)], id="many"),
    Case("ConcatOffset", [np.int32(1), [_i(2, 3), _i(2, 4), _i(2, 1)]]),
    Case("Split", [np.int32(1), _x(2, 6)], {"num_split": 3}),
    Case("Split", [np.int32(-2), _x(2, 3)], {"num_split": 1}, id="one"),
    Case("SplitV", [_x(2, 6), _l(1, -1, 2), np.int32(1)], {"num_split": 3}),
    Case("SplitV", [_x(4), _i(3, 1), np.int32(0)], {"num_split": 2}, id="full"),
    *_sliced((4, 5), (1, 0), (3, 5), (1, 2), "plain"),
    *_sliced((4, 5), (-1, 0), (0, 0), (-2, 1), "backwards", end_mask=3, begin_mask=2),
    *_sliced((2, 3, 4), (0, 0, 1), (0, 0, 2), (1, 1, 1), "ellipsis", ellipsis_mask=2, shrink_axis_mask=5),
    *_sliced((2, 3), (0, 0, -1), (0, 0, 0), (1, 1, 1), "new-axis", new_axis_mask=1, begin_mask=2, end_mask=2,
             shrink_axis_mask=4),
    *_sliced((4,), (3,), (1,), (1,), "empty"),
    *_sliced((4,), (-9,), (9,), (3,), "clamped"),
    *_sliced((2, 3), (), (), (), "nothing"),
    Case("StridedSliceAssign", [_x(3, 4), _i(1, 0), _i(3, 4), _i(1, 2), _x(2, 2)]),
    Case("StridedSliceAssign", [_x(3), _i(-1), _i(0), _i(1), _x()], {"shrink_axis_mask": 1}, id="one"),
    Case("Slice", [_x(3, 4), _i(1, 0), _i(-1, 2)]),
    Case("Slice", [_x(3, 4), _l(0, 4), _l(2, 0)], id="empty"),
    Case("Pad", [_x(2, 3), np.array([[1, 0], [2, 1]], np.int32)]),
    Case("PadV2", [_x(2, 3), np.array([[1, 0], [2, 1]], np.int64), np.float32(7)], differentiable=(0,)),
    Case("MirrorPad", [_x(3, 4), np.array([[1, 2], [0, 3]], np.int32)], {"mode": "REFLECT"}),
    Case("MirrorPad", [_x(3, 2), np.array([[3, 0], [1, 2]], np.int32)], {"mode": "SYMMETRIC"}, id="symmetric"),
    Case("MirrorPadGrad", [_x(6, 7), np.array([[1, 2], [0, 3]], np.int32)], {"mode": "REFLECT"}),
    Case("Tile", [_x(2, 3), _i(2, 1)]),
    Case("Tile", [_x(2, 3), _l(0, 3)], id="none"),
    Case("BroadcastTo", [_x(3, 1), _i(2, 3, 4)]),
    Case("BroadcastGradientArgs", [_i(2, 1, 3), _i(1, 3)], vague=True),
    Case("BroadcastGradientArgs", [_l(2, 1), _l(2, 1)], id="equal", vague=True),
    Case("BroadcastArgs", [_i(2, 1, 3), _i(4, 1)]),
    Case("ReverseV2", [_x(2, 3, 4), _i(0, -1)]),
    Case("ReverseSequence", [_x(3, 4, 2), _l(1, 4, 0)], {"seq_dim": 1}),
    Case("ReverseSequence", [_x(4, 2), _i(3, 2)], {"seq_dim": 0, "batch_dim": 1}, id="turned"),
    Case("Select", [np.array([[True, False, True]] * 2), _x(2, 3), _x(2, 3)]),
    Case("Select", [np.array([True, False]), _x(2, 3), _x(2, 3)], id="rows"),
    Case("Select", [np.array(False), _x(2, 3), _x(2, 3)], id="scalar"),
    Case("Where", [np.array([[True, False, True], [False, True, False]])]),
    Case("Where", [_x(2, 2)], id="numbers"),
    Case("GatherV2", [_x(4, 3), _i(3, 0, 3), np.int32(0)]),
    Case("GatherV2", [_x(4, 3), np.array([[2, 1], [0, 0]], np.int64), np.int32(-1)], id="last"),
    Case("GatherV2", [_x(2, 4, 3), np.array([[2, 1], [0, 0]], np.int32), np.int32(1)], {"batch_dims": 1}, id="batch"),
    Case("GatherV2", [_x(2, 2, 4), np.array([[2, 1], [0, 0]], np.int32), np.int32(2)], {"batch_dims": 1}, id="far"),
    Case("GatherNd", [_x(2, 3, 4), np.array([[0, 1], [1, 2], [0, 1]], np.int32)]),
    Case("GatherNd", [_x(3, 2), np.array([[2], [0]], np.int64)], id="rows"),
    Case("ScatterNd", [np.array([[1], [3], [1]], np.int32), _x(3, 2), _i(4, 2)]),
    Case("UnsortedSegmentSum", [_x(4, 2), _i(2, 0, -1, 2), np.int32(4)]),
    Case("UnsortedSegmentSum", [_x(2, 2, 3), np.array([[0, 1], [1, 1]], np.int64), np.int64(2)], id="matrix"),
    Case("Bitcast", [_x(2)], {"type": "int32"}),
    Case("Bitcast", [_x(2)], {"type": "uint8"}, id="smaller"),
    Case("Bitcast", [np.arange(8, dtype=np.uint8).reshape(2, 4)], {"type": "int32"}, id="larger"),
]
