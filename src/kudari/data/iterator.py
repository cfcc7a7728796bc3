"""`tf.data.Iterator`: places in datasets as nodes."""

from __future__ import annotations

import warnings
from typing import Any

from ..dtypes import string
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import node
from . import nest
from .structure import DatasetElement, flat_shapes, flat_types, from_parts, from_tensors

COLLECTION = "iterators"
_MANY_CALLS = 32


class Iterator:
    """A place in the elements of a dataset.

    Args:
      iterator_resource: the handle of it.
      initializer: the op that goes to the first element, or `None`.
      output_types: the types of an element's parts.
      output_shapes: their static shapes.
      output_classes: what they are.
    """

    def __init__(self, iterator_resource: Tensor, initializer: Operation | None, output_types: Any, output_shapes: Any,
                 output_classes: Any):
        if output_types is None or output_shapes is None or output_classes is None:
            raise ValueError("If `structure` is not specified, all of `output_types`, `output_shapes`, and `output_classes` "
                             "must be specified.")
        self._iterator_resource, self._initializer = iterator_resource, initializer
        self._element = from_parts(output_types, output_shapes, output_classes)
        self._string_handle = node("IteratorToStringHandle", iterator_resource)
        self._calls = 0
        get_default_graph().add_to_collection(COLLECTION, iterator_resource)

    @staticmethod
    def from_structure(output_types: Any, output_shapes: Any = None, shared_name: str | None = None,
                       output_classes: Any = None) -> Iterator:
        """Return an iterator that can be set to any dataset of one structure, by `make_initializer`.

        Args:
          output_types: the types of an element's parts.
          output_shapes: their static shapes; unknown if `None`.
          shared_name: accepted: an iterator belongs to one session.
          output_classes: what they are; tensors if `None`.
        """
        element = from_parts(output_types, output_shapes, output_classes)
        with _on_cpu():
            handle = node("IteratorV2", shared_name=shared_name or "", container="", output_types=flat_types(element),
                          output_shapes=flat_shapes(element))
        return Iterator(handle, None, *_legacy(element))

    @staticmethod
    def from_string_handle(string_handle: Any, output_types: Any, output_shapes: Any = None,
                           output_classes: Any = None) -> Iterator:
        """Return the iterator that a fed text stands for, one that `string_handle` gave.

        Args:
          string_handle: a scalar text.
          output_types: the types of an element's parts.
          output_shapes: their static shapes; unknown if `None`.
          output_classes: what they are; tensors if `None`.
        """
        element = from_parts(output_types, output_shapes, output_classes)
        text = convert_to_tensor(string_handle, dtype=string)
        with _on_cpu():
            handle = node("IteratorFromStringHandleV2", text, output_types=flat_types(element),
                          output_shapes=flat_shapes(element))
        return Iterator(handle, None, *_legacy(element))

    @property
    def initializer(self) -> Operation:
        """The op that goes to the first element.

        Raises:
          ValueError: if there is none.
        """
        if self._initializer is None:
            raise ValueError("Iterator does not have an initializer.")
        return self._initializer

    def make_initializer(self, dataset: Any, name: str | None = None) -> Operation:
        """Return an op that goes to the first element of `dataset`.

        Raises:
          TypeError: if its elements do not fit this iterator.
        """
        with scoped(name, "make_initializer") as scope:
            self._check(dataset)
        with self._iterator_resource.graph.colocate_with(self._iterator_resource.op):
            return node("MakeIterator", dataset._variant_tensor, self._iterator_resource, name=scope)

    def _check(self, dataset: Any) -> None:
        nest.assert_same_structure(self.output_types, dataset.output_types)
        for one, other in zip(nest.flatten(self._element), nest.flatten(dataset.element)):
            if one.kind is not other.kind and one.kind != other.kind:
                raise TypeError(f"Expected output classes {self.output_classes!r} but got dataset with output class "
                                f"{dataset.output_classes!r}.")
            if one.dtype != other.dtype:
                raise TypeError(f"Expected output types {self.output_types!r} but got dataset with output types "
                                f"{dataset.output_types!r}.")
            if not one.is_compatible_with(other):
                raise TypeError(f"Expected output shapes compatible with {self.output_shapes!r} but got dataset with output "
                                f"shapes {dataset.output_shapes!r}.")

    def get_next(self, name: str | None = None) -> Any:
        """Return the next element, another at each run.

        Raises:
          OutOfRangeError: when it runs, if there is none.
        """
        self._calls += 1
        if self._calls > _MANY_CALLS:
            warnings.warn("An unusually high number of `Iterator.get_next()` calls was detected. This often indicates that "
                          "`Iterator.get_next()` is being called inside a training loop, which will cause gradual slowdown "
                          "and eventual resource exhaustion. If this is the case, restructure your code to call "
                          "`next_element = iterator.get_next()` once outside the loop, and use `next_element` as the input "
                          "to some computation that is invoked inside the loop.", stacklevel=2)
        tensors = node("IteratorGetNext", self._iterator_resource, output_types=flat_types(self._element),
                       output_shapes=flat_shapes(self._element), name=name)
        return from_tensors(self._element, tensors if isinstance(tensors, list) else [tensors])

    def string_handle(self, name: str | None = None) -> Tensor:
        """Return a text that stands for this iterator, to be fed to one made by `from_string_handle`."""
        return self._string_handle if name is None else node("IteratorToStringHandle", self._iterator_resource, name=name)

    @property
    def element_spec(self) -> Any:
        """What is known of an element."""
        return self._element

    @property
    def output_types(self) -> Any:
        """The types of an element's parts."""
        return _legacy(self._element)[0]

    @property
    def output_shapes(self) -> Any:
        """The static shapes of an element's parts."""
        return _legacy(self._element)[1]

    @property
    def output_classes(self) -> Any:
        """What an element's parts are."""
        return _legacy(self._element)[2]


def _legacy(element: Any) -> tuple[Any, Any, Any]:
    def part(name: str) -> Any:
        return nest.map_structure(lambda s: s if isinstance(s, DatasetElement) else getattr(s, name), element)

    return part("dtype"), part("shape"), part("kind")


def _on_cpu() -> Any:
    graph = get_default_graph()
    return graph.device("/cpu:0" if not graph._stacks.devices else lambda op: op.device)
