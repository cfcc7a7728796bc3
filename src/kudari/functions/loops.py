"""Loops: `tf.while_loop`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..graph.collections import GraphKeys
from ..graph.stack import get_default_graph
from ..nest import assert_same_structure, flatten
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import node
from ..ops.while_context import WhileContext
from ..shape import TensorShape


def while_loop(cond: Callable, body: Callable, loop_vars: Any, shape_invariants: Any = None, parallel_iterations: int = 10,
               back_prop: bool = True, swap_memory: bool = False, name: str | None = None, maximum_iterations: Any = None,
               return_same_structure: bool = False) -> Any:
    """Repeat `body` while `cond` holds.

    Both functions are called once, now, and make the nodes that a step runs again and again.

    Args:
      cond: from the loop variables to a boolean scalar tensor.
      body: from the loop variables to their values in the next iteration.
      loop_vars: the first values: tensors, `TensorArray`s, slices, or what becomes a tensor, nested at will in lists,
        tuples and dictionaries.
      shape_invariants: for each loop variable what of its shape stays the same; its first shape if `None`.
      parallel_iterations: recorded in the nodes.
      back_prop: whether gradients flow through the loop.
      swap_memory: recorded in the nodes.
      name: of the scope.
      maximum_iterations: a bound on the iterations.
      return_same_structure: whether a single loop variable comes back in the structure of `loop_vars`.

    Returns:
      The loop variables after the last iteration, structured like `loop_vars`; a single one by itself.

    Raises:
      TypeError: if `cond` or `body` cannot be called, or `body` returns another type.
      ValueError: if there is no loop variable, or `body` returns another structure or shape.
    """
    if not callable(cond):
        raise TypeError("cond must be callable.")
    if not callable(body):
        raise TypeError("body must be callable.")
    if parallel_iterations < 1:
        raise TypeError("parallel_iterations must be a positive integer.")
    tensors = [v for v in flatten(loop_vars) if hasattr(v, "graph")]
    with scoped(name, "while", tensors):
        if not loop_vars:
            raise ValueError("No loop variables provided")
        structure = loop_vars
        if maximum_iterations is not None:
            maximum_iterations = _bound(maximum_iterations)
            counter = constant(0, maximum_iterations.dtype, name="iteration_counter")
            cond, body = _counted(cond, body, maximum_iterations, len(loop_vars) == 1 and not return_same_structure)
            structure = (counter, loop_vars[0] if len(loop_vars) == 1 and not return_same_structure else loop_vars)
        if shape_invariants is not None:
            if maximum_iterations is not None:
                shape_invariants = (TensorShape([]), shape_invariants)
            assert_same_structure(structure, shape_invariants)
        context = WhileContext("while_context", parallel_iterations, back_prop, swap_memory, maximum_iterations)
        if context.outer_context is None:
            get_default_graph().add_to_collection(GraphKeys.WHILE_CONTEXT, context)
        result = context.build(cond, body, structure, shape_invariants, return_same_structure)
        return result if maximum_iterations is None else result[1]


def _bound(value: Any) -> Any:
    bound = convert_to_tensor(value, name="maximum_iterations")
    if bound.shape.ndims != 0:
        raise ValueError(f"maximum_iterations must be a scalar, saw shape: {bound.shape}")
    return bound


def _counted(cond: Callable, body: Callable, bound: Any, is_single: bool) -> tuple[Callable, Callable]:
    """`cond` and `body` with a counter of the iterations before the loop variables."""
    if is_single:
        return (lambda i, var: node("LogicalAnd", i < bound, cond(var)), lambda i, var: (i + 1, body(var)))
    return (lambda i, held: node("LogicalAnd", i < bound, cond(*held)), lambda i, held: (i + 1, body(*held)))
