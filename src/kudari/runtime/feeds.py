"""What a run is fed: values checked against their tensors, and a test for being fed the same again."""

from __future__ import annotations

import marshal
from typing import Any

import numpy as np

from ..dtypes import string
from ..graph.graph import Graph
from ..graph.tensor import Tensor
from ..op.constant import make_array
from ..shape import TensorShape
from .fetches import expand_feed

LARGEST_COMPARED = 1 << 16  # bytes; comparing a larger array each step costs more than deferring saves


def convert_feeds(graph: Graph, feed_dict: dict | None) -> dict[Tensor, np.ndarray]:
    """Return the values of `feed_dict` as arrays of their tensors' types, owned by the caller.

    Raises:
      TypeError: if a key or a value is of the wrong kind.
      ValueError: if a tensor cannot be fed or a value does not fit its shape.
    """
    feeds: dict[Tensor, np.ndarray] = {}
    for key, value in (feed_dict or {}).items():
        for element, part in _pairs(key, value):
            tensor = _fed_tensor(graph, element)
            feeds[tensor] = _fed_array(graph, tensor, part)
    return feeds


def _pairs(key: Any, value: Any) -> list[tuple]:
    if isinstance(key, tuple):
        return [pair for k, v in zip(key, value, strict=True) for pair in expand_feed(k, v)]
    return expand_feed(key, value)


def _fed_tensor(graph: Graph, key: Any) -> Tensor:
    try:
        return graph.as_graph_element(key, allow_operation=False)
    except (TypeError, ValueError, KeyError) as error:
        raise TypeError(f"Cannot interpret feed_dict key as Tensor: {error.args[0]}") from None


def _fed_array(graph: Graph, tensor: Tensor, value: Any) -> np.ndarray:
    if isinstance(value, Tensor):
        raise TypeError("The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python scalars, "
                        f"strings, lists, numpy ndarrays, or TensorHandles. For reference, the tensor object was {value} "
                        f"which was passed to the feed with key {tensor}.")
    array = _as_array(tensor, value)
    shape = tensor.static_shape
    if shape is not None and not _fits(array.shape, shape):
        raise ValueError(f"Cannot feed value of shape {array.shape!r} for Tensor {tensor.name!r}, which has shape "
                         f"'{TensorShape(shape)}'")
    if not graph.is_feedable(tensor):
        raise ValueError(f"Tensor {tensor} may not be fed.")
    return array


def _fits(actual: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    return len(actual) == len(wanted) and all(w is None or a == w for a, w in zip(actual, wanted))


def _as_array(tensor: Tensor, value: Any) -> np.ndarray:
    dtype = tensor.dtype.base_dtype
    if dtype == string:
        return make_array(np.asarray(value, object) if not isinstance(value, str | bytes) else value, string)
    kind = dtype.as_numpy_dtype
    if isinstance(value, int) and kind(value) != value:
        raise TypeError(f"Type of feed value {value} with type {type(value)} is not compatible with Tensor type "
                        f"{kind}. Try explicitly setting the type of the feed tensor to a larger type (e.g. int64).")
    return np.array(value, kind)


class Repeat:
    """A test for being fed the same values again, made from one `feed_dict`.

    Values are compared bit for bit, so that neither 0.0 and -0.0 nor a list changed in place pass for the same.
    """

    def __init__(self, feed_dict: dict | None):
        self._prints = [(key, _fingerprint(value)) for key, value in (feed_dict or {}).items()]
        self.is_possible = all(print is not None for _, print in self._prints)

    def matches(self, feed_dict: dict | None) -> bool:
        """Return whether `feed_dict` feeds what this was made from."""
        if not feed_dict:
            return not self._prints
        if len(feed_dict) != len(self._prints):
            return False
        for key, print in self._prints:
            if key not in feed_dict or _fingerprint(feed_dict[key]) != print:
                return False
        return True


def _fingerprint(value: Any) -> Any:
    kind = type(value)
    if kind is np.ndarray:
        small = value.nbytes <= LARGEST_COMPARED and value.dtype != object
        return (value.dtype, value.shape, value.tobytes()) if small else None
    if kind is list or kind is tuple or kind is int or kind is float or kind is bool:
        try:
            return marshal.dumps(value, 2)
        except ValueError:
            return None
    if isinstance(value, np.generic) and value.dtype != object:
        return (value.dtype, value.tobytes())
    return None
