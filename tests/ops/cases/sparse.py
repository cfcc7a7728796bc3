"""Rows of the ops of sparse tensors with dense ones."""

import numpy as np

from ..case import Case

_RANDOM = np.random.RandomState(11)


def _x(*shape):
    return _RANDOM.uniform(0.5, 2, shape).astype(np.float32)


def _l(*values):
    return np.array(values, np.int64)


INDICES = _l([0, 1], [1, 0], [1, 2])
SHAPE = _l(2, 3)


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
]
