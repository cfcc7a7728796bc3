"""Variables as ops. A lowering with `Ref` inputs returns their new values, in order."""

from __future__ import annotations

import numpy as np

from ..dtypes import ANY, NUMBER
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, from_attr, merge_shapes, scalar
from ..op.signature import required
from ..shape import Shape, merge


@op("VariableV2", "-> ref: Ref(dtype)", from_attr("shape"), stateful=True,
    shape=required("shape"), dtype=ANY, container="", shared_name="")
def variable_v2():
    """A tensor the session keeps between runs."""
    raise AssertionError("held by the session")


def _assigned(op: Operation) -> list[Shape]:
    ref, value = (t.static_shape for t in op.inputs)
    return [merge_shapes(op, ref, value) if op["validate_shape"] else value]


@op("Assign", "ref: Ref(T), value: T -> output_ref: Ref(T)", _assigned, overwrites=True,
    T=ANY, validate_shape=True, use_locking=True)
def assign(ref, value):
    """Replace the value of a variable."""
    return value


@assign.check
def _(op, ref, value):
    held = op.inputs[0].static_shape
    try:
        merge(held, np.shape(value) if op["validate_shape"] else None)
    except ValueError:
        raise ValueError("Assign requires shapes of both tensors to match. "
                         f"lhs shape= {brackets(held)} rhs shape= {brackets(np.shape(value))}") from None


def _updated(op: Operation) -> list[Shape]:
    return [merge_shapes(op, *(t.static_shape for t in op.inputs))]


@op("AssignAdd", "ref: Ref(T), value: T -> output_ref: Ref(T)", _updated, T=NUMBER, use_locking=False)
def assign_add(ref, value):
    """Add to a variable."""
    return ref + value


@op("AssignSub", "ref: Ref(T), value: T -> output_ref: Ref(T)", _updated, T=NUMBER, use_locking=False)
def assign_sub(ref, value):
    """Subtract from a variable."""
    return ref - value


@assign_add.check
@assign_sub.check
def _(op, ref, value):
    if np.shape(ref) != np.shape(value):
        raise ValueError("Parameters and update must be the same size")


@op("IsVariableInitialized", "ref: Ref(dtype) -> is_initialized: bool", scalar, host=True, dtype=ANY)
def is_variable_initialized(ref):
    """Whether a variable holds a value yet; the lowering gets that as its argument."""
    return ref


not_differentiable(variable_v2, assign, assign_add, assign_sub, is_variable_initialized)
