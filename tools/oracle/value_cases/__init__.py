"""The inputs of tests/golden/values/: for each family, cases of (op type, inputs in OpDef order, attributes)."""

import importlib
import pkgutil

FAMILIES = {}
for _, _name, _ in pkgutil.iter_modules(__path__):
    FAMILIES.update(getattr(importlib.import_module(__name__ + "." + _name), "FAMILIES", {}))
