"""Rows of the ops of sparse tensors with dense ones."""

import numpy as np

from ..case import Case

_RANDOM = np.random.RandomState(11)


def _x(*shape):
    return _RANDOM.uniform(0.5, 2, shape).astype(np.float32)


def _l(*values):
    return np.array(values, np.int64)


def _i(*values):
    return np.array(values, np.int32)


INDICES = _l([0, 1], [1, 0], [1, 2])
SHAPE = _l(2, 3)
OTHER = _l([0, 1], [1, 1])


def _product(id, b, **attrs):
    return Case("SparseTensorDenseMatMul", [INDICES, _x(3), SHAPE, b], attrs, id=id)


CASES = [
    _product("plain", _x(3, 2)),
    _product("adjoint_a", _x(2, 2), adjoint_a=True),
    _product("adjoint_b", _x(4, 3), adjoint_b=True),
    _product("both", _x(4, 2), adjoint_a=True, adjoint_b=True),
    Case("SparseTensorDenseMatMul", [INDICES.astype(np.int32), np.array([1, 2j, 3], np.complex64), SHAPE,
                                     np.ones((2, 2), np.complex64)], {"adjoint_a": True}, id="complex"),
    Case("SparseDenseCwiseAdd", [INDICES, _x(3), SHAPE, _x(2, 1)], differentiable=()),
    Case("SparseDenseCwiseMul", [INDICES, _x(3), SHAPE, _x(3)]),
    Case("SparseDenseCwiseMul", [INDICES, _x(3), SHAPE, _x()], id="scalar", differentiable=()),
    Case("SparseDenseCwiseDiv", [INDICES, _x(3), SHAPE, _x(2, 1)]),
    Case("SparseDenseCwiseDiv", [INDICES, np.array([7, -7, 5], np.int32), SHAPE, np.array(2, np.int32)], id="integers"),
    Case("SparseTensorDenseAdd", [INDICES, _x(3), SHAPE, _x(2, 3)]),
    Case("SparseReorder", [INDICES[::-1], _x(3), SHAPE]),
    Case("SparseReshape", [INDICES, SHAPE, _l(3, -1)]),
    Case("SparseConcat", [[INDICES, INDICES], [_x(3), _x(3)], [SHAPE, SHAPE]], {"concat_dim": 1}),
    Case("SparseSplit", [np.array(1, np.int64), INDICES, _x(3), SHAPE], {"num_split": 2}),
    Case("SparseSlice", [INDICES, _x(3), SHAPE, _l(1, 0), _l(1, 2)]),
    Case("SparseSliceGrad", [_x(1), INDICES, _l(1, 0), _l([0, 0])]),
    Case("SparseFillEmptyRows", [_l([0, 1], [2, 0], [2, 1]), _x(3), _l(4, 2), _x()]),
    Case("SparseFillEmptyRowsGrad", [_l(0, 2), _x(4)]),
    Case("SparseToDense", [INDICES, SHAPE, _x(3), _x()]),
    Case("SparseToDense", [np.array([1, 2], np.int32), np.array([4], np.int32), np.array(["a", "b"]), np.array("")],
         id="text"),
    Case("SparseAdd", [INDICES, _x(3), SHAPE, OTHER, _x(2), SHAPE, np.float32(0)], differentiable=(1, 4)),
    Case("SparseAddGrad", [_x(4), INDICES, OTHER, _l([0, 1], [1, 0], [1, 1], [1, 2])]),
    Case("SparseSparseMaximum", [INDICES, _x(3), SHAPE, OTHER, -_x(2), SHAPE], differentiable=()),
    Case("SparseSparseMinimum", [INDICES, _x(3), SHAPE, OTHER, -_x(2), SHAPE], differentiable=()),
    Case("SparseReduceSum", [INDICES, _x(3), SHAPE, _i(0)]),
    Case("SparseReduceSum", [INDICES, _x(3), SHAPE, _i(-1)], {"keep_dims": True}, id="kept"),
    Case("SparseReduceSumSparse", [INDICES, _x(3), SHAPE, _i(1)]),
    Case("SparseReduceMax", [INDICES, -_x(3), SHAPE, _i(0, 1)]),
    Case("SparseReduceMaxSparse", [INDICES, _x(3), SHAPE, _i(1)], {"keep_dims": True}),
    Case("SparseSoftmax", [INDICES, _x(3), SHAPE]),
]
