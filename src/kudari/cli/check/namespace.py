"""What Kudari has: a look at the live `tf.*` namespace, so that there is no second list to keep."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kudari.shim import names, public


@dataclass(frozen=True)
class Symbol:
    """A public name, cut off where the attributes of an object begin: `flags.FLAGS` of `flags.FLAGS.batch_size`.

    Attributes:
        path: The name below `tf`.
        exists: Whether Kudari has it.
        accepts: Whether it takes a keyword argument of a given name when it is called.
    """

    path: str
    exists: bool
    accepts: Callable[[str], bool]


@functools.cache
def look_up(path: str) -> Symbol:
    """Return the symbol that the dotted name `tf.<path>` begins with."""
    here: Any = public.root()
    prefixes = public.prefixes(path)
    for depth, prefix in enumerate(prefixes):
        if not _has_names(here):
            return Symbol(prefixes[depth - 1], True, _anything)
        try:
            here = names.step(here, prefix)
        except AttributeError:
            return Symbol(_without_attributes(path, depth), False, _anything)
    return Symbol(path, True, _keywords_of(here))


def _has_names(value: Any) -> bool:
    return inspect.ismodule(value) or inspect.isclass(value)


def _without_attributes(path: str, depth: int) -> str:
    """Cut a missing name where it stops being one: after the first class, constant or `__special__` part."""
    parts = path.split(".")
    while depth < len(parts) - 1 and not (parts[depth][0].isupper() or parts[depth].startswith("__")):
        depth += 1
    return ".".join(parts[: depth + 1])


def _anything(keyword: str) -> bool:
    return True


def _keywords_of(value: Any) -> Callable[[str], bool]:
    descriptor = getattr(value, "DESCRIPTOR", None)
    if descriptor is not None and inspect.isclass(value):  # a protobuf message takes its fields
        return frozenset(descriptor.fields_by_name).__contains__
    try:
        taken = inspect.signature(value).parameters.values()
    except (TypeError, ValueError):
        return _anything
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in taken):
        return _anything
    return frozenset(p.name for p in taken if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)).__contains__
