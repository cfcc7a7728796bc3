"""Objects that depend on each other, and the names under which a checkpoint holds what they keep."""

from __future__ import annotations

import abc
from collections import deque
from collections.abc import Iterator
from typing import Any

from ..graph.stack import get_default_graph
from ..protos import proto
from ..variables.variable import Variable
from .optimizer import Optimizer

VALUE = "VARIABLE_VALUE"
STATE = "py_state"


class Trackable:
    """An object whose attributes that are trackable, too, are saved and restored with it."""

    def tracked(self) -> list[tuple[str, Any]]:
        """Return what it depends on, by name, in the order it was set."""
        return [(name, value) for name, value in self.__dict__.items() if not name.startswith("_") and is_trackable(value)]


class PythonState(Trackable, abc.ABC):
    """State of a Python object that `tf.train.Checkpoint` saves and restores: a subclass says as which text."""

    @abc.abstractmethod
    def serialize(self) -> str | bytes:
        """Return the state as text."""

    @abc.abstractmethod
    def deserialize(self, string_value: bytes) -> None:
        """Take the state from what `serialize` returned."""


def is_trackable(value: Any) -> bool:
    """Whether a value can be saved: a variable, an optimizer, an object with such, or a list or dictionary."""
    return isinstance(value, Trackable | Variable | Optimizer | list | tuple | dict)


def _children(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, Trackable):
        return value.tracked()
    if isinstance(value, Optimizer):
        graph = get_default_graph()
        return sorted((name, variable) for (name, owner), variable in value._non_slot_dict.items() if owner is graph)
    if isinstance(value, dict):
        return [(str(key), item) for key, item in value.items() if is_trackable(item)]
    return [(str(i), item) for i, item in enumerate(value) if is_trackable(item)] if isinstance(value, list | tuple) else []


def _escaped(name: str) -> str:
    return name.replace(".", "..").replace("/", ".S")


class ObjectGraph:
    """All objects that one depends on, the nearest first, and after them the slots that optimizers keep for variables.

    Args:
      root: the object.
    """

    def __init__(self, root: Any):
        self.objects: list[Any] = []
        self.children: list[list[tuple[str, int]]] = []
        self.slots: list[tuple[int, int, str, int]] = []  # optimizer, variable, name of the slot, slot
        self._paths: list[str] = []
        self._number: dict[int, int] = {}
        self._walk(root)
        for optimizer, value in enumerate(list(self.objects)):
            if isinstance(value, Optimizer):
                self._add_slots(optimizer, value)

    def _walk(self, root: Any) -> None:
        self._add(root, "")
        left = deque([0])
        while left:
            parent = left.popleft()
            for name, child in _children(self.objects[parent]):
                if id(child) not in self._number:
                    left.append(self._add(child, f"{self._paths[parent]}/{_escaped(name)}".lstrip("/")))
                self.children[parent].append((name, self._number[id(child)]))

    def _add(self, value: Any, path: str) -> int:
        number = self._number[id(value)] = len(self.objects)
        self.objects.append(value)
        self.children.append([])
        self._paths.append(path)
        return number

    def _add_slots(self, optimizer: int, value: Optimizer) -> None:
        variables = [(number, v) for number, v in enumerate(self.objects) if isinstance(v, Variable)]
        for name in value.get_slot_names():
            for number, variable in variables:
                slot = value.get_slot(variable, name)
                if slot is not None:
                    path = f"{self._paths[number]}/.OPTIMIZER_SLOT/{self._paths[optimizer]}/{_escaped(name)}"
                    self.slots.append((optimizer, number, name, self._add(slot, path)))

    def variables(self) -> Iterator[tuple[str, Variable]]:
        """Give the variables with the keys that a checkpoint holds them under."""
        for path, value in zip(self._paths, self.objects):
            if isinstance(value, Variable):
                yield f"{path}/.ATTRIBUTES/{VALUE}", value

    def states(self) -> Iterator[tuple[str, PythonState]]:
        """Give the objects of Python with state, with the keys that a checkpoint holds it under."""
        for path, value in zip(self._paths, self.objects):
            if isinstance(value, PythonState):
                yield f"{path}/.ATTRIBUTES/{STATE}", value

    def message(self) -> Any:
        """Return this as a `TrackableObjectGraph`."""
        graph = proto("TrackableObjectGraph")()
        for path, value, children in zip(self._paths, self.objects, self.children):
            node = graph.nodes.add()
            for name, number in children:
                node.children.add(node_id=number, local_name=name)
            if isinstance(value, Variable):
                node.attributes.add(name=VALUE, full_name=value.op.name, checkpoint_key=f"{path}/.ATTRIBUTES/{VALUE}")
            if isinstance(value, PythonState):
                node.attributes.add(name=STATE, checkpoint_key=f"{path}/.ATTRIBUTES/{STATE}")
        for optimizer, variable, name, slot in self.slots:
            graph.nodes[optimizer].slot_variables.add(original_variable_node_id=variable, slot_name=name,
                                                      slot_variable_node_id=slot)
        return graph

    def matched(self, saved: Any) -> dict[int, Any]:
        """Return the objects that the nodes of a `TrackableObjectGraph` stand for, by number, found by the same names."""
        found: dict[int, Any] = {0: self.objects[0]}
        own = {0: 0}
        left = deque([0])
        while left:
            node = left.popleft()
            children = dict(self.children[own[node]])
            for child in saved.nodes[node].children:
                if child.local_name in children and child.node_id not in found:
                    number = own[child.node_id] = children[child.local_name]
                    found[child.node_id] = self.objects[number]
                    left.append(child.node_id)
        slots = {(id(self.objects[o]), id(self.objects[v]), name): self.objects[s] for o, v, name, s in self.slots}
        for node in list(found):
            for slot in saved.nodes[node].slot_variables:
                variable = found.get(slot.original_variable_node_id)
                value = slots.get((id(found[node]), id(variable), slot.slot_name))
                if value is not None:
                    found[slot.slot_variable_node_id] = value
        return found
