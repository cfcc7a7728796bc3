"""Tensors of one value, constants where the shape is known and small."""

from __future__ import annotations

import functools
import operator
from typing import Any

import numpy as np

from ..dtypes import DType, int32
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..shape import TensorShape
from .forms import node

_LARGEST_CONSTANT = 1000


def full(shape: Any, value: Any, dtype: DType, name: str | None, default: str) -> Tensor:
    """Return a tensor with `value` everywhere.

    Args:
      shape: a list of sizes, which may be scalar tensors, a `TensorShape`, or an integer vector.
      value: a number, a boolean or a text.
      dtype: of the elements.
      name: of the node.
      default: its name if that is `None`.
    """
    with scoped(name, default, [shape]) as scope:
        if not isinstance(shape, Tensor):
            try:
                if _is_small(shape):
                    return constant(value, dtype, shape, name=scope)
                shape = convert_to_tensor(TensorShape(shape), name="shape_as_tensor")
            except (TypeError, ValueError):
                shape = convert_to_tensor(shape, dtype=int32)
        if not shape.static_shape:
            shape = node("Reshape", shape, [-1])
        return node("Fill", shape, constant(value, dtype), name=scope)


def _is_small(shape: Any) -> Any:
    """Whether `shape` is known and a constant of it small. Sizes that are tensors leave nodes, which names count."""
    if isinstance(shape, int | np.generic):
        return False
    try:
        if isinstance(shape, list | tuple | TensorShape) and len(shape):
            return functools.reduce(operator.mul, shape) < _LARGEST_CONSTANT and True
        return np.prod(shape) < _LARGEST_CONSTANT
    except TypeError:
        return False
