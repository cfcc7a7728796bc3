"""The stacks of default graphs and default sessions, one pair a thread."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .graph import Graph


class DefaultStack(threading.local):
    """A stack whose top is the default, kept per thread."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self.enforce_nesting = True

    def top(self) -> Any:
        """Return the default, or `None`."""
        return self.items[-1] if self.items else None

    @contextlib.contextmanager
    def entered(self, item: Any) -> Iterator[Any]:
        """Make `item` the default inside the block."""
        self.items.append(item)
        try:
            yield item
        finally:
            if self.items:
                if self.items[-1] is not item and self.enforce_nesting:
                    raise AssertionError(f"Nesting violated for default stack of {type(item)} objects")
                if item in self.items:
                    self.items.remove(item)


graphs = DefaultStack()
sessions = DefaultStack()
_global: list[Graph] = []
_make_graph: list[Callable[[], Graph]] = []


def get_default_graph() -> Graph:
    """Return the innermost graph entered with `as_default`, or the program's own."""
    top = graphs.top()
    if top is not None:
        return top
    if not _global:
        _global.append(_make_graph[0]())
    return _global[0]


def use_graph_class(make: Callable[[], Graph]) -> None:
    """Set how the program's own graph is made."""
    _make_graph[:] = [make]


def reset_default_graph() -> None:
    """Forget the program's own graph; the next node starts a new one.

    Raises:
      AssertionError: inside a `with graph.as_default()` block.
    """
    if graphs.items:
        raise AssertionError("Do not use tf.reset_default_graph() to clear nested graphs. If you need a cleared graph, "
                             "exit the nesting and create a new graph.")
    _global.clear()


def get_default_session() -> Any:
    """Return the innermost session entered with `as_default`, or `None`."""
    return sessions.top()


def default_session(session: Any, graph: Graph, what: str, method: str) -> Any:
    """Return `session` or the default session, checked to run `graph`.

    Raises:
      ValueError: if there is none, or it runs another graph.
    """
    suffix = "the tensor's graph is different from the session's graph"
    if what == "execute operation":
        suffix = "the operation's graph is different from the session's graph"
    if session is None:
        session = get_default_session()
        if session is None:
            colon = ":" if method == "run" else ""  # as TensorFlow has it
            raise ValueError(f"Cannot {what} using `{method}()`: No default session is registered. Use `with "
                             f"sess.as_default(){colon}` or pass an explicit session to `{method}(session=sess)`")
        if session.graph is not graph:
            raise ValueError(f"Cannot use the default session to {what}: {suffix}. Pass an explicit session to "
                             f"`{method}(session=sess)`.")
    elif session.graph is not graph:
        raise ValueError(f"Cannot use the given session to {what}: {suffix}.")
    return session
