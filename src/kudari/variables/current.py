"""What the surroundings of a call decide about a new variable: the current scope, and which kind is the default."""

from __future__ import annotations

import threading
from typing import Any

from ..graph.stack import get_default_graph

_SCOPES = ("__varscope",)
_default = {"use_resource": False}


class ScopeStore(threading.local):
    """The current variable scope of a graph, and how often each scope was opened."""

    def __init__(self) -> None:
        self.current_scope: Any = None
        self.counts: dict[str, int] = {}

    def open(self, name: str) -> None:
        """Count that the scope `name` is opened once more."""
        self.counts[name] = self.counts.get(name, 0) + 1

    def close_below(self, name: str) -> None:
        """Forget how often the scopes below `name` were opened."""
        for other in self.counts:
            if other.startswith(name + "/"):
                self.counts[other] = 0


def scope_store() -> ScopeStore:
    """Return the store of the default graph, made when first used."""
    kept = get_default_graph().get_collection_ref(_SCOPES)
    if not kept:
        kept.append(ScopeStore())
    return kept[0]


def enable_resource_variables() -> None:
    """Make resource variables the default from here on."""
    _default["use_resource"] = True


def disable_resource_variables() -> None:
    """Make reference variables the default again."""
    _default["use_resource"] = False


def resource_variables_enabled() -> bool:
    """Return whether resource variables are the default."""
    return _default["use_resource"]


def chosen_kind(use_resource: bool | None) -> bool:
    """Return whether a variable is to be a resource variable, if the call says `use_resource`."""
    if use_resource is None:
        use_resource = getattr(scope_store().current_scope, "use_resource", None)
    return resource_variables_enabled() if use_resource is None else bool(use_resource)
