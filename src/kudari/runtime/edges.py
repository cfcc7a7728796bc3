"""What an op waits for."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from ..dtypes import string
from ..graph.operation import Operation
from ..graph.tensor import Tensor


def is_told(tensor: Tensor) -> bool:
    """Whether `tensor` is a constant text: where an op that watches values takes it, it only tells what went wrong."""
    return tensor.op.type == "Const" and tensor.dtype == string


def waits_for(unit: Any, fed: Container[Tensor]) -> list[Tensor]:
    """Return the inputs that an op or loop needs from other ops."""
    only_tells = isinstance(unit, Operation) and unit.definition.watcher(unit) is not None
    return [t for t in unit.inputs if t not in fed and not (only_tells and is_told(t))]
