"""`tensor[…]` as a strided slice."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from ..dtypes import as_dtype, int32, int64
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.scope import scoped
from ..shape import Dimension
from .forms import cast, node, plus
from .packing import stack

_NOT_AN_INDEX = ("Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 "
                 "tensors are valid indices")
_MASK_NAMES = ("begin", "end", "ellipsis", "new_axis", "shrink_axis")


def is_mask(key: Any) -> bool:
    """Return whether `key` picks elements by truth rather than by place."""
    return isinstance(key, bool) or (isinstance(key, Tensor | np.ndarray) and key.dtype == bool)


class Spec:
    """The entries of an index: `begin`, `end` and `strides`, with a mask of bits for each kind of entry."""

    def __init__(self, entries: Any):
        self.begin: list[Any] = []
        self.end: list[Any] = []
        self.strides: list[Any] = []
        self.masks = {f"{name}_mask": 0 for name in _MASK_NAMES}
        for entry in entries:
            self._take(entry)

    def _take(self, entry: Any) -> None:
        if isinstance(entry, slice):
            self._add(self._bound(entry.start, "begin"), self._bound(entry.stop, "end"), self._step(entry.step))
        elif entry is Ellipsis:
            self._mark("ellipsis")
            self._add(0, 0, 1)
        elif entry is None:
            self._mark("new_axis")
            self._add(0, 0, 1)
        else:
            check_index(entry)
            self._mark("shrink_axis")
            self._add(entry, plus(entry, 1) if isinstance(entry, Tensor) else entry + 1, 1)

    def _add(self, begin: Any, end: Any, step: Any) -> None:
        self.begin.append(begin)
        self.end.append(end)
        self.strides.append(step)

    def _mark(self, mask: str) -> None:
        self.masks[f"{mask}_mask"] |= 1 << len(self.begin)

    def _bound(self, value: Any, mask: str) -> Any:
        if value is None or (not isinstance(value, Tensor) and value == sys.maxsize):
            self._mark(mask)
            return 0
        check_index(value)
        return value

    def _step(self, value: Any) -> Any:
        if value is None:
            return 1
        check_index(value)
        return value

    def vectors(self) -> list[Tensor]:
        """Return begin, end and strides as tensors of one type."""
        if not self.begin:
            return [constant([], int32)] * 3
        packed = [stack(self.begin), stack(self.end), stack(self.strides)]
        return [cast(t, int64) for t in packed] if any(t.dtype == int64 for t in packed) else packed


def check_index(value: Any) -> None:
    """Refuse what cannot be an index.

    Raises:
      TypeError: if `value` is neither a whole number nor a scalar tensor of them.
    """
    if isinstance(value, int | Dimension):
        return
    dtype = getattr(value, "dtype", None)
    if dtype is None or as_dtype(dtype).base_dtype not in (int32, int64) or len(_sizes(value)) == 1:
        raise TypeError(f"{_NOT_AN_INDEX}, got {value!r}")


def _sizes(value: Any) -> tuple:
    shape = value.static_shape if isinstance(value, Tensor) else np.shape(value)
    return shape or ()


def item(tensor: Any, key: Any) -> Tensor:
    """Return `tensor[key]`.

    Args:
      tensor: a tensor, or what becomes one.
      key: an integer, slice, `...`, `None`, scalar integer tensor, or a list or tuple of them.

    Raises:
      TypeError: if `key` holds anything else.
      ValueError: if an index is outside, or there are more of them than axes.
    """
    spec = Spec(key if isinstance(key, list | tuple) else [key])
    with scoped(None, "strided_slice", [tensor, *spec.begin, *spec.end, *spec.strides]) as scope:
        return node("StridedSlice", tensor, *spec.vectors(), **spec.masks, name=scope)
