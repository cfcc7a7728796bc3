"""The inputs of tests/golden/values/: for each family, cases of (op type, inputs in OpDef order, attributes)."""

from value_cases import cast, elementwise, gradients, indexing, nn, reductions, shaping

FAMILIES = {}
for _module in (elementwise, cast, reductions, nn, gradients, shaping, indexing):
    FAMILIES.update(_module.FAMILIES)
