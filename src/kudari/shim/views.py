"""Stand-ins for TensorFlow's private modules, made from the table in `private` when a program asks for one."""

import importlib
import importlib.util
from types import ModuleType
from typing import Any

from kudari.op.definition import function_name
from kudari.op.generated import generated
from kudari.ops import op_types
from kudari.shim import public
from kudari.shim.private import MODULES, PLACES, RENAMED

_MESSAGES = {"core", "core.framework", "core.protobuf", "core.util"}
_made: dict[str, ModuleType] = {}


def module(path: str) -> ModuleType | None:
    """Return the private module `tensorflow.<path>`, or None if Kudari has nothing to show in it."""
    if path not in _made:
        made = _make(path)
        if made is None:
            return None
        _made[path] = made
    return _made[path]


def _make(path: str) -> ModuleType | None:
    if path == "python.keras" or path.startswith("python.keras."):
        return _public_module(path.removeprefix("python."))
    if path.startswith("core.") and path.endswith("_pb2"):
        return _message_module(path)
    if path.startswith("python.ops.gen_") and path.endswith("_ops"):
        return _RawOps(path)
    return _View(path) if path in _PACKAGES or path in MODULES else None


def _packages() -> set[str]:
    """Return what must be importable on the way to a row."""
    return {prefix for path in MODULES for prefix in public.prefixes(path)[:-1]} | _MESSAGES


_PACKAGES = _packages()


def _places(path: str) -> list[str]:
    return [place.removeprefix("tf").removeprefix(".") for place in MODULES.get(path, "").split()]


def _public_module(path: str) -> ModuleType | None:
    found = public.find(path) if public.has(path) else None
    return found if isinstance(found, ModuleType) else None


def _message_module(path: str) -> ModuleType | None:
    name = f"tensorboard.compat.proto.{path.rpartition('.')[2]}"
    return importlib.import_module(name) if importlib.util.find_spec(name) else None


class _View(ModuleType):
    """A private module or package; its names are looked up when they are used."""

    def __init__(self, path: str) -> None:
        super().__init__(f"tensorflow.{path}")
        self.__path__: list[str] = []
        self._kudari_path = path

    def __getattr__(self, name: str) -> Any:
        if name == "__all__":
            return [public_name for public_name in dir(self) if public_name != "print"]  # programs print after `import *`
        if name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        path = f"{self._kudari_path}.{name}"
        inner = module(path)
        if inner is not None:
            return inner
        if path in PLACES:
            module_path, _, target = PLACES[path].rpartition(".")
            return getattr(importlib.import_module(module_path), target)
        for candidate in _candidates(self._kudari_path, name):
            if public.has(candidate):
                return public.find(candidate)
        raise public.absent(path, name, self)

    def __dir__(self) -> list[str]:
        spaces = [public.find(place) for place in _places(self._kudari_path) if public.has(place)]
        return sorted({name for space in spaces for name in dir(space) if not name.startswith("_")})


class _RawOps(_View):
    """A module of generated functions, such as `gen_nn_ops`: each adds a node of one op type."""

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("__"):
            for op_type in op_types():
                if function_name(op_type) == name.removeprefix("_"):
                    return generated(op_type)
        return super().__getattr__(name)

    def __dir__(self) -> list[str]:
        return sorted(map(function_name, op_types()))


def _candidates(path: str, name: str) -> list[str]:
    renamed = RENAMED.get(f"{path}.{name}")
    return [renamed] if renamed else [f"{place}.{name}".lstrip(".") for place in _places(path)]
