"""The op definitions, one file per family; importing the package defines them all."""

import importlib
import pkgutil

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

importlib.import_module(f"{__name__}.fitting").check_all_that_broadcast()
