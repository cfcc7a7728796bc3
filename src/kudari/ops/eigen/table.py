"""Which op types have a lowering that keeps TensorFlow 1.3's digits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import numpy as np

from . import products, reductions


def _reduction(function: Callable) -> Callable:
    def lowering(input: jax.Array, reduction_indices: np.ndarray, *, keep_dims: bool = False, **_: Any) -> jax.Array:
        return function(input, tuple(np.ravel(reduction_indices).tolist()), keep_dims)

    return lowering


def _matmul(
    a: jax.Array, b: jax.Array, *, transpose_a: bool = False, transpose_b: bool = False, **_: Any
) -> jax.Array:
    return products.matmul(a, b, transpose_a, transpose_b)


EXACT: dict[str, Callable[..., Any]] = {
    "Sum": _reduction(reductions.sum),
    "Mean": _reduction(reductions.mean),
    "Prod": _reduction(reductions.prod),
    "Max": _reduction(reductions.max),
    "Min": _reduction(reductions.min),
    "MatMul": _matmul,
}
"""Op type to lowering: inputs by position, attributes by their OpDef names; further attributes are let pass."""
