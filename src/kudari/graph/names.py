"""Unique node names and name scopes."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

VALID_OP_NAME = re.compile(r"^[A-Za-z0-9.][A-Za-z0-9_.\-/]*$")
VALID_SCOPE_NAME = re.compile(r"^[A-Za-z0-9_.\-/]*$")


class Names:
    """The part of a graph that hands out names."""

    def __init__(self) -> None:
        self._name_stack = ""
        self._names_in_use: dict[str, int] = {}

    def unique_name(self, name: str, mark_as_used: bool = True) -> str:
        """Return `name` inside the current scope, with a number added if it is taken.

        Args:
          name: the wanted name; two names that differ only in case count as the same.
          mark_as_used: whether the name is taken from now on.

        Returns:
          `scope/name`, or `scope/name_1`, `scope/name_2`, ….
        """
        if self._name_stack:
            name = f"{self._name_stack}/{name}"
        key = base = name.lower()
        count = self._names_in_use.get(key, 0)
        if mark_as_used:
            self._names_in_use[key] = count + 1
        if count > 0:
            while key in self._names_in_use:
                key = f"{base}_{count}"
                count += 1
            if mark_as_used:
                self._names_in_use[key] = 1
            name = f"{name}_{count - 1}"
        return name

    @contextlib.contextmanager
    def name_scope(self, name: str | None) -> Iterator[str]:
        """Put the nodes made inside under `name`.

        Args:
          name: a name, made unique; a scope as an earlier `name_scope` gave it (with a final slash), entered again;
            or `None` or `""` for the top of the graph.

        Returns:
          The scope with a final slash, which names the scope exactly.

        Raises:
          ValueError: if `name` is not a valid scope name.
        """
        if name:
            valid = VALID_SCOPE_NAME if self._name_stack else VALID_OP_NAME
            if not valid.match(name):
                raise ValueError(f"'{name}' is not a valid scope name")
        outer = self._name_stack
        if not name:
            self._name_stack = ""
        elif name.endswith("/"):
            self._name_stack = name[:-1]
        else:
            self._name_stack = self.unique_name(name)
        try:
            yield self._name_stack + "/" if self._name_stack else ""
        finally:
            self._name_stack = outer

    def get_name_scope(self) -> str:
        """Return the current scope without a final slash."""
        return self._name_stack

    def node_name(self, name: str) -> str:
        """Return the name of a new node: a scope with a final slash exactly, any other made unique.

        Raises:
          ValueError: if it is not a valid node name.
        """
        full = name[:-1] if name.endswith("/") else self.unique_name(name)
        if not VALID_OP_NAME.match(full):
            raise ValueError(f"'{full}' is not a valid node name")
        return full


def under(name: str, scope: str | None) -> str:
    """Return the name of a node, tensor or scope as it is once everything is put under `scope`."""
    if not scope:
        return name
    scope = scope.removesuffix("/")
    prefix = next((mark for mark in ("^", "loc:@") if name.startswith(mark)), "")
    return f"{prefix}{scope}/{name.removeprefix(prefix)}"


def without(name: str, scope: str | None) -> str:
    """Return the name of a node, tensor or scope as it is below `scope`; the same if it is not below it."""
    if not scope:
        return name
    prefix = next((mark for mark in ("^", "loc:@") if name.startswith(mark)), "")
    return prefix + name.removeprefix(prefix).removeprefix(scope.removesuffix("/") + "/")
