"""Operations: the nodes of a graph."""

from __future__ import annotations

import sys
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

from ..dtypes import DType
from .graphdef import node_def, node_text, op_def, public_attr
from .stack import default_session
from .tensor import Tensor

if TYPE_CHECKING:
    from .graph import Graph

_PACKAGE = str(Path(__file__).parent.parent) + "/"


class Operation:
    """One node: an op type applied to input tensors with fixed attributes."""

    __slots__ = ("__weakref__", "_control_flow_context", "_id", "_input_list", "_original_op", "attrs",
                 "control_input_list", "definition", "device", "frames", "graph", "name", "outputs")

    def __init__(self, graph: Graph, name: str, definition: Any, inputs: list[Tensor],
                 control_inputs: list[Operation], attrs: dict[str, Any]):
        self.graph, self.name, self.definition = graph, name, definition
        self._input_list, self.control_input_list, self.attrs = inputs, control_inputs, attrs
        self.outputs: list[Tensor] = []
        self.device = ""
        self.frames = _user_frames()
        self._original_op: Operation | None = None
        self._id = 0
        self._control_flow_context: Any = None
        for tensor in inputs:
            tensor._consumers.append(self)

    @property
    def type(self) -> str:
        """The op type, such as `"MatMul"`."""
        return self.definition.name

    @property
    def inputs(self) -> list[Tensor]:
        """The input tensors."""
        return self._input_list

    @property
    def control_inputs(self) -> list[Operation]:
        """The ops that must run before this one without giving it a value."""
        return list(self.control_input_list)

    def values(self) -> tuple[Tensor, ...]:
        """Return the outputs."""
        return tuple(self.outputs)

    def get_attr(self, name: str) -> Any:
        """Return the attribute `name` as TensorFlow gives it: strings as bytes, shapes and tensors as protos.

        Raises:
          ValueError: if there is no such attribute.
        """
        if name not in self.attrs:
            raise ValueError(f"Operation '{self.name}' has no attr named '{name}'.")
        return public_attr(self.definition.attrs.get(name), self.attrs[name])

    def __getitem__(self, attr: str) -> Any:
        return self.attrs[attr]

    def colocation_group_names(self) -> list[str]:
        """The colocation groups as text, `loc:@name`."""
        return self.attrs.get("_class") or [f"loc:@{self.name}"]

    def colocation_groups(self) -> list[bytes]:
        """Return the colocation groups this op is in."""
        return [group.encode() for group in self.colocation_group_names()]

    def run(self, feed_dict: dict | None = None, session: Any = None) -> None:
        """Run this op in `session`, or in the default session.

        Args:
          feed_dict: from tensors to the values to use for them.
          session: the session; the default session if `None`.

        Raises:
          ValueError: if there is no session, or it runs another graph.
        """
        default_session(session, self.graph, "execute operation", "run").run(self, feed_dict)

    @property
    def node_def(self) -> Any:
        """This node as a `NodeDef`."""
        return node_def(self)

    @property
    def op_def(self) -> Any:
        """The definition of the op type as an `OpDef`."""
        return op_def(self.definition)

    @property
    def traceback(self) -> list[tuple[str, int, str, str]]:
        """Where the program made this node: file, line, function and an empty text, outermost call first."""
        return [(code.co_filename, line, code.co_name, "") for code, line in reversed(self.frames)]

    @property
    def made_at(self) -> str:
        """The innermost line of the user's program that made this node, `file:line`."""
        return f"{self.frames[0][0].co_filename}:{self.frames[0][1]}" if self.frames else "<unknown>"

    def add_control_inputs(self, ops: list[Operation]) -> None:
        """Make this op wait for `ops` too."""
        self.control_input_list.extend(op for op in ops if op not in self.control_input_list)
        self.graph.changed()

    _add_control_inputs = add_control_inputs

    def _add_control_input(self, op: Operation) -> None:
        self.add_control_inputs([op])

    def update_input(self, index: int, tensor: Tensor) -> None:
        """Replace input `index` by `tensor`."""
        self.rewire(index, tensor)
        self.graph.changed()

    def rewire(self, index: int, tensor: Tensor) -> None:
        """Replace input `index` of a node that no plan knows yet."""
        self._input_list[index]._consumers.remove(self)
        self._input_list[index] = tensor
        tensor._consumers.append(self)

    _update_input = update_input

    def _get_control_flow_context(self) -> Any:
        return self._control_flow_context

    def _set_control_flow_context(self, context: Any) -> None:
        self._control_flow_context = context

    def _set_attr(self, name: str, value: Any) -> None:
        self.attrs[name] = value

    def add_output(self, dtype: DType, shape: Any) -> None:
        """Give this node one more output."""
        self.outputs.append(Tensor(self, len(self.outputs), dtype, shape))

    def __repr__(self) -> str:
        return f"<tf.Operation '{self.name}' type={self.type}>"

    def __str__(self) -> str:
        return node_text(self)


def _user_frames() -> list[tuple[CodeType, int]]:
    """The calls that led here, innermost first, without those of this package."""
    frame, found = sys._getframe(2), []
    while frame is not None:
        if not frame.f_code.co_filename.startswith(_PACKAGE):
            found.append((frame.f_code, frame.f_lineno))
        frame = frame.f_back  # type: ignore[assignment]
    return found
