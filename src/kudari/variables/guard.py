"""Initial values that depend on other variables: those are read as they will be once they are set up."""

from __future__ import annotations

from typing import Any

from ..graph.collections import GraphKeys
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.bind import add_node
from ..op.definition import lookup

_READ_SAFELY = frozenset({"IsVariableInitialized", "VarIsInitializedOp", "ReadVariableOp", "If"})
_VARIABLES = frozenset({"Variable", "VariableV2", "VarHandleOp"})


def guarded(name: str, initial_value: Tensor) -> Tensor:
    """Return `initial_value` computed from the initialized values of the variables it depends on.

    Args:
      name: of the variable it is for; copied nodes carry it.
      initial_value: any tensor of the graph.

    Returns:
      The same tensor if it depends on no variable, or on a loop.
    """
    return initial_value if _has_cycle(initial_value.op) else _Copier(name).tensor(initial_value)


def _has_cycle(start: Operation) -> bool:
    """Whether the nodes that `start` depends on go in a circle, as those of loops do."""
    begun: set[Operation] = set()
    done: set[Operation] = set()
    stack = [start]
    while stack:
        op = stack[-1]
        if op in begun:
            stack.pop()
            done.add(op)
            continue
        begun.add(op)
        for before in [*(t.op for t in op.inputs), *op.control_inputs]:
            if before in begun - done:
                return True
            if before not in done:
                stack.append(before)
    return False


class _Copier:
    """Copies the nodes that depend on variables."""

    def __init__(self, name: str):
        self._name, self._copies = name, dict[Operation, Operation]()

    def tensor(self, tensor: Tensor) -> Tensor:
        """Return what stands for `tensor`."""
        if tensor.op not in self._copies:
            self._copies[tensor.op] = self._copy(tensor.op)
        return self._copies[tensor.op].outputs[tensor.value_index]

    def _copy(self, op: Operation) -> Operation:
        if op.type in _READ_SAFELY:
            return op
        if op.type in _VARIABLES:
            variable = _python_variable(op)
            return op if variable is None else variable.initialized_value().op
        inputs = [self.tensor(t) for t in op.inputs]
        if inputs == op.inputs:
            return op
        definition = lookup("Switch") if op.type == "RefSwitch" else op.definition
        return add_node(op.graph, definition, inputs, dict(op.attrs), f"{op.name}_{self._name}".replace(":", "_"))


def _python_variable(op: Operation) -> Any:
    names = (op.name, f"{op.name}:0")
    for key in (GraphKeys.GLOBAL_VARIABLES, GraphKeys.LOCAL_VARIABLES):
        for variable in op.graph.get_collection(key):
            if variable.name in names:
                return variable
    return None
