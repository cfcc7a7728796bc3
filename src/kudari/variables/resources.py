"""Resources of a graph other than variables: nodes that create them and say which are not there yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..dtypes import string
from ..functions.control import group
from ..graph.collections import GraphKeys
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.scope import scoped
from ..ops.forms import node


class Resource(NamedTuple):
    """A resource.

    Args:
      handle: of it.
      create: the operation that makes it.
      is_initialized: a boolean scalar.
    """

    handle: Any
    create: Any
    is_initialized: Any


def shared_resources() -> list[Resource]:
    """Return the resources that all workers share."""
    return get_default_graph().get_collection(GraphKeys.RESOURCES)


def local_resources() -> list[Resource]:
    """Return the resources of this worker."""
    return get_default_graph().get_collection(GraphKeys.LOCAL_RESOURCES)


def initialize_resources(resource_list: Sequence[Resource], name: str = "init") -> Operation:
    """Return an operation that creates resources."""
    if resource_list:
        return group(*[resource.create for resource in resource_list], name=name)
    return node("NoOp", name=name)


def report_uninitialized_resources(resource_list: Sequence[Resource] | None = None,
                                   name: str = "report_uninitialized_resources") -> Tensor:
    """Return the names of the resources that are not there yet, a vector of strings.

    Args:
      resource_list: to look at; all if `None`.
      name: of the scope.
    """
    found = shared_resources() + local_resources() if resource_list is None else list(resource_list)
    graph = get_default_graph()
    with scoped(name, name, []), graph.device("/cpu:0"):
        if not found:
            return constant([], dtype=string)
        missing = node("LogicalNot", node("Pack", [resource.is_initialized for resource in found]))
        names = constant([resource.handle.name for resource in found])
        return node("Reshape", node("GatherV2", names, node("Where", missing), 0), [-1])
