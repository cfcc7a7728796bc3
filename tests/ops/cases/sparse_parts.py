"""Rows of the ops that put the parts of sparse tensors into one tensor."""

import numpy as np

from ..case import Case

_SPARSE = [np.array([[0, 1], [1, 0]], np.int64), np.array([1.5, 2.5], np.float32), np.array([2, 3], np.int64)]
_TEXTS = [b"\x08\t\x12\x08\x12\x02\x08\x01\x12\x02\x08\x01\"\x08" + bytes(8),
          b"\x08\x01\x12\x04\x12\x02\x08\x01\"\x04\x00\x00\xc0?", b"\x08\t\x12\x04\x12\x02\x08\x01\"\x08\x03" + bytes(7)]

CASES = [
    Case("SerializeSparse", _SPARSE, differentiable=()),
    Case("SerializeManySparse", _SPARSE, differentiable=(), vague=True),
    Case("DeserializeManySparse", [np.array([_TEXTS, _TEXTS], object)], {"dtype": "float32"}, differentiable=(), vague=True),
    Case("DeserializeSparse", [np.array(_TEXTS, object)], {"dtype": "float32"}, differentiable=(), vague=True),
]
