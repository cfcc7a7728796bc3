"""What an object-based checkpoint says of the objects in it."""

from __future__ import annotations

from ..io.checkpoint import open_checkpoint
from ..protos import proto

OBJECT_GRAPH_KEY = "_CHECKPOINTABLE_OBJECT_GRAPH"


def key_by_full_name(path: str) -> dict[str, str] | None:
    """Return under which key a checkpoint holds each variable, by the variable's name; `None` if it goes by names itself."""
    with open_checkpoint(path) as checkpoint:
        if OBJECT_GRAPH_KEY not in checkpoint:
            return None
        graph = proto("TrackableObjectGraph").FromString(checkpoint.read(OBJECT_GRAPH_KEY).item())
    return {attribute.full_name: attribute.checkpoint_key for node in graph.nodes for attribute in node.attributes}
