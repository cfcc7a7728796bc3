"""Which arithmetic a segment is compiled with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import jax
import numpy as np

MOST_OPS = 400  # beyond either bound a step is worth fusing
MOST_ELEMENTS = 2048


def may_be_exact(mode: str, op_count: int, arrays: Iterable[Any]) -> bool:
    """Return whether `mode` allows exact arithmetic for a step of so many ops on these arrays."""
    if mode != "auto":
        return mode == "exact"
    if jax.default_backend() != "cpu" or op_count > MOST_OPS:
        return False
    return all(np.size(array) <= MOST_ELEMENTS for array in arrays)


def is_exact(mode: str, largest: int) -> bool:
    """Return whether a step whose largest value has `largest` elements is compiled with exact arithmetic."""
    return mode == "exact" or (mode == "auto" and largest <= MOST_ELEMENTS)


def largest_value(jaxpr: Any) -> int:
    """Return the number of elements of the largest value in a traced step."""
    return max((int(np.prod(value.shape, dtype=np.int64)) for value in _values(jaxpr)), default=0)


def bytes_of(jaxpr: Any) -> int:
    """Return the bytes of all values in a traced step together; of a loop, those of one round."""
    return sum(int(np.prod(value.shape, dtype=np.int64)) * value.dtype.itemsize for value in _values(jaxpr))


def _values(jaxpr: Any) -> Iterator[Any]:
    for equation in jaxpr.eqns:
        yield from (v.aval for v in equation.outvars)
        for inner in _inner_jaxprs(equation.params):
            yield from _values(inner)


def _inner_jaxprs(parameters: dict[str, Any]) -> Iterator[Any]:
    """The programs that an equation such as a loop or a branch holds."""
    for parameter in parameters.values():
        for part in parameter if isinstance(parameter, list | tuple) else (parameter,):
            inner = getattr(part, "jaxpr", part)
            if hasattr(inner, "eqns"):
                yield inner
