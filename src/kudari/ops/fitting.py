"""Run-time checks that many ops share: whether the shapes that values turned out to have fit each other."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.definition import definitions
from ..op.rules import brackets, broadcasting


def fit(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    """Return whether tensors of two shapes broadcast against each other."""
    return all(m == n or 1 in (m, n) for m, n in zip(reversed(a), reversed(b)))


def must_fit(op: Operation, x: Any, y: Any) -> None:
    """Raise a `ValueError` unless the operands broadcast."""
    if not fit(np.shape(x), np.shape(y)):
        raise ValueError(f"Incompatible shapes: {brackets(np.shape(x))} vs. {brackets(np.shape(y))}")


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


def check_all_that_broadcast() -> None:
    """Let every op whose shape is the broadcast of its inputs', and that has no check of its own, check just that."""
    for definition in definitions():
        if definition.shape_rule is broadcasting and definition.check_rule is None:
            definition.check(must_fit)
