"""The import hook: a finder that answers for `tensorflow` and everything below it."""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

from kudari.shim import names, views

ROOT = "tensorflow"


def install() -> None:
    """Answer `import tensorflow` and everything below it with Kudari, in this process, from now on.

    Installing again changes nothing. Other imports are not touched.

    Raises:
        RuntimeError: The real TensorFlow has been imported already, and two of them cannot share one name.
    """
    loaded = sys.modules.get(ROOT)
    if loaded is not None and loaded is not sys.modules.get("kudari"):
        place = getattr(loaded, "__file__", None) or "an unknown place"
        raise RuntimeError(
            f"kudari.install() came too late: tensorflow is already imported from {place}; "
            "call it before the first import of tensorflow"
        )
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
        sys.meta_path.append(_MissingName())


class _Finder(MetaPathFinder):
    """Finds `tensorflow` and `tensorflow.*`, and nothing else."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname != ROOT and not fullname.startswith(ROOT + "."):
            return None
        module = _module(fullname)
        if module is None:
            # Without the error's `name`, so that `from tensorflow.contrib import crf` shows these words as well.
            raise ModuleNotFoundError(f"No module named {fullname!r}: Kudari does not have it yet")
        return ModuleSpec(fullname, _Loader(module), is_package=True)


class _Loader(Loader):
    """Puts a module that exists already into `sys.modules` under one more name."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module

    def create_module(self, spec: ModuleSpec) -> None:
        # The module itself, returned here, would have its `__spec__` overwritten.
        return None

    def exec_module(self, module: ModuleType) -> None:
        if not hasattr(self.module, "__path__"):
            self.module.__path__ = []  # so that Python looks for submodules, and asks the finder
        if module.__name__ == ROOT:
            _attach_packages(self.module)
        sys.modules[module.__name__] = self.module


class _MissingName(MetaPathFinder):
    """Answers `from tensorflow.contrib import slim`, and words the failure of `from tensorflow.train import Nothing`.

    Python looks for a module `kudari.train.Nothing` then, because that is what `tensorflow.train` calls itself. As the
    last finder this one is asked only for modules that nobody has.
    """

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        parent, _, name = fullname.rpartition(".")
        alias = ROOT + parent.removeprefix("kudari")
        if parent.partition(".")[0] == "kudari" and alias in sys.modules:
            module = _module(f"{alias}.{name}")
            if module is not None:
                return ModuleSpec(fullname, _Loader(module), is_package=True)
            raise ImportError(f"cannot import name {name!r} from {alias!r}: Kudari does not have it yet")
        return None


def _attach_packages(root: ModuleType) -> None:
    """Let `tf.python.client`, `tf.core` and `tf.contrib` be reached without an import of their own, as TF 1.15 did."""
    for name in ("contrib", "core", "python"):
        if not hasattr(root, name):
            setattr(root, name, views.module(name))


def _module(fullname: str) -> ModuleType | None:
    try:
        found = names.resolve(fullname.removeprefix(ROOT).removeprefix("."))
    except AttributeError:
        return None
    return found if isinstance(found, ModuleType) else None
