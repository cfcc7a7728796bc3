"""`tf.sparse.*`: functions that make sparse tensors and compute with them."""

from __future__ import annotations

from typing import Any

from ..dtypes import int64
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..op.sparse_tensor import SparseTensor, as_sparse, parts
from ..ops.forms import node
from .array import placeholder


def sparse_placeholder(dtype: Any, shape: Any = None, name: str | None = None) -> SparseTensor:
    """Return a sparse tensor whose value must be fed at every step.

    Args:
      dtype: of the elements.
      shape: of the whole; if it is known, a sequence of sizes or a vector, it need not be fed.
      name: of the scope of the placeholders.

    Returns:
      A `SparseTensor`; it may be fed a `SparseTensorValue`, or a tuple `(indices, values, dense_shape)`.
    """
    def below(part: str) -> str | None:
        return None if name is None else f"{name}/{part}"

    rank = None if shape is None else shape.shape[0] if isinstance(shape, Tensor) else len(shape)
    if shape is None or (not isinstance(shape, Tensor) and None in shape):
        dense_shape = placeholder(int64, shape=[rank], name=below("shape"))
    else:
        dense_shape = convert_to_tensor(shape, dtype=int64, name=below("shape"))
    values = placeholder(dtype, shape=[None], name=below("values"))
    return SparseTensor(placeholder(int64, shape=[None, rank], name=below("indices")), values, dense_shape)


def sparse_tensor_dense_matmul(sp_a: Any, b: Any, adjoint_a: bool = False, adjoint_b: bool = False,
                               name: str | None = None) -> Tensor:
    """Return the product of a sparse and a dense matrix.

    Args:
      sp_a: a `SparseTensor` of rank 2.
      b: a matrix of the same type.
      adjoint_a: whether to take `sp_a` conjugated and transposed.
      adjoint_b: whether to take `b` conjugated and transposed.
      name: of the scope.

    Returns:
      A dense matrix.

    Raises:
      TypeError: if `sp_a` is not sparse.
      ValueError: if the sizes do not fit.
    """
    sp_a = as_sparse(sp_a)
    with scoped(name, "SparseTensorDenseMatMul", [sp_a.indices, sp_a.values, b]):
        b = convert_to_tensor(b, name="b")
        return node("SparseTensorDenseMatMul", *parts(sp_a), b, adjoint_a=adjoint_a, adjoint_b=adjoint_b)


def sparse_retain(sp_input: Any, to_retain: Any) -> SparseTensor:
    """Return the elements of a sparse tensor that are wanted.

    Args:
      sp_input: a `SparseTensor` of n elements.
      to_retain: n booleans.

    Raises:
      TypeError: if `sp_input` is not sparse.
      ValueError: if there are not as many booleans as elements.
    """
    sp_input, to_retain = as_sparse(sp_input), convert_to_tensor(to_retain)
    to_retain.shape.assert_has_rank(1)
    if sp_input.values.shape.dims is not None:
        sp_input.values.shape[0].merge_with(to_retain.shape[0] if to_retain.shape.dims is not None else None)
    places = node("Reshape", node("Where", to_retain), [-1])
    indices, values = (node("GatherV2", part, places, 0) for part in (sp_input.indices, sp_input.values))
    return SparseTensor(indices, values, node("Identity", sp_input.dense_shape))
