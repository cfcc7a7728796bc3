"""Functions that bring together the rows of a tensor that belong together."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import node
from ..ops.shapes import shape_of
from .filling import ones


def unsorted_segment_mean(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """Return the mean of the rows of each segment, zero where there are none.

    Args:
      data: a tensor of floats.
      segment_ids: integers of the shape of the first dimensions of `data`; rows with a negative one are left out.
      num_segments: how many segments there are.
      name: of the scope.

    Returns:
      A tensor of shape `[num_segments] + data.shape[segment_ids.ndim:]`.
    """
    with scoped(name, "UnsortedSegmentMean"):
        total, count = _total_and_count(data, segment_ids, num_segments)
        return total / count


def unsorted_segment_sqrt_n(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """Return the sum of the rows of each segment divided by the root of their number, zero where there are none.

    Args:
      data: a tensor of floats.
      segment_ids: integers of the shape of the first dimensions of `data`; rows with a negative one are left out.
      num_segments: how many segments there are.
      name: of the scope.

    Returns:
      A tensor of shape `[num_segments] + data.shape[segment_ids.ndim:]`.
    """
    with scoped(name, "UnsortedSegmentSqrtN"):
        total, count = _total_and_count(data, segment_ids, num_segments)
        return total / node("Sqrt", count)


def _total_and_count(data: Any, segment_ids: Any, num_segments: Any) -> tuple[Tensor, Tensor]:
    data, ids = convert_to_tensor(data), convert_to_tensor(segment_ids)
    each = ones(shape_of(ids), data.dtype)
    count = node("UnsortedSegmentSum", each, ids, num_segments)
    count = node("Reshape", count, [num_segments] + [1] * (data.shape.ndims - ids.shape.ndims))
    count = node("Maximum", count, 1)
    return node("UnsortedSegmentSum", data, ids, num_segments), count


def _chosen(type_name: str, data: Any, indices: Any, segment_ids: Any, name: str | None, num_segments: Any) -> Tensor:
    if num_segments is None:
        return node(type_name, data, indices, segment_ids, name=name)
    return node(f"{type_name}WithNumSegments", data, indices, segment_ids, num_segments, name=name)


def sparse_segment_sum(data: Any, indices: Any, segment_ids: Any, name: str | None = None,
                       num_segments: Any = None) -> Tensor:
    """Return the sum of the rows named for each segment.

    Args:
      data: a tensor of real numbers.
      indices: a vector of integers: which rows.
      segment_ids: an int32 vector, in order: the segment each of them is for.
      name: of the node.
      num_segments: how many segments there are; as many as the ids tell if `None`.

    Returns:
      A tensor of shape `[segments] + data.shape[1:]`.
    """
    return _chosen("SparseSegmentSum", data, indices, segment_ids, name, num_segments)


def sparse_segment_mean(data: Any, indices: Any, segment_ids: Any, name: str | None = None,
                        num_segments: Any = None) -> Tensor:
    """Return the mean of the rows named for each segment; see `tf.sparse_segment_sum`."""
    return _chosen("SparseSegmentMean", data, indices, segment_ids, name, num_segments)


def sparse_segment_sqrt_n(data: Any, indices: Any, segment_ids: Any, name: str | None = None,
                          num_segments: Any = None) -> Tensor:
    """Return the sum of the rows named for each segment over the root of their number; see `tf.sparse_segment_sum`."""
    return _chosen("SparseSegmentSqrtN", data, indices, segment_ids, name, num_segments)
