"""Slices of a tensor with the rows they stand for: what gradients of lookups are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..dtypes import DType
from .tensor import Tensor

if TYPE_CHECKING:
    from .graph import Graph
    from .operation import Operation


class IndexedSlicesValue(NamedTuple):
    """What a session returns for `IndexedSlices`: the rows, their indices, and the shape of the whole or `None`."""

    values: Any
    indices: Any
    dense_shape: Any


class IndexedSlices:
    """A tensor given by some of its rows: row `indices[i]` is `values[i]`, rows named twice add up, others are zero.

    Args:
      values: a tensor of shape `[n, …]`.
      indices: an integer tensor of shape `[n]`.
      dense_shape: an integer vector, the shape of the whole tensor; `None` if it is not known.
    """

    __slots__ = ("__weakref__", "_dense_shape", "_indices", "_values")

    def __init__(self, values: Tensor, indices: Tensor, dense_shape: Tensor | None = None):
        self._values, self._indices, self._dense_shape = values, indices, dense_shape

    @property
    def values(self) -> Tensor:
        """The rows."""
        return self._values

    @property
    def indices(self) -> Tensor:
        """The row numbers."""
        return self._indices

    @property
    def dense_shape(self) -> Tensor | None:
        """The shape of the whole tensor as a vector, or `None`."""
        return self._dense_shape

    @property
    def name(self) -> str:
        """The name of `values`."""
        return self._values.name

    @property
    def device(self) -> str:
        """The device recorded for `values`."""
        return self._values.device

    @property
    def op(self) -> Operation:
        """The op that makes `values`."""
        return self._values.op

    @property
    def dtype(self) -> DType:
        """The type of `values`."""
        return self._values.dtype

    @property
    def graph(self) -> Graph:
        """The graph of `values`."""
        return self._values.graph

    def consumers(self) -> list[Operation]:
        """Return the ops that take `values` as an input."""
        return self._values.consumers()

    def _to_components(self) -> tuple[Tensor, ...]:
        parts = (self._values, self._indices)
        return parts if self._dense_shape is None else (*parts, self._dense_shape)

    def _from_components(self, parts: Any) -> IndexedSlices:
        return IndexedSlices(*parts)

    def __str__(self) -> str:
        shape = "" if self._dense_shape is None else f", dense_shape={self._dense_shape}"
        return f"IndexedSlices(indices={self._indices}, values={self._values}{shape})"
