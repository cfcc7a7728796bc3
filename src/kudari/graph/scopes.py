"""What surrounds a new node: control dependencies, devices, colocation, attributes."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Any

from .device import canonical_name, device_text, merge_device
from .operation import Operation
from .tensor import Tensor


class _Controller:
    """One `control_dependencies` block: the ops to wait for, and the nodes made inside it."""

    def __init__(self, control_ops: list[Operation], clears: bool):
        self.control_ops, self.clears = control_ops, clears
        self.seen: set[Operation] = set()


class _ThreadStacks(threading.local):
    """The stacks of a graph, those of each thread its own; a thread starts with what they held when this was made."""

    def __init__(self, stacks: Any):
        self.controllers, self.devices, self.colocation = stacks.controllers, stacks.devices, stacks.colocation


class Scopes:
    """The part of a graph that decorates new nodes with their surroundings."""

    def __init__(self) -> None:
        self._stacks: Any = SimpleNamespace(controllers=[], devices=[], colocation=[])
        self._attr_scopes: dict[str, Any] = {}
        self._override_types: dict[str, str] = {}
        self._container = ""
        self._variable_creators: list[Callable] = []
        self._control_flow_context: Any = None  # the branch or loop body whose nodes are being made

    def switch_to_thread_local(self) -> None:
        """Give each thread devices, colocations and control dependencies of its own, beginning with the present ones."""
        if not isinstance(self._stacks, _ThreadStacks):
            self._stacks = _ThreadStacks(SimpleNamespace(**vars(self._stacks)))

    def _get_control_flow_context(self) -> Any:
        return self._control_flow_context

    def _set_control_flow_context(self, context: Any) -> None:
        self._control_flow_context = context

    @contextlib.contextmanager
    def control_dependencies(self, control_inputs: Iterable[Any] | None) -> Iterator[None]:
        """Make the nodes created inside run after `control_inputs`.

        Args:
          control_inputs: ops, tensors or variables; `None` drops the dependencies of the blocks around, and puts the
            nodes outside of every branch and loop.

        Raises:
          TypeError: if one of them is none of these.
          ValueError: if one of them is of another graph.
        """
        outer = self._stacks.controllers
        # To wait for a resource variable is to wait for its handle or its update, and reads nothing.
        ops = [self._control_op(c.op if hasattr(c, "_handle") else c) for c in control_inputs or ()]
        controller = _Controller(list(dict.fromkeys(ops)), clears=control_inputs is None)
        self._stacks.controllers = [controller] if controller.clears else [*outer, controller]
        context = self._control_flow_context
        if controller.clears:
            self._control_flow_context = None
        try:
            yield
        finally:
            self._stacks.controllers = outer
            if controller.clears:
                self._control_flow_context = context

    def _control_op(self, item: Any) -> Operation:
        element = self.as_graph_element(item)
        return element.op if isinstance(element, Tensor) else element

    def as_graph_element(self, obj: Any, allow_tensor: bool = True, allow_operation: bool = True) -> Any:
        """Return the node or tensor that `obj` stands for."""
        raise NotImplementedError

    def _current_control_inputs(self, inputs: list[Tensor]) -> list[Operation]:
        """The ops a new node waits for, less those an input already waited for."""
        input_ops = {t.op for t in inputs}
        found: dict[Operation, None] = {}
        for controller in self._stacks.controllers:
            if not (input_ops & controller.seen):
                found.update((op, None) for op in controller.control_ops if op not in input_ops)
        return list(found)

    def _record_seen(self, op: Operation) -> None:
        for controller in self._stacks.controllers:
            controller.seen.add(op)

    @contextlib.contextmanager
    def device(self, device_name_or_function: Any) -> Iterator[None]:
        """Record a device for the nodes created inside.

        Args:
          device_name_or_function: a device name or `DeviceSpec`, put over that of the blocks around; a function from an
            op to one; or `None`, which drops the blocks around.
        """
        if not callable(device_name_or_function):
            canonical_name(device_name_or_function)
        outer = self._stacks.devices
        self._stacks.devices = [*outer, device_name_or_function]
        try:
            yield
        finally:
            self._stacks.devices = outer

    def _current_device(self, op: Operation) -> str:
        device = ""
        for entry in reversed(self._stacks.devices):
            if entry is None:
                break
            if callable(entry):
                op.device = device
                device = device_text(entry(op))
            else:
                device = merge_device(canonical_name(entry), device)
        return device

    @contextlib.contextmanager
    def colocate_with(self, op: Any, ignore_existing: bool = False) -> Iterator[None]:
        """Record that the nodes created inside live where `op` lives.

        Args:
          op: an op, tensor or variable.
          ignore_existing: whether to drop the `colocate_with` blocks around.

        Raises:
          ValueError: if `op` is `None` without `ignore_existing`.
        """
        if op is None and not ignore_existing:
            raise ValueError("Trying to reset colocation (op is None) but ignore_existing is not True")
        element = self._control_op(getattr(op, "handle", op)) if op is not None else None
        outer, devices = self._stacks.colocation, self._stacks.devices
        self._stacks.colocation = [] if ignore_existing else list(outer)
        self._stacks.devices = []
        if element is not None:
            self._stacks.colocation.append(element)
        try:
            yield
        finally:
            self._stacks.colocation, self._stacks.devices = outer, devices

    def _colocation_groups(self, op: Operation) -> list[str]:
        groups: list[str] = []
        for other in self._stacks.colocation:
            groups.extend(other.colocation_group_names())
            if other.device:
                op.device = other.device
        return sorted(set(groups))

    @contextlib.contextmanager
    def container(self, container_name: str) -> Iterator[str]:
        """Record a resource container for the stateful nodes created inside."""
        outer, self._container = self._container, container_name
        try:
            yield container_name
        finally:
            self._container = outer

    @contextlib.contextmanager
    def _attr_scope(self, attrs: dict[str, Any]) -> Iterator[None]:
        outer = self._attr_scopes
        self._attr_scopes = {k: v for k, v in {**outer, **attrs}.items() if v is not None}
        try:
            yield
        finally:
            self._attr_scopes = outer

    @contextlib.contextmanager
    def _variable_creator_scope(self, creator: Callable) -> Iterator[None]:
        outer = self._variable_creators
        self._variable_creators = [*outer, creator]
        try:
            yield
        finally:
            self._variable_creators = outer

    @contextlib.contextmanager
    def gradient_override_map(self, op_type_map: dict[str, str]) -> Iterator[None]:
        """Differentiate the nodes created inside by the gradients registered under other names.

        Args:
          op_type_map: from op type to the name given to `tf.RegisterGradient`.
        """
        if not (isinstance(op_type_map, dict) and all(isinstance(t, str) for pair in op_type_map.items() for t in pair)):
            raise TypeError("op_type_map must be a dictionary mapping strings to strings")
        outer = self._override_types
        self._override_types = {**outer, **op_type_map}
        try:
            yield
        finally:
            self._override_types = outer


DeviceFunction = Callable[[Operation], Any]
