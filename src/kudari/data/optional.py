"""`tf.data.experimental.Optional`: values that may not be there."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..op.scope import scoped
from ..ops.forms import node
from . import nest
from .iterator import Iterator
from .structure import flat_shapes, flat_types, from_tensors, spec_of, to_tensors


class Optional:
    """A value that may not be there; made by `from_value`, `none_from_structure` and `get_next_as_optional`."""

    _variant: Tensor
    _element: Any

    @staticmethod
    def from_value(value: Any) -> Optional:
        """Return an optional that has `value`, a structure of tensors."""
        with scoped(None, "optional") as scope:
            with scoped(None, "value"):
                element = nest.map_structure(spec_of, value)
                tensors = to_tensors(element, value)
            return _made(node("OptionalFromValue", tensors, name=scope), element)

    @staticmethod
    def none_from_structure(value_structure: Any) -> Optional:
        """Return an optional without a value.

        Args:
          value_structure: what is known of a value: what `value_structure` or `Dataset.element_spec` say.
        """
        return _made(node("OptionalNone"), value_structure)

    def has_value(self, name: str | None = None) -> Tensor:
        """Return whether there is a value, a boolean scalar."""
        return node("OptionalHasValue", self._variant, name=name)

    def get_value(self, name: str | None = None) -> Any:
        """Return the value.

        Raises:
          InvalidArgumentError: when it runs, if there is none.
        """
        with scoped(name, "OptionalGetValue", [self._variant]) as scope:
            tensors = node("OptionalGetValue", self._variant, output_types=flat_types(self._element),
                           output_shapes=flat_shapes(self._element), name=scope)
        return from_tensors(self._element, tensors if isinstance(tensors, list) else [tensors])

    @property
    def value_structure(self) -> Any:
        """What is known of the value."""
        return self._element


def _made(variant: Tensor, element: Any) -> Optional:
    found = Optional()
    found._variant, found._element = variant, element
    return found


def get_next_as_optional(iterator: Iterator) -> Optional:
    """Return the next element of an iterator as an optional, which has no value at the end."""
    element = iterator.element_spec
    return _made(node("IteratorGetNextAsOptional", iterator._iterator_resource, output_types=flat_types(element),
                      output_shapes=flat_shapes(element)), element)
