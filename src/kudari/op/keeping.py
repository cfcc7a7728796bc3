"""What nodes keep in a session from run to run, besides variables."""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

from ..graph.operation import Operation

_numbers = itertools.count()


class _Shared(NamedTuple):
    """What nodes of one name keep together."""

    container: str
    name: str


def kept_by(state: dict[Any, Any], op: Operation) -> dict[str, Any]:
    """Return what `op` keeps in a session, with what errors call it as its `name`.

    Args:
      state: of the session.
      op: a node; all with its shared name, or with its own name for a shared one, keep the same.
    """
    if "shared_name" not in op.attrs:
        key: Any = op
    else:
        key = _Shared(op.attrs.get("container", ""), op["shared_name"] or op.name)
    found = state.get(key)
    if found is None:
        found = state.setdefault(key, {"name": op.attrs.get("shared_name") or f"_{next(_numbers)}_{op.name}"})
    return found
