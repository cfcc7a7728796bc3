"""Name scopes of the functions that build several nodes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

from .bind import graph_of


@contextlib.contextmanager
def scoped(name: str | None, default: str, values: Iterable[Any] = ()) -> Iterator[str]:
    """Put the nodes made inside under `name`, or `default`, in the graph that `values` are in.

    Returns:
      The scope with a final slash: a node made with that name has the scope's own name.

    Raises:
      ValueError: if `values` are in different graphs.
    """
    graph = graph_of(list(values))
    with graph.as_default(), graph.name_scope(default if name is None else name) as scope:
        yield scope
