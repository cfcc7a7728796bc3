"""The structure of what a run fetches: flattened to graph elements, and built again from their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..errors import InaccessibleTensorError
from ..graph.graph import Graph
from ..graph.indexed_slices import IndexedSlices, IndexedSlicesValue
from ..graph.operation import Operation
from ..op.sparse_tensor import SparseTensor, SparseTensorValue, parts

Expansion = tuple[list, Callable[[list], Any]]
_expansions: list[tuple[type, Callable[[Any], Expansion]]] = []
_feed_expansions: list[tuple[type, Callable[[Any, Any], list[tuple]]]] = []


def register_session_run_conversion_functions(tensor_type: type, fetch_function: Callable[[Any], Expansion],
                                              feed_function: Callable[[Any, Any], list[tuple]] | None = None,
                                              feed_function_for_partial_run: Callable | None = None) -> None:
    """Let sessions fetch and feed objects of `tensor_type`.

    Args:
      tensor_type: the Python type.
      fetch_function: from an object to the elements to fetch and a function from their values to the result.
      feed_function: from an object and a value to pairs of tensor and value.
      feed_function_for_partial_run: accepted; `feed_function` serves there too.

    Raises:
      ValueError: if the type is registered already.
    """
    if any(issubclass(tensor_type, known) for known, _ in _expansions):
        raise ValueError(f"{tensor_type} has already been registered so ignore it.")
    _expansions.insert(0, (tensor_type, fetch_function))
    if feed_function is not None:
        _feed_expansions.insert(0, (tensor_type, feed_function))


def expand_feed(key: Any, value: Any) -> list[tuple]:
    """Return the pairs of element and value that feeding `value` for `key` stands for."""
    for known, function in _feed_expansions:
        if isinstance(key, known):
            return function(key, value)
    return [(key, value)]


class Fetches:
    """The elements of a graph that a structure names, and how to give it back.

    Args:
      graph: where the elements are.
      structure: a tensor, operation, variable, name, or a list, tuple, named tuple or mapping of such, nested at will.

    Raises:
      TypeError: if a part cannot be fetched.
      ValueError: if a part is not in the graph.
    """

    def __init__(self, graph: Graph, structure: Any):
        self.elements: list[Any] = []
        self._index: dict[Any, int] = {}
        self._graph = graph
        self.build: Callable[[list], Any] = self._build(structure)
        self.is_empty = all(isinstance(element, Operation) for element in self.elements)

    def _build(self, structure: Any) -> Callable[[list], Any]:
        if structure is None:
            raise TypeError(f"Fetch argument {structure!r} has invalid type {type(structure)!r}")
        if isinstance(structure, list | tuple):
            return self._sequence(structure)
        if isinstance(structure, Mapping):
            return self._mapping(structure)
        if hasattr(type(structure), "__attrs_attrs__"):
            names = [a.name for a in type(structure).__attrs_attrs__]
            parts = [self._build(getattr(structure, name)) for name in names]
            return lambda values: type(structure)(*[part(values) for part in parts])
        for known, function in _expansions:
            if isinstance(structure, known):
                elements, contract = function(structure)
                parts = [self._build(element) for element in elements]
                return lambda values: contract([part(values) for part in parts])
        return self._element(structure)

    def _sequence(self, structure: Any) -> Callable[[list], Any]:
        parts = [self._build(item) for item in structure]
        kind = type(structure)
        if hasattr(kind, "_fields"):
            return lambda values: kind(*[part(values) for part in parts])
        if kind is list:
            return lambda values: [part(values) for part in parts]
        return lambda values: kind([part(values) for part in parts])

    def _mapping(self, structure: Mapping) -> Callable[[list], Any]:
        parts = {key: self._build(item) for key, item in structure.items()}
        kind: Any = type(structure)
        make = kind if kind is not dict and callable(kind) and issubclass(kind, dict) else dict
        if hasattr(structure, "default_factory"):
            return lambda values: kind(structure.default_factory, {k: part(values) for k, part in parts.items()})
        return lambda values: make((key, part(values)) for key, part in parts.items())

    def _element(self, fetch: Any) -> Callable[[list], Any]:
        element = self._resolve(fetch)
        if not self._graph.is_fetchable(element):
            name = (element if isinstance(element, Operation) else element.op).name
            raise InaccessibleTensorError(
                f"Operation {name!r} has been marked as not fetchable. Typically this happens when it is defined in "
                "another function or code block. Use return values,explicit Python locals or TensorFlow collections to "
                "access it.")
        position = self._index.setdefault(element, len(self.elements))
        if position == len(self.elements):
            self.elements.append(element)
        return lambda values: values[position]

    def _resolve(self, fetch: Any) -> Any:
        try:
            return self._graph.as_graph_element(fetch)
        except TypeError as error:
            raise TypeError(f"Fetch argument {fetch!r} has invalid type {type(fetch)!r}, must be a string or Tensor. "
                            f"({error})") from None
        except ValueError as error:
            raise ValueError(f"Fetch argument {fetch!r} cannot be interpreted as a Tensor. ({error})") from None
        except KeyError as error:
            raise ValueError(f"Fetch argument {fetch!r} cannot be interpreted as a Tensor. ({error})") from None


def _expand_slices(slices: IndexedSlices) -> Expansion:
    parts = [slices.values, slices.indices] + ([] if slices.dense_shape is None else [slices.dense_shape])
    return parts, lambda values: IndexedSlicesValue(*values, *([None] * (3 - len(values))))


def _expand_sparse(sparse: SparseTensor) -> Expansion:
    return list(parts(sparse)), lambda values: SparseTensorValue(*values)


def _feed_slices(slices: IndexedSlices, value: Any) -> list[tuple]:
    return list(zip([t for t in (slices.values, slices.indices, slices.dense_shape) if t is not None], value))


_expansions += [(IndexedSlices, _expand_slices), (SparseTensor, _expand_sparse)]
_feed_expansions += [(IndexedSlices, _feed_slices), (SparseTensor, lambda sparse, value: list(zip(parts(sparse), value)))]
