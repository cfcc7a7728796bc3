"""Variables as ops. A lowering with `Ref` inputs returns their new values, in order."""

from __future__ import annotations

from ..dtypes import ANY, NUMBER
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import from_attr, merge_shapes, scalar
from ..op.signature import required
from ..shape import Shape


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


@op("IsVariableInitialized", "ref: Ref(dtype) -> is_initialized: bool", scalar, host=True, dtype=ANY)
def is_variable_initialized(ref):
    """Whether a variable holds a value yet; the lowering gets that as its argument."""
    return ref


not_differentiable(variable_v2, assign, assign_add, assign_sub, is_variable_initialized)
