"""The choice between two tensors that broadcast."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from ..dtypes import ANY
from ..graph.operation import Operation
from ..op.definition import op
from ..op.rules import brackets, fail, fit
from ..shape import Shape, broadcast
from .forms import node
from .shapes import reduction, shape_of, zeros


def _chosen(op: Operation) -> list[Shape]:
    condition, t, e = (tensor.static_shape for tensor in op.inputs)
    try:
        return [broadcast(condition, broadcast(t, e))]
    except ValueError as error:
        fail(op, str(error))


@op("SelectV2", "condition: bool, t: T, e: T -> output: T", _chosen, T=ANY)
def select_v2(condition, t, e):
    """Elements of `t` where `condition` holds, of `e` elsewhere, all three broadcast."""
    return (np if isinstance(t, np.ndarray) else jnp).where(condition, t, e)


@select_v2.check
def _(op, condition, t, e):
    shapes = [np.shape(value) for value in (condition, t, e)]
    if not all(fit(a, b) for a in shapes for b in shapes):
        raise ValueError(f"condition {brackets(shapes[0])}, then {brackets(shapes[1])}, and else {brackets(shapes[2])} "
                         "must be broadcastable")


@select_v2.gradient
def _(op, grad):
    condition, t, e = op.inputs
    nothing = zeros((), grad.dtype)
    to_t = node("SelectV2", condition, grad, nothing)
    t_shape, output_shape = shape_of(t), shape_of(op.outputs[0])
    axes, _ = node("BroadcastGradientArgs", t_shape, output_shape)
    to_t = node("Reshape", reduction("Sum", to_t, axes, True), t_shape)
    to_e = node("SelectV2", condition, nothing, grad)
    e_shape = shape_of(e)
    axes, _ = node("BroadcastGradientArgs", e_shape, output_shape)
    return None, to_t, node("Reshape", reduction("Sum", to_e, axes, True), e_shape)
