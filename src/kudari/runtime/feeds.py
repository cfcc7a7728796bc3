"""What a run is fed: values checked against their tensors, and a test for being fed the same again."""

from __future__ import annotations

import marshal
from collections.abc import Iterable
from typing import Any

import numpy as np

from ..dtypes import resource, string, variant
from ..graph.graph import Graph
from ..graph.tensor import Tensor
from ..op.constant import make_array
from ..shape import TensorShape
from .fetches import expand_feed

LARGEST_COMPARED = 1 << 16  # bytes; comparing a larger array each step costs more than deferring saves


class Feeder:
    """Turns the values of feed dictionaries with certain keys into arrays.

    Args:
      graph: where the tensors are.
      keys: of the dictionaries: tensors, names, or what a feed function was registered for.

    Raises:
      TypeError: if a key does not name a tensor.
    """

    def __init__(self, graph: Graph, keys: Iterable[Any]):
        self._graph = graph
        self._slots = [(key, _Slot(graph, key) if _is_plain(key) else None) for key in keys]

    def convert(self, feed_dict: dict | None) -> dict[Tensor, np.ndarray]:
        """Return the fed values as arrays of their tensors' types, owned by the caller.

        Raises:
          TypeError: if a value is of the wrong kind.
          ValueError: if a tensor cannot be fed or a value does not fit its shape.
        """
        feeds: dict[Tensor, np.ndarray] = {}
        for key, slot in self._slots:
            value = feed_dict[key]  # type: ignore[index]
            if slot is not None:
                feeds[slot.tensor] = slot.array(value)
                continue
            for element, part in _pairs(key, value):
                inner = _Slot(self._graph, element)
                feeds[inner.tensor] = inner.array(part)
        return feeds


def _is_plain(key: Any) -> bool:
    return isinstance(key, Tensor | str) or hasattr(key, "_as_graph_element")


def _pairs(key: Any, value: Any) -> list[tuple]:
    if isinstance(key, tuple):
        return [pair for k, v in zip(key, value, strict=True) for pair in expand_feed(k, v)]
    return expand_feed(key, value)


class _Slot:
    """One tensor that is fed."""

    __slots__ = ("_dtype", "_kind", "_shape", "tensor")

    def __init__(self, graph: Graph, key: Any):
        try:
            self.tensor = graph.as_graph_element(key, allow_operation=False)
        except (TypeError, ValueError, KeyError) as error:
            raise TypeError(f"Cannot interpret feed_dict key as Tensor: {error.args[0]}") from None
        self._dtype = self.tensor.dtype.base_dtype
        self._kind = None if self._dtype in (resource, variant) else self._dtype.as_numpy_dtype
        self._shape = self.tensor.static_shape

    def array(self, value: Any) -> np.ndarray:
        """Return `value` as an array that may be fed."""
        tensor = self.tensor
        if isinstance(value, Tensor):
            raise TypeError("The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python "
                            "scalars, strings, lists, numpy ndarrays, or TensorHandles. For reference, the tensor object "
                            f"was {value} which was passed to the feed with key {tensor}.")
        array = self._converted(value)
        if self._shape is not None and array.shape != self._shape and not _fits(array.shape, self._shape):
            raise ValueError(f"Cannot feed value of shape {array.shape!r} for Tensor {tensor.name!r}, which has shape "
                             f"'{TensorShape(self._shape)}'")
        if not tensor.graph.is_feedable(tensor):
            raise ValueError(f"Tensor {tensor} may not be fed.")
        return array

    def _converted(self, value: Any) -> np.ndarray:
        kind = self._kind
        if self._dtype == string:
            return make_array(value if isinstance(value, str | bytes) else np.asarray(value, object), string)
        if isinstance(value, int) and not _holds(kind, value):
            raise TypeError(f"Type of feed value {value} with type {type(value)} is not compatible with Tensor type "
                            f"{kind}. Try explicitly setting the type of the feed tensor to a larger type (e.g. int64).")
        return np.array(value, kind)


def _holds(kind: Any, value: int) -> bool:
    try:
        return kind(value) == value
    except OverflowError:
        return False


def _fits(actual: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    return len(actual) == len(wanted) and all(w is None or a == w for a, w in zip(actual, wanted))


class Repeat:
    """A test for being fed the same values again, made from one `feed_dict`.

    Values are compared bit for bit, so that neither 0.0 and -0.0 nor a list changed in place pass for the same.
    """

    def __init__(self, feed_dict: dict | None):
        self._prints = [(key, _fingerprint(value)) for key, value in (feed_dict or {}).items()]
        self.is_possible = all(known is not None for _, known in self._prints)

    def matches(self, feed_dict: dict | None) -> bool:
        """Return whether `feed_dict` feeds what this was made from."""
        if not feed_dict:
            return not self._prints
        if len(feed_dict) != len(self._prints):
            return False
        return all(key in feed_dict and _fingerprint(feed_dict[key]) == known for key, known in self._prints)


def _fingerprint(value: Any) -> Any:
    kind = type(value)
    if kind is list or kind is tuple:
        try:
            return marshal.dumps(value, 2)
        except ValueError:
            return None
    if kind is np.ndarray:
        small = value.nbytes <= LARGEST_COMPARED and value.dtype != object
        return (value.dtype, value.shape, value.tobytes()) if small else None
    if kind is int or kind is float or kind is bool:
        return marshal.dumps(value, 2)
    if isinstance(value, np.generic) and value.dtype != object:
        return (value.dtype, value.tobytes())
    return None
