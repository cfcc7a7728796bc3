"""Sparse tensors as vectors of three: of serialized messages, or of variants that hold the parts themselves."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from ..dtypes import ANY, TypeSet, string, variant
from ..graph.operation import Operation
from ..graph.tensor_proto import content_proto, proto_array
from ..op.definition import not_differentiable, op
from ..op.rules import brackets
from ..op.signature import required
from ..protos import proto
from ..shape import Shape

_FORM = TypeSet((string, variant))


def _three(op: Operation) -> list[Shape]:
    return [(3,)]


def _packed(parts: tuple, form: Any) -> np.ndarray:
    row = np.empty(3, object)
    for i, part in enumerate(parts):
        row[i] = part if form == variant else content_proto(part).SerializeToString()
    return row


@op("SerializeSparse", "sparse_indices: int64, sparse_values: T, sparse_shape: int64 -> serialized_sparse: out_type", _three,
    host=True, T=ANY, out_type=_FORM.with_default(string))
def serialize_sparse(sparse_indices, sparse_values, sparse_shape, *, out_type):
    """The three parts of a sparse tensor as a vector."""
    return (_packed((sparse_indices, sparse_values, sparse_shape), out_type),)


@op("SerializeManySparse", "sparse_indices: int64, sparse_values: T, sparse_shape: int64 -> serialized_sparse: out_type",
    lambda op: [(None, 3)], host=True, T=ANY, out_type=_FORM.with_default(string))
def serialize_many_sparse(sparse_indices, sparse_values, sparse_shape, *, out_type):
    """The three parts of each row of a sparse tensor as a matrix."""
    bounds = np.searchsorted(sparse_indices[:, 0], np.arange(sparse_shape[0] + 1))
    rows = [_packed((sparse_indices[a:b, 1:], sparse_values[a:b], sparse_shape[1:]), out_type)
            for a, b in itertools.pairwise(bounds)]
    return (np.stack(rows) if rows else np.empty((0, 3), object),)


def _parts(op: Operation) -> list[Shape]:
    shape = op.inputs[0].static_shape
    rank = None
    if shape is not None and len(shape) == 1 and op.inputs[0].op.type == "SerializeSparse":
        inner = op.inputs[0].op.inputs[2].static_shape
        rank = None if inner is None else inner[0]
    return [(None, rank), (None,), (rank,)]


@op("DeserializeSparse", "serialized_sparse: Tserialized -> sparse_indices: int64, sparse_values: dtype, "
    "sparse_shape: int64", _parts, host=True, dtype=required("type", ANY), Tserialized=_FORM.with_default(string))
def deserialize_sparse(serialized_sparse, *, dtype):
    """The sparse tensor whose parts a vector holds; of an array of vectors, a sparse tensor with more dimensions."""
    outer = serialized_sparse.shape[:-1]
    rows = [tuple(map(_part, row)) for row in serialized_sparse.reshape(-1, 3)]
    if not outer:
        return rows[0]
    if not rows:
        raise ValueError("A batch of sparse tensors without elements has no rank.")
    shape = np.max([row[2] for row in rows], axis=0)
    places = []
    for number, (indices, _, _) in enumerate(rows):
        where = np.unravel_index(number, outer)
        places.append(np.concatenate([np.tile(np.array(where, np.int64), (len(indices), 1)), indices], axis=1))
    return (np.concatenate(places), np.concatenate([row[1] for row in rows]),
            np.concatenate([np.array(outer, np.int64), shape]))


@op("DeserializeManySparse", "serialized_sparse: string -> sparse_indices: int64, sparse_values: dtype, "
    "sparse_shape: int64", lambda op: [(None, None), (None,), (None,)], host=True, dtype=required("type", ANY))
def deserialize_many_sparse(serialized_sparse, *, dtype):
    """The sparse tensor whose rows are those that the rows of a matrix hold."""
    if serialized_sparse.ndim != 2 or serialized_sparse.shape[1] != 3:
        raise ValueError("Serialized sparse should be a matrix with 3 columns, but has the shape "
                         f"{brackets(serialized_sparse.shape)}")
    if not len(serialized_sparse):
        raise ValueError("Must have at least 1 serialized SparseTensor, but input matrix has 0 rows")
    return deserialize_sparse.lower(serialized_sparse, dtype=dtype)


def _part(value: Any) -> np.ndarray:
    return proto_array(proto("TensorProto").FromString(value)) if isinstance(value, bytes) else value


not_differentiable(serialize_sparse, serialize_many_sparse, deserialize_sparse, deserialize_many_sparse)
