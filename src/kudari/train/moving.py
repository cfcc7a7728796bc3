"""The ops that move variables, whichever kind these are of."""

from __future__ import annotations

from typing import Any

from ..graph.operation import Operation
from ..op.definition import OpDef, lookup
from ..variables.resource import is_resource_variable


def move(step: OpDef, variables: list[Any], *inputs: Any, **options: Any) -> Operation:
    """Add the op that moves `variables`: a node of `step`, or for resource variables of the op that takes their handles.

    Args:
      step: of references.
      variables: one to train, and its slots.
      *inputs: what the op takes after them.
      **options: its attributes.
    """
    if not is_resource_variable(variables[0]):
        return step.node(*variables, *inputs, **options)
    return lookup(f"Resource{step.name}").node(*(variable.handle for variable in variables), *inputs, **options)
