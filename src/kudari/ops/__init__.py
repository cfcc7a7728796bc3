"""The op definitions, one file per family. A file is imported when a function or a graph first needs one of its ops."""

import importlib
import pkgutil
import re
from functools import cache
from importlib.resources import files

from ..op.definition import find_with

_DEFINED = re.compile(r'\bop\(\s*"(\w+)"')


def _families() -> list[str]:
    return [module.name for module in pkgutil.iter_modules(__path__) if not module.ispkg]


@cache
def _places() -> dict[str, str]:
    """The file that defines each op type, by what the files say."""
    sources = {name: files(__name__).joinpath(f"{name}.py").read_text("utf-8") for name in _families()}
    return {found: name for name, source in sources.items() for found in _DEFINED.findall(source)}


def op_types() -> list[str]:
    """Return the names of all op types, without importing their files."""
    return sorted(_places())


def _import_family(op_type: str) -> None:
    """Import the file that defines `op_type`; all of them if none says that it does."""
    if op_type in _places():
        importlib.import_module(f"{__name__}.{_places()[op_type]}")
    else:
        _import_all()


def _import_all() -> None:
    for name in _families():
        importlib.import_module(f"{__name__}.{name}")


find_with(_import_family, _import_all)
