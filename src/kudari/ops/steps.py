"""What the ops have in common that move a variable, and the slots beside it, by one training step.

Each comes in two forms, one that takes references (`ApplyAdam`) and one that takes handles (`ResourceApplyAdam`, in
`resource_steps`); `Var` in a signature stands for a reference.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.definition import OpDef, checked_by
from ..op.rules import brackets, fail, merge_shapes
from ..op.signature import Arg
from ..shape import Shape
from .handles import held_shape

_GRADIENTS = ("grad", "delta")


class Roots(NamedTuple):
    """How a rule takes square roots of arrays, and one over them."""

    sqrt: Callable[[jax.Array], jax.Array]
    rsqrt: Callable[[jax.Array], jax.Array]


_PLAIN = Roots(jnp.sqrt, lambda x: 1 / jnp.sqrt(x))


def plain(rule: Callable) -> Callable:
    """Return a rule whose first argument is how to take roots as a lowering, which takes them as XLA does."""
    lowering: Any = partial(rule, _PLAIN)
    lowering.__doc__, lowering.__module__ = rule.__doc__, rule.__module__
    return lowering


def of_references(signature: str) -> str:
    """Return the signature of the op that changes reference variables."""
    return f"{signature} -> out: Ref(T)".replace("Var", "Ref(T)")


def of_handles(step: OpDef) -> str:
    """Return the signature of the op that changes resource variables as `step` changes reference variables."""
    return ", ".join(f"{arg.name}: {'Writes(resource)' if arg.is_ref else arg.type}" for arg in step.inputs) + " ->"


def _is_variable(arg: Arg) -> bool:
    return arg.is_ref or arg.writes


def _is_sparse(op: Operation) -> bool:
    return any(arg.name == "indices" for arg in op.definition.inputs)


def step_shape(op: Operation) -> list[Shape]:
    """The variable, its slots and the gradient have one shape; everything else is a scalar."""
    shape: Shape = None
    is_sparse = _is_sparse(op)
    for arg, tensor in op.definition.flat_inputs(op):
        if _is_variable(arg):
            shape = merge_shapes(op, shape, tensor.static_shape if arg.is_ref else held_shape(tensor))
        elif arg.name in _GRADIENTS:
            shape = _with_rows(op, shape, tensor) if is_sparse else merge_shapes(op, shape, tensor.static_shape)
        elif arg.name != "indices" and tensor.static_shape:
            fail(op, f"Shape must be rank 0 but is rank {len(tensor.static_shape)}")
    return [shape] if op.definition.outputs else []


def _with_rows(op: Operation, shape: Shape, grad: Tensor) -> Shape:
    """The shape of a variable of which `grad` has some rows."""
    indices = next(t.static_shape for arg, t in op.definition.flat_inputs(op) if arg.name == "indices")
    if indices is not None and len(indices) != 1:
        fail(op, f"Shape must be rank 1 but is rank {len(indices)}")
    rows = grad.static_shape
    if rows is None:
        return shape
    if indices is not None:
        merge_shapes(op, indices, rows[:1])
    return merge_shapes(op, shape, (None, *rows[1:]))


def _check_step(op: Operation, *inputs: Any) -> None:
    var, *_ = inputs
    for arg, value in zip(op.definition.inputs, inputs):
        if not (_is_variable(arg) or arg.name in (*_GRADIENTS, "indices")) and np.ndim(value):
            raise ValueError(f"{arg.name} is not a scalar: {brackets(np.shape(value))}")
    is_sparse = _is_sparse(op)
    for arg, value in zip(op.definition.inputs, inputs):
        is_whole = _is_variable(arg) or (arg.name in _GRADIENTS and not is_sparse)
        if is_whole and np.shape(value) != np.shape(var):
            raise ValueError(f"var and {arg.name} do not have the same shape{brackets(np.shape(var))} "
                             f"{brackets(np.shape(value))}")


checked_by(step_shape, _check_step)


def by_rows(rule: Callable, variables: tuple[jax.Array, ...], grad: jax.Array, indices: jax.Array) -> tuple:
    """Apply a rule to the rows that `indices` name, one after another where an index occurs more than once.

    Args:
      rule: from rows of the variables, and those of the gradient, to new rows.
      variables: of one shape.
      grad: a row for each index.
      indices: of the rows. One outside is passed over.

    Returns:
      The new values of the variables.
    """
    if not indices.size:
        return variables
    turn = _turns(indices)
    size = variables[0].shape[0]
    inside = (indices >= 0) & (indices < size)

    def one_turn(state: tuple) -> tuple:
        number, values = state
        places = jnp.where(inside & (turn == number), indices, size)
        rows = rule(*(value.at[places].get(mode="clip") for value in values), grad)
        return number + 1, tuple(value.at[places].set(new, mode="drop", unique_indices=False)
                                 for value, new in zip(values, rows))

    last = jnp.max(turn)
    _, values = lax.while_loop(lambda state: state[0] <= last, one_turn, (jnp.zeros((), turn.dtype), variables))
    return values


def _turns(indices: jax.Array) -> jax.Array:
    """How often each index has occurred before."""
    order = jnp.argsort(indices, stable=True)
    ordered = indices[order]
    count = jnp.arange(indices.size, dtype=np.int32)
    is_first = jnp.concatenate([jnp.ones((1,), bool), ordered[1:] != ordered[:-1]])
    starts = lax.cummax(jnp.where(is_first, count, np.int32(0)))
    return jnp.zeros_like(count).at[order].set(count - starts)


def are_numbers(rows: jax.Array) -> bool:
    """Whether each row is one number, for which some of TensorFlow's kernels round in another order."""
    return rows.size == rows.shape[0]
