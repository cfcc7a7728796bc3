"""Operations to run when a saved model is loaded."""

from __future__ import annotations

from typing import Any

from ..functions.control import group
from ..functions.lookup import tables_initializer
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..variables.listing import global_variables_initializer, local_variables_initializer


def main_op() -> Operation:
    """Return an operation that initializes all variables, local variables and tables."""
    return group(global_variables_initializer(), local_variables_initializer(), tables_initializer())


def main_op_with_restore(restore_op_name: Any) -> Operation:
    """Return an operation that runs `main_op()`, and then another.

    Args:
      restore_op_name: the other operation.
    """
    with get_default_graph().control_dependencies([main_op()]):
        return group(restore_op_name)
