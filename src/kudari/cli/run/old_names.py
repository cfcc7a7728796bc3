"""Names that NumPy and SciPy had when the programs were written, and have no more.

Only what `kudari run` runs gets them back, and a name that means something today keeps that meaning.
"""

import builtins
import importlib
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

NUMPY = {
    "int": builtins.int, "float": builtins.float, "complex": builtins.complex, "object": builtins.object,
    "bool": builtins.bool, "str": builtins.str, "long": builtins.int, "unicode": builtins.str,
}
NUMPY_RENAMED = {
    "float_": "float64", "complex_": "complex128", "unicode_": "str_", "string_": "bytes_", "Inf": "inf", "Infinity": "inf",
    "infty": "inf", "NaN": "nan", "product": "prod", "cumproduct": "cumprod", "sometrue": "any", "alltrue": "all",
    "round_": "round", "in1d": "isin", "row_stack": "vstack", "trapz": "trapezoid",
}
MODULES = {
    "scipy.sparse.linalg.eigen": "scipy.sparse.linalg",
    "scipy.sparse.linalg.eigen.arpack": "scipy.sparse.linalg",
    "sklearn.cross_validation": "sklearn.model_selection",
    "sklearn.externals.joblib": "joblib",
}
"""Modules that are gone, and where what they held is now."""


class _Moved(MetaPathFinder, Loader):
    """Answers the import of a module that is gone."""

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return how to make the module, if it is one of `MODULES`."""
        return ModuleSpec(name, self, is_package=True) if name in MODULES else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Make a module that looks its names up where they are now."""
        module, place = ModuleType(spec.name), MODULES[spec.name]
        module.__getattr__ = lambda name: getattr(importlib.import_module(place), name)  # type: ignore[method-assign]
        return module

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run."""


def install() -> None:
    """Give the names back, to the modules that lack them."""
    import numpy

    for name, value in NUMPY.items():
        if name not in vars(numpy):
            setattr(numpy, name, value)
    for name, now in NUMPY_RENAMED.items():
        if name not in vars(numpy) and hasattr(numpy, now):
            setattr(numpy, name, getattr(numpy, now))
    if not any(isinstance(finder, _Moved) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Moved())
