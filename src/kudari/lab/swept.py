"""The tensors of a training program that a study sweeps: its learning rate, or anything else by name."""

from __future__ import annotations

from collections.abc import Iterable

import kudari as tf

_RATE_INPUTS = ("lr", "alpha")
_PASSING = {"Identity", "Cast", "ReadVariableOp"}
_SOURCES = {"Const", "Placeholder", "PlaceholderWithDefault"}
RATE = "learning_rate"


def swept_tensors(operations: Iterable[tf.Operation], name: str) -> list[tf.Tensor]:
    """Return the scalar tensors to feed, so that a step with these operations is taken at another value of `name`.

    Args:
      operations: of the step.
      name: `learning_rate`; or a hyperparameter of the update operations, such as `momentum`, `beta1`, `rho`; or the name
        of a constant or placeholder.

    Returns:
      None if the step has no such thing.
    """
    found: dict[tf.Tensor, None] = {}
    for op in operations:
        if op.type in _SOURCES and op.name == name:
            found[op.outputs[0]] = None
        elif op.type.startswith(("Apply", "SparseApply", "ResourceApply", "ResourceSparseApply")):
            wanted = _RATE_INPUTS if name == RATE else (name,)
            for arg, tensor in op.definition.flat_inputs(op):
                source = _source(tensor, name) if arg.name in wanted else None
                if source is not None:
                    found[source] = None
    return list(found)


def _source(tensor: tf.Tensor, name: str) -> tf.Tensor | None:
    """Where the value of a hyperparameter comes from; of one that is computed, the constant of that name among its parts."""
    while tensor.op.type in _PASSING:
        tensor = tensor.op.inputs[0]
    if tensor.op.type in _SOURCES:
        return tensor
    seen, open_ops = {tensor.op}, [tensor.op]
    while open_ops:
        for part in open_ops.pop(0).inputs:
            op = part.op
            if op.type in _SOURCES and op.name.rpartition("/")[2].startswith(name) and part.dtype.is_floating:
                return part
            if op not in seen:
                seen.add(op)
                open_ops.append(op)
    return None
