"""A node made from the name of its op type, its inputs and its attributes: `tf.Graph.create_op`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..graph.graph import Graph
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..protos import proto
from .bind import add_node
from .read_node import check_inputs, declared_attrs, definition_of, own_attrs


def create_op(self: Graph, op_type: str, inputs: Sequence[Tensor], dtypes: Any = None, input_types: Any = None,
              name: str | None = None, attrs: dict[str, Any] | None = None, op_def: Any = None, compute_shapes: bool = True,
              compute_device: bool = True) -> Operation:
    """Add a node to the graph.

    Args:
      op_type: the name of the op.
      inputs: its input tensors.
      dtypes: of the outputs; the op and its attributes decide them anyway.
      input_types: what the inputs are taken as; their own types if `None`.
      name: of the node, the op type if `None`; made unique unless it ends with a slash.
      attrs: an `AttrValue` for each attribute that has no default.
      op_def: not used; Kudari has its own definitions.
      compute_shapes: not used; shapes are always inferred.
      compute_device: whether the device functions around decide the node's device.

    Returns:
      The operation.

    Raises:
      TypeError: if an input is not a tensor, or not of its type.
      ValueError: if an attribute is missing or wrong, or the shapes of the inputs do not fit.
      NotFoundError: if there is no such op.
    """
    for place, value in enumerate(inputs):
        if not isinstance(value, Tensor):
            raise TypeError(f"Input #{place} is not a tensor: {value}")
    node = proto("NodeDef")(op=op_type, name=name or op_type, attr=attrs or {})
    definition = definition_of(node)
    unique = node.name[:-1] if node.name.endswith("/") else self.unique_name(node.name)
    where = f"{{{{node {unique}}}}}"
    types = [tensor.dtype for tensor in inputs]
    if input_types is not None and any(not wanted.is_compatible_with(own) for own, wanted in zip(types, input_types)):
        raise TypeError(f"In op '{unique}', input types ({types}) are not compatible with expected types "
                        f"({list(input_types)})")
    settled = {**declared_attrs(definition, node, where), **own_attrs(definition, node, where)}
    check_inputs(definition, list(inputs), settled, unique)
    op = add_node(self, definition, list(inputs), settled, unique + "/")
    if not compute_device:
        op.device = ""
    return op


setattr(Graph, "create_op", create_op)  # noqa: B010 - defined here, where nodes are read
