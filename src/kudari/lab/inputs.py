"""The data that the variables of a model meet, and what standardizing it would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

import kudari as tf

from .products import ancestors

_PASSING = {"Identity", "Cast", "Reshape", "ExpandDims", "Squeeze", "ReadVariableOp", "Enter", "Snapshot"}
_MEETING = {"Mul", "MatMul", "BatchMatMul", "BatchMatMulV2", "Conv2D", "Conv1D"}
_SOURCES = {"Placeholder", "PlaceholderWithDefault", "Const"}


@dataclass(frozen=True)
class Meeting:
    """A variable that is multiplied by data.

    Args:
      variable: its place among the variables.
      tensor: the data, which can be fed.
      value: what it holds in this batch.
      by_row: whether rows of the variable belong to features of the data, as in a matrix product.
    """

    variable: int
    tensor: tf.Tensor
    value: np.ndarray
    by_row: bool

    @property
    def over(self) -> tuple[int, ...] | None:
        """The axes that examples lie along; `None` for all."""
        return tuple(range(self.value.ndim - 1)) if self.by_row or self.value.ndim > 1 else None

    def feature(self, direction: np.ndarray) -> int | None:
        """Return which feature a direction in the variable lies along most, if there are several."""
        if not self.by_row or direction.ndim < 2 or direction.shape[-2] != self.value.shape[-1]:
            return None
        return int(np.argmax(np.square(np.moveaxis(direction, -2, 0).reshape(direction.shape[-2], -1)).sum(1)))

    def standardized(self) -> np.ndarray:
        """Return the data with mean 0 and standard deviation 1 in each feature that varies."""
        mean, deviation = self.value.mean(self.over), self.value.std(self.over)
        return ((self.value - mean) / np.where(deviation > 0, deviation, 1)).astype(self.value.dtype)


def meetings(session: tf.Session, loss: tf.Tensor, variables: Sequence[Any], feed_dict: dict | None) -> list[Meeting]:
    """Return where the variables are multiplied by floating-point data that can be fed."""
    found = []
    needed = set(ancestors(loss))
    for place, variable in enumerate(variables):
        for op, via in _meets(variable, needed):
            source = _source(next((t for t in op.inputs if t is not via), via))
            if source is not None:
                value = np.asarray(session.run(source, feed_dict))
                if value.size > 1:
                    found.append(Meeting(place, source, value, op.type != "Mul" and op.inputs[-1] is via))
    return found


def _meets(variable: Any, needed: set[tf.Operation]) -> list[tuple[tf.Operation, tf.Tensor]]:
    """The multiplications of what `variable` holds, each with the tensor it comes by."""
    found, seen = [], set()
    open_tensors = [variable.handle if hasattr(variable, "handle") else variable.op.outputs[0]]
    while open_tensors:
        tensor = open_tensors.pop()
        for op in tensor.consumers():
            if op not in needed or op in seen:
                continue
            seen.add(op)
            if op.type in _MEETING:
                found.append((op, tensor))
            elif op.type in _PASSING:
                open_tensors.extend(op.outputs)
    return found


def _source(tensor: tf.Tensor) -> tf.Tensor | None:
    """The placeholder or constant of floats that `tensor` is another form of, if it is."""
    while tensor.op.type in _PASSING:
        tensor = tensor.op.inputs[0]
    return tensor if tensor.op.type in _SOURCES and tensor.dtype.is_floating else None
