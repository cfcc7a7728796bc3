"""`tf.test.StubOutForTesting`: attributes replaced for a test."""

from __future__ import annotations

import inspect
from typing import Any


class StubOutForTesting:
    """Replaces attributes, and puts the old ones back: by `CleanUp`, at the end of a `with` block, or when it is deleted."""

    def __init__(self) -> None:
        self.cache: list[tuple[Any, Any, str]] = []
        self.stubs: list[tuple[Any, str, Any]] = []

    def __enter__(self) -> StubOutForTesting:
        return self

    def __exit__(self, *error: Any) -> None:
        self.CleanUp()

    def __del__(self) -> None:
        self.CleanUp()

    def CleanUp(self) -> None:  # noqa: N802 - TensorFlow\'s name
        """Put back everything."""
        self.SmartUnsetAll()
        self.UnsetAll()

    def SmartSet(self, obj: Any, attr_name: str, new_attr: Any) -> None:  # noqa: N802 - TensorFlow\'s name
        """Replace an attribute of an object, or of the class that it has it from.

        Raises:
          AttributeError: if there is none.
        """
        holder = obj
        if not inspect.ismodule(obj) and attr_name not in vars(obj):
            kinds = inspect.getmro(obj if inspect.isclass(obj) else type(obj))
            holder = next((kind for kind in kinds if attr_name in vars(kind)), None)
            if holder is None:
                raise AttributeError("Attribute not found.")
        self.stubs.append((holder, attr_name, _old(holder, attr_name)))
        setattr(holder, attr_name, new_attr)

    def SmartUnsetAll(self) -> None:  # noqa: N802 - TensorFlow\'s name
        """Put back what `SmartSet` replaced, the last first."""
        while self.stubs:
            setattr(*self.stubs.pop())

    def Set(self, parent: Any, child_name: str, new_child: Any) -> None:  # noqa: N802 - TensorFlow\'s name
        """Replace the attribute `child_name` of `parent`.

        Raises:
          AttributeError: if there is none.
        """
        self.cache.append((parent, _old(parent, child_name), child_name))
        setattr(parent, child_name, new_child)

    def UnsetAll(self) -> None:  # noqa: N802 - TensorFlow\'s name
        """Put back what `Set` replaced, the last first."""
        while self.cache:
            parent, old, name = self.cache.pop()
            setattr(parent, name, old)


def _old(parent: Any, name: str) -> Any:
    """An attribute as it is to be set again: static methods, class methods and properties as such."""
    return vars(parent)[name] if inspect.isclass(parent) and name in vars(parent) else getattr(parent, name)
