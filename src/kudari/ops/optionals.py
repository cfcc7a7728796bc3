"""Optionals: values that may not be there."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import errors
from ..dtypes import DType
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import scalar
from ..op.signature import types
from ..shape import Shape
from .datasets import OUTPUTS
from .pipeline.source import boxed


class Optional:
    """What an optional holds.

    Args:
      parts: the arrays of the value; `None` if there is none.
    """

    def __init__(self, parts: tuple | None):
        self.parts = parts


@op("OptionalFromValue", "components: Toutput_types[] -> optional: variant", scalar, host=True, Toutput_types=types())
def optional_from_value(components):
    """An optional that has a value."""
    return (boxed(Optional(tuple(components))),)


@op("OptionalNone", "-> optional: variant", scalar, host=True)
def optional_none():
    """An optional that has no value."""
    return (boxed(Optional(None)),)


@op("OptionalHasValue", "optional: variant -> has_value: bool", scalar, host=True)
def optional_has_value(optional):
    """Whether an optional has a value."""
    return np.asarray(optional.item().parts is not None)


def _shapes(op: Operation) -> list[Shape]:
    return op["output_shapes"]


@op("OptionalGetValue", "optional: variant -> components: output_types[]", _shapes, host=True, **OUTPUTS)
def optional_get_value(optional, *, output_types):
    """The value of an optional."""
    parts = optional.item().parts
    if parts is None:
        raise errors.InvalidArgumentError(None, None, "The given optional does not have a value.")
    _must_be(parts, output_types)
    return parts


def _must_be(parts: tuple[Any, ...], dtypes: list[DType]) -> None:
    if len(parts) != len(dtypes):
        raise errors.InvalidArgumentError(None, None, f"The given optional has {len(parts)} components, expected "
                                                      f"{len(dtypes)}.")


@op("IteratorGetNextAsOptional", "iterator: resource -> optional: variant", scalar, host=True, stateful=True, waits=True,
    **OUTPUTS)
def iterator_get_next_as_optional(iterator):
    """The next element, if there is one."""
    try:
        return (boxed(Optional(iterator.item().following())),)
    except errors.OutOfRangeError:
        return (boxed(Optional(None)),)


not_differentiable(iterator_get_next_as_optional, optional_from_value, optional_get_value, optional_has_value, optional_none)
