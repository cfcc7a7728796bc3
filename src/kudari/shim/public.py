"""The public names: `tf.train.Saver` is the attribute `Saver` of the attribute `train` of the module `kudari`."""

import importlib
from types import ModuleType
from typing import Any

_SAME_AS_ROOT = "compat.v1"


def root() -> ModuleType:
    """Return the module that `tensorflow` is: `kudari` itself."""
    return importlib.import_module("kudari")


def step(here: Any, path: str) -> Any:
    """Return the last name of `path` as an attribute of `here`, which stands for what comes before it.

    Raises:
        AttributeError: `here` has no such attribute.
    """
    if path == _SAME_AS_ROOT or path.endswith("." + _SAME_AS_ROOT):
        return root()
    return getattr(here, path.rpartition(".")[2])


def find(path: str) -> Any:
    """Return what the public name `tf.<path>` stands for; `tf` itself if `path` is empty.

    Raises:
        AttributeError: Kudari does not have it.
    """
    here: Any = root()
    for prefix in prefixes(path):
        here = step(here, prefix)
    return here


def has(path: str) -> bool:
    """Say whether Kudari has the public name `tf.<path>`."""
    try:
        find(path)
    except AttributeError:
        return False
    return True


def prefixes(path: str) -> list[str]:
    """Return `['a', 'a.b', 'a.b.c']` for `'a.b.c'`."""
    parts = path.split(".") if path else []
    return [".".join(parts[:n]) for n in range(1, len(parts) + 1)]


def absent(path: str, name: str, here: Any) -> AttributeError:
    """Return the error for a name Kudari does not have, with the spelling a program uses."""
    return AttributeError(f"Kudari does not have tf.{path} yet.", name=name, obj=here)
