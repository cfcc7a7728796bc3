"""How the items of collections become messages and come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_registered: dict[str, tuple[Any, Callable | None, Callable | None]] = {}


def register_proto_function(collection_name: str, proto_type: Any = None, to_proto: Callable | None = None,
                            from_proto: Callable | None = None) -> None:
    """Have the items of a collection written to and read from meta graphs as messages.

    Args:
      collection_name: of the collection.
      proto_type: the message class.
      to_proto: `to_proto(item, export_scope=None)` returns the message, `None` if the item is outside the scope.
      from_proto: `from_proto(message, import_scope=None)` returns the item.

    Raises:
      TypeError: if a function cannot be called.
    """
    if to_proto is not None and not callable(to_proto):
        raise TypeError("to_proto must be callable.")
    if from_proto is not None and not callable(from_proto):
        raise TypeError("from_proto must be callable.")
    _registered[collection_name] = proto_type, to_proto, from_proto


def get_collection_proto_type(collection_name: str) -> Any:
    """Return the message class for the items of a collection, `None` if there is none."""
    return _registered.get(collection_name, (None, None, None))[0]


def get_to_proto_function(collection_name: str) -> Callable | None:
    """Return what makes messages of the items of a collection, `None` if there is nothing."""
    return _registered.get(collection_name, (None, None, None))[1]


def get_from_proto_function(collection_name: str) -> Callable | None:
    """Return what makes items of the messages of a collection, `None` if there is nothing."""
    return _registered.get(collection_name, (None, None, None))[2]
