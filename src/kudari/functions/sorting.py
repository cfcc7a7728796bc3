"""Functions that sort, count and look up what is sorted."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..dtypes import int32
from ..graph.tensor import Tensor
from ..op.constant import constant, constant_value
from ..op.convert import convert_to_tensor
from ..op.generated import generated
from ..op.scope import scoped
from ..ops.forms import cast, node
from ..ops.joining import concat
from ..ops.shapes import rank_of, reduction, shape_of
from .clipping import clip_by_value
from .elementwise import truediv
from .filling import range as range_of

unique_with_counts = generated("UniqueWithCounts")


class TopK(NamedTuple):
    """What `tf.nn.top_k` returns: the values, and their places."""

    values: Tensor
    indices: Tensor


def top_k(input: Any, k: Any = 1, sorted: bool = True, name: str | None = None) -> TopK:
    """Return the greatest elements along the last dimension, greatest first.

    Args:
      input: a tensor of real numbers of rank 1 or more.
      k: how many: a scalar int32.
      sorted: accepted; they are sorted.
      name: of the node.

    Returns:
      `(values, indices)`, both of shape `input.shape[:-1] + [k]`; of equal elements the first comes first.
    """
    return TopK(*node("TopKV2", input, k=k, sorted=sorted, name=name))


def sort(values: Any, axis: Any = -1, direction: str = "ASCENDING", name: str | None = None) -> Tensor:
    """Return `values` sorted along one dimension.

    Args:
      values: a tensor of real numbers.
      axis: the dimension, a number that is known.
      direction: "ASCENDING" or "DESCENDING".
      name: of the scope.

    Raises:
      ValueError: for another direction, or an unknown axis.
    """
    with scoped(name, "sort"):
        return _sorted(values, axis, direction, places=False)


def argsort(values: Any, axis: Any = -1, direction: str = "ASCENDING", stable: bool = False,
            name: str | None = None) -> Tensor:
    """Return the places of the elements in the order that `sort` puts them in.

    Args:
      values: a tensor of real numbers.
      axis: the dimension, a number that is known.
      direction: "ASCENDING" or "DESCENDING".
      stable: accepted; equal elements keep their order.
      name: of the scope.

    Returns:
      An int32 tensor of the shape of `values`.

    Raises:
      ValueError: for another direction, or an unknown axis.
    """
    with scoped(name, "argsort"):
        return _sorted(values, axis, direction, places=True)


def _sorted(values: Any, axis: Any, direction: str, places: bool) -> Tensor:
    if direction not in ("ASCENDING", "DESCENDING"):
        raise ValueError(f"{direction} should be one of ASCENDING, DESCENDING")
    axis = convert_to_tensor(axis, name="axis")
    known = constant_value(axis)
    if axis.static_shape != () or known is None:
        raise ValueError("axis must be a constant scalar")
    values = convert_to_tensor(values, name="values")
    if direction == "DESCENDING":
        return _descending(values, int(known), places)
    found = _descending(-values, int(known), places)
    return found if places else -found


def _descending(values: Tensor, axis: int, places: bool) -> Tensor:
    k, rank = shape_of(values)[axis], rank_of(values)
    count = None if values.static_shape is None else len(values.static_shape)
    order = None
    if axis != -1 and axis + 1 != count:
        order = _axis_last(axis, rank, count)
        values = _transposed(values, order)
    found = top_k(values, k)
    result = found.indices if places else found.values
    return result if order is None else _transposed(result, order)


def _transposed(x: Tensor, order: Any) -> Tensor:
    with scoped("transpose", "transpose", [x]) as scope:
        return node("Transpose", x, order, name=scope)


def _axis_last(axis: Any, rank: Tensor, count: int | None) -> Tensor:
    """The order of axes that exchanges `axis` and the last."""
    if axis < 0:
        axis += count or rank
    if count is not None:
        order = [*range(axis), count - 1, *range(axis + 1, count - 1), axis]
        return constant(np.array(order), name="transposition")
    return concat([range_of(axis), [rank - 1], range_of(axis + 1, rank - 1), [axis]], 0)


def searchsorted(sorted_sequence: Any, values: Any, side: str = "left", out_type: Any = int32,
                 name: str | None = None) -> Tensor:
    """Return where values would have to be put into sorted rows.

    Args:
      sorted_sequence: a tensor whose last dimension is sorted.
      values: a tensor with the same other dimensions.
      side: "left" for the first such place, "right" for the last.
      out_type: of the result, `tf.int32` or `tf.int64`.
      name: of the node.

    Returns:
      A tensor of the shape of `values`.

    Raises:
      ValueError: for another side.
    """
    length, count = shape_of(sorted_sequence)[-1], shape_of(values)[-1]
    rows = node("Reshape", sorted_sequence, [-1, length])
    wanted = node("Reshape", values, [-1, count])
    if side not in ("left", "right"):
        raise ValueError(f"side must be either 'right' or 'left'.  Saw: {side}.")
    found = node("UpperBound" if side == "right" else "LowerBound", rows, wanted, out_type, name=name)
    return node("Reshape", found, shape_of(values))


def bincount(arr: Any, weights: Any = None, minlength: Any = None, maxlength: Any = None, dtype: Any = int32) -> Tensor:
    """Return how often each number occurs.

    Args:
      arr: an int32 tensor of numbers that are not negative.
      weights: what to add up in the place of ones: a tensor of the shape of `arr`.
      minlength: the least length of the result.
      maxlength: the greatest; greater numbers are not counted.
      dtype: of the result, without `weights`.

    Returns:
      A vector with a place for each number from 0 to the greatest that occurs.
    """
    with scoped("bincount", "bincount"):
        arr = convert_to_tensor(arr, name="arr", dtype=int32)
        is_there = reduction("Prod", shape_of(arr)) > 0
        size = cast(is_there, int32) * (reduction("Max", arr) + 1)
        if minlength is not None:
            size = node("Maximum", convert_to_tensor(minlength, name="minlength", dtype=int32), size)
        if maxlength is not None:
            size = node("Minimum", convert_to_tensor(maxlength, name="maxlength", dtype=int32), size)
        if weights is not None:
            return node("UnsortedSegmentSum", convert_to_tensor(weights, name="weights"), arr, size)
        return node("Bincount", arr, size, constant([], dtype))


def histogram_fixed_width_bins(values: Any, value_range: Any, nbins: Any = 100, dtype: Any = int32,
                               name: str | None = None) -> Tensor:
    """Return for each value the number of the bin it falls into.

    Args:
      values: a tensor of numbers.
      value_range: a vector of two: where the first bin begins and the last one ends.
      nbins: how many bins.
      dtype: accepted; the numbers are int32.
      name: of the scope.

    Returns:
      A tensor of the shape of `values`.
    """
    with scoped(name, "histogram_fixed_width_bins", [values, value_range, nbins]):
        values = convert_to_tensor(values, name="values")
        shape = shape_of(values)
        values = node("Reshape", values, [-1])
        value_range = convert_to_tensor(value_range, name="value_range")
        nbins = convert_to_tensor(nbins, dtype=int32, name="nbins")
        count = cast(nbins, values.dtype)
        scaled = truediv(values - value_range[0], value_range[1] - value_range[0], name="scaled_values")
        places = node("Floor", count * scaled, name="indices")
        places = cast(clip_by_value(places, 0, count - 1), int32)
        return node("Reshape", places, shape)


def histogram_fixed_width(values: Any, value_range: Any, nbins: Any = 100, dtype: Any = int32,
                          name: str | None = None) -> Tensor:
    """Return how many values fall into each of some bins of one width.

    Args:
      values: a tensor of numbers; those outside the range are counted in the first or the last bin.
      value_range: a vector of two: where the first bin begins and the last one ends.
      nbins: how many bins.
      dtype: of the result, `tf.int32` or `tf.int64`.
      name: of the node.

    Returns:
      A vector of length `nbins`.
    """
    with scoped(name, "histogram_fixed_width", [values, value_range, nbins]) as scope:
        return node("HistogramFixedWidth", values, value_range, nbins, dtype=dtype, name=scope)
