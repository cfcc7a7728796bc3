"""The inputs of tests/golden/values/: for each family, cases of (op type, inputs in OpDef order, attributes).

Every module beside this one that has `FAMILIES` adds its own.
"""

import importlib
import pkgutil

FAMILIES = {}
for _module in pkgutil.iter_modules(__path__):
    FAMILIES.update(getattr(importlib.import_module(__name__ + "." + _module.name), "FAMILIES", {}))
