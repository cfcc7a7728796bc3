"""The export table behind `tf.*`: each module here names the public functions and classes of one family.

`NAMES` maps public paths below `tf.` (several, separated by spaces) to objects, `PATHS` to the dotted paths below
`kudari` of objects that are imported when first used, `LAZY_NAMES` to functions that return one then. What every
program uses stands in `NAMES`; the rest waits, so that `import kudari` stays quick.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import types
from collections.abc import Callable
from functools import partial
from typing import Any


class Namespace(types.ModuleType):
    """A module of public names, some of which are made when first used."""

    def __getattr__(self, name: str) -> Any:
        make = self.__dict__.get("_lazy", {}).get(name)
        if make is None:
            path = ".".join(["tf", *self.__name__.split(".")[1:], name])
            raise AttributeError(f"Kudari does not have {path} yet.", name=name, obj=self)
        value = make()
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.__dict__.get("_lazy", {})})


def _tables(kind: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for family in pkgutil.iter_modules(__path__):
        table = getattr(importlib.import_module(f"{__name__}.{family.name}"), kind, {})
        names.update((path, value) for paths, value in table.items() for path in paths.split())
    return names


def publish(root: types.ModuleType) -> None:
    """Set every public name on the module `root` and on the namespaces below it, made where there is none."""
    root.__class__ = Namespace
    for path, value in _tables("NAMES").items():
        *spaces, name = path.split(".")
        setattr(_namespace(root, spaces), name, value)
    waiting = _tables("LAZY_NAMES") | {path: partial(_imported, place) for path, place in _tables("PATHS").items()}
    for path, make in waiting.items():
        *spaces, name = path.split(".")
        _lazy_names(_namespace(root, spaces))[name] = make


def _imported(place: str) -> Any:
    module, _, name = place.rpartition(".")
    return getattr(importlib.import_module(f"{__package__.partition('.')[0]}.{module}"), name)


def _lazy_names(module: types.ModuleType) -> dict[str, Callable[[], Any]]:
    return module.__dict__.setdefault("_lazy", {})


def _namespace(root: types.ModuleType, spaces: list[str]) -> types.ModuleType:
    module = root
    for space in spaces:
        full = f"{module.__name__}.{space}"
        found = sys.modules.setdefault(full, Namespace(full, f"`tf.{full.partition('.')[2]}`."))
        found.__class__ = Namespace
        setattr(module, space, found)
        module = found
    return module
