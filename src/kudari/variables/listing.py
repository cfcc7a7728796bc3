"""The variables of a graph, and the ops that set them up."""

from __future__ import annotations

from typing import Any

from ..functions.control import group, no_op
from ..graph.collections import GraphKeys
from ..graph.operation import Operation
from ..graph.stack import get_default_graph


def global_variables(scope: str | None = None) -> list:
    """Return the global variables of the default graph, of those whose name matches `scope` if given."""
    return get_default_graph().get_collection(GraphKeys.GLOBAL_VARIABLES, scope)


def all_variables() -> list:
    """Return the global variables; the old name of `global_variables`."""
    return global_variables()


def local_variables(scope: str | None = None) -> list:
    """Return the local variables of the default graph."""
    return get_default_graph().get_collection(GraphKeys.LOCAL_VARIABLES, scope)


def model_variables(scope: str | None = None) -> list:
    """Return the model variables of the default graph."""
    return get_default_graph().get_collection(GraphKeys.MODEL_VARIABLES, scope)


def moving_average_variables(scope: str | None = None) -> list:
    """Return the variables of the default graph that keep moving averages."""
    return get_default_graph().get_collection(GraphKeys.MOVING_AVERAGE_VARIABLES, scope)


def trainable_variables(scope: str | None = None) -> list:
    """Return the variables of the default graph that optimizers train."""
    return get_default_graph().get_collection(GraphKeys.TRAINABLE_VARIABLES, scope)


def variables_initializer(var_list: Any, name: str = "init") -> Operation:
    """Return an op that sets every variable of `var_list` to its initial value."""
    if var_list:
        return group(*[v.initializer for v in var_list], name=name)
    return no_op(name=name)


def initialize_variables(var_list: Any, name: str = "init") -> Operation:
    """Return `variables_initializer(var_list)`; its old name."""
    return variables_initializer(var_list, name)


def global_variables_initializer() -> Operation:
    """Return an op that sets every global variable to its initial value."""
    return variables_initializer(global_variables())


def initialize_all_variables() -> Operation:
    """Return `global_variables_initializer()`; its old name."""
    return global_variables_initializer()


def local_variables_initializer() -> Operation:
    """Return an op that sets every local variable to its initial value."""
    return variables_initializer(local_variables())


def initialize_local_variables() -> Operation:
    """Return `local_variables_initializer()`; its old name."""
    return local_variables_initializer()
