"""Ops that move a variable by one training step."""

from __future__ import annotations

from ..dtypes import NUMBER
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import fail, merge_shapes
from ..shape import Shape


def _step_shape(op: Operation) -> list[Shape]:
    var, alpha, delta = (t.static_shape for t in op.inputs)
    if alpha:
        fail(op, f"Shape must be rank 0 but is rank {len(alpha)}")
    return [merge_shapes(op, var, delta)]


@op("ApplyGradientDescent", "var: Ref(T), alpha: T, delta: T -> out: Ref(T)", _step_shape, T=NUMBER, use_locking=False)
def apply_gradient_descent(var, alpha, delta):
    """Step against the gradient `delta`."""
    return var - delta * alpha


not_differentiable(apply_gradient_descent)
