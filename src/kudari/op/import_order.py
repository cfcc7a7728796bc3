"""The nodes of a `GraphDef`: their names, and the order in which they can be added."""

from __future__ import annotations

import heapq
from collections.abc import Container
from typing import Any

from ..graph.names import VALID_OP_NAME

TensorKey = tuple[str, int]  # a node of the GraphDef and the index of an output; -1 is the node as a control input


def tensor_key(text: str) -> TensorKey:
    """Return the output that an input of a `NodeDef` names.

    Raises:
      ValueError: if it is not such a name.
    """
    if text.startswith("^"):
        return text[1:], -1
    node, colon, index = text.partition(":")
    if not colon:
        return node, 0
    if not index.isdigit():
        raise ValueError(f"Cannot convert {text!r} to a tensor name.")
    return node, int(index)


def index_nodes(nodes: list[Any]) -> dict[str, int]:
    """Return the place of every node by its name.

    Raises:
      ValueError: if a node cannot be part of any graph.
    """
    index: dict[str, int] = {}
    for place, node in enumerate(nodes):
        if not VALID_OP_NAME.match(node.name):
            raise ValueError(f"Node '{node.name}': Node name contains invalid characters")
        if node.name in index:
            raise ValueError(f"Node '{node.name}' is not unique")
        if not node.op:
            raise ValueError(f"Node '{node.name}' does not specify an operation")
        kinds = [text.startswith("^") for text in node.input]
        if kinds != sorted(kinds):
            raise ValueError(f"Node '{node.name}': Control dependencies must come after regular dependencies")
        index[node.name] = place
    return index


def import_order(nodes: list[Any], index: dict[str, int], replaced: Container[TensorKey]) -> list[int]:
    """Return the places of `nodes` in an order in which inputs come first: always the first node that is ready.

    Args:
      nodes: the `NodeDef`s.
      index: the place of each by name.
      replaced: the tensors that nobody waits for; their nodes need not be there.

    Raises:
      ValueError: if an input is not there, or nodes wait for each other in a circle that is no loop.
    """
    waiting = [_needed(nodes, place, index, replaced) for place in range(len(nodes))]
    consumers: list[list[int]] = [[] for _ in nodes]
    for place, needed in enumerate(waiting):
        for other in needed:
            consumers[other].append(place)
    ready = [place for place, needed in enumerate(waiting) if not needed]
    order: list[int] = []
    while ready:
        place = heapq.heappop(ready)
        order.append(place)
        for consumer in consumers[place]:
            waiting[consumer].discard(place)
            if not waiting[consumer]:
                heapq.heappush(ready, consumer)
    if len(order) < len(nodes):
        raise ValueError(f"{len(nodes) - len(order)} nodes in a cycle")
    return order


def closes_loop(node: Any, source: Any) -> bool:
    """Return whether an input of `node` from `source` comes from the iteration before."""
    return node.op in ("Merge", "RefMerge") and source.op in ("NextIteration", "RefNextIteration")


def _needed(nodes: list[Any], place: int, index: dict[str, int], replaced: Container[TensorKey]) -> set[int]:
    node, needed = nodes[place], set()
    for text in node.input:
        key = tensor_key(text)
        if key in replaced:
            continue
        if key[0] not in index:
            raise ValueError(f"Node '{node.name}': Unknown input node '{text}'")
        if not closes_loop(node, nodes[index[key[0]]]):
            needed.add(index[key[0]])
    return needed
