"""Arguments that have an old name and a new one."""

from __future__ import annotations

from typing import Any


def renamed(new_name: str, new_value: Any, old_name: str, old_value: Any) -> Any:
    """Return whichever of the two values was given, `None` if neither.

    Raises:
      ValueError: if both were.
    """
    if old_value is None:
        return new_value
    if new_value is not None:
        raise ValueError(f"Cannot specify both '{old_name}' and '{new_name}'")
    return old_value
