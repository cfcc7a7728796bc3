"""Which arithmetic a segment is compiled with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import jax
import numpy as np

from ..ops.eigen import COMPILER_OPTIONS, EXACT

MOST_OPS = 400  # beyond either bound a step is worth fusing
MOST_ELEMENTS = 2048


@dataclass(frozen=True)
class Numerics:
    """Lowerings to use instead of the definitions' own, and options for XLA's compiler."""

    name: str
    overrides: dict[str, Callable] = field(default_factory=dict, hash=False)
    compiler_options: dict[str, Any] = field(default_factory=dict, hash=False)


EXACT_NUMERICS = Numerics("exact", EXACT, COMPILER_OPTIONS)
FAST_NUMERICS = Numerics("fast")


def may_be_exact(mode: str, op_count: int, arrays: Iterable[Any]) -> bool:
    """Return whether `mode` allows exact arithmetic for a step of so many ops on these arrays."""
    if mode != "auto":
        return mode == "exact"
    if jax.default_backend() != "cpu" or op_count > MOST_OPS:
        return False
    return all(np.size(array) <= MOST_ELEMENTS for array in arrays)


def is_small(jaxpr: Any) -> bool:
    """Return whether every value in a traced step is so small that fusing cannot pay."""
    for equation in jaxpr.eqns:
        if any(np.prod(v.aval.shape, dtype=np.int64) > MOST_ELEMENTS for v in equation.outvars):
            return False
        if any(not is_small(inner) for inner in jax.core.jaxprs_in_params(equation.params)):
            return False
    return True
