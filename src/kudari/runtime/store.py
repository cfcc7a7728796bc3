"""The variables of a session."""

from __future__ import annotations

from typing import Any

from ..graph.operation import Operation


class VariableStore(dict[Operation, Any]):
    """Values by variable op, and by op with a state of its own.

    `epoch` is another object whenever a variable may have got another shape, so that compiled programs need not look at
    the shapes of all they read each time.
    """

    def __init__(self, values: Any = ()):
        super().__init__(values)
        self.epoch = object()

    def __missing__(self, op: Operation) -> Any:
        """The state that `op`, which is no variable, keeps from now on."""
        if op.definition.state is None:
            raise KeyError(op)
        return self.setdefault(op, op.definition.state(op))

    def copy(self) -> VariableStore:
        """Return a store with copies of every array; what is no array, such as a table or a queue, is shared."""
        other = VariableStore({op: _copied(value) for op, value in self.items()})
        other.epoch = self.epoch
        return other

    def set_shaped_anew(self, variables: list[Operation], values: Any) -> None:
        """Set values whose shapes may differ from those before."""
        self.update(zip(variables, values))
        self.epoch = object()


def _copied(value: Any) -> Any:
    if isinstance(value, dict | list):
        return type(value)(map(_copied, value) if isinstance(value, list) else {k: _copied(v) for k, v in value.items()})
    return value.copy() if hasattr(value, "dtype") and hasattr(value, "copy") else value
