"""Run-time checks that many ops share: whether the shapes that values turned out to have fit each other."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.rules import brackets, must_fit


def must_be_alike(op: Operation, first: Any, *others: Any) -> None:
    """Raise a `ValueError` unless all inputs have one shape."""
    for i, other in enumerate(others, 1):
        if np.shape(other) != np.shape(first):
            raise ValueError(f"Inputs to operation {op.name} of type {op.type} must have the same size and shape.  "
                             f"Input 0: {brackets(np.shape(first))} != input {i}: {brackets(np.shape(other))}")


def must_not_divide_by_zero(op: Operation, x: Any, y: Any) -> None:
    """Raise a `ValueError` for integer divisors that the graph itself says are 0; XLA cannot tell of others."""
    must_fit(op, x, y)
    divisor = constant_value(op.inputs[1]) if op.inputs[1].dtype.is_integer else None
    if divisor is not None and (divisor == 0).any() and np.size(x):
        raise ValueError("Integer division by zero")
