"""The variables an optimizer keeps: one for each slot and trained variable, and those it has only one of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..graph.stack import get_default_graph
from ..variables.resource import is_resource_variable
from ..variables.variable import Variable
from .slot_creator import create_slot, create_slot_with_initializer, create_zeros_slot


def key_of(var: Any) -> tuple:
    """Return what identifies a variable: its graph and the name of its op."""
    return var.op.graph, var.op.name


class Slots:
    """The part of an optimizer that keeps variables of its own."""

    def __init__(self) -> None:
        self._slots: dict[str, dict[tuple, Any]] = {}
        self._non_slot_dict: dict[tuple, Any] = {}

    def get_slot(self, var: Any, name: str) -> Any:
        """Return the variable kept for `var` under the slot `name`, or `None` if there is none.

        Args:
          var: a variable given to `minimize` or `apply_gradients`.
          name: one of `get_slot_names()`.
        """
        return self._slots.get(name, {}).get(key_of(var))

    def get_slot_names(self) -> list[str]:
        """Return the names of the slots made so far, sorted."""
        return sorted(self._slots)

    def variables(self) -> list:
        """Return the optimizer's own variables in the default graph, sorted by name."""
        graph = get_default_graph()
        held = [*self._non_slot_variables(), *(slot for slots in self._slots.values() for slot in slots.values())]
        return sorted((var for var in held if var.op.graph is graph), key=lambda var: var.name)

    def _slot_dict(self, slot_name: str) -> dict[tuple, Any]:
        return self._slots.setdefault(slot_name, {})

    def _get_or_make_slot(self, var: Any, val: Any, slot_name: str, op_name: str) -> Any:
        """Return the slot of `var`, made now with the initial value `val` if there is none."""
        return self._made_once(var, slot_name, lambda: create_slot(var, val, op_name))

    def _get_or_make_slot_with_initializer(self, var: Any, initializer: Any, shape: Any, dtype: Any, slot_name: str,
                                           op_name: str) -> Any:
        """Return the slot of `var`, made now by `initializer` if there is none."""
        return self._made_once(var, slot_name,
                               lambda: create_slot_with_initializer(var, initializer, shape, dtype, op_name))

    def _zeros_slot(self, var: Any, slot_name: str, op_name: str) -> Any:
        """Return the slot of `var`, made now with zeros if there is none."""
        return self._made_once(var, slot_name, lambda: create_zeros_slot(var, op_name))

    def _made_once(self, var: Any, slot_name: str, make: Callable[[], Any]) -> Any:
        slots = self._slot_dict(slot_name)
        if key_of(var) not in slots:
            slots[key_of(var)] = make()
        return slots[key_of(var)]

    def _create_non_slot_variable(self, initial_value: Any, name: str, colocate_with: Any) -> Any:
        key = (name, colocate_with.graph)
        if key not in self._non_slot_dict:
            with get_default_graph().colocate_with(colocate_with):
                self._non_slot_dict[key] = Variable(initial_value, name=name, trainable=False,
                                                    use_resource=is_resource_variable(colocate_with))
        return self._non_slot_dict[key]

    def _get_non_slot_variable(self, name: str, graph: Any = None) -> Any:
        return self._non_slot_dict.get((name, graph))

    def _non_slot_variables(self) -> Any:
        return self._non_slot_dict.values()
