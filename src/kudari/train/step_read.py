"""The tensor by which hooks read the global step: one for a graph, which holds the step as it was before an update."""

from __future__ import annotations

from typing import Any

from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..ops.forms import plus
from ..variables.variable import Variable
from .global_step import get_global_step

KEY = "global_step_read_op_cache"


def global_step_read(user: str) -> Tensor:
    """Return the tensor that reads the global step, made if it is not there.

    Args:
      user: what needs it, for the error.

    Raises:
      RuntimeError: if the graph has no global step.
    """
    graph = get_default_graph()
    found = graph.get_collection(KEY)
    if len(found) > 1:
        raise RuntimeError(f"There are multiple items in collection {KEY}. There should be only one.")
    if found:
        return found[0]
    step = get_global_step(graph)
    if step is None:
        raise RuntimeError(f"Global step should be created to use {user}.")
    with graph.name_scope(None), graph.name_scope(step.op.name + "/"):
        value: Any = step.initialized_value() if isinstance(step, Variable) else step
        graph.add_to_collection(KEY, read := plus(value, 0))
    return read
