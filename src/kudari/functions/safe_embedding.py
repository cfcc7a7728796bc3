"""Embeddings of rows that may be empty or hold invalid ids."""

from __future__ import annotations

from typing import Any

from ..dtypes import bool as boolean
from ..dtypes import int32
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..op.sparse_tensor import SparseTensor
from ..ops.comparison import greater, greater_equal
from ..ops.forms import cast, node
from ..ops.shapes import reduction, shape_of, size_of
from ..shape import TensorShape
from ..variables.partitioned import PartitionedVariable
from .embedding import embedding_lookup_sparse
from .filling import ones_like, zeros_like
from .joining import concat, stack
from .picking import gather, where
from .slicing import slice as part_of
from .slicing import tile
from .sparse import sparse_fill_empty_rows, sparse_reshape, sparse_retain


def safe_embedding_lookup_sparse(embedding_weights: Any, sparse_ids: Any, sparse_weights: Any = None,
                                 combiner: str = "mean", default_id: Any = None, name: str | None = None,
                                 partition_strategy: str = "div", max_norm: Any = None) -> Tensor:
    """Return for each row of `sparse_ids` the rows of an embedding that its valid ids name, combined into one.

    Args:
      embedding_weights: a matrix or variable, a list of parts of one, or a `PartitionedVariable`.
      sparse_ids: a `SparseTensor` of integers, `[d_0, …, d_n]`; negative ones count as absent.
      sparse_weights: a `SparseTensor` of floats at the same places; unless `combiner` is `"sum"`, ids whose weight is not
        positive count as absent. Weights of one if `None`.
      combiner: `"sum"`, `"mean"` or `"sqrtn"`, as in `embedding_lookup_sparse`.
      default_id: what rows without ids are looked up as; if `None`, they are zeros.
      name: of the scope.
      partition_strategy: of parts, `"div"` or `"mod"`.
      max_norm: rows with a greater Euclidean norm are scaled down to it; none if `None`.

    Returns:
      A tensor of shape `[d_0, …, d_(n-1)] + embedding_weights.shape[1:]`.

    Raises:
      ValueError: if there are no parts.
    """
    params = _parts(embedding_weights, sparse_weights)
    with scoped(name, "embedding_lookup", [*params, sparse_ids, sparse_weights]) as scope:
        sizes = sparse_ids.dense_shape
        known_rank = sizes.shape[0].value
        rank = size_of(sizes) if known_rank is None else known_rank
        ids = sparse_reshape(sparse_ids, [reduction("Prod", part_of(sizes, [0], [rank - 1])), gather(sizes, rank - 1)])
        weights = None
        if sparse_weights is not None:
            weights = SparseTensor(ids.indices, sparse_weights.values, ids.dense_shape)
        ids, weights = _with_valid_ids(ids, weights)
        if combiner != "sum" and weights is not None:
            ids, weights = _kept(ids, weights, greater(weights.values, 0))
        ids, is_empty = sparse_fill_empty_rows(ids, default_id or 0)
        if weights is not None:
            weights, _ = sparse_fill_empty_rows(weights, 1.0)
        result = embedding_lookup_sparse(params, ids, weights, partition_strategy, None if default_id is None else scope,
                                         combiner, max_norm)
        if default_id is None:
            is_empty = tile(node("Reshape", is_empty, [-1, 1]), stack([1, shape_of(result)[1]]))
            result = where(is_empty, zeros_like(result), result, name=scope)
        rows = part_of(cast(sizes, int32), [0], [rank - 1])
        final = node("Reshape", result, concat([rows, part_of(shape_of(result), [1], [-1])], 0))
        outer = TensorShape(None) if known_rank is None else TensorShape([None] * (known_rank - 1))
        final.set_shape(outer.concatenate(result.shape[1:]))
        return final


def _parts(params: Any, weights: Any) -> list[Any]:
    if params is None:
        raise ValueError(f"Missing embedding_weights {params}.")
    if isinstance(params, PartitionedVariable):
        params = list(params)
    params = params if isinstance(params, list) else [params]
    if not params:
        raise ValueError(f"Missing embedding_weights {params}.")
    dtype = None if weights is None else weights.dtype
    return [part if hasattr(part, "_handle") and dtype in (None, part.dtype) else convert_to_tensor(part, dtype=dtype)
            for part in params]


def _with_valid_ids(ids: SparseTensor, weights: SparseTensor | None) -> tuple[SparseTensor, SparseTensor | None]:
    valid = greater_equal(ids.values, 0)
    if weights is not None:
        valid = node("LogicalAnd", valid, ones_like(weights.values, dtype=boolean))
    return _kept(ids, weights, valid)


def _kept(ids: SparseTensor, weights: SparseTensor | None, keep: Tensor) -> tuple[SparseTensor, SparseTensor | None]:
    ids = sparse_retain(ids, keep)
    return ids, None if weights is None else sparse_retain(weights, keep)
