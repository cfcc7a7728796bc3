"""Graphs of functions: nodes made apart from the program's graph, which take values of that graph through placeholders."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import Any

from ..dtypes import resource
from ..errors import OpError
from ..graph.graph import Graph
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.bind import add_node
from ..op.definition import lookup
from ..runtime.plan import is_handle, variable_of


class FunctionGraph(Graph):
    """The graph of one function.

    Args:
      outer: the graph that it is made in; its seed holds here too.
    """

    building_function = True

    def __init__(self, outer: Graph):
        super().__init__()
        self.outer, self.seed = outer, outer.seed
        self.captured: dict[Tensor, Tensor] = {}

    def parameter(self, name: str, dtype: Any, shape: Any) -> Tensor:
        """Return a placeholder for an argument."""
        return add_node(self, lookup("Placeholder"), [], {"dtype": dtype.base_dtype, "shape": shape}, name).outputs[0]

    def add(self, definition: Any, inputs: list[Tensor], attrs: dict[str, Any], name: str) -> Operation:
        """Add a node; what it takes from outside comes through a placeholder."""
        return super().add(definition, [self.inner(tensor) for tensor in inputs], attrs, name)

    def inner(self, tensor: Tensor) -> Tensor:
        """Return what stands for `tensor` here."""
        if tensor.graph is self:
            return tensor
        if tensor not in self.captured:
            if self.outer is not tensor.graph and isinstance(self.outer, FunctionGraph):
                self.captured[tensor] = self._stand_in(self.outer.inner(tensor))
            else:
                self.captured[tensor] = self._stand_in(tensor)
        return self.captured[tensor]

    def _stand_in(self, tensor: Tensor) -> Tensor:
        with contextlib.ExitStack() as stack:
            stack.enter_context(self.name_scope(None))
            stack.enter_context(self.control_dependencies(None))
            if tensor.dtype == resource and is_handle(tensor):
                variable = variable_of(tensor)
                name = variable.name.replace("/", "_")
                made = add_node(self, variable.definition, [], dict(variable.attrs), name).outputs[0]
            else:
                made = self.parameter(tensor.op.name, tensor.dtype, tensor.static_shape)
        if tensor._extras:
            made._extras = dict(tensor._extras)
        return made

    def control_dependencies(self, control_inputs: Iterable[Any] | None) -> Any:
        """Make the nodes created inside run after those of `control_inputs` that are in this graph."""
        if control_inputs is None:
            return super().control_dependencies(None)
        ours = [c for c in control_inputs if getattr(c, "graph", self) is self]
        return super().control_dependencies(ours)

    def colocate_with(self, op: Any, ignore_existing: bool = False) -> Any:
        """Record nothing for nodes of other graphs."""
        if op is not None and getattr(op, "graph", self) is not self:
            return contextlib.nullcontext()
        return super().colocate_with(op, ignore_existing)


def reraised(error: OpError) -> OpError:
    """Return an error of a node in a function as one of no node, so that the node that called it is told too."""
    error._op = error._node_def = None
    return error
