"""Accumulators: what adds up gradients until there are enough of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import NUMBER
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import scalar
from ..op.signature import Attr, required
from ..shape import Shape
from .accumulating import Accumulator, SparseAccumulator
from .pipeline.source import boxed

_MADE: dict[str, Any] = {"dtype": NUMBER, "shape": required("shape"), "container": "", "shared_name": "",
                         "reduction_type": Attr("string", "MEAN", ["MEAN", "SUM"])}


def _pair(op: Operation) -> list[Shape]:
    return [(2,)]


def _shared(kept: dict[str, Any], kind: type, shape: Shape, reduction_type: str) -> tuple[np.ndarray]:
    return (boxed(kept.setdefault("accumulator", kind(shape, reduction_type == "MEAN"))),)


@op("ConditionalAccumulator", "-> handle: Ref(string)", _pair, host=True, stateful=True, **_MADE)
def conditional_accumulator(*, shape, reduction_type, kept):
    """An accumulator of arrays, as programs before 1.15 made it."""
    return _shared(kept, Accumulator, shape, reduction_type)


@op("ResourceConditionalAccumulator", "-> handle: resource", _pair, host=True, stateful=True, **_MADE)
def resource_conditional_accumulator(*, shape, reduction_type, kept):
    """An accumulator of arrays."""
    return _shared(kept, Accumulator, shape, reduction_type)


@op("SparseConditionalAccumulator", "-> handle: Ref(string)", _pair, host=True, stateful=True, **_MADE)
def sparse_conditional_accumulator(*, shape, reduction_type, kept):
    """An accumulator of slices."""
    return _shared(kept, SparseAccumulator, shape, reduction_type)


def _apply(handle: np.ndarray, local_step: np.ndarray, gradient: np.ndarray) -> tuple:
    handle.item().apply(int(local_step), gradient)
    return ()


@op("AccumulatorApplyGradient", "handle: Ref(string), local_step: int64, gradient: dtype ->", None, host=True, stateful=True,
    dtype=NUMBER)
def accumulator_apply_gradient(handle, local_step, gradient):
    """Nothing, after adding a gradient."""
    return _apply(handle, local_step, gradient)


@op("ResourceAccumulatorApplyGradient", "handle: resource, local_step: int64, gradient: dtype ->", None, host=True,
    stateful=True, dtype=NUMBER)
def resource_accumulator_apply_gradient(handle, local_step, gradient):
    """Nothing, after adding a gradient."""
    return _apply(handle, local_step, gradient)


@op("SparseAccumulatorApplyGradient", "handle: Ref(string), local_step: int64, gradient_indices: int64, "
    "gradient_values: dtype, gradient_shape: int64 ->", None, host=True, stateful=True, dtype=NUMBER,
    has_known_shape=required("bool"))
def sparse_accumulator_apply_gradient(handle, local_step, gradient_indices, gradient_values, gradient_shape, *,
                                      has_known_shape):
    """Nothing, after adding the slices of a gradient."""
    handle.item().apply(int(local_step), gradient_indices, gradient_values, gradient_shape, has_known_shape)
    return ()


def _unknown(op: Operation) -> list[Shape]:
    return [None] * len(op.outputs)


@op("AccumulatorTakeGradient", "handle: Ref(string), num_required: int32 -> average: dtype", _unknown, host=True,
    stateful=True, waits=True, dtype=NUMBER)
def accumulator_take_gradient(handle, num_required):
    """What the gradients give together, once there are enough."""
    return (handle.item().take(int(num_required)),)


@op("ResourceAccumulatorTakeGradient", "handle: resource, num_required: int32 -> average: dtype", _unknown, host=True,
    stateful=True, waits=True, dtype=NUMBER)
def resource_accumulator_take_gradient(handle, num_required):
    """What the gradients give together, once there are enough."""
    return (handle.item().take(int(num_required)),)


@op("SparseAccumulatorTakeGradient",
    "handle: Ref(string), num_required: int32 -> indices: int64, values: dtype, shape: int64", _unknown, host=True,
    stateful=True, waits=True, dtype=NUMBER)
def sparse_accumulator_take_gradient(handle, num_required):
    """What the slices give together, once there are enough gradients."""
    return handle.item().take(int(num_required))


@op("AccumulatorNumAccumulated", "handle: Ref(string) -> num_accumulated: int32", scalar, host=True, stateful=True)
def accumulator_num_accumulated(handle):
    """How many gradients there are."""
    return np.asarray(handle.item().count, np.int32)


@op("ResourceAccumulatorNumAccumulated", "handle: resource -> num_accumulated: int32", scalar, host=True, stateful=True)
def resource_accumulator_num_accumulated(handle):
    """How many gradients there are."""
    return np.asarray(handle.item().count, np.int32)


@op("AccumulatorSetGlobalStep", "handle: Ref(string), new_global_step: int64 ->", None, host=True, stateful=True)
def accumulator_set_global_step(handle, new_global_step):
    """Nothing, after setting the step of which gradients are wanted."""
    handle.item().set_step(int(new_global_step))
    return ()


@op("ResourceAccumulatorSetGlobalStep", "handle: resource, new_global_step: int64 ->", None, host=True, stateful=True)
def resource_accumulator_set_global_step(handle, new_global_step):
    """Nothing, after setting the step of which gradients are wanted."""
    handle.item().set_step(int(new_global_step))
    return ()


not_differentiable(conditional_accumulator, resource_conditional_accumulator, sparse_conditional_accumulator)
