"""Embeddings: rows of a matrix, or of one in parts, looked up by number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..dtypes import bfloat16, float16, float32, int32
from ..graph.indexed_slices import IndexedSlices
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..op.sparse_tensor import SparseTensor
from ..ops.forms import cast, floor_over, minus, modulo, node, old_quotient, plus, power, times
from ..ops.joining import concat
from ..ops.shapes import rank_of, reduction, shape_of, size_of
from ..shape import TensorShape
from ..variables.partitioned import PartitionedVariable
from .clipping import clip_by_norm
from .filling import range as count_up
from .picking import gather, unique
from .segments import sparse_segment_mean, sparse_segment_sqrt_n, sparse_segment_sum


def embedding_lookup(params: Any, ids: Any, partition_strategy: str = "mod", name: str | None = None,
                     validate_indices: bool = True, max_norm: Any = None) -> Tensor:
    """Return the rows `ids` of an embedding.

    Args:
      params: a tensor or variable whose first dimension the ids count, or a list of parts of one, or a
        `PartitionedVariable`.
      ids: integers of any shape.
      partition_strategy: of parts: `"mod"` if the part of an id is `id % len(params)`, `"div"` if each has a range of ids.
      name: of the node.
      validate_indices: not used.
      max_norm: rows with a greater Euclidean norm are scaled down to it; none if `None`.

    Returns:
      A tensor of shape `ids.shape + params.shape[1:]`.

    Raises:
      ValueError: if there are no parts, or the strategy is another.
    """
    params = _parts(params)
    with scoped(name, "embedding_lookup", [*params, ids]) as scope:
        if not any(hasattr(part, "_handle") for part in params):
            params = [_tensor(part, f"params_{i}") for i, part in enumerate(params)]
        ids = convert_to_tensor(ids, name="ids")
        if len(params) > 1:
            return _clipped(_lookup_in_parts(params, ids, partition_strategy, scope), ids, max_norm)
        with get_default_graph().colocate_with(_op(params[0])):
            rows = _clipped(gather(params[0], ids, name=scope), ids, max_norm)
        return node("Identity", rows)


def _parts(params: Any) -> list[Any]:
    if params is None:
        raise ValueError("params must be specified")
    if isinstance(params, list | tuple) and not params:
        raise ValueError("Need at least one param")
    if isinstance(params, PartitionedVariable):
        return list(params)
    return params if isinstance(params, list) else [params]


def _tensor(part: Any, name: str) -> Any:
    return part if isinstance(part, IndexedSlices) else convert_to_tensor(part, name=name)


def _op(part: Any) -> Any:
    return getattr(part, "op", part)


def _clipped(rows: Tensor, ids: Any, max_norm: Any) -> Tensor:
    """Scale down each row that is longer than `max_norm`."""
    if max_norm is None:
        return rows
    first, after = (len(x.static_shape) if x.static_shape else rank_of(x) for x in (ids, rows))
    known = isinstance(first, int) and isinstance(after, int)
    return clip_by_norm(rows, max_norm, axes=list(range(first, after)) if known else count_up(first, after))


def _lookup_in_parts(params: list[Any], ids: Tensor, strategy: str, name: str) -> Tensor:
    count = len(params)
    flat = node("Reshape", ids, [-1])
    places = count_up(size_of(flat))
    if strategy == "mod":
        owners, inner = modulo(flat, count), floor_over(flat, count)
    elif strategy == "div":
        owners, inner = _in_ranges(params, flat)
    else:
        raise ValueError(f"Unrecognized partition strategy: {strategy}")
    owners = cast(owners, int32)
    part_ids = node("DynamicPartition", inner, owners, count)
    part_places = node("DynamicPartition", places, owners, count)
    rows = []
    for part, chosen in zip(params, part_ids):
        with get_default_graph().colocate_with(_op(part)):
            rows.append(gather(part, chosen))
    merged = node("ParallelDynamicStitch", part_places, rows, name=name)
    element = params[0].shape[1:]
    for part in params[1:]:
        element = element.merge_with(part.shape[1:])
    sizes: Any = element
    if not element.is_fully_defined():
        with get_default_graph().colocate_with(_op(params[0])):
            whole = shape_of(params[0])
        sizes = whole[1:]
    result = node("Reshape", merged, concat([shape_of(ids), sizes], 0))
    result.set_shape(ids.shape.concatenate(element))
    return result


def _in_ranges(params: list[Any], ids: Tensor) -> tuple[Tensor, Tensor]:
    """The part that each id is in and its place there, where the first parts have one id more than the others."""
    count, total = len(params), _total(params, ids)
    size, extras = floor_over(total, count), modulo(total, count)
    owners = node("Maximum", floor_over(ids, plus(size, 1)), floor_over(minus(ids, extras), size))
    inner = node("Select", node("Less", owners, extras), modulo(ids, plus(size, 1)), modulo(minus(ids, extras), size))
    return owners, inner


def _total(params: list[Any], ids: Tensor) -> Tensor:
    sizes = [part.shape[0].value for part in params]
    if all(size is not None for size in sizes) and sum(sizes):
        return constant(sum(sizes), ids.dtype)
    for i, part in enumerate(params):
        if sizes[i] is None:
            with get_default_graph().colocate_with(_op(part)):
                sizes[i] = shape_of(part)[0]
    return reduction("Sum", cast(convert_to_tensor(sizes, name="stack"), ids.dtype))


def embedding_lookup_sparse(params: Any, sp_ids: Any, sp_weights: Any, partition_strategy: str = "mod",
                            name: str | None = None, combiner: str | None = None, max_norm: Any = None) -> Tensor:
    """Return for each row of `sp_ids` the rows of an embedding that its values name, combined into one.

    Args:
      params: as in `embedding_lookup`.
      sp_ids: a `SparseTensor` of integers, `[batch, …]`, with at least one in each row.
      sp_weights: a `SparseTensor` of floats at the same places, or `None` for weights of one.
      partition_strategy: as in `embedding_lookup`.
      name: of the last node.
      combiner: `"sum"`, `"mean"` (divided by the sum of the weights) or `"sqrtn"` (divided by the root of the sum of their
        squares); `"mean"` if `None`.
      max_norm: as in `embedding_lookup`.

    Returns:
      A tensor of shape `[batch] + params.shape[1:]`.

    Raises:
      TypeError: if the ids or the weights are not sparse.
      ValueError: if the combiner is another.
    """
    combiner = "mean" if combiner is None else combiner
    if combiner not in ("mean", "sqrtn", "sum"):
        raise ValueError("combiner must be one of 'mean', 'sqrtn' or 'sum'")
    if isinstance(params, PartitionedVariable):
        params = list(params)
    params = params if isinstance(params, list) else [params]
    _check_sparse(sp_ids, sp_weights)
    with scoped(name, "embedding_lookup_sparse", [*params, sp_ids]) as scope:
        segments = cast(sp_ids.indices[:, 0], int32)
        ids, places = unique(sp_ids.values)
        rows = embedding_lookup(params, ids, partition_strategy=partition_strategy, max_norm=max_norm)
        if rows.dtype in (float16, bfloat16):
            rows = cast(rows, float32)
        if sp_weights is None:
            return _COMBINE[combiner](rows, places, segments, name=scope)
        weights = cast(sp_weights.values, rows.dtype)
        return _weighted(gather(rows, places), weights, segments, combiner, scope)


_COMBINE: dict[str, Callable] = {"sum": sparse_segment_sum, "mean": sparse_segment_mean, "sqrtn": sparse_segment_sqrt_n}


def _check_sparse(ids: Any, weights: Any) -> None:
    if not isinstance(ids, SparseTensor):
        raise TypeError("sp_ids must be SparseTensor")
    if weights is None:
        return
    if not isinstance(weights, SparseTensor):
        raise TypeError("sp_weights must be either None or SparseTensor")
    for part in ("values", "indices", "dense_shape"):
        getattr(ids, part).shape.assert_is_compatible_with(getattr(weights, part).shape)


def _weighted(rows: Tensor, weights: Tensor, segments: Tensor, combiner: str, name: str) -> Tensor:
    ones = node("Fill", node("ExpandDims", minus(rank_of(rows), 1), 0), 1)
    known = weights.shape
    weights = node("Reshape", weights, concat([shape_of(weights), ones], 0))
    if rows.static_shape is not None:
        weights.set_shape(known.concatenate(TensorShape([1] * (len(rows.static_shape) - 1))))
    rows = times(rows, weights)
    if combiner == "sum":
        return node("SegmentSum", rows, segments, name=name)
    total = node("SegmentSum", rows, segments)
    if combiner == "mean":
        return old_quotient(total, node("SegmentSum", weights, segments), name)
    length = node("Sqrt", node("SegmentSum", power(weights, 2), segments))
    return old_quotient(total, length, name)
