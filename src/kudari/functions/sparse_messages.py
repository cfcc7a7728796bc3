"""Sparse tensors as serialized messages and back, and their crosses."""

from __future__ import annotations

from typing import Any

from ..dtypes import int64, string
from ..graph.tensor import Tensor
from ..op.sparse_tensor import SparseTensor, as_sparse, parts
from ..ops.forms import cast, node

_DEFAULT_HASH_KEY = 0xDECAFCAFFE


def serialize_sparse(sp_input: Any, name: str | None = None, out_type: Any = string) -> Tensor:
    """Return a vector with the three parts of a sparse tensor.

    Args:
      sp_input: a `SparseTensor`.
      name: of the node.
      out_type: `tf.string` or `tf.variant`.

    Raises:
      TypeError: if it is not sparse.
    """
    return node("SerializeSparse", *parts(as_sparse(sp_input)), name=name, out_type=out_type)


def serialize_many_sparse(sp_input: Any, name: str | None = None, out_type: Any = string) -> Tensor:
    """Return a matrix with the three parts of each row of a sparse tensor.

    Args:
      sp_input: a `SparseTensor` of rank 2 or more.
      name: of the node.
      out_type: `tf.string` or `tf.variant`.

    Raises:
      TypeError: if it is not sparse.
    """
    return node("SerializeManySparse", *parts(as_sparse(sp_input)), name=name, out_type=out_type)


def deserialize_many_sparse(serialized_sparse: Any, dtype: Any, rank: int | None = None,
                            name: str | None = None) -> SparseTensor:
    """Return the sparse tensor whose rows a matrix of serialized parts holds.

    Args:
      serialized_sparse: texts of shape `[rows, 3]`, as `tf.serialize_many_sparse` makes them.
      dtype: of the elements.
      rank: of the result, if it is known.
      name: of the node.
    """
    indices, values, shape = node("DeserializeManySparse", serialized_sparse, dtype, name=name)
    indices.set_shape([None, rank])
    shape.set_shape([rank])
    return SparseTensor(indices, values, shape)


def sparse_cross(inputs: Any, name: str | None = None) -> SparseTensor:
    """Return for each row the combinations of the elements that several tensors have in it, as texts joined by `_X_`.

    Args:
      inputs: a list of `SparseTensor` and of dense matrices, of integers or texts.
      name: of the node.

    Raises:
      TypeError: if it is no list of tensors.
    """
    return _crossed(inputs, name, hashed_output=False, num_buckets=0, hash_key=_DEFAULT_HASH_KEY, out_type=string)


def sparse_cross_hashed(inputs: Any, num_buckets: int = 0, hash_key: int | None = None,
                        name: str | None = None) -> SparseTensor:
    """Return for each row the hashes of the combinations of the elements that several tensors have in it.

    Args:
      inputs: a list of `SparseTensor` and of dense matrices, of integers or texts.
      num_buckets: hashes are below it, if it is not 0.
      hash_key: where the hashes start.
      name: of the node.

    Raises:
      TypeError: if it is no list of tensors.
    """
    return _crossed(inputs, name, hashed_output=True, num_buckets=num_buckets, hash_key=hash_key or _DEFAULT_HASH_KEY,
                    out_type=int64)


def _crossed(inputs: Any, name: str | None, **ways: Any) -> SparseTensor:
    if not isinstance(inputs, list):
        raise TypeError("Inputs must be a list")
    if not all(isinstance(each, SparseTensor | Tensor) for each in inputs):
        raise TypeError("All inputs must be SparseTensors")
    sparse = [each for each in inputs if isinstance(each, SparseTensor)]
    dense = [each for each in inputs if not isinstance(each, SparseTensor)]
    has_numbers = any(each.dtype != string for each in inputs)
    values, dense = ([each if each.dtype == string else cast(each, int64) for each in group]
                     for group in ([each.values for each in sparse], dense))
    made = node("SparseCross", [each.indices for each in sparse], values, [each.dense_shape for each in sparse], dense,
                internal_type=int64 if has_numbers else string, name=name, **ways)
    return SparseTensor(*made)
