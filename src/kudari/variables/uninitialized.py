"""Which variables have no value yet."""

from __future__ import annotations

import os
from typing import Any

from ..dtypes import string
from ..functions.picking import boolean_mask
from ..functions.state import is_variable_initialized
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..ops.forms import node
from ..ops.packing import stack
from .listing import global_variables, local_variables


def _all_variables(var_list: Any) -> list:
    """`var_list` if given, else the global and local variables, else the nodes of variables."""
    if var_list is not None:
        return list(var_list)
    nodes = (op.outputs[0] for op in get_default_graph().get_operations() if op.type in ("Variable", "VariableV2"))
    return global_variables() + local_variables() or list(nodes)


def report_uninitialized_variables(var_list: Any = None, name: str = "report_uninitialized_variables") -> Tensor:
    """Return a tensor of the names of the variables that have no value.

    Args:
      var_list: the variables; the global and local ones if `None`.
      name: of the scope of the nodes.
    """
    variables = _all_variables(var_list)
    graph = get_default_graph()
    with graph.name_scope(name):
        are_set = [is_variable_initialized(v) for v in variables]
        with graph.device(os.environ.get("TF_DEVICE_FOR_UNINITIALIZED_VARIABLE_REPORTING", "/cpu:0")):
            if not variables:
                return constant([], string)
            missing = node("LogicalNot", stack(are_set))
            return boolean_mask(constant([v.op.name for v in variables]), missing)


def assert_variables_initialized(var_list: Any = None) -> Tensor | None:
    """Return a tensor that cannot be computed unless all variables have values; `None` if there are none.

    Args:
      var_list: the variables; the global and local ones if `None`.
    """
    variables = _all_variables(var_list)
    graph, ranks = get_default_graph(), []
    for variable in variables:
        with graph.colocate_with(variable.op):
            ranks.append(node("Rank", variable))
    if not ranks:
        return None
    return ranks[0] if len(ranks) == 1 else stack(ranks)
