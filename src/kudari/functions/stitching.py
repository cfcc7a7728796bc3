"""`tf.setdiff1d`: functions of vectors whose results' sizes depend on values."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..dtypes import int32
from ..graph.tensor import Tensor
from ..ops.stitching import list_diff


class ListDiff(NamedTuple):
    """What `tf.setdiff1d` returns."""

    out: Tensor
    idx: Tensor


def setdiff1d(x: Any, y: Any, index_dtype: Any = int32, name: str | None = None) -> ListDiff:
    """Return the elements of one vector that are not in another.

    Args:
      x: a vector.
      y: another of the same type.
      index_dtype: of the places, int32 or int64.
      name: of the node.

    Returns:
      `out`, the elements in their order, repeated ones too, and `idx`, their places in `x`.

    Raises:
      ValueError: if an argument is not a vector.
    """
    return ListDiff(*list_diff(x, y, out_idx=index_dtype, name=name))
